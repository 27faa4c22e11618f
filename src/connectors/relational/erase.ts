import { boundary } from '../../base/boundary.ts'
import { type ErasureBatch, ErasureRefusal, type ErasureResult, type ErasureWork } from '../../connector.ts'
import { Fault } from '../../language/fault.ts'
import { hashBytes, hashOf } from '../place-hash.ts'
import { failureOf } from '../postgres/failure.ts'
import type { Layout } from '../postgres/layout.ts'
import { type Changed, changeRows, releaseRows, removeRows } from './change.ts'
import { countsOf } from './counts.ts'
import type { Database, Session } from './dialect.ts'
import { classHits, type Hit, type Hits, type TableHits } from './hits.ts'
import { mark } from './marker.ts'
import { cascades, isAllowed } from './obstacle.ts'
import { removalSteps } from './order.ts'

/** What was done in a table. */
interface Done {
  readonly one: TableHits
  readonly changed: Changed
  readonly gone: Pick<Changed, 'hits' | 'rows'>
  /** Rows whose references to others that go were cleared first. */
  readonly released: number
}

/** One transaction for the whole batch, its markers included; anything that goes wrong changes nothing and says why by a code. */
export async function eraseBatch(database: Database, layout: Layout, batch: ErasureBatch): Promise<ErasureResult[]> {
  try {
    return await database.writing((session) => eraseIn(session, database, layout, batch), batch.lockTimeoutMs)
  } catch (error) {
    if (error instanceof ErasureRefusal || error instanceof Fault) throw error
    throw new ErasureRefusal(failureOf(error), error)
  }
}

async function eraseIn(
  session: Session,
  database: Database,
  layout: Layout,
  { work, now, suppression }: ErasureBatch,
): Promise<ErasureResult[]> {
  const { dialect } = database
  const hits = await classHits(session, dialect, layout, work, { now, key: suppression.key, lock: true })
  const [beyond] = cascades(layout, hits)
  if (beyond !== undefined) throw new ErasureRefusal({ scope: 'person', code: 'reached-others', table: beyond.table })
  const before = await session.written()
  const lasting = hits.tables.filter(({ table }) => !dialect.isPermanent(table.live))
  // What no rollback undoes comes last, when nothing else can fail any more.
  const permanent = hits.tables.filter((one) => !lasting.includes(one))
  const refused = permanent.find(({ table, rows }) => !table.map.allow.permanent && touches(rows))
  if (refused !== undefined) throw new ErasureRefusal({ scope: 'store', code: 'drift', table: refused.table.name })
  const done = await eraseTables(session, database, layout, lasting, work)
  guardReach(layout, hits, done, before, await session.written())
  boundary('execute.in-store')
  done.push(...(await eraseTables(session, database, layout, permanent, work)))
  const results = work.map((one, person) => resultOf(layout, hits, done, one, person, suppression.key))
  await mark(session, database.markerTable.name, results)
  return results
}

const touches = (rows: ReadonlyMap<string, Hit>): boolean => [...rows.values()].some(({ action }) => action !== 'link')

async function eraseTables(
  session: Session,
  { dialect }: Database,
  layout: Layout,
  tables: readonly TableHits[],
  work: readonly ErasureWork[],
): Promise<Done[]> {
  const changed = new Map<TableHits, Changed>()
  const gone = new Map<TableHits, Done['gone']>()
  const released = new Map<TableHits, number>()
  for (const one of tables) changed.set(one, await changeRows(session, dialect, one, work))
  const going = tables.filter(({ rows }) => [...rows.values()].some(({ action }) => action === 'row'))
  for (const step of removalSteps(layout, going)) {
    if (step.do === 'release') {
      const rows = await releaseRows(session, dialect, step.table, step.columns)
      released.set(step.table, (released.get(step.table) ?? 0) + rows)
      continue
    }
    const remove = async () => {
      for (const one of step.tables) gone.set(one, await removeRows(session, dialect, one))
    }
    await (step.circle ? session.unreferenced(remove) : remove())
  }
  return tables.map((one) => ({
    one,
    changed: changed.get(one) ?? { hits: [], rows: 0, removed: [] },
    gone: gone.get(one) ?? { hits: [], rows: 0 },
    released: released.get(one) ?? 0,
  }))
}

/**
 * Compares what the store counted with what was asked of it: more rows were reached by a trigger that nobody sees or by a
 * reference. Refused, unless the map allows triggers or cascades of a table to reach others.
 */
function guardReach(
  layout: Layout,
  hits: Hits,
  done: readonly Done[],
  before: Awaited<ReturnType<Session['written']>>,
  after: Awaited<ReturnType<Session['written']>>,
): void {
  const allows = hits.tables.some(({ table }) => {
    const { triggers, cascades: reached } = table.map.allow
    return triggers.length > 0 || reached.length > 0
  })
  if (allows || hits.beyond.some(({ table, child }) => isAllowed(layout, table, child))) return
  const gone = done.reduce((sum, one) => sum + one.gone.rows, 0)
  const changed = done.reduce((sum, one) => sum + one.changed.rows, 0)
  const released = done.reduce((sum, one) => sum + one.released, 0)
  // References that follow (SET NULL) change rows of these people that stay.
  const following = hits.tables.reduce(
    (sum, { table, rows }) =>
      sum + (table.live.references.some(({ onDelete }) => onDelete.startsWith('set')) ? rows.size : 0),
    0,
  )
  const over =
    after.all - before.all > gone + changed + released + following ||
    (after.removed ?? 0) - (before.removed ?? 0) > gone ||
    (after.added ?? 0) > (before.added ?? 0)
  if (!over) return
  const [table] = done.filter((one) => one.gone.rows + one.changed.rows > 0).map(({ one }) => one.table.name)
  throw new ErasureRefusal({ scope: 'person', code: 'reached-others', ...(table === undefined ? {} : { table }) })
}

function resultOf(
  layout: Layout,
  hits: Hits,
  done: readonly Done[],
  { step }: ErasureWork,
  person: number,
  key: Uint8Array,
): ErasureResult {
  const removed = new Map<string, { table: string; field: string; cells: number }>()
  const erased = done.flatMap(({ one, changed, gone }) => {
    const table = one.table.name
    for (const { hit, field } of changed.removed) {
      if (!hit.people.has(person)) continue
      const known = removed.get(`${table}\n${field}`) ?? { table, field, cells: 0 }
      known.cells++
      removed.set(`${table}\n${field}`, known)
    }
    const mine = [...gone.hits, ...changed.hits].filter(({ people }) => people.has(person))
    if (mine.length === 0) return []
    const hashes = Buffer.concat(mine.map((hit) => hashOf(key, table, hit.key)))
    return [{ table, hashBytes, hashes }]
  })
  const reached = hits.beyond.map(({ child, rows }) => ({ table: child, rows }))
  return {
    step,
    ...countsOf(layout, hits, person),
    foreignRows: 0,
    ...(reached.length === 0 ? {} : { reached }),
    removed: [...removed.values()],
    erased,
  }
}
