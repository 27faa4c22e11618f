import { quoteIdentifier, quoteLiteral } from '../../sql/sql.ts'
import type { AlterationPlaces, AlteredPlace } from './alteration-places.ts'
import type { Hits, TableHits } from './hits.ts'

/** One line of what an alteration does or did to a table. */
export interface AlteredCount {
  [key: string]: unknown
  number: number
  kind: 'correct' | 'stop' | 'remove' | 'history' | 'due' | 'updated' | 'deleted'
  label: string
  role: string
  rows: string
}

/** One table that an alteration concerns, with what is written there. */
export interface AlteredTable {
  readonly hits: TableHits
  readonly places: readonly AlteredPlace[]
  /** Rows that go, in SQL. */
  readonly removes?: string
  readonly history: ReturnType<AlterationPlaces['history']>
}

export function alteredTables(hits: Hits, places: AlterationPlaces): AlteredTable[] {
  return hits.tables.flatMap((one): AlteredTable[] => {
    const removes = places.removes(one.table)
    const altered = { hits: one, places: places.of(one.table), history: places.history(one.table) }
    if (altered.places.length === 0 && altered.history.length === 0 && removes === undefined) return []
    return [removes === undefined ? altered : { ...altered, removes }]
  })
}

export function sameRow({ table }: TableHits): string {
  return table.key.map((column, index) => `t.${column.sql} = h.k${index}`).join(' AND ')
}

/** Rows of the table under their class. */
export const classedRows = (one: TableHits): string =>
  `hit${one.number} h JOIN ${one.table.live.sql} t ON ${sameRow(one)}`

/** The columns of a table after the alteration: one that several places write is written by each where it is due. */
export function nextColumns(places: readonly AlteredPlace[]): Map<string, { next: string; due: string }> {
  const columns = new Map<string, { next: string; due: string }>()
  for (const { column, next, due } of places) {
    const before = columns.get(column)
    columns.set(column, {
      next: `CASE WHEN ${due} THEN ${next} ELSE ${before?.next ?? `t.${quoteIdentifier(column)}`} END`,
      due: before === undefined ? due : `${before.due} OR ${due}`,
    })
  }
  return columns
}

/**
 * The whole alteration as one statement: classes, counts and updates see one snapshot. With `write` false it counts only.
 * Undefined where the person stands in no place that it concerns.
 */
export function alterationStatement(
  hits: Hits,
  tables: readonly AlteredTable[],
  kind: 'correct' | 'stop',
  write: boolean,
): { text: string; values: unknown[] } | undefined {
  const ctes = hits.tables.flatMap((one) => one.ctes)
  const counts: string[] = []
  for (const { hits: one, places, removes, history } of tables) {
    const n = one.number
    const line = (label: string, name: string, role: string, from: string) =>
      `SELECT ${n} AS number, '${label}' AS kind, ${quoteLiteral(name)} AS label, ${role} AS role, count(*)::text AS rows FROM ${from}`
    for (const { column, due } of places)
      counts.push(`${line(kind, column, 'h.role', classedRows(one))} WHERE ${due} GROUP BY h.role`)
    for (const { field, holds } of history)
      counts.push(
        `${line('history', field.column.column, quoteLiteral(field.keep ?? 'history'), classedRows(one))} WHERE ${holds}`,
      )
    if (removes !== undefined)
      counts.push(`${line('remove', '', 'h.role', classedRows(one))} WHERE ${removes} GROUP BY h.role`)
    if (!write) continue
    if (removes !== undefined) {
      ctes.push(
        `gone${n} AS (DELETE FROM ${one.table.live.sql} t USING hit${n} h WHERE ${sameRow(one)} AND ${removes} RETURNING 1)`,
      )
      counts.push(line('deleted', '', `''`, `gone${n}`), `${line('due', '', `''`, classedRows(one))} WHERE ${removes}`)
    }
    if (places.length > 0) {
      const any = `(${places.map(({ due }) => due).join(' OR ')})`
      const set = [...nextColumns(places)]
        .map(([column, { next }]) => `${quoteIdentifier(column)} = ${next}`)
        .join(', ')
      ctes.push(
        `fix${n} AS (UPDATE ${one.table.live.sql} t SET ${set} FROM hit${n} h WHERE ${sameRow(one)} AND ${any} RETURNING 1)`,
      )
      counts.push(line('updated', '', `''`, `fix${n}`), `${line('due', '', `''`, classedRows(one))} WHERE ${any}`)
    }
  }
  if (counts.length === 0) return undefined
  return {
    text: `WITH RECURSIVE ${[hits.parameters.types(), ...ctes].join(',\n')}\n${counts.join('\nUNION ALL\n')}`,
    values: hits.parameters.values,
  }
}
