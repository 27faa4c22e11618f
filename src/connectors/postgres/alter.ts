import type { Alteration, AlterationWork, OldValues } from '../../alteration.ts'
import { boundary } from '../../base/boundary.ts'
import { ErasureRefusal, type Found, type KeptRow, type PreviewRow, type StorePreview } from '../../connector.ts'
import { Fault } from '../../language/fault.ts'
import type { SqlPool, SqlSession } from '../../sql/sql.ts'
import { alterationObstacles } from './alteration-obstacles.ts'
import { AlterationPlaces } from './alteration-places.ts'
import { type AlteredCount, type AlteredTable, alterationStatement, alteredTables } from './alteration-statement.ts'
import type { EraseOptions } from './erase.ts'
import { failureOf } from './failure.ts'
import { guardReach, readTallies } from './guard.ts'
import { classHits, type Hits } from './hits.ts'
import type { Layout } from './layout.ts'
import { type MarkedResult, markerTable, markStatement } from './marker.ts'
import type { CountRow } from './statement.ts'

interface Prepared {
  readonly hits: Hits
  readonly tables: readonly AlteredTable[]
}

function prepare(layout: Layout, found: Found, alteration: Alteration, old: OldValues): Prepared {
  const work = [{ step: 'alteration', found, salt: new Uint8Array(32) }]
  const hits = classHits(layout, work, { now: new Date(0), classAll: true })
  return { hits, tables: alteredTables(hits, new AlterationPlaces(layout, hits.parameters, alteration, old)) }
}

/** Counts what an alteration would change, and tells which new value does not fit; writes nothing. */
export async function previewAlteration(
  session: SqlSession,
  layout: Layout,
  found: Found,
  alteration: Alteration,
  old: OldValues,
): Promise<StorePreview> {
  const { hits, tables } = prepare(layout, found, alteration, old)
  const obstacles = await alterationObstacles(session, hits, tables)
  const statement = obstacles.length > 0 ? undefined : alterationStatement(hits, tables, alteration.is, false)
  const rows = statement === undefined ? [] : (await session.query<AlteredCount>(statement.text, statement.values)).rows
  return { store: layout.store.store, ...readCounts(layout, rows), shared: [], obstacles }
}

/** One transaction with its marker; anything that goes wrong changes nothing and says why by a code. */
export async function alterIn(
  pool: SqlPool,
  layout: Layout,
  { step, found, alteration, old }: AlterationWork,
  options: EraseOptions,
): Promise<MarkedResult> {
  const { hits, tables } = prepare(layout, found, alteration, old)
  const statement = alterationStatement(hits, tables, alteration.is, true)
  try {
    return await pool.session(async (session) => {
      try {
        await session.query(
          `BEGIN; SET LOCAL lock_timeout = ${options.lockTimeoutMs}; SET LOCAL statement_timeout = ${options.statementTimeoutMs};
            SET LOCAL row_security = off; SET CONSTRAINTS ALL DEFERRED`,
        )
        const before = await readTallies(session)
        const rows =
          statement === undefined ? [] : (await session.query<AlteredCount>(statement.text, statement.values)).rows
        allChanged(layout, rows)
        const reached = await guardReach(session, layout, hits, rows.map(asCount), new Map(), before)
        boundary('execute.in-store')
        const result: MarkedResult = {
          step,
          ...readCounts(layout, rows),
          shared: [],
          foreignRows: 0,
          ...(reached.length === 0 ? {} : { reached }),
          removed: [],
          recorded: [],
        }
        await session.pipeline([markStatement([result]), { text: 'COMMIT' }])
        return result
      } catch (error) {
        await session.query('ROLLBACK').catch(() => undefined)
        throw error
      }
    })
  } catch (error) {
    if (error instanceof ErasureRefusal || error instanceof Fault) throw error
    throw new ErasureRefusal(failureOf(error, markerTable), error)
  }
}

/** Whole or not at all: a trigger that skips a row says nothing. */
function allChanged(layout: Layout, rows: readonly AlteredCount[]): void {
  const open = new Map<number, number>()
  for (const { number, kind, rows: count } of rows) {
    const sign = kind === 'due' ? 1 : kind === 'updated' || kind === 'deleted' ? -1 : 0
    open.set(number, (open.get(number) ?? 0) + sign * Number(count))
  }
  for (const [number, left] of open) {
    const table = layout.tables[number]?.name
    if (left > 0)
      throw new ErasureRefusal({ scope: 'person', code: 'skipped', ...(table === undefined ? {} : { table }) })
  }
}

function asCount({ number, kind, label, role, rows }: AlteredCount): CountRow {
  const known = kind === 'updated' || kind === 'deleted' ? kind : 'kept'
  return { number, kind: known, request: 1, label, role, rows, until: null, recorded: null }
}

function readCounts(layout: Layout, rows: readonly AlteredCount[]): { tables: PreviewRow[]; kept: KeptRow[] } {
  const tables: PreviewRow[] = []
  const kept: KeptRow[] = []
  for (const { number, kind, label, role, rows: count } of [...rows].sort(inOrder)) {
    const table = layout.tables[number]?.name
    if (table === undefined || Number(count) === 0) continue
    if (kind === 'correct' || kind === 'stop' || kind === 'remove')
      tables.push({ table, role, action: kind, rows: Number(count), fields: label === '' ? [] : [label] })
    else if (kind === 'history') kept.push({ table, field: label, rows: Number(count), exception: role })
  }
  return { tables, kept }
}

function inOrder(one: AlteredCount, other: AlteredCount): number {
  const [left, right] = [`${one.kind}\n${one.role}\n${one.label}`, `${other.kind}\n${other.role}\n${other.label}`]
  return one.number - other.number || (left < right ? -1 : left > right ? 1 : 0)
}
