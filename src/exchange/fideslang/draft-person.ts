import { nameOf, open } from '../../commitments/statement.ts'
import type { DraftTable } from './draft-table.ts'
import { fieldsOf, metaOf } from './graph.ts'
import type { FideslangCollection } from './vocabulary.ts'
import { erasureOf } from './words.ts'

// An address links records; a telephone is shared by a household, and only hints.
const hinting: readonly string[] = ['phone', 'name', 'address']

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

/** Fields by which Fides finds a person: kind of identity, and column. */
export const identitiesOf = (collection: FideslangCollection): readonly (readonly [string, string])[] =>
  fieldsOf(collection).flatMap(({ column, path, field }) => {
    const identity = metaOf(field)?.identity
    return identity === undefined || identity === null || path !== undefined
      ? []
      : [[identity === 'phone_number' ? 'phone' : nameOf(identity), column] as const]
  })

export const keyColumns = (collection: FideslangCollection): readonly string[] =>
  collection.fields.filter((field) => metaOf(field)?.primary_key === true).map((field) => field.name)

/** Collections by which Fides finds a person are that person's records. */
export const personOf = (
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
  const masked = collection.fields.some((field) =>
    erasureOf.has(metaOf(field)?.masking_strategy_override?.strategy ?? ''),
  )
  const named = [...keys, ...own.map((column) => [id, column] as const)]
  return {
    key:
      named.length > 0
        ? byKind(named)
        : { id: open('which column names one person and nobody else? What the dataset names is only a hint') },
    ...(hints.length === 0 ? {} : { hint: byKind(hints) }),
    erase: masked ? 'part' : 'row',
  }
}
