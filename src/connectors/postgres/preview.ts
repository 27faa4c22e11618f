import type { Found, KeptRow, Obstacle, PreviewRow, SharedRow, StorePreview } from '../../connector.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { fieldAction } from './field-action.ts'
import { classHits, type Hits } from './hits.ts'
import type { Layout } from './layout.ts'
import { findObstacles } from './obstacle.ts'
import { type CountRow, previewStatement } from './statement.ts'

/** Counts what an erasure would do, by table, role and action; writes nothing, needs read rights only. */
export async function previewErasure(
  session: SqlSession,
  layout: Layout,
  found: Found,
  now: Date,
): Promise<StorePreview> {
  const work = [{ step: 'preview', found, salt: new Uint8Array(32) }]
  const hits = classHits(layout, work, { now, classAll: true })
  const statement = previewStatement(hits)
  const rows = statement === undefined ? [] : (await session.query<CountRow>(statement.text, statement.values)).rows
  const counted = readCounts(layout, hits, rows)
  const obstacles = await findObstacles(session, layout, hits, (one) => {
    const sum = (kind: CountRow['kind'], labels: readonly string[]) =>
      rows
        .filter((row) => row.number === one.number && row.kind === kind && labels.includes(row.label))
        .reduce((total, row) => total + Number(row.rows), 0)
    const part = sum('rows', ['part'])
    return {
      deleted: sum('rows', ['row']),
      changed: part + sum('rows', ['mention']),
      alone: part - sum('shared', ['other-people']),
      kept: (field) => sum('kept', [field]),
    }
  })
  return { store: layout.store.store, ...counted, obstacles: distinct(obstacles) }
}

function distinct(obstacles: readonly Obstacle[]): Obstacle[] {
  return [...new Map(obstacles.map((one) => [`${one.code}\n${one.table}\n${one.what}`, one])).values()]
}

/** The counts of one request, in the shape of previews and results, in the order of the map. */
export function readCounts(
  layout: Layout,
  hits: Pick<Hits, 'of'>,
  rows: readonly CountRow[],
): { tables: PreviewRow[]; shared: SharedRow[]; kept: KeptRow[] } {
  const tables: PreviewRow[] = []
  const shared: SharedRow[] = []
  const kept: KeptRow[] = []
  for (const row of [...rows].sort(inOrder)) {
    const table = layout.tables[row.number]
    if (table === undefined || Number(row.rows) === 0) continue
    const count = Number(row.rows)
    const plain = hits.of(table.name)?.plain === true
    if (row.kind === 'rows' || (row.kind === 'deleted' && plain)) {
      const action = row.label as PreviewRow['action']
      tables.push({
        table: table.name,
        role: row.role,
        action,
        rows: count,
        fields: fieldsOf(layout, table.name, action, row.role, action === 'part' && isAllShared(row, rows)),
      })
    } else if (row.kind === 'shared') {
      shared.push({ table: table.name, role: row.role, rows: count, why: row.label as SharedRow['why'] })
    } else if (row.kind === 'kept') {
      const until = row.until === null ? {} : { until: row.until }
      kept.push({
        table: table.name,
        field: row.label,
        rows: count,
        exception: row.role,
        ...until,
        ...undatedOf(row, rows),
      })
    }
  }
  return { tables, shared, kept }
}

function undatedOf(kept: CountRow, rows: readonly CountRow[]): Pick<KeptRow, 'undated'> {
  const line = rows.find(
    ({ kind, number, label, role }) =>
      kind === 'undated' && number === kept.number && label === kept.label && role === kept.role,
  )
  return line === undefined ? {} : { undated: Number(line.rows) }
}

/** Tables in the order of the map, their lines by role and action: an approval binds to this order, the server's varies. */
function inOrder(one: CountRow, other: CountRow): number {
  const [left, right] = [`${one.kind}\n${one.role}\n${one.label}`, `${other.kind}\n${other.role}\n${other.label}`]
  return one.number - other.number || (left < right ? -1 : left > right ? 1 : 0)
}

/** Other people stand in every row that this line counts. */
function isAllShared(line: CountRow, rows: readonly CountRow[]): boolean {
  const shared = rows.filter(
    ({ number, kind, role, label }) =>
      number === line.number && kind === 'shared' && role === line.role && label === 'other-people',
  )
  return shared.reduce((sum, row) => sum + Number(row.rows), 0) >= Number(line.rows)
}

/**
 * The fields an action concerns: all declared ones of a row that goes, the treated ones of a row that stays; where other
 * people stand in all of them, only what the map calls this role's and text that is redacted.
 */
function fieldsOf(
  layout: Layout,
  name: string,
  action: PreviewRow['action'],
  role: string,
  allShared: boolean,
): string[] {
  const fields = layout.table(name)?.fields ?? []
  const concerned = fields.filter((field) => {
    if (action === 'keep-link' || field.is === undefined) return false
    if (action === 'mention') return field.erase === 'redact'
    if (allShared && field.of !== role && field.erase !== 'redact') return false
    return action === 'row' || (fieldAction(field) !== undefined && field.exception === undefined)
  })
  return [...new Set(concerned.map((field) => field.column.column))]
}
