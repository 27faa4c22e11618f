import { setTimeout as pause } from 'node:timers/promises'
import type { Alteration } from '../../alteration.ts'
import { boundary } from '../../base/boundary.ts'
import { ErasureRefusal, type ErasureResult, type Store } from '../../connector.ts'
import type { Fact } from '../../ledger.ts'
import type { StoreStep } from '../../records.ts'
import { PASSING } from '../bisect.ts'
import { type Case, caseOf, mustBe } from '../case.ts'
import { record } from '../change.ts'
import { nextRound } from '../due.ts'
import { type Engine, RETRY_WAITS_MS, storeNamed } from '../engine.ts'
import { settle, stepName } from '../execute.ts'
import * as facts from '../facts.ts'
import { type Outcome, recordOutcomes } from '../outcome.ts'
import { resultOf } from '../report.ts'
import type { Proof, Residual } from '../sealed.ts'
import { storeFaultCode } from '../store-fault.ts'
import { handOver, isByHand } from '../tasks.ts'
import { proveAlteration } from './prove.ts'
import { HOLDING, whyAlterationOpen } from './why-open.ts'

/**
 * Carries out an approved correction, objection or withdrawal to its end: in every store one transaction, then the proof.
 * What is recorded is not done again, so it may be called again after any crash.
 */
export async function carryOutAlteration(engine: Engine, id: string): Promise<Case> {
  let one = await caseOf(engine, id)
  mustBe(one.record, 'carried out', ['approved', 'executing', 'proving', 'open'])
  const { alteration } = one.sealed
  if (alteration === undefined && !isByHand(one.record.kind))
    throw new RangeError('only a request that changes something is carried out so')
  one = await handOverParts(engine, one)
  if (alteration !== undefined)
    for (const { store: name } of one.record.steps) {
      const store = storeNamed(engine, name)
      if (store !== undefined && isDue(one, name)) one = await alterIn(engine, store, one, alteration)
    }
  return close(engine, one, alteration)
}

/** Due is what was shown for approval and is not yet recorded as done, and what a proof found undone. */
function isDue({ record: { steps }, sealed }: Case, store: string): boolean {
  const state = steps.find((step) => step.store === store)?.state
  const isMissed = (place: Residual) => place.store === store && place.class === 'missed'
  if (state === 'executed') return sealed.proof?.residual.some(isMissed) === true
  const isShown = sealed.shown?.previews.some((preview) => preview.store === store) === true
  return isShown && state !== 'proven' && state !== 'task' && state !== 'attested'
}

async function handOverParts(engine: Engine, one: Case): Promise<Case> {
  const { steps, evidence } = handOver(engine, one)
  return (await record(engine, [{ one, record: { steps } }], evidence))[0] ?? one
}

async function alterIn(engine: Engine, store: Store, one: Case, alteration: Alteration): Promise<Case> {
  const name = store.map.store
  const found = one.sealed.found[name]
  if (found === undefined || store.alter === undefined) return one
  const suppression = await engine.records.suppressionKey()
  const round = nextRound(one, store)
  const step = stepName(one.record.id, name, round)
  let ready = one
  const outcome = async (): Promise<Omit<Outcome, 'one' | 'round'>> => {
    try {
      const [done] = await store.done([step], suppression)
      if (done !== undefined) return { result: done }
      ready = await withOldValues(engine, store, one, alteration)
      const old = ready.sealed.old?.[name] ?? {}
      return { result: await patiently(engine, store, { step, found, alteration, old }) }
    } catch (error) {
      if (error instanceof ErasureRefusal) {
        const { code, scope, table } = error.failure
        if (scope === 'store') return { failure: { state: 'unreachable', code: `store.${code}` } }
        const place = table !== undefined && store.map.tables.some((known) => known.table === table) ? { table } : {}
        return { failure: { state: 'failed', code, ...place } }
      }
      return { failure: { state: 'unreachable', code: storeFaultCode(error) } }
    }
  }
  const became = await outcome()
  boundary('execute.before-record')
  const [after] = await recordOutcomes(engine, name, suppression.name, [{ one: ready, round, ...became }])
  return after ?? caseOf(engine, one.record.id)
}

/** What is outdated is put down before it is overwritten: the proof searches for it, after a crash too. */
async function withOldValues(engine: Engine, store: Store, one: Case, alteration: Alteration): Promise<Case> {
  const name = store.map.store
  const found = one.sealed.found[name]
  if (alteration.is !== 'correct' || found === undefined || one.sealed.old?.[name] !== undefined) return one
  const told = (await store.valuesOf?.(found, Object.keys(alteration.values))) ?? {}
  const sealed = { ...one.sealed, old: { ...one.sealed.old, [name]: told } }
  return (await record(engine, [{ one, record: {}, sealed }], []))[0] ?? one
}

async function patiently(
  engine: Engine,
  store: Store,
  work: Parameters<NonNullable<Store['alter']>>[0],
): Promise<ErasureResult> {
  const waits = [...(engine.retryWaitsMs ?? RETRY_WAITS_MS)]
  for (;;) {
    try {
      boundary('execute.before-store')
      const result = await store.alter?.(work)
      boundary('execute.after-store')
      if (result === undefined) throw new RangeError('a store that cannot alter is not asked to')
      return result
    } catch (error) {
      const wait = waits.shift()
      if (!(error instanceof ErasureRefusal) || !PASSING.has(error.failure.code) || wait === undefined) throw error
      await pause(wait)
    }
  }
}

/** Proves what was done in every store and closes the request: `done`, or `open` with the reason. */
async function close(engine: Engine, one: Case, alteration: Alteration | undefined): Promise<Case> {
  const { id } = one.record
  const evidence: Fact[] = []
  const proof = {
    residual: [] as Residual[],
    cells: 0,
    bytes: 0,
    unread: [] as Proof['unread'][number][],
    notSearched: [] as string[],
  }
  const steps: StoreStep[] = []
  let foreign = 0
  for (const step of one.record.steps) {
    const store = storeNamed(engine, step.store)
    const found = one.sealed.found[step.store]
    const result = resultOf(step)
    if (!result || !store || !found || !alteration) {
      steps.push(step)
      continue
    }
    const foreignRows = facts.foreignRowsOf(result)
    foreign += foreignRows
    try {
      const read = await proveAlteration(store, found, alteration, allOld(one))
      const residual = read.residual.map((place) => ({ ...place, store: step.store }))
      proof.residual.push(...residual)
      proof.cells += read.cells
      proof.bytes += read.bytes
      proof.unread.push(...read.unread.map((place) => ({ store: step.store, ...place })))
      proof.notSearched.push(...read.notSearched)
      evidence.push(facts.proven(id, step.store, { residual, cells: read.cells, bytes: read.bytes, foreignRows }))
      const holds = residual.some((place) => HOLDING.has(place.class))
      const rounds = Array.from({ length: result.round }, (_, index) => stepName(id, step.store, index + 1))
      const settled = await settle(store, rounds)
      const { fault: _fault, ...clean } = step
      steps.push(
        holds || !settled ? { ...clean, state: 'executed' } : { ...clean, state: 'proven', map: store.map.sha256 },
      )
    } catch (error) {
      steps.push({ ...step, fault: storeFaultCode(error) })
    }
  }
  const why = whyAlterationOpen(steps, proof.residual)
  const state = why === undefined ? ('done' as const) : ('open' as const)
  const whole: Proof = { ...proof, foreignRowsTouched: foreign, foreignRowsUnallowed: 0 }
  boundary('close.before-record')
  const turn = { one, record: { state, steps }, sealed: { ...one.sealed, proof: whole }, destroy: why === undefined }
  const [closed] = await record(engine, [turn], [...evidence, facts.closed(id, state, why)])
  boundary('close.after-record')
  return closed ?? one
}

/** Old values of all stores: what one of them calls outdated is outdated everywhere. */
function allOld({ sealed: { old = {} } }: Case): Record<string, string[]> {
  const all: Record<string, string[]> = {}
  for (const values of Object.values(old))
    for (const [category, list] of Object.entries(values))
      all[category] = [...new Set([...(all[category] ?? []), ...list])]
  return all
}
