import { instant } from '../base/clock.ts'
import { addDuration } from '../base/duration.ts'
import { Fault } from '../language/fault.ts'
import { correctionOf, type StoreMap } from '../language/store-map.ts'
import type { Fact } from '../ledger.ts'
import type { RequestRecord, StepTask, StoreStep } from '../records.ts'
import { whyAlterationOpen } from './alter/why-open.ts'
import { type Case, caseOf, mustBe } from './case.ts'
import { record } from './change.ts'
import { type Engine, storeNamed } from './engine.ts'
import * as facts from './facts.ts'
import { whyOpen } from './why-open.ts'

// What no program can do is a task of a person: the request waits for their answer, which is evidence.

/** Kinds that no program carries out yet, in any store: data that another system can load, and data that must not be used. */
export function isByHand(kind: RequestRecord['kind']): boolean {
  return kind === 'restriction' || kind === 'portability'
}

/** How a store's part of a request is carried out: by its connector, by a person, or not at all. */
export function partOf(engine: Engine, one: Case, store: string): 'machine' | 'person' | 'nothing' {
  const { record, sealed } = one
  const open = storeNamed(engine, store)
  if (isByHand(record.kind) || open?.map.human !== undefined) return 'person'
  const { alteration } = sealed
  if (open === undefined || alteration === undefined) return 'machine'
  if (alteration.is === 'correct') {
    if (open.alter !== undefined && open.capabilities.correction) return 'machine'
    return holdsAny(open.map, Object.keys(alteration.values)) ? 'person' : 'nothing'
  }
  const { purpose } = alteration
  if (stops(open.map, purpose)) return open.alter !== undefined && open.capabilities.stop ? 'machine' : 'person'
  const asked = record.steps.flatMap((step) => storeNamed(engine, step.store)?.map ?? [])
  if (asked.some((map) => stops(map, purpose))) return 'nothing'
  const used = asked.filter((map) => map.tables.some((table) => table.for.includes(purpose)))
  return used.length === 0 || used.includes(open.map) ? 'person' : 'nothing'
}

const stops = (map: StoreMap, purpose: string): boolean =>
  map.tables.some((table) => table.stops.some((stop) => stop.purpose === purpose))

const holdsAny = (map: StoreMap, categories: readonly string[]): boolean =>
  map.tables.some(({ fields }) =>
    fields.some((field) => field.is !== undefined && categories.includes(field.is) && correctionOf(field) !== 'keep'),
  )

/** The steps with those of people handed over, and what is not concerned done; with the evidence of it. */
export function handOver(
  engine: Engine,
  one: Case,
): { readonly steps: readonly StoreStep[]; readonly evidence: readonly Fact[] } {
  const evidence: Fact[] = []
  const steps = one.record.steps.map((step): StoreStep => {
    if (step.state === 'task' || step.state === 'attested' || step.state === 'proven') return step
    const part = partOf(engine, one, step.store)
    const map = storeNamed(engine, step.store)?.map
    const { store, attempts } = step
    if (part === 'nothing')
      return { store, attempts, state: 'proven', ...(map === undefined ? {} : { map: map.sha256 }) }
    if (part !== 'person') return step
    const task = taskOf(one.record, map, engine.now())
    evidence.push(facts.taskOpened(one.record.id, store, task.dueAt))
    return { store, attempts, state: 'task', task }
  })
  return { steps, evidence }
}

function taskOf(request: RequestRecord, map: StoreMap | undefined, now: Date): StepTask {
  const own = map?.human?.within === undefined ? undefined : instant(addDuration(now, map.human.within))
  const dueAt = own !== undefined && own < request.dueAt ? own : request.dueAt
  return { dueAt, ...(map?.human === undefined ? {} : { owner: map.human.owner }) }
}

/** A task as it is listed; its id is the request's and the store's. */
export interface ListedTask extends StepTask {
  readonly id: string
  readonly request: string
  readonly kind: RequestRecord['kind']
  readonly store: string
  readonly state: 'open' | 'late' | 'done' | 'failed'
}

/** The tasks of these requests, the first due first. */
export function tasksOf(requests: readonly RequestRecord[], now: Date): ListedTask[] {
  const tasks = requests.flatMap(({ id: request, kind, steps }) =>
    steps.flatMap(({ store, task }): ListedTask[] => {
      if (task === undefined) return []
      const state = task.answer?.outcome ?? (task.dueAt < instant(now) ? 'late' : 'open')
      return [{ ...task, id: `${request}.${store}`, request, kind, store, state }]
    }),
  )
  return tasks.toSorted((one, other) => one.dueAt.localeCompare(other.dueAt))
}

export interface TaskAnswer {
  readonly by: string
  readonly outcome: 'done' | 'failed'
  /** SHA-256 of what was written about it, hex. */
  readonly note?: string
}

/**
 * Records what became of a task, and closes the request where nothing else holds it open. Faults `task.unknown`,
 * `request.unknown`, `request.closed`.
 */
export async function answerTask(engine: Engine, id: string, { by, outcome, note }: TaskAnswer): Promise<Case> {
  const dot = id.indexOf('.')
  const [request, store] = [id.slice(0, dot), id.slice(dot + 1)]
  const one = await caseOf(engine, request)
  const step = one.record.steps.find((other) => other.store === store && other.state === 'task')
  if (dot < 1 || step?.task === undefined) throw unknown()
  mustBe(one.record, 'answered', ['approved', 'executing', 'proving', 'open', 'awaiting-approval'])
  const staff = engine.staff(by)
  const given = note === undefined ? {} : { note }
  const answer = { by: staff, at: instant(engine.now()), outcome, ...given }
  const task = { ...step.task, answer }
  const { attempts } = step
  const after: StoreStep =
    outcome === 'done'
      ? { store, attempts: attempts + 1, state: 'attested', task }
      : { store, attempts: attempts + 1, state: 'failed', fault: 'task.failed', task }
  const steps = one.record.steps.map((other) => (other === step ? after : other))
  const why = one.record.state === 'open' ? whyStillOpen(one, steps) : undefined
  const done = one.record.state === 'open' && why === undefined
  const evidence = [facts.taskAnswered(request, store, { outcome, by: staff, ...given })]
  if (done && one.record.kind === 'erasure') await engine.records.forget(one.sealed.pseudonym)
  const turn = { one, record: { steps, ...(done ? { state: 'done' as const } : {}) }, destroy: done }
  const [answered] = await record(engine, [turn], done ? [...evidence, facts.closed(request, 'done')] : evidence)
  return answered ?? one
}

function whyStillOpen({ sealed: { proof, alteration } }: Case, steps: readonly StoreStep[]): string | undefined {
  if (alteration !== undefined) return whyAlterationOpen(steps, proof?.residual ?? [])
  if (proof !== undefined) return whyOpen(steps, proof)
  return steps.every(({ state }) => state === 'proven' || state === 'attested') ? undefined : 'request.not-proven'
}

function unknown(): Fault {
  return new Fault({
    code: 'task.unknown',
    what: 'No open task has this id.',
    mend: '`kept task list` names them, as REQUEST.STORE.',
  })
}
