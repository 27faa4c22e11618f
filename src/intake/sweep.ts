import { rm } from 'node:fs/promises'
import { instant } from '../base/clock.ts'
import { addDuration } from '../base/duration.ts'
import type { CaseFile, CaseRecord } from '../cases.ts'
import { copyPath, withoutPassphrase } from './advance.ts'
import { close } from './decide.ts'
import { eachAlone, type FailedCase } from './each-alone.ts'
import { type Intake, TERMS } from './intake.ts'
import type { CaseSealed } from './sealed.ts'
import { caseOf, turn } from './turn.ts'

export interface Swept {
  /** Files destroyed, cases ended without an identity, cases whose data were destroyed. */
  readonly files: number
  readonly ended: number
  readonly destroyed: number
  readonly failed: readonly FailedCase[]
}

/** Ends what is over: copies and documents past their term, cases that nobody confirmed, data of cases closed long ago. */
export async function sweep(intake: Intake): Promise<Swept> {
  const failed: FailedCase[] = []
  const files = await destroyFiles(intake, failed)
  const ended = await endUnconfirmed(intake, failed)
  await closeAnswered(intake, failed)
  const destroyed = await destroyClosed(intake)
  const monthAgo = new Date(intake.now().getTime() - 30 * 86_400_000)
  await intake.cases.tidy(instant(monthAgo))
  return { files, ended, destroyed, failed }
}

async function destroyFiles(intake: Intake, failed: FailedCase[]): Promise<number> {
  let count = 0
  for (;;) {
    const expired = await intake.cases.expiredFiles(instant(intake.now()), 100)
    let done = 0
    for (const file of expired) {
      if (await eachAlone({ id: file.case }, failed, () => destroyFile(intake, file))) done += 1
    }
    count += done
    if (expired.length < 100 || done === 0) return count
  }
}

/** The bytes are gone before the log says so. */
async function destroyFile(intake: Intake, file: CaseFile): Promise<void> {
  const record = await caseOf(intake, file.case)
  const copy = file.what === 'download'
  if (copy) await rm(copyPath(intake, file.id), { force: true })
  const opened = (await intake.cases.opened(record.id)) as unknown as CaseSealed | undefined
  const closing = { at: instant(intake.now()), why: 'answered' }
  await turn(intake, record, {
    step: copy ? 'copy-destroyed' : 'document-destroyed',
    by: 'kept',
    destroyed: [file.id],
    ...(copy && opened !== undefined ? { sealed: withoutPassphrase(opened) } : {}),
    ...(copy && record.state === 'answered' ? { state: 'closed' as const, detail: { closing } } : {}),
    says: { file: file.id },
  })
}

async function endUnconfirmed(intake: Intake, failed: FailedCase[]): Promise<number> {
  let count = 0
  for await (const record of casesIn(intake, ['identity'])) {
    if (addDuration(new Date(record.receivedAt), TERMS.identity) > intake.now()) continue
    // Documents that nobody has looked at yet are the vendor's delay, not the person's.
    if (record.tasks.includes('check-identity')) continue
    if (await eachAlone(record, failed, () => close(intake, record.id, 'kept', 'not-confirmed'))) count += 1
  }
  return count
}

/** Whoever did not complain for two weeks has their answer: the case is closed, and a complaint still opens it again. */
async function closeAnswered(intake: Intake, failed: FailedCase[]): Promise<void> {
  for await (const record of casesIn(intake, ['answered'])) {
    if (addDuration(new Date(record.answer?.at ?? record.changedAt), TERMS.answered) > intake.now()) continue
    const copy = record.copy === undefined ? undefined : await intake.cases.file(record.copy)
    // A copy that is still there ends the case itself, when its own time is over.
    if (copy !== undefined && copy.destroyedAt === undefined) continue
    await eachAlone(record, failed, () => close(intake, record.id, 'kept', 'answered'))
  }
}

/** Half a year after its end a case holds nothing of the person any more; what was done stays as evidence. */
async function destroyClosed(intake: Intake): Promise<number> {
  let count = 0
  for await (const record of casesIn(intake, ['closed'])) {
    if (addDuration(new Date(record.closing?.at ?? record.changedAt), TERMS.closed) > intake.now()) continue
    if ((await intake.cases.opened(record.id)) === undefined) continue
    await turn(intake, record, { step: 'destroyed', by: 'kept', sealed: null })
    count += 1
  }
  return count
}

async function* casesIn(intake: Intake, states: readonly CaseRecord['state'][]): AsyncGenerator<CaseRecord> {
  for (let before: string | undefined; ; ) {
    const page = await intake.cases.list({ states, limit: 500, ...(before === undefined ? {} : { before }) })
    yield* page
    before = page.at(-1)?.id
    if (page.length < 500) return
  }
}
