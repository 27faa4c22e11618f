import { instant } from '../base/clock.ts'
import type { CaseRecord } from '../cases.ts'
import { Fault } from '../language/fault.ts'
import { copyPath } from './advance.ts'
import { close, complain } from './decide.ts'
import type { Intake } from './intake.ts'
import { sealedOf } from './sealed.ts'
import { isOpen } from './states.ts'
import { type Told, tellPerson } from './tell.ts'
import { turn } from './turn.ts'

/** What the holder of a page's token may do; every function of this file takes that token and nothing else for granted. */
export interface PersonsCase {
  readonly record: CaseRecord
  readonly told: Told
}

/** The case of a token that was given after an identity was shown, told in `language` or its own. Fault `case.page-refused`, the same for every reason. */
export async function caseForPerson(intake: Intake, page: string, language?: string): Promise<PersonsCase> {
  const record = await recordOf(intake, page)
  return { record, told: await tellPerson(intake, record, language) }
}

async function recordOf(intake: Intake, page: string): Promise<CaseRecord> {
  const token = await intake.cases.token('person', page)
  const holds = token !== undefined && !token.used && new Date(token.expiresAt) > intake.now()
  const record = holds ? await intake.cases.case(token.case) : undefined
  if (record !== undefined) return record
  throw new Fault({
    code: 'case.page-refused',
    what: 'This page is not there, or its time is over.',
    mend: 'Ask again, or answer one of our letters: you get a new link.',
  })
}

/** The passphrase of the copy, if nobody saw it yet: shown once. */
export async function takePassphrase(intake: Intake, page: string): Promise<string | undefined> {
  const record = await recordOf(intake, page)
  const sealed = await sealedOf(intake, record.id)
  if (sealed.passphrase === undefined || sealed.passphrase.shown) return undefined
  const { words } = sealed.passphrase
  await turn(intake, record, {
    step: 'passphrase-shown',
    by: 'person',
    sealed: { ...sealed, passphrase: { words, shown: true } },
  })
  return words
}

/** Where the locked copy lies, to be sent to the person. Fault `case.no-file` once it expired. */
export async function fetchCopy(
  intake: Intake,
  page: string,
): Promise<{ readonly path: string; readonly name: string }> {
  const record = await recordOf(intake, page)
  const file = record.copy === undefined ? undefined : await intake.cases.file(record.copy)
  if (
    file === undefined ||
    file.destroyedAt !== undefined ||
    file.expiresAt <= instant(intake.now()) ||
    isOpen(record)
  ) {
    throw new Fault({
      code: 'case.no-file',
      what: 'There is no copy to fetch, or its time is over and it is destroyed.',
      mend: 'Ask for a new copy.',
    })
  }
  await turn(intake, record, { step: 'copy-fetched', by: 'person', says: { file: file.id } })
  return { path: copyPath(intake, file.id), name: `${record.id}.zip` }
}

/** The person writes to us about the case. */
export async function writeAsPerson(intake: Intake, page: string, words: string): Promise<CaseRecord> {
  const record = await recordOf(intake, page)
  const text = words.slice(0, 20_000)
  const messages = [{ case: record.id, from: 'person' as const, subject: '', text }]
  return turn(intake, record, { step: 'message-received', by: 'person', todo: ['read-message'], messages })
}

export async function withdrawAsPerson(intake: Intake, page: string): Promise<CaseRecord> {
  return close(intake, (await recordOf(intake, page)).id, 'person', 'withdrawn')
}

export async function complainAsPerson(intake: Intake, page: string, words: string): Promise<CaseRecord> {
  return complain(intake, (await recordOf(intake, page)).id, words)
}

/** Agrees to the fee that was told. Fault `case.state` where none was. */
export async function agreeToFee(intake: Intake, page: string): Promise<CaseRecord> {
  const record = await recordOf(intake, page)
  if (record.fee === undefined || record.fee.agreedAt !== undefined || record.state !== 'preview') {
    throw new Fault({ code: 'case.state', what: 'There is no fee to agree to.', mend: 'Nothing has to be done.' })
  }
  const fee = { ...record.fee, agreedAt: instant(intake.now()) }
  return turn(intake, record, { step: 'fee-agreed', by: 'person', detail: { fee }, todo: ['decide'] })
}
