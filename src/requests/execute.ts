import { setTimeout as pause } from 'node:timers/promises'
import { boundary } from '../base/boundary.ts'
import type { ErasureBatch, ErasureResult, ErasureWork, Store } from '../connector.ts'
import { eraseInHalves, PASSING } from './bisect.ts'
import type { Case } from './case.ts'
import { CHUNK_PEOPLE, type Engine, RETRY_WAITS_MS } from './engine.ts'
import { type Outcome, recordOutcomes } from './outcome.ts'
import { storeFaultCode } from './store-fault.ts'

/** A person whose erasure in a store is due, as the given round. */
export interface Due {
  readonly one: Case
  readonly round: number
}

/** Names the marker in the store: the same round of a request is never carried out there twice. */
export function stepName(request: string, store: string, round: number): string {
  return `${request}:${store}:${round}`
}

/**
 * Carries out what is due in one store: chunk by chunk, each chunk one transaction there and one commit here. People who
 * fail are set apart and tried again after growing waits; what then still fails is recorded as failed.
 * Returns the requests as they stand after it, in no particular order.
 */
export async function executeIn(engine: Engine, store: Store, due: readonly Due[]): Promise<Case[]> {
  const suppression = await engine.records.suppressionKey()
  const chunkPeople = engine.chunkPeople ?? CHUNK_PEOPLE
  const after: Case[] = []
  let open: readonly Due[] = due
  const waits = [0, ...(engine.retryWaitsMs ?? RETRY_WAITS_MS)]
  for (const [attempt, wait] of waits.entries()) {
    if (open.length === 0) break
    if (wait > 0) await pause(wait)
    const last = attempt === waits.length - 1
    const again: Due[] = []
    // One chunk is recorded here while the next is carried out there.
    let recording: Promise<void> = Promise.resolve()
    for (let start = 0; start < open.length; start += chunkPeople) {
      const chunk = open.slice(start, start + chunkPeople)
      engine.progress?.({ act: 'execute', store: store.map.store, done: start, of: open.length })
      try {
        const { outcomes, retry } = await executeChunk(engine, store, chunk, suppression, last)
        again.push(...retry)
        await recording
        recording = record(engine, store, suppression.name, outcomes, after)
        recording.catch(() => undefined)
      } catch (error) {
        await recording
        throw error
      }
    }
    await recording
    open = again
  }
  return after
}

async function executeChunk(
  engine: Engine,
  store: Store,
  chunk: readonly Due[],
  suppression: ErasureBatch['suppression'],
  last: boolean,
): Promise<{ outcomes: Outcome[]; retry: Due[] }> {
  const name = store.map.store
  const byStep = new Map(chunk.map((due) => [stepName(due.one.record.id, name, due.round), due]))
  const outcomes: Outcome[] = []
  const retry: Due[] = []
  const add = (result: ErasureResult) => {
    const due = byStep.get(result.step)
    if (due) outcomes.push({ ...due, result })
    byStep.delete(result.step)
  }
  let stopped: string | undefined
  try {
    // One first try of one person asks nothing: a marker that stands there already makes the attempt a conflict.
    if (mayBeDone(chunk)) for (const result of await store.done([...byStep.keys()], suppression)) add(result)
    const work = [...byStep].flatMap(([step, { one }]) => workOf(step, one, name))
    const batch = { work, now: engine.now(), suppression }
    const outcome = await eraseInHalves(store, batch)
    outcome.results.forEach(add)
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
    // The connection may have been lost after the commit: the marker knows. If nobody answers now, a resume asks again.
    for (const result of await doneIfReachable(store, [...byStep.keys()], suppression)) add(result)
    const code = stopped.includes('.') ? stopped : `store.${stopped}`
    for (const due of byStep.values()) outcomes.push({ ...due, failure: { state: 'unreachable', code } })
  }
  return { outcomes, retry }
}

async function record(
  engine: Engine,
  store: Store,
  keyName: string,
  outcomes: readonly Outcome[],
  after: Case[],
): Promise<void> {
  boundary('execute.before-record')
  after.push(...(await recordOutcomes(engine, store.map.store, keyName, outcomes)))
  boundary('execute.after-record')
}

function mayBeDone(chunk: readonly Due[]): boolean {
  return chunk.length > 1 || chunk.some(({ one, round }) => round > 1 || one.record.state !== 'approved')
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
