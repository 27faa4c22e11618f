import { instant } from '../base/clock.ts'
import type { CaseCommit, CaseDetail, CaseKind, CaseRecord, CaseState, CaseTask, NewCaseStep } from '../cases.ts'
import { type FactBody, fact } from '../language/facts.ts'
import { Fault } from '../language/fault.ts'
import type { Json } from '../ledger.ts'
import type { Intake } from './intake.ts'
import type { CaseSealed } from './sealed.ts'
import { mustBeAllowed } from './states.ts'

/** Who does a step: a member of the staff, the person, or Kept by rule. */
export type Actor = { readonly staff: string } | 'person' | 'kept'

type StepFact = FactBody<'case.step/1'>

/** What becomes of a case in one commit; the step and its fact always, the rest where given. */
export interface Turn extends Omit<CaseCommit, 'opened' | 'changed' | 'steps'> {
  readonly step: string
  readonly by: Actor
  readonly state?: CaseState
  readonly kind?: CaseKind
  readonly dueAt?: string
  readonly detail?: Partial<CaseDetail>
  /** Tasks that the step ends, and those it makes. */
  readonly done?: readonly CaseTask[]
  readonly todo?: readonly CaseTask[]
  readonly sealed?: CaseSealed | null
  /** What the fact says besides. */
  readonly says?: Omit<StepFact, 'case' | 'step' | 'by'>
}

/**
 * Records a step with everything that goes with it, in one commit: the change, its fact, letters, messages, tokens, files.
 * Faults of the state machine, `records.stale` where somebody else was first.
 */
export async function turn(intake: Intake, record: CaseRecord, given: Turn): Promise<CaseRecord> {
  const { step, by, state, kind, dueAt, detail, done = [], todo = [], sealed, says = {}, ...commit } = given
  const at = instant(intake.now())
  const tasks = [...new Set([...record.tasks.filter((task) => !done.includes(task)), ...todo])]
  const then: CaseRecord = {
    ...record,
    ...detail,
    tasks,
    ...(state === undefined ? {} : { state }),
    ...(kind === undefined ? {} : { kind }),
    ...(dueAt === undefined ? {} : { dueAt }),
    changedAt: at,
    revision: record.revision + 1,
  }
  mustBeAllowed(record.state, then)
  const change = {
    id: record.id,
    revision: record.revision,
    detail: detailOf(then),
    ...(state === undefined ? {} : { state }),
    ...(kind === undefined ? {} : { kind }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(sealed === undefined ? {} : { sealed: sealed as Json | null }),
  }
  await intake.cases.commit({ ...commit, changed: [change], steps: [stepOf(intake, record.id, step, by, says)] })
  return then
}

export function stepOf(
  intake: Intake,
  id: string,
  step: string,
  by: Actor,
  says: NonNullable<Turn['says']> = {},
): NewCaseStep {
  const who = typeof by === 'object' ? { by: intake.staff(by.staff) } : {}
  return {
    case: id,
    step,
    by: typeof by === 'object' ? by.staff : by,
    detail: JSON.parse(JSON.stringify(says)) as Json,
    fact: fact('case.step/1', { case: id, step, ...who, ...says }),
  }
}

/** What stands in the detail of a record. */
export function detailOf(record: CaseRecord): CaseDetail {
  const { id: _i, kind: _k, state: _s, channel: _c, language: _l, policy: _p, ...rest } = record
  const { receivedAt: _r, changedAt: _a, dueAt: _d, revision: _v, ...detail } = rest
  return detail
}

/** The case of that id. Fault `case.unknown`. */
export async function caseOf(intake: Intake, id: string): Promise<CaseRecord> {
  const record = await intake.cases.case(id)
  if (record !== undefined) return record
  throw new Fault({
    code: 'case.unknown',
    what: 'There is no case of this id.',
    mend: '`kept case list` shows the cases; --data names the folder of Kept’s own database.',
  })
}

/** Fault `case.state` unless the case is in one of the states. */
export function mustStand(record: CaseRecord, act: string, states: readonly CaseState[]): void {
  if (states.includes(record.state)) return
  throw new Fault({
    code: 'case.state',
    what: `A case that is ${record.state} cannot be ${act}.`,
    mend: `It can be ${act} while it is ${states.join(' or ')}. \`kept case show\` tells where it stands.`,
  })
}
