import type { TableLayout } from '../postgres/layout.ts'
import type { Carried, Dialect, Typed, Value } from './dialect.ts'
import { all, joined, raw, type Sql, sql } from './statement.ts'

/** A row by the text of its key, and what a statement carries along with it. */
export interface Place {
  readonly key: readonly (string | null)[]
  readonly more?: readonly Value[]
}

/** The columns of a key under an alias. */
export function keyCells(dialect: Dialect, table: TableLayout, alias = 't'): Typed[] {
  return table.key.map(({ name }) => ({
    sql: dialect.column(alias, table.live, name),
    table: table.live,
    column: name,
  }))
}

/** The key as text: `k0`, `k1` … */
export function keySelect(dialect: Dialect, table: TableLayout, alias = 't', prefix = 'k'): Sql {
  const cells = keyCells(dialect, table, alias).map(
    (cell, index) => sql`${dialect.text(cell)} AS ${raw(prefix + index)}`,
  )
  return joined(cells, ', ')
}

/** The key of a row that `keySelect` read. */
export function keyOf(row: Readonly<Record<string, unknown>>, table: TableLayout, prefix = 'k'): (string | null)[] {
  return table.key.map((_column, index) => {
    const value = row[prefix + index]
    return value === null || value === undefined ? null : String(value)
  })
}

/** These rows of a table as `t`, the carried values behind their keys as `w.cN`: what stands behind FROM. */
export function placed(
  dialect: Dialect,
  table: TableLayout,
  places: readonly Place[],
  more: readonly Carried[] = [],
): { readonly from: Sql; readonly carried: Sql; readonly on: Sql; more(index: number): Sql } {
  const columns: Carried[] = [...table.key.map(({ name }) => ({ table: table.live, column: name })), ...more]
  const carried = dialect.rows(
    'w',
    columns,
    places.map(({ key, more: values = [] }) => [...key, ...values]),
  )
  const on = all(keyCells(dialect, table).map((cell, index) => dialect.same(cell, raw(`w.c${index}`))))
  return {
    from: dialect.named(carried, raw(`${table.live.sql} t`), on),
    carried,
    on,
    more: (index) => raw(`w.c${table.key.length + index}`),
  }
}

/** Pieces of a list, so that a statement stays of a bounded size. */
export function* pieces<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size)
}
