import { quoteLiteral } from '../../sql/sql.ts'
import { type ColumnUpdate, columnUpdates } from './column-update.ts'
import type { Hits, TableHits } from './hits.ts'
import { keptFields } from './keep.ts'
import { ownCounts, ownUpdate } from './own-record.ts'
import { Redaction } from './redaction.ts'
import { recordedKeySql, recordedKeysSql } from './row-hash.ts'

/** One line of what a statement did: kinds `rows`, `kept`, `shared`, and `changed` with the counts the guard compares. */
export interface CountRow {
  [key: string]: unknown
  number: number
  kind: 'rows' | 'kept' | 'undated' | 'shared' | 'deleted' | 'updated' | 'skipped'
  request: number | null
  label: string
  role: string
  rows: string
  until: string | null
  recorded: string | null
}

/** Counts what the classes say, without acting: the preview. */
export function previewStatement(hits: Hits): { text: string; values: unknown[] } | undefined {
  const ctes = hits.tables.flatMap((one) => one.ctes)
  if (ctes.length === 0) return undefined
  const counts = hits.tables.flatMap((one) => classCounts(one, hits.zone))
  return {
    text: `WITH RECURSIVE ${[hits.parameters.types(), ...ctes].join(',\n')}\n${counts.join('\nUNION ALL\n')}`,
    values: hits.parameters.values,
  }
}

/**
 * Everything an erasure does to all tables, as one statement: classes, deletions and updates see one snapshot, so the order
 * of tables, cycles of references and self-references do not matter; the constraints are checked at its end.
 */
export function erasureStatement(hits: Hits): { text: string; values: unknown[] } | undefined {
  const redaction = new Redaction(hits.subjects.work, hits.parameters)
  const ctes: string[] = []
  const counts: string[] = []
  for (const one of hits.tables) {
    if (one.plain) {
      ctes.push(plainDelete(one, hits))
      counts.push(plainCounts(one, hits))
      continue
    }
    if (one.own) {
      const update = ownUpdate(one, hits, redaction)
      if (update !== undefined) ctes.push(update)
      counts.push(...ownCounts(one, hits, update !== undefined))
      continue
    }
    ctes.push(...one.ctes)
    counts.push(...classCounts(one, hits.zone))
    // The right to delete is asked for only where a role lets rows go.
    if (one.chains.some((chain) => chain.erase === 'row')) {
      ctes.push(classedDelete(one))
      counts.push(deletedCounts(one))
    }
    const update = classedUpdate(one, redaction)
    if (update === undefined) continue
    ctes.push(...update)
    counts.push(updatedCounts(one))
    if (mayBeSkipped(one)) counts.push(skippedCount(one))
  }
  if (counts.length === 0) return undefined
  return {
    text: `WITH RECURSIVE ${[hits.parameters.types(), ...ctes].join(',\n')}\n${counts.join('\nUNION ALL\n')}`,
    values: hits.parameters.values,
  }
}

function plainDelete(one: TableHits, hits: Hits): string {
  const chain = one.chains[0]
  if (chain === undefined) throw new RangeError('a plain deletion has one chain')
  const { from, where, request } = hits.subjects.reach(chain)
  const using = from.length === 0 ? '' : `USING ${from.join(', ')}`
  const recorded = hits.key === undefined ? 'NULL::text' : recordedKeySql(one.table, hits.key)
  return `del${one.number} AS (DELETE FROM ${one.table.live.sql} t ${using} WHERE ${where.join(' AND ')}
    RETURNING ${request}::int4 AS request, ${recorded} AS recorded)`
}

function sameRow(one: TableHits): string {
  return one.table.key.map((column, index) => `t.${column.sql} = h.k${index}`).join(' AND ')
}

function classedDelete(one: TableHits): string {
  const n = one.number
  return `del${n} AS (DELETE FROM ${one.table.live.sql} t USING hit${n} h WHERE ${sameRow(one)} AND h.action = 'row'
    RETURNING h.requests, h.role, h.recorded)`
}

function classedUpdate(one: TableHits, redaction: Redaction): string[] | undefined {
  const updates = columnUpdates(one.table, redaction)
  if (updates.length === 0) return undefined
  const n = one.number
  const set = updates.map((update) => `${update.column} = ${update.value}`).join(', ')
  const changes = updates.map((update) => update.changes).join(' OR ')
  if (mayBeSkipped(one)) return checkedUpdate(one, updates, changes)
  return [
    `upd${n} AS (UPDATE ${one.table.live.sql} t SET ${set} FROM hit${n} h
    WHERE ${sameRow(one)} AND h.action = 'part' AND (${changes}) RETURNING h.requests, h.role, h.recorded)`,
  ]
}

function mayBeSkipped(one: TableHits): boolean {
  return one.table.live.triggers.some(({ on, skips }) => skips && on.includes('update'))
}

/** Where a trigger may leave a row as it was: what is due is put down first, old and new, and held against what came of it. */
function checkedUpdate(one: TableHits, updates: readonly ColumnUpdate[], changes: string): string[] {
  const n = one.number
  const keys = one.table.key.map((_column, index) => `h.k${index}`)
  const cells = updates.map(({ column, value }, index) => `${value} AS new${index}, t.${column}::text AS old${index}`)
  const row = one.table.key.map((column, index) => `t.${column.sql} = d.k${index}`).join(' AND ')
  const undone = updates.map(
    ({ column }, index) =>
      `(t.${column}::text IS NOT DISTINCT FROM d.old${index} AND d.new${index}::text IS DISTINCT FROM d.old${index})`,
  )
  return [
    `due${n} AS MATERIALIZED (SELECT ${[...keys, 'h.requests', 'h.role', 'h.recorded', ...cells].join(', ')}
    FROM ${one.table.live.sql} t JOIN hit${n} h ON ${sameRow(one)} WHERE h.action = 'part' AND (${changes}))`,
    `upd${n} AS (UPDATE ${one.table.live.sql} t SET ${updates.map(({ column }, index) => `${column} = d.new${index}`).join(', ')}
    FROM due${n} d WHERE ${row} RETURNING d.requests, d.role, d.recorded, (${undone.join(' OR ')}) AS undone)`,
  ]
}

/** Rows that a trigger left as they were, of all people together. */
function skippedCount(one: TableHits): string {
  const n = one.number
  return `SELECT ${n}, 'skipped', NULL::int4, '', '', ((SELECT count(*) FROM due${n}) - (SELECT count(*) FROM upd${n} WHERE NOT undone))::text, NULL, NULL::text`
}

const shape = (n: number, kind: string, label: string, role: string, rows: string, until: string, recorded: string) =>
  `SELECT ${n} AS number, '${kind}' AS kind, q AS request, ${label} AS label, ${role} AS role, ${rows}::text AS rows, ${until} AS until, ${recorded} AS recorded`

function plainCounts(one: TableHits, hits: Hits): string {
  const n = one.number
  const alone = hits.subjects.work.length === 1
  const role = quoteLiteral(one.chains[0]?.role ?? '')
  return `SELECT ${n}, 'deleted', ${alone ? '1' : 'd.request'}, 'row', ${role}, count(*)::text, NULL, ${recordedKeysSql('d.recorded')}
    FROM del${n} d ${alone ? '' : 'GROUP BY d.request'}`
}

function deletedCounts(one: TableHits): string {
  const n = one.number
  return `${shape(n, 'deleted', "'row'", 'd.role', 'count(*)', 'NULL', recordedKeysSql('d.recorded'))}
    FROM del${n} d, unnest(d.requests) q GROUP BY q, d.role`
}

function updatedCounts(one: TableHits): string {
  const n = one.number
  return `${shape(n, 'updated', "'part'", 'u.role', 'count(*)', 'NULL', recordedKeysSql('u.recorded'))}
    FROM upd${n} u, unnest(u.requests) q GROUP BY q, u.role`
}

/** Rows by role and action, rows that are shared and why, fields that are kept and until when. */
function classCounts(one: TableHits, zone: string): string[] {
  const n = one.number
  const label = `CASE WHEN h.mentioned AND NOT h.wants_part AND NOT h.wants_row THEN 'mention' WHEN h.action = 'link' THEN 'keep-link' ELSE h.action END`
  const rows = `${shape(n, 'rows', label, 'h.role', 'count(*)', 'NULL', 'NULL::text')}
    FROM hit${n} h, unnest(h.requests) q GROUP BY q, 4, h.role`
  const why = `CASE WHEN h.mentioned AND NOT h.wants_part THEN 'mention' WHEN h.others THEN 'other-people' ELSE 'referenced' END`
  const shared = `${shape(n, 'shared', why, 'h.role', 'count(*)', 'NULL', 'NULL::text')}
    FROM hit${n} h, unnest(h.requests) q
    WHERE h.action = 'part' AND ((h.mentioned AND NOT h.wants_part) OR h.others OR (h.wants_row AND (h.referenced OR h.held)))
    GROUP BY q, 4, h.role`
  const kept = keptFields(one.table).map(
    (
      field,
      index,
    ) => `${shape(n, 'kept', quoteLiteral(field.column.column), quoteLiteral(field.exception?.name ?? ''), 'count(*)', `CASE WHEN bool_and(h.until${index} IS NOT NULL) THEN to_char(max(h.until${index}) AT TIME ZONE ${quoteLiteral(zone)}, 'YYYY-MM-DD') END`, 'NULL::text')}
    FROM hit${n} h, unnest(h.requests) q WHERE h.kept${index} AND h.action <> 'link' GROUP BY q`,
  )
  const undated = keptFields(one.table).flatMap((field, index) =>
    field.exception?.keep === undefined || field.exception.from === undefined
      ? []
      : [
          `${shape(n, 'undated', quoteLiteral(field.column.column), quoteLiteral(field.exception.name), 'count(*)', 'NULL', 'NULL::text')}
    FROM hit${n} h, unnest(h.requests) q WHERE h.kept${index} AND h.until${index} IS NULL AND h.action <> 'link' GROUP BY q`,
        ],
  )
  return [rows, shared, ...kept, ...undated]
}
