import type { LiveSchema, LiveTable } from '../../live-schema.ts'
import { type Edge, edgesOf } from './graph.ts'
import type { FideslangCollection, FideslangDataset, FideslangField } from './vocabulary.ts'

/** A reference that nobody declared: the column, and the key it may hold. */
export interface Candidate {
  readonly column: { readonly table: string; readonly column: string }
  readonly key: { readonly table: string; readonly column: string }
}

const plural = (word: string): readonly string[] => [word, `${word}s`, `${word}es`, word.replace(/y$/, 'ies')]

/** The table that a column's name ends in: `billing_address_id` → `address`, `payment_card_id` → `payment_card`. */
const namedTable = (column: string, tables: ReadonlyMap<string, LiveTable>): LiveTable | undefined => {
  const words = /^(.+?)_?id$/i.exec(column)?.[1]?.toLowerCase().split('_') ?? []
  for (let first = 0; first < words.length; first++) {
    const named = plural(words.slice(first).join('_')).flatMap((name) => tables.get(name) ?? [])
    if (named[0] !== undefined) return named[0]
  }
  return undefined
}

const families: readonly (readonly string[])[] = [
  ['int2', 'int4', 'int8', 'numeric'],
  ['text', 'varchar', 'bpchar', 'citext'],
  ['uuid'],
]
const comparable = (left: string, right: string): boolean =>
  families.some((family) => family.includes(left) && family.includes(right))

/** Columns of a live schema whose names and types say that they refer to a table, and that the dataset does not. */
export const candidatesOf = (dataset: FideslangDataset, live: LiveSchema): readonly Candidate[] => {
  const tables = new Map(live.tables.filter((table) => !table.name.includes('.')).map((table) => [table.name, table]))
  const said = new Set(
    edgesOf(dataset).edges.flatMap(({ from, found }) => [
      `${from.table}.${from.column}`,
      `${found.table}.${found.column}`,
    ]),
  )
  return [...tables.values()].flatMap((table) =>
    table.columns.flatMap((column) => {
      if (said.has(`${table.name}.${column.name}`)) return []
      const other = namedTable(column.name, tables)
      const [keyName, ...more] = other?.key ?? []
      const key = other?.columns.find(({ name }) => name === keyName)
      if (other === undefined || other === table || key === undefined || more.length > 0) return []
      if (!comparable(column.base, key.base)) return []
      return [{ column: { table: table.name, column: column.name }, key: { table: other.name, column: key.name } }]
    }),
  )
}

/** The reference as an edge: rows that hold the key of others are found from them. */
export const seenEdge = ({ column, key }: Candidate): Edge => ({ from: key, found: column, sure: 'seen' })

/**
 * The dataset with what the live store has and it does not: columns of its collections, and tables in which a reference was
 * seen. All of these ask what they hold. `unmentioned`: other tables of the store.
 */
export const withLive = (
  dataset: FideslangDataset,
  live: LiveSchema,
  seen: readonly Edge[],
): { readonly dataset: FideslangDataset; readonly unmentioned: readonly string[] } => {
  const own = live.tables.filter((table) => table.kind !== 'view')
  const field = (table: LiveTable, name: string): FideslangField => ({
    name,
    ...(table.key.length === 1 && table.key[0] === name ? { fides_meta: { primary_key: true } } : {}),
  })
  const collections = dataset.collections.map((collection): FideslangCollection => {
    const table = own.find(({ name }) => name === collection.name)
    const known = new Set(collection.fields.map(({ name }) => name))
    const more = table?.columns.filter(({ name }) => !known.has(name)) ?? []
    return table === undefined || more.length === 0
      ? collection
      : { ...collection, fields: [...collection.fields, ...more.map(({ name }) => field(table, name))] }
  })
  const known = new Set(collections.map(({ name }) => name))
  const added = own.filter(({ name }) => !known.has(name) && seen.some(({ found }) => found.table === name))
  return {
    dataset: {
      ...dataset,
      collections: [
        ...collections,
        ...added.map((table) => ({ name: table.name, fields: table.columns.map(({ name }) => field(table, name)) })),
      ],
    },
    unmentioned: own
      .map(({ name }) => name)
      .filter((name) => !known.has(name) && !added.some((table) => table.name === name)),
  }
}
