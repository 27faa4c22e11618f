import { boundary } from '../base/boundary.ts'
import { instant } from '../base/clock.ts'
import { ground } from '../language/denial-grounds.ts'
import { Fault } from '../language/fault.ts'
import type { StoreStep } from '../records.ts'
import { liveStores, showing } from './approval.ts'
import { type Case, caseOf, mustBe, requestOf } from './case.ts'
import { record } from './change.ts'
import type { Engine } from './engine.ts'
import * as facts from './facts.ts'
import { unionFound } from './found.ts'

import { look, type Sight } from './look.ts'
import { type Sealed, type Shown, type StoreRow, sameRow } from './sealed.ts'

/** Looks for the people, shows what would be done, and waits for approval. */
export async function present(engine: Engine, cases: readonly Case[]): Promise<Case[]> {
  const sights = await look(engine, cases)
  const live = await liveStores(engine)
  const turns = cases.map((one) => {
    const sight = sights.get(one.record.id) as Sight
    const shown = showing(engine, sight, one, live)
    return shownTurn(one, sight, shown)
  })
  boundary('look.before-record')
  const presented = await record(
    engine,
    turns,
    turns.map((turn) => facts.previewed(turn.one.record.id, turn.shown)),
  )
  boundary('look.after-record')
  return presented
}

export function shownTurn(one: Case, sight: Sight, shown: Shown) {
  const sealed: Sealed = { ...one.sealed, found: foundBy(one, sight), shown, held: sight.held }
  const steps = one.record.steps.map((step) => stepSeen(step, sight))
  return { one, shown, sealed, record: { state: 'awaiting-approval' as const, steps } }
}

/** Once approved, what was known is never forgotten: the proof still looks for it. */
function foundBy(one: Case, sight: Sight): Sealed['found'] {
  const found = { ...one.sealed.found }
  for (const [store, seen] of Object.entries(sight.found)) {
    const before = found[store]
    found[store] = before && one.record.approval ? { ...unionFound(seen, before), mentions: seen.mentions } : seen
  }
  return found
}

/** A step with something to do is pending; one whose store could not be reached says so; what is executed stays so. */
function stepSeen(step: StoreStep, sight: Sight): StoreStep {
  const { store, attempts, result } = step
  if (step.state === 'task' || step.state === 'attested') return step
  const before = { store, attempts, ...(result === undefined ? {} : { result }) }
  const down = sight.unreachable.find((one) => one.store === store)
  if (down) return { ...before, state: 'unreachable', fault: down.code }
  if (sight.previews.some((preview) => preview.store === store)) return { ...before, state: 'pending' }
  // It was down, or failed in a later round, and now nothing is left to do there.
  const over = result !== undefined && (step.state === 'unreachable' || step.state === 'failed')
  return over ? { ...before, state: 'executed' } : step
}

export interface Approving {
  /** Who approves, as the vendor names its staff. */
  readonly by: string
  readonly accept?: readonly StoreRow[]
  readonly reject?: readonly StoreRow[]
  /** The hash of what was shown this very moment: saves looking a second time. */
  readonly seen?: string
}

/**
 * Binds an approval to what was shown. Looks anew first: when anything differs from what was shown, or a candidate was
 * accepted whose rows nobody has seen, the new preview is recorded instead and a fault asks to look at it.
 * Faults `request.changed`, `request.obstacle`, `request.state`, `request.candidate-unknown`, `request.same-person`.
 */
export async function approve(engine: Engine, id: string, approving: Approving): Promise<Case> {
  const given = await caseOf(engine, id)
  mustBe(given.record, 'approved', ['awaiting-approval'])
  mustBeAnother(engine, given, approving.by)
  const shown = given.sealed.shown
  if (!shown) throw changed()
  const sealed = withDecisions(given.sealed, approving)
  const one = sealed === given.sealed ? given : { record: given.record, sealed }
  if (one === given && approving.seen === shown.hash) return bind(engine, one, approving.by)
  return bind(engine, await lookAnew(engine, one, shown.hash), approving.by)
}

/** Four eyes, where the policy says so: who entered an erasure does not approve it. */
function mustBeAnother({ approval }: Engine, { record: { kind }, sealed }: Case, by: string): void {
  if (approval !== 'two-people' || kind !== 'erasure' || sealed.enteredBy === undefined) return
  if (sealed.enteredBy.trim().toLowerCase() !== by.trim().toLowerCase()) return
  throw new Fault({
    code: 'request.same-person',
    what: 'Whoever entered this erasure was to approve it, and the policy asks for two people.',
    mend: 'Let somebody else look at it and approve it (rights.erasure.approval: two-people).',
  })
}

/** The same request when nothing changed; else the new preview is recorded and a fault raised. */
async function lookAnew(engine: Engine, one: Case, shownHash: string): Promise<Case> {
  const sights = await look(engine, [one])
  const sight = sights.get(one.record.id) as Sight
  const shown = showing(engine, sight, one, await liveStores(engine))
  const turn = shownTurn(one, sight, shown)
  if (shown.hash === shownHash) return { record: one.record, sealed: turn.sealed }
  await record(engine, [turn], [facts.previewed(one.record.id, shown)])
  throw changed()
}

async function bind(engine: Engine, one: Case, by: string): Promise<Case> {
  const shown = one.sealed.shown as Shown
  const obstacles = shown.previews.flatMap((preview) => preview.obstacles)
  if (one.record.kind !== 'access' && obstacles.length > 0) {
    throw new Fault({
      code: 'request.obstacle',
      what: `The ${one.record.kind} cannot be carried out as the store stands: ${obstacles.map(({ what }) => what).join(' ')}`,
      mend: [...new Set(obstacles.map(({ mend }) => mend))].join(' '),
    })
  }
  const approval = { by, at: instant(engine.now()), hash: shown.hash }
  const staff = engine.staff(by)
  boundary('approve.before-record')
  const [approvedCase] = await record(
    engine,
    [{ one, record: { state: 'approved', approval }, sealed: one.sealed }],
    [facts.approved(one.record.id, staff, shown.hash)],
  )
  boundary('approve.after-record')
  return approvedCase as Case
}

/** Adds accepted and rejected candidates; each must have been shown. */
function withDecisions(sealed: Sealed, { accept = [], reject = [] }: Approving): Sealed {
  if (accept.length + reject.length === 0) return sealed
  const shown = sealed.shown?.candidates ?? []
  for (const row of [...accept, ...reject]) {
    if (shown.some((candidate) => candidate.store === row.store && sameRow(candidate, row))) continue
    if ([...sealed.accept, ...sealed.reject].some((known) => known.store === row.store && sameRow(known, row))) continue
    throw new Fault({
      code: 'request.candidate-unknown',
      what: 'A row was accepted or rejected that is not among the candidates shown.',
      mend: 'Copy STORE.TABLE:KEY from the candidates of `kept request show`.',
    })
  }
  const without = (rows: readonly StoreRow[], taken: readonly StoreRow[]) =>
    rows.filter((row) => !taken.some((other) => other.store === row.store && sameRow(other, row)))
  return {
    ...sealed,
    accept: [...without(sealed.accept, [...accept, ...reject]), ...accept],
    reject: [...without(sealed.reject, [...accept, ...reject]), ...reject],
  }
}

/** Refuses the request on a ground of the law. Faults `request.ground-unknown`, `request.state`. */
export async function deny(engine: Engine, id: string, by: string, groundName: string): Promise<void> {
  const { name } = ground(groundName)
  const one = await caseOf(engine, id)
  mustBe(one.record, 'denied', ['received', 'awaiting-approval', 'approved', 'open'])
  const staff = engine.staff(by)
  const closing = { by, ground: name }
  const turn = { one, record: { state: 'denied' as const, closing }, destroy: true }
  await record(engine, [turn], [facts.denied(id, staff, name)])
}

/** Takes the request back before anything was done. Fault `request.state`. */
export async function cancel(engine: Engine, id: string): Promise<void> {
  mustBe(await requestOf(engine, id), 'cancelled', ['received', 'awaiting-approval', 'approved'])
  const one = await caseOf(engine, id)
  await record(engine, [{ one, record: { state: 'cancelled' }, destroy: true }], [facts.cancelled(id)])
}

function changed(): Fault {
  return new Fault({
    code: 'request.changed',
    what: 'What was shown for approval has changed since: the policy, a map, a schema, the data or the accepted candidates.',
    mend: 'Look at the new preview with `kept request show` and approve again.',
  })
}
