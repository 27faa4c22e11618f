import { quoteLiteral } from '../../sql/sql.ts'
import { columnSql } from './expression.ts'
import type { FieldLayout, Layout, TableLayout } from './layout.ts'

/** Fields of a table that a named exception may keep; their place numbers the columns `kept0`, `until0` … of its hits. */
export function keptFields(table: TableLayout): FieldLayout[] {
  return table.fields.filter((field) => field.exception !== undefined)
}

/**
 * When a kept field is due: the clock read in the store's zone plus the exception's term. NULL where no clock or no term
 * says it: such a row is kept and its end reported as unknown, never guessed.
 */
export function keptUntilSql(layout: Layout, field: FieldLayout, alias: string): string {
  const term = field.exception?.keep
  const clock = field.clock
  if (term === undefined || clock === undefined) return 'NULL::timestamptz'
  return termEndSql(layout, clock, term, alias)
}

/** True when a column of this type can be read as a clock. */
export function isClock(base: string): boolean {
  return ['timestamptz', 'timestamp', 'date'].includes(base) || /^(int|numeric|float)/.test(base)
}

/** The end of a term (ISO 8601 duration) that a row's clock counts from; NULL where the clock says nothing. */
export function termEndSql(
  layout: Layout,
  clock: { readonly column: string; readonly base: string },
  term: string,
  alias: string,
): string {
  const column = columnSql(alias, clock.column)
  const zone = quoteLiteral(layout.store.zone)
  const interval = `interval ${quoteLiteral(term)}`
  const told = (test: string, local: string) =>
    `(CASE WHEN ${test} THEN least((${local} + ${interval}) AT TIME ZONE ${zone}, '9999-12-31Z'::timestamptz) END)`
  // Zero, the year 1 and the epoch itself are what software writes where it knows no time.
  const between = `${column} BETWEEN '0001-01-02' AND '9000-01-01' AND ${column} <> '1970-01-01${clock.base === 'timestamptz' ? 'Z' : ''}'`
  if (clock.base === 'timestamptz') return told(between, `(${column} AT TIME ZONE ${zone})`)
  if (clock.base === 'timestamp' || clock.base === 'date') return told(between, `${column}::timestamp`)
  if (/^(int|numeric|float)/.test(clock.base)) {
    return told(`${column} > 0 AND ${column} < 1e17`, `(to_timestamp(${secondsSql(column)}) AT TIME ZONE ${zone})`)
  }
  return 'NULL::timestamptz'
}

/** True in SQL where such a term can have ended by `now`: a plain comparison that sets most rows aside, and no more. */
export function mayHaveEndedSql(
  layout: Layout,
  clock: { readonly column: string; readonly base: string },
  term: string,
  alias: string,
  now: string,
): string {
  if (!['timestamptz', 'timestamp', 'date'].includes(clock.base)) return 'true'
  // Months differ by three days, zones by one.
  const latest = `(${now} AT TIME ZONE ${quoteLiteral(layout.store.zone)}) - interval ${quoteLiteral(term)} + interval 'P5D'`
  return `${columnSql(alias, clock.column)} <= (${latest})::${clock.base}`
}

/** Seconds since 1970 of a number that counts seconds, milliseconds or microseconds: more than 1e11 seconds are the year 5138. */
function secondsSql(column: string): string {
  return `CASE WHEN abs(${column}) < 1e11 THEN ${column} WHEN abs(${column}) < 1e14 THEN ${column} / 1e3 ELSE ${column} / 1e6 END`
}

/** True in SQL while the exception holds for this row: there is something to keep, and its end has not passed. */
export function keptSql(layout: Layout, field: FieldLayout, alias: string, now: string): string {
  const value = columnSql(alias, field.column.column, field.column.path)
  return `(${value} IS NOT NULL AND coalesce(${keptUntilSql(layout, field, alias)} > ${now}, true))`
}
