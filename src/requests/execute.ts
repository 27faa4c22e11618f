import { setTimeout as pause } from 'node:timers/promises'
import { boundary } from '../base/boundary.ts'
import type { ErasureBatch, ErasureResult, ErasureWork, Store } from '../connector.ts'
import { Fault } from '../language/fault.ts'
import { eraseInHalves, PASSING } from './bisect.ts'
import { type Case, casesOf } from './case.ts'
import { chunkPeople, chunksOf } from './chunks.ts'
import { type Due, dueIn } from './due.ts'
import { type Engine, RETRY_WAITS_MS } from './engine.ts'
import { type Outcome, recordOutcomes } from './outcome.ts'
import { storeFaultCode } from './store-fault.ts'

/** Names the marker in the store: the same round of a request is never carried out there twice. */
export function stepName(request: string, store: string, round: number): string {
  return `${request}:${store}:${round}`
}

/** What all chunks of one execution share. */
interface Execution {
  readonly engine: Engine
  readonly store: Store
  readonly suppression: ErasureBatch['suppression']
  /** The requests as they stand after it, as far as recorded. */
  readonly after: Case[]
}

/**
 * Carries out what is due in one store: chunk by chunk, each chunk one transaction there and one commit here. People who
 * fail are set apart and tried again after growing waits; what then still fails is recorded as failed.
 * Returns the requests as they stand after it, in no particular order.
 */
export async function executeIn(
  engine: Engine,
  store: Store,
  chunks: AsyncIterable<readonly Due[]> | Iterable<readonly Due[]>,
  people: number,
): Promise<Case[]> {
  const execution = { engine, store, suppression: await engine.records.suppressionKey(), after: [] }
  const waits = engine.retryWaitsMs ?? RETRY_WAITS_MS
  let again = await executeChunks(execution, chunks, people, waits.length === 0)
  for (const [attempt, wait] of waits.entries()) {
    if (again.length === 0) break
    await pause(wait)
    const open = chunksOf(again, chunkPeople(engine, again.length))
    again = await executeChunks(execution, open, again.length, attempt === waits.length - 1)
  }
  return execution.after
}

/**
 * One chunk is recorded here while the next is carried out there: that one is prepared as soon as the one before has
 * only its commit left, and at most two are unfinished. Returns whom to try again.
 */
async function executeChunks(
  execution: Execution,
  chunks: AsyncIterable<readonly Due[]> | Iterable<readonly Due[]>,
  people: number,
  last: boolean,
): Promise<Due[]> {
  const { engine, store } = execution
  const again: Due[] = []
  const ends: Promise<void>[] = []
  let done = 0
  try {
    const given = inTurn(chunks)
    for (let next = await given.next(); next.done !== true; ) {
      const chunk = next.value
      engine.progress?.({ act: 'execute', store: store.map.store, done, of: people })
      const committing = Promise.withResolvers<void>()
      const hasMore = Promise.withResolvers<boolean>()
      const end = executeChunk(execution, chunk, last, committing.resolve, hasMore.promise).then((retry) => {
        again.push(...retry)
      })
      end.catch(() => undefined)
      ends.push(end)
      const following = given.next()
      following.then(
        ({ done: ended }) => hasMore.resolve(ended !== true),
        () => hasMore.resolve(false),
      )
      next = await following
      await Promise.race([committing.promise, end])
      await ends.at(-2)
      done += chunk.length
    }
  } finally {
    await Promise.allSettled(ends)
  }
  await Promise.all(ends)
  return again
}

async function* inTurn<T>(chunks: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* chunks
}

/** Returns whom to try again, when all else is recorded. `tellCommitting` is called when the store has only its commit left. */
async function executeChunk(
  execution: Execution,
  chunk: readonly Due[],
  last: boolean,
  tellCommitting: () => void,
  hasMore: Promise<boolean>,
): Promise<Due[]> {
  const { engine, store, suppression } = execution
  const name = store.map.store
  const byStep = new Map(chunk.map((due) => [stepName(due.one.record.id, name, due.round), due]))
  const outcomes: Outcome[] = []
  const retry: Due[] = []
  const outcomeOf = (result: ErasureResult): Outcome[] => {
    const due = byStep.get(result.step)
    return due ? [{ ...due, result }] : []
  }
  const add = (result: ErasureResult) => {
    outcomes.push(...outcomeOf(result))
    byStep.delete(result.step)
  }
  const ahead: { results?: readonly ErasureResult[]; recorded?: Promise<void> } = {}
  const committing = (results: readonly ErasureResult[], committed: Promise<void>) => {
    tellCommitting()
    ahead.results = results
    ahead.recorded = recordAhead(execution, [...outcomes, ...results.flatMap(outcomeOf)], committed, hasMore)
    ahead.recorded.catch(() => undefined)
  }
  const current = currentOf(chunk)
  let recorded: Promise<void> | undefined
  let stopped: string | undefined
  try {
    if (mayBeDone(chunk)) for (const result of await store.done([...byStep.keys()], suppression)) add(result)
    const work = [...byStep].flatMap(([step, { one }]) => workOf(step, one, name))
    const outcome = await eraseInHalves(store, { work, now: engine.now(), suppression, committing, ...current })
    if (areSame(outcome.results, ahead.results)) recorded = ahead.recorded
    else outcome.results.forEach(add)
    const marked = outcome.apart.filter(({ code }) => code === 'conflict').map(({ work }) => work.step)
    if (marked.length > 0) for (const result of await store.done(marked, suppression)) add(result)
    for (const { work, code, table } of outcome.apart.filter(({ work }) => byStep.has(work.step))) {
      const due = byStep.get(work.step) as Due
      byStep.delete(work.step)
      if (PASSING.has(code) && !last) retry.push(due)
      else outcomes.push({ ...due, failure: { state: 'failed', code, ...placeIn(store, table) } })
    }
    stopped = outcome.stopped?.code
  } catch (error) {
    stopped = storeFaultCode(error)
  }
  if (stopped !== undefined) {
    if (await isStale(current.allowed)) return executeAnew(execution, chunk, last, tellCommitting, hasMore)
    // The connection may have been lost after the commit: the marker knows. If nobody answers now, a resume asks again.
    for (const result of await doneIfReachable(store, [...byStep.keys()], suppression)) add(result)
    const code = stopped.includes('.') ? stopped : `store.${stopped}`
    for (const due of byStep.values()) outcomes.push({ ...due, failure: { state: 'unreachable', code } })
  }
  await (recorded ?? record(execution, outcomes))
  return retry
}

/** What was not read anew is carried out for good only when it is known to stand so. */
function currentOf(chunk: readonly Due[]): Pick<ErasureBatch, 'allowed'> {
  const awaited = [...new Set(chunk.flatMap(({ one }) => one.current ?? []))]
  if (awaited.length === 0) return {}
  const allowed = Promise.all(awaited).then(() => undefined)
  allowed.catch(() => undefined)
  return { allowed }
}

/** Any other failure than a stale request is Kept's own and ends the execution. */
async function isStale(allowed: Promise<void> | undefined): Promise<boolean> {
  try {
    await allowed
    return false
  } catch (error) {
    if (error instanceof Fault && error.code === 'records.stale') return true
    throw error
  }
}

/** Somebody else changed one of the requests meanwhile: nothing was done, and they are read before it is tried again. */
async function executeAnew(
  execution: Execution,
  chunk: readonly Due[],
  last: boolean,
  tellCommitting: () => void,
  hasMore: Promise<boolean>,
): Promise<Due[]> {
  const { engine, store, after } = execution
  const fresh = await casesOf(
    engine,
    chunk.map(({ one }) => one.record.id),
  )
  const due = dueIn(fresh, store)
  after.push(...fresh.filter((one) => !due.some((other) => other.one === one)))
  return due.length === 0 ? [] : executeChunk(execution, due, last, tellCommitting, hasMore)
}

/** True where the store did what it told while it was committing, and nothing else. */
function areSame(done: readonly ErasureResult[], told: readonly ErasureResult[] = []): boolean {
  return done.length === told.length && done.every((result, index) => result === told[index])
}

/** The last chunk's record is prepared while the store commits; another's when the next chunk is on its way there. */
async function recordAhead(
  execution: Execution,
  outcomes: readonly Outcome[],
  committed: Promise<void>,
  hasMore: Promise<boolean>,
): Promise<void> {
  committed.catch(() => undefined)
  if (!(await hasMore)) return record(execution, outcomes, committed)
  await committed
  await new Promise(setImmediate)
  await record(execution, outcomes)
}

/** Records what became of a chunk; with `committed`, prepares it while the store is still committing. */
async function record(execution: Execution, outcomes: readonly Outcome[], committed?: Promise<void>): Promise<void> {
  const { engine, store, suppression, after } = execution
  const once = committed?.then(() => {
    boundary('execute.after-store')
    boundary('execute.before-record')
  })
  once?.catch(() => undefined)
  if (once === undefined) boundary('execute.before-record')
  after.push(...(await recordOutcomes(engine, store.map.store, suppression.name, outcomes, once)))
  boundary('execute.after-record')
}

/** A first try asks nothing: a marker that stands there already makes the attempt a conflict. */
function mayBeDone(chunk: readonly Due[]): boolean {
  return chunk.some(({ one, round }) => round > 1 || one.record.state !== 'approved')
}

/** Tables of the map are named; what else stands in the store may itself bear a name of somebody. */
function placeIn({ map }: Store, table: string | undefined): { readonly table?: string } {
  return table !== undefined && map.tables.some((one) => one.table === table) ? { table } : {}
}

function workOf(step: string, one: Case, store: string): ErasureWork[] {
  const found = one.sealed.found[store]
  return found ? [{ step, found, salt: Buffer.from(one.sealed.salt, 'base64') }] : []
}

async function doneIfReachable(
  store: Store,
  steps: readonly string[],
  suppression: ErasureBatch['suppression'],
): Promise<readonly ErasureResult[]> {
  try {
    return await store.done(steps, suppression)
  } catch (error) {
    storeFaultCode(error)
    return []
  }
}

/** Takes the markers of recorded rounds away; false when the store is down: they name rows, so they must not stay. */
export async function settle(store: Store, steps: readonly string[]): Promise<boolean> {
  boundary('settle.before')
  try {
    for (let start = 0; start < steps.length; start += 1000) await store.settle(steps.slice(start, start + 1000))
  } catch (error) {
    storeFaultCode(error)
    return false
  }
  boundary('settle.after')
  return true
}
