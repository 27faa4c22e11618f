import type { FideslangCollection, FideslangDataset, FideslangField } from './vocabulary.ts'

/** A column, as `collection.field`; fields of fields are written with dots. */
export interface Column {
  readonly table: string
  readonly column: string
}

/** Rows of `found` are found from rows of `from`, as the dataset says it or as names and values suggest. */
export interface Edge {
  readonly from: Column
  readonly found: Column
  /** `said`: with a direction; `undirected`: without one; `seen`: nobody declared it, the values show it. */
  readonly sure: 'said' | 'undirected' | 'seen'
}

/** A field with its place: the column, and the path inside it where it is nested. */
export interface PlacedField {
  readonly table: string
  readonly column: string
  /** RFC 9535, e.g. `$.user.id`. */
  readonly path?: string
  readonly field: FideslangField
}

export const metaOf = (field: FideslangField) => field.fides_meta ?? field.fidesops_meta ?? undefined

const nested = (table: string, column: string, field: FideslangField, names: readonly string[]): PlacedField[] => {
  const inner = field.fields ?? []
  if (inner.length === 0)
    return [
      {
        table,
        column,
        ...(names.length === 0 ? {} : { path: `$${names.map((name) => `['${name}']`).join('')}` }),
        field,
      },
    ]
  return inner.flatMap((each) => nested(table, column, each, [...names, each.name.replaceAll("'", "\\'")]))
}

/** Every field of a collection that holds a value, nested ones with their path. */
export const fieldsOf = (collection: FideslangCollection): readonly PlacedField[] =>
  collection.fields.flatMap((field) => nested(collection.name, field.name, field, []))

const target = (field: string): Column | undefined => {
  const dot = field.lastIndexOf('.')
  return dot < 1 ? undefined : { table: field.slice(0, dot), column: field.slice(dot + 1) }
}

/** References of a dataset to itself, and those that lead to other datasets or name no field. */
export const edgesOf = (
  dataset: FideslangDataset,
): { readonly edges: readonly Edge[]; readonly elsewhere: readonly string[] } => {
  const edges: Edge[] = []
  const elsewhere: string[] = []
  for (const { table, column, path, field } of dataset.collections.flatMap(fieldsOf)) {
    for (const reference of metaOf(field)?.references ?? []) {
      const other = target(reference.field)
      const known = dataset.collections.some(({ name }) => name === other?.table)
      if (other === undefined || reference.dataset !== dataset.fides_key || !known || path !== undefined) {
        elsewhere.push(`${table}.${column} → ${reference.dataset}.${reference.field}`)
        continue
      }
      const here = { table, column }
      const sure = reference.direction ? 'said' : 'undirected'
      // "from": this field is found from the other; "to": the other is found from this one.
      edges.push(reference.direction === 'to' ? { from: here, found: other, sure } : { from: other, found: here, sure })
    }
  }
  return { edges, elsewhere }
}

/** Tables whose rows lead to a person: people themselves, and what is found from them, however far. */
export const reachedTables = (people: ReadonlySet<string>, edges: readonly Edge[]): ReadonlySet<string> => {
  const reached = new Set(people)
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const edge of edges) if (reached.has(edge.from.table)) reached.add(edge.found.table)
  }
  return reached
}
