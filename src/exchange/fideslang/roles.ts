import { open } from '../../commitments/statement.ts'
import { joinOf } from '../../policy/column-name.ts'
import type { Edge } from './graph.ts'
import type { FideslangCollection } from './vocabulary.ts'

/** A role of a drafted table, as a store map writes it. */
export type DraftRole =
  | { readonly key: string; readonly to: string; readonly erase: string }
  | { readonly via: readonly string[]; readonly erase: string }

interface Surroundings {
  readonly edges: readonly Edge[]
  /** Tables whose rows lead to a person. */
  readonly reached: ReadonlySet<string>
  /** Tables that hold personal data. */
  readonly personal: ReadonlySet<string>
  readonly hasPerson: boolean
}

/** A name as joins of a store map write it: in double quotes where it is no plain word. */
const quoted = (name: string): string => (/^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)?$/.test(name) ? name : `"${name}"`)
const columnText = (table: string, column: string): string => `${quoted(table)}.${quoted(column)}`

const roleName = (words: string, taken: ReadonlySet<string>): string => {
  const plain =
    words
      .replace(/[^\p{L}\p{N}_-]+/gu, '-')
      .replace(/^[^\p{L}_]+/u, '')
      .slice(0, 56) || 'person'
  let name = plain
  for (let number = 2; taken.has(name); number++) name = `${plain}-${number}`
  return name
}

/** Whether this table's column names rows of the other: then each row has one person there; else many rows may name it. */
const refersTo = ({ from, found }: Edge, table: string, collection: FideslangCollection): boolean => {
  const meta = collection.fields.find(({ name }) => name === found.column)
  const isKey = (meta?.fides_meta ?? meta?.fidesops_meta)?.primary_key === true
  return found.table === table && from.table !== table && !isKey
}

const asks = (role: string): string =>
  open(`erasing the ${role} does what to such a row? row (it goes), part (its own cells go), keep-link (nothing)`)

/**
 * How rows of a collection lead to people. One role: the row goes with its person. Rows that others point to go with the
 * last of them, for a row that several people share is never taken from one. Where a row has an owner and others beside, it asks.
 */
export const rolesOf = (
  collection: FideslangCollection,
  { edges, reached, personal, hasPerson }: Surroundings,
): Readonly<Record<string, DraftRole>> => {
  const { name } = collection
  const incoming = edges.filter(
    (edge) => edge.found.table === name && reached.has(edge.from.table) && edge.from.table !== name,
  )
  const own = incoming.filter((edge) => refersTo(edge, name, collection))
  // What many point to and holds nobody's data is a catalogue, not somebody's row.
  const pointed = incoming.filter((edge) => !own.includes(edge) && personal.has(name))
  const roles = new Map<string, DraftRole>()
  const several = own.filter(({ sure }) => sure === 'said').length + (hasPerson ? 1 : 0) > 1
  for (const { from, found, sure } of own) {
    const role = roleName(found.column.replace(/_?id$/i, '') || from.table, new Set(roles.keys()))
    const erase = several || sure !== 'said' ? asks(role) : 'row'
    roles.set(role, { key: found.column, to: columnText(from.table, from.column), erase })
  }
  for (const { from, found, sure } of pointed) {
    const role = roleName(from.table, new Set(roles.keys()))
    const via = [`${columnText(from.table, from.column)} = ${quoted(found.column)}`]
    roles.set(role, { via, erase: sure === 'said' ? 'row' : asks(role) })
  }
  return Object.fromEntries(roles)
}

/** Columns that the roles of drafted tables find rows by, as `table.column`. */
export const locatingColumns = (
  tables: readonly (readonly [table: string, roles: Readonly<Record<string, DraftRole>>])[],
): ReadonlySet<string> =>
  new Set(
    tables.flatMap(([table, roles]) =>
      Object.values(roles).flatMap((role) =>
        'via' in role
          ? role.via.flatMap((join) => {
              const { left, right } = joinOf(join, table) ?? {}
              return [left, right].flatMap((side) => (side === undefined ? [] : [`${side.table}.${side.column}`]))
            })
          : [`${table}.${role.key}`],
      ),
    ),
  )
