import { hash } from 'node:crypto'
import { boundary } from '../../base/boundary.ts'
import { type ErasureBatch, ErasureRefusal, type ErasureResult } from '../../connector.ts'
import { Fault } from '../../language/fault.ts'
import type { SqlPool, SqlSession, SqlStatement } from '../../sql/sql.ts'
import { type CodedResult, rewriteCodedCells } from './coded.ts'
import { failureOf } from './failure.ts'
import { isCoded } from './field-action.ts'
import { guardReach, needsGuard, readTallies } from './guard.ts'
import { classHits, type Hits } from './hits.ts'
import type { Layout } from './layout.ts'
import { hashed, type MarkedResult, markerTable, markStatement } from './marker.ts'
import { readCounts } from './preview.ts'
import { hashKey } from './row-hash.ts'
import { type CountRow, erasureStatement } from './statement.ts'

export interface EraseOptions {
  /** A row locked by somebody else is waited for this long. Default 5 s. */
  readonly lockTimeoutMs: number
  /** Default 10 min. */
  readonly statementTimeoutMs: number
}

/**
 * One transaction for the whole batch, its markers included; anything that goes wrong changes nothing and says why by a
 * code. What can be made beforehand is made while the turn is waited for.
 */
export async function eraseBatch(
  pool: SqlPool,
  layout: Layout,
  batch: ErasureBatch,
  options: EraseOptions,
  turn: Promise<unknown>,
): Promise<ErasureResult[]> {
  const hits = classHits(layout, batch.work, { now: batch.now, key: batch.suppression.key, ownApart: true })
  const statement = erasureStatement(hits)
  await turn
  try {
    return await pool.session(async (session) => {
      try {
        return await eraseIn(session, layout, batch, hits, statement, options)
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

async function eraseIn(
  session: SqlSession,
  layout: Layout,
  batch: ErasureBatch,
  hits: Hits,
  statement: ReturnType<typeof erasureStatement>,
  options: EraseOptions,
): Promise<ErasureResult[]> {
  const begin: SqlStatement[] = [
    {
      text: `BEGIN; SET LOCAL lock_timeout = ${options.lockTimeoutMs}; SET LOCAL statement_timeout = ${options.statementTimeoutMs};
        SET LOCAL row_security = off; SET LOCAL plan_cache_mode = ${batch.work.length === 1 ? 'force_generic_plan' : 'auto'};
        SET CONSTRAINTS ALL DEFERRED`,
    },
  ]
  const coded = hits.tables.some((one) => !one.plain && one.table.fields.some(isCoded))
  let cells: CodedResult = { removed: [], updated: new Map() }
  const guarded = needsGuard(layout, hits)
  if (coded || guarded) await session.pipeline(begin.splice(0))
  const before = guarded ? await readTallies(session) : []
  if (coded) cells = await rewriteCodedCells(session, hits, batch.work)
  const answers = await session.pipeline([...begin, ...(statement === undefined ? [] : [prepared(statement)])])
  const counts = (statement === undefined ? [] : (answers.at(-1)?.rows ?? [])) as CountRow[]
  allWent(layout, counts)
  const reached = guarded ? await guardReach(session, layout, hits, counts, cells.updated, before) : []
  await batch.allowed
  boundary('execute.in-store')
  const byRequest = Map.groupBy(counts, (row) => row.request ?? 0)
  const marked = batch.work.map((one, index) =>
    resultOf(layout, hits, byRequest.get(index + 1) ?? [], cells, reached, one.step, index + 1),
  )
  const committed = session.pipeline([markStatement(marked), { text: 'COMMIT' }])
  committed.catch(() => undefined)
  const key = hashKey(batch.suppression.key)
  const results = marked.map((one) => hashed(layout, one, key))
  batch.committing?.(
    results,
    committed.then(() => undefined),
  )
  await committed
  return results
}

/** Whole or not at all: a trigger that skips a deletion or an update says nothing, and the rows stand as they were. */
function allWent(layout: Layout, counts: readonly CountRow[]): void {
  const left = new Map<number, number>()
  for (const { kind, label, number, rows } of counts) {
    const adds = (kind === 'rows' && label === 'row') || kind === 'skipped'
    const sign = adds ? 1 : kind === 'deleted' ? -1 : 0
    left.set(number, (left.get(number) ?? 0) + sign * Number(rows))
  }
  for (const [number, rows] of left) {
    const table = layout.tables[number]?.name
    if (rows > 0)
      throw new ErasureRefusal({ scope: 'person', code: 'skipped', ...(table === undefined ? {} : { table }) })
  }
}

const mostPrepared = 32
const preparedNames = new Set<string>()

/** The text for one person hangs on the map alone: parsed and planned once a connection. Others are sent as they are. */
function prepared(statement: { text: string; values: unknown[] }): SqlStatement {
  const name = `kept_${hash('sha256', statement.text, 'hex').slice(0, 24)}`
  if (!preparedNames.has(name) && preparedNames.size >= mostPrepared) return statement
  preparedNames.add(name)
  return { ...statement, name }
}

function resultOf(
  layout: Layout,
  hits: Hits,
  counts: readonly CountRow[],
  cells: CodedResult,
  reached: NonNullable<ErasureResult['reached']>,
  step: string,
  request: number,
): MarkedResult {
  const recorded = new Map<string, string[]>()
  for (const row of counts) {
    const table = layout.tables[row.number]?.name
    if (row.recorded === null || table === undefined) continue
    recorded.set(table, [...(recorded.get(table) ?? []), row.recorded])
  }
  return {
    step,
    ...readCounts(layout, hits, counts),
    foreignRows: 0,
    ...(reached.length === 0 ? {} : { reached }),
    removed: cells.removed
      .filter((one) => one.request === request)
      .map(({ table, field, cells: count }) => ({ table, field, cells: count })),
    recorded: [...recorded].map(([table, rows]) => ({ table, rows: rows.join('\x1e') })),
  }
}
