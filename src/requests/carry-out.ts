import type { Store } from '../connector.ts'
import { lookAgain } from './again.ts'
import { type Case, casesAtHand, casesOf } from './case.ts'
import { record } from './change.ts'
import { chunkPeople, chunksOf } from './chunks.ts'
import { type Due, dueIn, nextRound } from './due.ts'
import type { Engine } from './engine.ts'
import { executeIn, settle, stepName } from './execute.ts'
import { finish } from './finish.ts'
import { foundUnder, heldIn, holdsInForce, spellingOf, viewOf } from './holds.ts'
import { recordOutcomes } from './outcome.ts'
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
  const holds = await holdsInForce(engine)
  for (const store of engine.stores.filter(({ map }) => map.human === undefined)) {
    const apart: Apart = { held: [], newly: [] }
    const executed = await executeIn(engine, store, dueOf(chunks, store, cases, ready, holds, apart), ids.length)
    executed.push(...(await executeHeld(engine, store, apart)))
    for (const one of executed) cases.set(one.record.id, one)
    chunks = chunksOf([...cases.values()], size)
  }
  return [...cases.values()]
}

/** People under a hold: as it was shown for approval, or new since: then nothing is done before it is approved anew. */
interface Apart {
  readonly held: Due[]
  readonly newly: Due[]
}

async function executeHeld(engine: Engine, store: Store, { held, newly }: Apart): Promise<Case[]> {
  const name = store.map.store
  const groups = Map.groupBy(held, ({ one }) => spellingOf(one.sealed.held?.[name]))
  const done: Case[] = []
  for (const due of groups.values()) {
    const hold = due[0]?.one.sealed.held?.[name]
    const seen = due.map(({ one, round }) => ({ round, one: underHoldIn(one, name) }))
    const chunks = chunksOf(seen, chunkPeople(engine, seen.length))
    done.push(...(await executeIn(engine, viewOf(store, hold), chunks, due.length)))
  }
  if (newly.length === 0) return done
  const failure = { state: 'failed' as const, code: 'request.held' }
  const key = await engine.records.suppressionKey()
  const outcomes = newly.map((due) => ({ ...due, failure }))
  return [...done, ...(await recordOutcomes(engine, name, key.name, outcomes))]
}

function underHoldIn(one: Case, store: string): Case {
  const found = one.sealed.found[store]
  if (found === undefined) return one
  return {
    ...one,
    sealed: { ...one.sealed, found: { ...one.sealed.found, [store]: foundUnder(found, one.sealed.held?.[store]) } },
  }
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
  holds: Parameters<typeof heldIn>[0],
  apart: Apart,
): AsyncGenerator<Due[]> {
  for await (const chunk of chunks) {
    await ready
    if (chunk.some(({ record }) => record.kind !== 'erasure')) throw new RangeError('only an erasure erases')
    for (const one of chunk) if (!cases.has(one.record.id)) cases.set(one.record.id, one)
    const due: Due[] = []
    for (const one of dueIn(chunk, store)) {
      const shown = one.one.sealed.held?.[store.map.store]
      const now = holds.length === 0 ? undefined : heldIn(holds, Object.values(one.one.sealed.found), store.map.store)
      if (now !== undefined && spellingOf(now) !== spellingOf(shown)) apart.newly.push(one)
      else (shown === undefined ? due : apart.held).push(one)
    }
    if (due.length > 0) yield due
  }
}

/** Looks again a bounded number of times, proves what was executed, and closes what nothing holds open. */
export async function proveApproved(engine: Engine, executed: readonly Case[]): Promise<Case[]> {
  const cases = new Map(executed.map((one) => [one.record.id, one]))
  const stillWritten = new Map<string, Set<string>>()
  for (const store of engine.stores.filter(({ map }) => map.human === undefined)) {
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
        const apart: Apart = { held: due.filter(({ one }) => one.sealed.held?.[name] !== undefined), newly: [] }
        const free = due.filter(({ one }) => one.sealed.held?.[name] === undefined)
        const done = await executeIn(engine, store, chunksOf(free, chunkPeople(engine, free.length)), free.length)
        for (const one of [...done, ...(await executeHeld(engine, store, apart))]) cases.set(one.record.id, one)
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
