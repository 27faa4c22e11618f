import { boundary } from '../base/boundary.ts'
import type { Store } from '../connector.ts'
import { Fault } from '../language/fault.ts'
import type { Fact } from '../ledger.ts'
import type { StoreStep } from '../records.ts'
import { type Case, casesOf } from './case.ts'
import { changeOf, type Turn, turned } from './change.ts'
import type { Engine } from './engine.ts'
import * as facts from './facts.ts'
import { type Held, spellingOf, viewOf } from './holds.ts'
import { proveIn, type StoreProof, type ToProve } from './prove/prove.ts'
import { resultOf } from './report.ts'
import type { Proof, Residual, Sealed } from './sealed.ts'
import { storeFaultCode } from './store-fault.ts'
import { handOver } from './tasks.ts'
import { HOLDING, whyOpen } from './why-open.ts'

/**
 * Proves what was executed in every store and closes the requests: `done` and their data destroyed, or `open` with the
 * reason recorded. `stillWritten`: by store, the requests whose rows kept appearing.
 */
export async function finish(
  engine: Engine,
  cases: readonly Case[],
  stillWritten: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Case[]> {
  const proofs = new Map<string, ReadonlyMap<string, StoreProof>>()
  const down = new Map<string, string>()
  for (const store of engine.stores) {
    const name = store.map.store
    try {
      const proven = await proveStore(engine, store, cases)
      if (proven) proofs.set(name, proven)
    } catch (error) {
      down.set(name, storeFaultCode(error))
    }
  }
  const maps = new Map(engine.stores.map(({ map }) => [map.store, map.sha256]))
  const turns = cases.map((one) => {
    const { steps, evidence } = handOver(engine, one)
    const handed = { ...one, record: { ...one.record, steps } }
    const closing = closingTurn(handed, maps, proofs, down, stillWritten)
    return { ...closing, evidence: [...evidence, ...closing.evidence] }
  })
  for (const { turn, done } of turns) if (done) await engine.records.forget(turn.one.sealed.pseudonym)
  boundary('close.before-record')
  const closed = await recordClosing(engine, turns)
  boundary('close.after-record')
  return closed
}

async function proveStore(
  engine: Engine,
  store: Store,
  cases: readonly Case[],
): Promise<ReadonlyMap<string, StoreProof> | undefined> {
  const name = store.map.store
  const groups = new Map<string, { held: Held | undefined; people: ToProve[] }>()
  for (const { record, sealed } of cases) {
    const step = record.steps.find((other) => other.store === name)
    const found = sealed.found[name]
    const result = step && resultOf(step)
    const approvedAt = record.approval ? new Date(record.approval.at) : engine.now()
    if (!found || !result) continue
    const held = sealed.held?.[name]
    const group = groups.get(spellingOf(held)) ?? { held, people: [] }
    groups.set(spellingOf(held), group)
    group.people.push({ request: record.id, found, kept: result.kept, approvedAt })
  }
  if (groups.size === 0) return undefined
  const proofs = new Map<string, StoreProof>()
  for (const { held, people } of groups.values()) {
    const read = await proveIn(viewOf(store, held), people, ({ cells, bytes }) =>
      engine.progress?.({ act: 'search', store: name, done: cells, bytes }),
    )
    for (const [id, proof] of read) proofs.set(id, proof)
  }
  return proofs
}

interface Closing {
  readonly turn: Turn
  readonly done: boolean
  readonly evidence: readonly Fact[]
}

function closingTurn(
  one: Case,
  maps: ReadonlyMap<string, string>,
  proofs: ReadonlyMap<string, ReadonlyMap<string, StoreProof>>,
  down: ReadonlyMap<string, string>,
  stillWritten: ReadonlyMap<string, ReadonlySet<string>>,
): Closing {
  const { id } = one.record
  const evidence: Fact[] = []
  const proof = emptyProof()
  const steps = one.record.steps.map((step): StoreStep => {
    const found = proofs.get(step.store)?.get(id)
    const result = resultOf(step)
    if (!result) return step
    const foreignRows = facts.foreignRowsOf(result)
    const unallowed = result.foreignRows ?? 0
    proof.foreignRowsTouched += foreignRows
    proof.foreignRowsUnallowed += unallowed
    const code = down.get(step.store)
    if (!found || code !== undefined) return { ...step, fault: code ?? 'request.not-proven' }
    const residual = found.residual.map((one) => ({ ...one, store: step.store }))
    proof.residual.push(...residual)
    proof.cells += found.cells
    proof.bytes += found.bytes
    proof.unread.push(...found.unread.map((place) => ({ store: step.store, ...place })))
    proof.notSearched.push(...found.notSearched)
    evidence.push(facts.proven(id, step.store, { residual, cells: found.cells, bytes: found.bytes, foreignRows }))
    const written = stillWritten.get(step.store)?.has(id) ?? false
    if (written) return { ...withoutFault(step), state: 'executed', fault: 'request.still-written' }
    if (step.state === 'failed' || step.state === 'unreachable') return step
    const holds = residual.some((one) => HOLDING.has(one.class)) || unallowed > 0
    if (holds) return { ...withoutFault(step), state: 'executed' }
    const map = maps.get(step.store)
    return { ...withoutFault(step), state: 'proven', ...(map === undefined ? {} : { map }) }
  })
  const whole: Proof = { ...proof, notSearched: [...new Set(proof.notSearched)] }
  const why = whyOpen(steps, whole)
  const sealed: Sealed = { ...one.sealed, proof: whole }
  const done = why === undefined
  const state = done ? ('done' as const) : ('open' as const)
  evidence.push(facts.closed(id, state, why))
  return { turn: { one, record: { state, steps }, sealed, destroy: done }, done, evidence }
}

function withoutFault({ fault: _fault, ...step }: StoreStep): StoreStep {
  return step
}

function emptyProof() {
  const residual: Residual[] = []
  const unread: Proof['unread'][number][] = []
  const notSearched: string[] = []
  return { residual, foreignRowsTouched: 0, foreignRowsUnallowed: 0, cells: 0, bytes: 0, unread, notSearched }
}

/** Closes in one commit; a request that another process closed meanwhile is left as it is. */
async function recordClosing(engine: Engine, closings: readonly Closing[]): Promise<Case[]> {
  if (closings.length === 0) return []
  try {
    const turns = closings.map(({ turn }) => turn)
    await engine.records.change(
      turns.map((turn) => changeOf(engine, turn)),
      closings.flatMap(({ evidence }) => evidence),
    )
    return turns.map(turned)
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'records.stale') throw error
    const [single, second] = closings
    if (!single || second !== undefined) {
      const closed: Case[] = []
      for (const closing of closings) closed.push(...(await recordClosing(engine, [closing])))
      return closed
    }
    const [fresh] = await casesOf(engine, [single.turn.one.record.id]).catch(() => [])
    return fresh ? [fresh] : [turned(single.turn)]
  }
}
