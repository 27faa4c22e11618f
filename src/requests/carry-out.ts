import type { Store } from '../connector.ts'
import { lookAgain } from './again.ts'
import { type Case, casesAtHand, casesOf } from './case.ts'
import { record } from './change.ts'
import { chunkPeople, chunksOf } from './chunks.ts'
import { type Due, dueIn, nextRound } from './due.ts'
import type { Engine } from './engine.ts'
import { executeIn, settle, stepName } from './execute.ts'
import { finish } from './finish.ts'
import { resultOf } from './report.ts'
import { storeFaultCode } from './store-fault.ts'

/** Rows written while an erasure runs are looked for this often; a system that writes faster must be stopped first. */
const MAX_ROUNDS = 3

/**
 * Carries out approved erasures to their end: execution, looking again, proof, closing. Steps that are already recorded
 * are not done again, so it may be called for the same requests after any crash.
 */
export async function carryOut(engine: Engine, ids: readonly string[]): Promise<Case[]> {
  const executed = await executeApproved(engine, ids)
  return proveApproved(engine, executed)
}

/** Only the execution of `carryOut`: afterwards the requests are `proving`, or `executing` where a store is missing. */
export async function executeApproved(engine: Engine, ids: readonly string[]): Promise<Case[]> {
  if (engine.stores.length === 0) return casesOf(engine, ids)
  const size = chunkPeople(engine, ids.length)
  const ready = Promise.allSettled(engine.stores.map((store) => store.ready?.()))
  const cases = new Map<string, Case>()
  let chunks: AsyncIterable<readonly Case[]> | Iterable<readonly Case[]> = loaded(engine, chunksOf(ids, size))
  for (const store of engine.stores) {
    const executed = await executeIn(engine, store, dueOf(chunks, store, cases, ready), ids.length)
    for (const one of executed) cases.set(one.record.id, one)
    chunks = chunksOf([...cases.values()], size)
  }
  return [...cases.values()]
}

async function* loaded(engine: Engine, chunks: readonly (readonly string[])[]): AsyncGenerator<readonly Case[]> {
  for (const ids of chunks) yield await casesAtHand(engine, ids)
}

/** Who of each chunk is due in the store; those met for the first time are put down in `cases`. */
async function* dueOf(
  chunks: AsyncIterable<readonly Case[]> | Iterable<readonly Case[]>,
  store: Store,
  cases: Map<string, Case>,
  ready: Promise<unknown>,
): AsyncGenerator<Due[]> {
  for await (const chunk of chunks) {
    await ready
    if (chunk.some(({ record }) => record.kind !== 'erasure')) throw new RangeError('only an erasure erases')
    for (const one of chunk) if (!cases.has(one.record.id)) cases.set(one.record.id, one)
    const due = dueIn(chunk, store)
    if (due.length > 0) yield due
  }
}

/** Looks again a bounded number of times, proves what was executed, and closes what nothing holds open. */
export async function proveApproved(engine: Engine, executed: readonly Case[]): Promise<Case[]> {
  const cases = new Map(executed.map((one) => [one.record.id, one]))
  const stillWritten = new Map<string, Set<string>>()
  for (const store of engine.stores) {
    const name = store.map.store
    const held = new Set<string>()
    try {
      for (let round = 1; ; round += 1) {
        const fresh = await lookAgain(engine, store, [...cases.values()])
        if (fresh.length === 0) break
        if (round === MAX_ROUNDS) {
          for (const one of fresh) held.add(one.record.id)
          break
        }
        // What a crash must not forget is recorded before it is erased: the new rows' people and links.
        const known = await record(
          engine,
          fresh.map((one) => ({ one, record: {}, sealed: one.sealed })),
          [],
        )
        const due = known.map((one) => ({ one, round: nextRound(one, store) }))
        for (const one of await executeIn(engine, store, chunksOf(due, chunkPeople(engine, due.length)), due.length))
          cases.set(one.record.id, one)
      }
    } catch (error) {
      storeFaultCode(error)
      for (const id of cases.keys()) held.add(id)
    }
    stillWritten.set(name, held)
    const executed = recordedSteps([...cases.values()], name)
    if (executed.length > 0 && !(await settle(store, executed))) for (const id of cases.keys()) held.add(id)
  }
  return finish(engine, [...cases.values()], stillWritten)
}

function recordedSteps(cases: readonly Case[], store: string): string[] {
  return cases.flatMap((one) => {
    const step = one.record.steps.find((other) => other.store === store)
    const rounds = (step && resultOf(step)?.round) ?? 0
    return Array.from({ length: rounds }, (_, index) => stepName(one.record.id, store, index + 1))
  })
}
