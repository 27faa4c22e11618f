import { ErasureRefusal, type ErasureWork } from '../../connector.ts'
import { compileMentionRedactor, compileRedactor, type Redactor } from '../../content/index.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import { identifiers } from '../known-identities.ts'
import { type RewrittenCell, rewriteCell } from './cell.ts'
import { isCoded } from './field-action.ts'
import type { Hits, TableHits } from './hits.ts'
import { keptFields } from './keep.ts'
import type { FieldLayout } from './layout.ts'

/** Cells read at a time: with the limit on a cell's size this bounds the memory. */
const batchRows = 16

export interface CodedResult {
  /** Number of the request from 1, its table and field, and how many cells went whole. */
  readonly removed: readonly { request: number; table: string; field: string; cells: number }[]
  /** Rows updated by table, for the guard. */
  readonly updated: ReadonlyMap<string, number>
}

interface CodedRow {
  [key: string]: unknown
  key: string[]
  requests: number[]
  others: boolean
  wants_part: boolean
  codec: string | null
  cell: unknown
}

/**
 * Rewrites the encoded cells of rows that stay: the only cells that leave the store during an erasure, streamed through
 * bounded memory and never written to disk. A container that cannot be rewritten is removed whole and listed.
 */
export async function rewriteCodedCells(
  session: SqlSession,
  hits: Hits,
  work: readonly ErasureWork[],
): Promise<CodedResult> {
  const removed: { request: number; table: string; field: string; cells: number }[] = []
  const updated = new Map<string, number>()
  const redactors = new Redactors(work)
  for (const one of hits.tables) {
    if (one.plain) continue
    for (const field of one.table.fields.filter(isCoded)) {
      const text = readStatement(hits, one, field)
      const changes: { key: readonly string[]; value: RewrittenCell['value'] }[] = []
      for await (const rows of session.cursor<CodedRow>(text, hits.parameters.values, batchRows)) {
        for (const row of rows) {
          const redactor = redactors.of(row.requests, row.others && !row.wants_part)
          const rewritten = await rewriteCell(row.cell, field, row.codec, redactor)
          if (rewritten === undefined) continue
          changes.push({ key: row.key, value: rewritten.value ?? (field.nullable ? null : '') })
          if (rewritten.removed) count(removed, row.requests, one.table.name, field.column.column)
        }
        // A trigger that skips a row leaves it out of the count.
        if ((await writeCells(session, one, field, changes)) !== changes.length)
          throw new ErasureRefusal({ scope: 'person', code: 'skipped', table: one.table.name })
        updated.set(one.table.live.name, (updated.get(one.table.live.name) ?? 0) + changes.length)
        changes.length = 0
      }
    }
  }
  return { removed, updated }
}

class Redactors {
  readonly #work: readonly ErasureWork[]
  readonly #compiled = new Map<string, Redactor>()

  constructor(work: readonly ErasureWork[]) {
    this.#work = work
  }

  of(requests: readonly number[], mentionOnly: boolean): Redactor {
    const name = `${mentionOnly}:${requests.join(',')}`
    const known = this.#compiled.get(name)
    if (known !== undefined) return known
    const sought = (only: 'strong' | 'all') =>
      requests.flatMap((request) => {
        const found = this.#work[request - 1]?.found
        return found === undefined ? [] : identifiers(found, only)
      })
    const redactor = mentionOnly
      ? compileMentionRedactor(sought('strong'), sought('all'))
      : compileRedactor(sought('all'))
    if (this.#compiled.size > 1_000) this.#compiled.clear()
    this.#compiled.set(name, redactor)
    return redactor
  }
}

function readStatement(hits: Hits, one: TableHits, field: FieldLayout): string {
  const cell = `t.${quoteIdentifier(field.column.column)}`
  const codec =
    field.codec !== undefined && 'by' in field.codec ? `t.${quoteIdentifier(field.codec.by)}::text` : 'NULL::text'
  const keptAt = keptFields(one.table).indexOf(field)
  const row = one.table.key.map((column, index) => `t.${column.sql} = h.k${index}`).join(' AND ')
  return `WITH RECURSIVE ${[hits.parameters.types(), ...hits.tables.flatMap((table) => table.ctes)].join(',\n')}
    SELECT ARRAY[${one.table.key.map((column) => `t.${column.sql}::text`).join(', ')}] AS key, h.requests, h.others,
      h.wants_part OR h.wants_row AS wants_part, ${codec} AS codec, ${cell} AS cell
    FROM hit${one.number} h JOIN ${one.table.live.sql} t ON ${row}
    WHERE h.action = 'part' AND ${cell} IS NOT NULL${keptAt < 0 ? '' : ` AND NOT h.kept${keptAt}`}`
}

async function writeCells(
  session: SqlSession,
  one: TableHits,
  field: FieldLayout,
  changes: readonly { key: readonly string[]; value: RewrittenCell['value'] }[],
): Promise<number> {
  if (changes.length === 0) return 0
  const type = field.base === 'bytea' ? 'bytea' : 'text'
  const keys = one.table.key.map((_column, index) => changes.map((change) => change.key[index]))
  const places = keys.map((_values, index) => `$${index + 2}::text[]`)
  const same = one.table.key.map((column, index) => `t.${column.sql} = v.k${index}::${column.type}`)
  const { rowCount } = await session.query(
    `UPDATE ${one.table.live.sql} t SET ${quoteIdentifier(field.column.column)} = v.cell${type === 'text' && field.base !== 'text' ? `::${field.base === 'bpchar' ? 'varchar' : field.base}` : ''}
     FROM unnest($1::${type}[], ${places.join(', ')}) AS v(cell, ${keys.map((_values, index) => `k${index}`).join(', ')})
     WHERE ${same.join(' AND ')}`,
    [
      changes.map((change) =>
        type === 'bytea' && typeof change.value === 'string' ? Buffer.from(change.value) : change.value,
      ),
      ...keys,
    ],
  )
  return rowCount
}

function count(
  list: { request: number; table: string; field: string; cells: number }[],
  requests: readonly number[],
  table: string,
  field: string,
): void {
  for (const request of requests) {
    const known = list.find((one) => one.request === request && one.table === table && one.field === field)
    if (known === undefined) list.push({ request, table, field, cells: 1 })
    else known.cells++
  }
}
