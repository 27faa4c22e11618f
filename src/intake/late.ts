import { canonicalJson, type JsonValue } from '../base/canonical-json.ts'
import { instant } from '../base/clock.ts'
import { nearestWord } from '../base/nearest.ts'
import type { CaseRecord } from '../cases.ts'
import { caseDeadline } from '../commitments/rights/verify.ts'
import { Fault } from '../language/fault.ts'
import { letterTo, taskLetter } from './compose.ts'
import { eachAlone, type FailedCase } from './each-alone.ts'
import type { Intake } from './intake.ts'
import { caseKinds } from './kinds.ts'
import { answerAddress, sealedOf } from './sealed.ts'
import { isOpen } from './states.ts'
import { caseOf, turn } from './turn.ts'
import { dayWords, wordsOf } from './words.ts'

const dayMs = 86_400_000
/** The staff is told this long before the date, the person when it is too late to be likely. */
const staffDays = 7
const personDays = 2

export const extensionReasons = ['complex', 'many'] as const

/**
 * Takes the extension that the law of the case's clock allows: with its reason, told to the person in the same commit, within
 * the first term, once (GDPR art. 12(3)). `until`: an instant, default the latest that the law allows.
 * Faults `case.no-extension`, `case.extension-late`, `case.extension-reason`.
 */
export async function extend(
  intake: Intake,
  id: string,
  { by, reason, until }: { readonly by: string; readonly reason: string; readonly until?: string },
): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  const { latest, source } = record.clock
  const known = extensionReasons.find((one) => one === reason)
  if (known === undefined) throw noReason(reason)
  if (latest === undefined || record.extension !== undefined || !isOpen(record) || record.state === 'complained')
    throw noExtension()
  const now = intake.now()
  if (now.getTime() > Date.parse(record.dueAt)) throw tooLate()
  const end = until === undefined ? latest : instant(new Date(until))
  if (end > latest || end <= record.dueAt) throw noExtension()
  const to = answerAddress(await sealedOf(intake, id))
  const words = wordsOf(record.language)
  const values = { until: dayWords(end, record.language), reason: words['extension-reasons'][known] ?? known, source }
  const extended = await turn(intake, record, {
    step: 'extended',
    by: { staff: by },
    dueAt: end,
    detail: { extension: { by, at: instant(now), until: end, reason: known } },
    done: ['late'],
    letters: to === undefined ? [] : [letterTo(intake, record, to, 'extended', values)],
    says: { why: known, until: end },
  })
  for (const request of record.requests) await intake.stores.postpone(request, end)
  return extended
}

export interface DueSoon {
  /** Cases whose staff was told now, whose person was told now, and that missed their date. */
  readonly told: readonly string[]
  readonly late: readonly string[]
  readonly missed: readonly string[]
  /** Cases that could not be looked after, by the code of the fault; the others were. */
  readonly failed: readonly FailedCase[]
}

/**
 * Looks after dates; a worker calls it every hour. A week before the date the staff gets a task and a letter; two days before
 * it the person is told that it will be late; a missed one is a finding that breaks the right it belongs to.
 */
export async function dueSoon(intake: Intake, now: Date = intake.now()): Promise<DueSoon> {
  const result: Results = { told: [], late: [], missed: [], failed: [] }
  const dueBefore = instant(new Date(now.getTime() + staffDays * dayMs))
  for (let before: string | undefined; ; ) {
    const page = await intake.cases.list({ dueBefore, limit: 500, ...(before === undefined ? {} : { before }) })
    for (const record of page) await eachAlone(record, result.failed, () => lookAfter(intake, record, now, result))
    before = page.at(-1)?.id
    if (page.length < 500) break
  }
  await recordMissed(intake, now)
  return result
}

type Results = { told: string[]; late: string[]; missed: string[]; failed: FailedCase[] }

async function lookAfter(intake: Intake, given: CaseRecord, now: Date, result: Results): Promise<void> {
  let record = given
  const left = Date.parse(record.dueAt) - now.getTime()
  if (record.dueTold !== record.dueAt) {
    const tasks = [...new Set([...record.tasks, 'late' as const])]
    const letters = taskLetter(intake, { ...record, tasks })
    const detail = { dueTold: record.dueAt }
    record = await turn(intake, record, { step: 'due-soon', by: 'kept', todo: ['late'], detail, letters })
    result.told.push(record.id)
  }
  if (left <= personDays * dayMs && record.latenessTold !== record.dueAt && record.state !== 'identity') {
    const to = answerAddress(await sealedOf(intake, record.id))
    const letters = to === undefined ? [] : [letterTo(intake, record, to, 'late')]
    record = await turn(intake, record, {
      step: 'lateness-told',
      by: 'kept',
      detail: { latenessTold: record.dueAt },
      letters,
    })
    result.late.push(record.id)
  }
  // Who never confirmed cannot be answered: that case ends by itself (see `sweep`), and no right is broken by it.
  if (left < 0 && record.missedAt === undefined && record.state !== 'identity') {
    await turn(intake, record, { step: 'missed', by: 'kept', detail: { missedAt: record.dueAt } })
    result.missed.push(record.id)
  }
}

/** The commitments that a missed case breaks, by the name that the status knows them under. */
async function recordMissed(intake: Intake, now: Date): Promise<void> {
  const since = instant(new Date(now.getTime() - 365 * dayMs))
  const counts = await intake.cases.missed(since)
  const rights = new Map<string, number>()
  for (const { kind, cases } of counts) {
    const right = caseKinds[kind].right
    if (right !== undefined && intake.plan.rights[right] !== undefined)
      rights.set(right, (rights.get(right) ?? 0) + cases)
  }
  if (rights.size === 0) return
  const known = await intake.records.findings()
  for (const [right, cases] of rights) {
    const subject = `rights.${right}`
    const detail = { policy: intake.plan.sha256, cases }
    const before = known.find((finding) => finding.probe === caseDeadline.name && finding.subject === subject)
    if (canonicalJson((before?.detail ?? null) as JsonValue) === canonicalJson(detail)) continue
    await intake.records.change([], [], {
      findings: [{ probe: caseDeadline.name, subject, outcome: 'broken', detail }],
    })
  }
}

function noReason(reason: string): Fault {
  const close = nearestWord(reason, extensionReasons)
  return new Fault({
    code: 'case.extension-reason',
    what: 'More time is given only for a reason of the list (GDPR art. 12(3)).',
    mend: `${close === undefined ? '' : `Did you mean ${close}? `}The reasons are: ${extensionReasons.join(', ')}.`,
  })
}

function noExtension(): Fault {
  return new Fault({
    code: 'case.no-extension',
    what: 'The law of this case allows no extension, or not until then, or it was taken already.',
    mend: 'Answer in time; `kept case show` names the law and the latest date.',
  })
}

function tooLate(): Fault {
  return new Fault({
    code: 'case.extension-late',
    what: 'The first term is over: an extension is told within it, or not at all.',
    mend: 'Answer now; the person was told that it is late, and may complain.',
  })
}
