import { quoteLiteral } from '../../sql/sql.ts'
import { columnUpdates } from './column-update.ts'
import { fieldAction } from './field-action.ts'
import type { Hits, TableHits } from './hits.ts'
import { keptFields } from './keep.ts'
import type { Redaction } from './redaction.ts'
import type { Concerned, Context } from './reference.ts'
import { recordedKeySql, recordedKeysSql } from './row-hash.ts'

/**
 * True for a table of people whose own record is all that concerns it, each of one request alone, and whose cells are
 * only cleared or replaced: then nothing is to be classed first. A trigger might do otherwise than it is told.
 */
export function isOwnRecord(context: Context, { table, chains, mentioned }: Concerned): boolean {
  const [chain] = chains
  const simple = (field: (typeof table.fields)[number]) => {
    const action = fieldAction(field)
    return action === undefined || (action !== 'redact' && field.of === undefined && field.column.path === undefined)
  }
  return (
    chain !== undefined &&
    table.chains.length === 1 &&
    chain.role === 'person' &&
    chain.erase === 'part' &&
    chain.toOne &&
    chain.steps.length === 0 &&
    !mentioned &&
    !table.live.triggers.some((trigger) => trigger.on.includes('update')) &&
    keptFields(table).length === 0 &&
    // Its name in the record of the erasure is the one it had before.
    table.fields.every((field) => fieldAction(field) === undefined || !table.live.key.includes(field.column.column)) &&
    table.live.key.length > 0 &&
    table.fields.every(simple) &&
    context.subjects.isDistinct(chain.link)
  )
}

/** The columns of a class that the updates of such a record name: always the person's, never shared. */
const classOf = (request: string, role: string) =>
  `LATERAL (SELECT ${request}::int4 AS lead, ARRAY[${request}::int4] AS requests, ARRAY[${role}] AS roles,
    true AS wants_part, false AS wants_row, false AS others, false AS mentioned) h`

export function ownUpdate(one: TableHits, hits: Hits, redaction: Redaction): string | undefined {
  const updates = columnUpdates(one.table, redaction)
  const { from, where, request, role } = reachOf(one, hits)
  if (updates.length === 0) return undefined
  const set = updates.map((update) => `${update.column} = ${update.value}`).join(', ')
  const changes = updates.map((update) => update.changes).join(' OR ')
  const recorded = hits.key === undefined ? 'NULL::text' : recordedKeySql(one.table, hits.key)
  return `upd${one.number} AS (UPDATE ${one.table.live.sql} t SET ${set}
    FROM ${[...from, classOf(request, role)].join(', ')} WHERE ${[...where, `(${changes})`].join(' AND ')}
    RETURNING ${request}::int4 AS request, ${recorded} AS recorded)`
}

/** The record counts as the person's whether or not something of it was left to change. */
export function ownCounts(one: TableHits, hits: Hits, updated: boolean): string[] {
  const { from, where, request, role } = reachOf(one, hits)
  const rows = `SELECT ${one.number} AS number, 'rows' AS kind, r.request, 'part' AS label, ${role} AS role, count(*)::text AS rows, NULL AS until, NULL::text AS recorded
    FROM (SELECT ${request}::int4 AS request FROM ${[`${one.table.live.sql} t`, ...from].join(', ')} WHERE ${where.join(' AND ')}) r GROUP BY r.request`
  if (!updated) return [rows]
  return [
    rows,
    `SELECT ${one.number}, 'updated', u.request, 'part', ${role}, count(*)::text, NULL, ${recordedKeysSql('u.recorded')}
    FROM upd${one.number} u GROUP BY u.request`,
  ]
}

function reachOf(one: TableHits, hits: Hits) {
  const [chain] = one.chains
  if (chain === undefined) throw new RangeError('an own record has one chain')
  return { ...hits.subjects.reach(chain), role: quoteLiteral(chain.role) }
}
