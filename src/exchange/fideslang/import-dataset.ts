import type { Loss } from '../exported.ts'
import type { Categories } from './category.ts'
import { fieldsDraft, keysOf } from './draft-fields.ts'
import { identitiesOf, keyColumns, personOf } from './draft-person.ts'
import type { DraftTable } from './draft-table.ts'
import { type Edge, edgesOf, fieldsOf, metaOf, reachedTables } from './graph.ts'
import { isOfSystem } from './names.ts'
import { locatingColumns, rolesOf } from './roles.ts'
import type { FideslangDataset } from './vocabulary.ts'

/** A store map as it will be written; values that ask are `OPEN: …`. */
export interface DraftMap {
  readonly store: string
  readonly connect: { readonly read: string; readonly execute: string }
  readonly role?: 'processor'
  readonly tables: Readonly<Record<string, DraftTable>>
}

/** A reference of the draft: rows of `column` are found from rows of `from`. */
export interface DraftReference {
  readonly column: string
  readonly from: string
  readonly sure: Edge['sure']
}

export interface ImportedMap {
  readonly map: DraftMap
  readonly references: readonly DraftReference[]
  /** What is worth knowing and changes nothing: contradictions, references to elsewhere, what is not read. */
  readonly remarks: readonly Loss[]
}

export interface DatasetContext {
  /** Name of the store. */
  readonly store: string
  /** Where the connection string will be: `env:NAME` or `file:PATH`. */
  readonly read?: string
  readonly categories: Categories
  /** Purposes that name the dataset. */
  readonly purposes: readonly string[]
  readonly role?: 'processor' | undefined
  /** References that the values of the live store show. */
  readonly seen?: readonly Edge[]
}

const readMeta: readonly string[] = [
  ...['references', 'identity', 'primary_key', 'masking_strategy_override', 'read_only', 'data_type'],
]

/** Keys of Fides that say how it goes about its work, not where data lies. */
const unreadMeta = (dataset: FideslangDataset): readonly string[] => [
  ...new Set(
    dataset.collections.flatMap((collection) => [
      ...fieldsOf(collection).flatMap(({ field }) => Object.keys(metaOf(field) ?? {})),
      ...Object.keys(collection.fides_meta ?? {}),
    ]),
  ),
]

const remarksOf = (
  dataset: FideslangDataset,
  edges: readonly Edge[],
  elsewhere: readonly string[],
): readonly Loss[] => [
  ...edges
    .filter(({ from, found }) => from.table === found.table)
    .map(({ found }) => ({
      path: `tables.${found.table}.${found.column}`,
      what: 'refers to its own table: no role is proposed, decide who stands in such a row',
    })),
  ...[unreadMeta(dataset).filter((key) => !readMeta.includes(key))]
    .filter((keys) => keys.length > 0)
    .map((keys) => ({ path: `dataset.${dataset.fides_key}`, what: `a store map has no word for ${keys.join(', ')}` })),
  ...elsewhere.map((reference) => ({
    path: 'references',
    what: `${reference} leads out of this dataset: one request finds it by identities, or declare it by hand`,
  })),
  ...dataset.collections.flatMap((collection) =>
    fieldsOf(collection)
      .filter(({ field }) => metaOf(field)?.identity && (field.data_categories ?? []).length > 0)
      .filter(({ field }) => (field.data_categories ?? []).every(isOfSystem))
      .map(({ table, column }) => ({
        path: `tables.${table}.fields.${column}`,
        what: 'an identity, which the dataset calls data of the system: read as personal data',
      })),
  ),
]

/** Drafts a store map from a dataset of Fideslang. Nothing is decided that the dataset does not say: it asks (`OPEN: …`). */
export const importDataset = (dataset: FideslangDataset, context: DatasetContext): ImportedMap => {
  const { edges: said, elsewhere } = edgesOf(dataset)
  const edges = [...said, ...(context.seen ?? [])]
  const referred = new Set(
    edges.flatMap(({ from, found }) => [`${from.table}.${from.column}`, `${found.table}.${found.column}`]),
  )
  const withIdentity = dataset.collections.filter((collection) => identitiesOf(collection).length > 0)
  const people = new Set(withIdentity.map(({ name }) => name))
  const withId = withIdentity.filter((one) => keyColumns(one).some((column) => referred.has(`${one.name}.${column}`)))
  const reached = reachedTables(people, edges)
  const personal = new Set(
    dataset.collections
      .filter((one) => fieldsOf(one).some((placed) => !keysOf(placed, one, dataset).every(isOfSystem)))
      .map(({ name }) => name),
  )
  const described = dataset.collections.map((collection) => {
    const person = personOf(collection, referred, withId.length === 1)
    const roles = rolesOf(collection, { edges, reached, personal, hasPerson: person !== undefined })
    return { collection, person, roles }
  })
  const locating = locatingColumns(described.map(({ collection, roles }) => [collection.name, roles]))
  const tables = described.map(({ collection, person, roles }) => {
    const draft: DraftTable = {
      ...(context.purposes.length === 0 ? {} : { for: context.purposes }),
      ...(person === undefined ? {} : { person }),
      ...(Object.keys(roles).length === 0 ? {} : { people: roles }),
      fields: fieldsDraft(collection, dataset, locating, context.categories),
    }
    return [collection.name, draft] as const
  })
  const variable = context.store.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
  return {
    map: {
      store: context.store,
      connect: { read: context.read ?? `env:${variable}_READ`, execute: `env:${variable}_EXECUTE` },
      ...(context.role === undefined ? {} : { role: context.role }),
      tables: Object.fromEntries(tables),
    },
    references: edges.map(({ from, found, sure }) => ({
      column: `${found.table}.${found.column}`,
      from: `${from.table}.${from.column}`,
      sure,
    })),
    remarks: [
      { path: 'country', what: 'no dataset says in which country the store stands: add it (ISO 3166-1)' },
      ...remarksOf(dataset, edges, elsewhere),
    ],
  }
}
