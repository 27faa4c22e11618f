import { nameOf, open } from '../../commitments/statement.ts'
import type { Loss } from '../exported.ts'
import type { Categories } from './category.ts'
import { type Edge, edgesOf, fieldsOf, metaOf, type PlacedField, reachedTables } from './graph.ts'
import { isOfSystem } from './names.ts'
import { type DraftRole, locatingColumns, rolesOf } from './roles.ts'
import type { FideslangCollection, FideslangDataset } from './vocabulary.ts'
import { erasureOf } from './words.ts'

type DraftField = string | { readonly [key: string]: string } | readonly { readonly [key: string]: string }[]

export interface DraftTable {
  readonly for?: readonly string[]
  readonly person?: {
    readonly key: Readonly<Record<string, string | readonly string[]>>
    readonly hint?: Readonly<Record<string, string | readonly string[]>>
    readonly erase: 'row' | 'part'
  }
  readonly people?: Readonly<Record<string, DraftRole>>
  readonly fields?: Readonly<Record<string, DraftField>>
}

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
  readonly role?: 'processor'
  /** References that the values of the live store show. */
  readonly seen?: readonly Edge[]
}

// An address links records; a telephone is shared by a household, and only hints.
const hinting: readonly string[] = ['phone', 'phone_number', 'name', 'address']
const identityOf: Readonly<Record<string, string>> = { phone_number: 'phone' }

const byKind = (
  pairs: readonly (readonly [string, string])[],
): Readonly<Record<string, string | readonly string[]>> => {
  const kinds = [...new Set(pairs.map(([kind]) => kind))]
  return Object.fromEntries(
    kinds.map((kind) => {
      const columns = pairs.filter(([other]) => other === kind).map(([, column]) => column)
      return [kind, columns.length === 1 ? (columns[0] ?? '') : columns]
    }),
  )
}

const identitiesOf = (collection: FideslangCollection): readonly (readonly [string, string])[] =>
  fieldsOf(collection).flatMap(({ column, path, field }) => {
    const identity = metaOf(field)?.identity
    return identity === undefined || identity === null || path !== undefined
      ? []
      : [[nameOf(identityOf[identity] ?? identity), column] as const]
  })

const keyColumns = (collection: FideslangCollection): readonly string[] =>
  collection.fields.filter((field) => metaOf(field)?.primary_key === true).map((field) => field.name)

/** Collections by which Fides finds a person are that person's records. */
const personOf = (
  collection: FideslangCollection,
  referred: ReadonlySet<string>,
  alone: boolean,
): DraftTable['person'] => {
  const identities = identitiesOf(collection)
  if (identities.length === 0) return undefined
  const keys = identities.filter(([kind]) => !hinting.includes(kind))
  const hints = identities.filter(([kind]) => hinting.includes(kind))
  const own = keyColumns(collection).filter((column) => referred.has(`${collection.name}.${column}`))
  const id = alone ? 'id' : `${nameOf(collection.name)}-id`
  const masked = collection.fields.some((field) => erasureOf[metaOf(field)?.masking_strategy_override?.strategy ?? ''])
  return {
    key: byKind([...keys, ...own.map((column) => [id, column] as const)]),
    ...(hints.length === 0 ? {} : { hint: byKind(hints) }),
    erase: masked ? 'part' : 'row',
  }
}

const fieldOf = (
  placed: PlacedField,
  keys: readonly string[],
  categories: Categories,
): { readonly [key: string]: string } => {
  const { table, column, path, field } = placed
  const meta = metaOf(field)
  const erase = erasureOf[meta?.masking_strategy_override?.strategy ?? '']
  const read = meta as { readonly read_only?: unknown } | undefined
  return {
    ...(path === undefined ? {} : { path }),
    is: categories.of(keys, `${table}.${column}${path?.slice(1) ?? ''}`),
    ...(erase === undefined ? {} : { erase }),
    ...(read?.read_only === true
      ? { keep: open('read_only in Fides: which exception of rights.erasure keeps it?') }
      : {}),
  }
}

/** A person's address is an address, whatever else the dataset calls the field. */
const keysOf = (placed: PlacedField, collection: FideslangCollection, dataset: FideslangDataset): readonly string[] => {
  const written = placed.field.data_categories ?? []
  const keys = written.length > 0 ? written : (collection.data_categories ?? dataset.data_categories ?? [])
  const identity = metaOf(placed.field)?.identity
  if (!keys.every(isOfSystem)) return keys
  if (identity === 'email') return ['user.contact.email']
  return identity === 'phone_number' ? ['user.contact.phone_number'] : keys
}

/** Every key of the taxonomy that the drafted map will name a category by. */
export const datasetKeys = (dataset: FideslangDataset): readonly string[] =>
  dataset.collections.flatMap((collection) =>
    fieldsOf(collection).flatMap((placed) => keysOf(placed, collection, dataset)),
  )

const shorten = (field: { readonly [key: string]: string }): DraftField =>
  Object.keys(field).length === 1 && field.is === 'none' ? 'none' : field

const fieldsDraft = (
  collection: FideslangCollection,
  dataset: FideslangDataset,
  locating: ReadonlySet<string>,
  context: DatasetContext,
): DraftTable['fields'] => {
  const drafted = new Map<string, { readonly [key: string]: string }[]>()
  for (const placed of fieldsOf(collection)) {
    const keys = keysOf(placed, collection, dataset)
    const field = fieldOf(placed, keys, context.categories)
    // A column that only finds rows holds nobody's data beyond that; a question about it would be noise.
    const locates = locating.has(`${collection.name}.${placed.column}`) || metaOf(placed.field)?.primary_key === true
    const identifies = keys.every((key) => isOfSystem(key) || key.startsWith('user.unique_id'))
    if (locates && identifies && placed.path === undefined) continue
    drafted.set(placed.column, [...(drafted.get(placed.column) ?? []), field])
  }
  return Object.fromEntries(
    [...drafted].map(([column, fields]) => [column, fields.length === 1 && fields[0] ? shorten(fields[0]) : fields]),
  )
}

const remarksOf = (dataset: FideslangDataset, elsewhere: readonly string[]): readonly Loss[] => [
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
      fields: fieldsDraft(collection, dataset, locating, context) ?? {},
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
      ...remarksOf(dataset, elsewhere),
    ],
  }
}
