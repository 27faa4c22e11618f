import type { StoreStep } from '../records.ts'
import type { Case } from './case.ts'
import { record } from './change.ts'
import { type Engine, storeNamed } from './engine.ts'
import type { Explanation } from './export/explain.ts'
import type { ExportLock } from './export/lock.ts'
import { type ExportPart, type OthersRule, StoreGaveUp, type WrittenExport, writeExport } from './export/write.ts'
import * as facts from './facts.ts'
import { handOver } from './tasks.ts'

export interface AccessOptions {
  readonly out: string
  readonly others: OthersRule
  readonly explanation: Explanation
  readonly lock?: ExportLock
}

/**
 * Copies what was found of a person into a folder or zip and closes the request: `done`, or `open` where a store could
 * not be read. Fault `export.exists` when something stands at `out`.
 */
export async function exportPerson(engine: Engine, one: Case, options: AccessOptions): Promise<Case> {
  const failed = new Map<string, string>()
  const parts: ExportPart[] = []
  for (const step of one.record.steps) {
    const store = storeNamed(engine, step.store)
    const found = one.sealed.found[step.store]
    if (step.state === 'unreachable' || !store || !found) failed.set(step.store, step.fault ?? 'store.unreachable')
    else if (store.map.human === undefined) parts.push({ store, found, shared: sharedTables(one, step.store) })
  }
  return close(engine, one, await writeReachable(engine, parts, options, failed), failed)
}

/** Tables in which the person stands with other people, or in other people's rows. */
function sharedTables({ sealed }: Case, store: string): ReadonlySet<string> {
  const preview = sealed.shown?.previews.find((seen) => seen.store === store)
  const shared = preview?.shared.filter(({ why }) => why !== 'referenced') ?? []
  return new Set(shared.map(({ table }) => table))
}

/** Writes anew without a store that gives up on the way: an export is never half of a store. */
async function writeReachable(
  engine: Engine,
  parts: readonly ExportPart[],
  options: AccessOptions,
  failed: Map<string, string>,
): Promise<WrittenExport | undefined> {
  const open = parts.filter(({ store }) => !failed.has(store.map.store))
  if (open.length === 0) return undefined
  try {
    const progress = (store: string) => engine.progress?.({ act: 'export', store })
    return await writeExport(open, { ...options, now: engine.now(), progress })
  } catch (error) {
    if (!(error instanceof StoreGaveUp)) throw error
    failed.set(error.store, error.fault.code)
    return writeReachable(engine, parts, options, failed)
  }
}

async function close(
  engine: Engine,
  one: Case,
  written: WrittenExport | undefined,
  failed: ReadonlyMap<string, string>,
): Promise<Case> {
  const { id } = one.record
  const byHand = handOver(engine, one)
  const steps = one.record.steps.map((step): StoreStep => {
    const { store, attempts } = step
    const handed = byHand.steps.find((one) => one.store === store)
    if (handed?.state === 'task' || handed?.state === 'attested') return handed
    const code = failed.get(store)
    if (code !== undefined) return { store, attempts: attempts + 1, state: 'unreachable', fault: code }
    const whole = written?.tables.every((table) => table.store !== store || table.whole)
    const map = storeNamed(engine, store)?.map.sha256
    const proven = { state: 'proven' as const, ...(map === undefined ? {} : { map }) }
    return { store, attempts: attempts + 1, ...(whole ? proven : { state: 'executed' as const }) }
  })
  const done = steps.every(({ state }) => state === 'proven' || state === 'attested')
  const waits = steps.some(({ state }) => state === 'task')
  const why = failed.size > 0 ? 'request.store-unreachable' : waits ? 'request.task-open' : 'request.not-proven'
  const state = done ? ('done' as const) : ('open' as const)
  const evidence = [
    ...byHand.evidence,
    ...(written ? [facts.exported(id, written.tables, written.files, written.manifestSha256)] : []),
    done ? facts.closed(id, 'done') : facts.closed(id, 'open', why),
  ]
  const [closed] = await record(engine, [{ one, record: { state, steps }, destroy: done }], evidence)
  return closed as Case
}
