import { sha256Hex } from '../base/hash.ts'
import type { CaseRecord, NewCaseFile } from '../cases.ts'
import { Fault } from '../language/fault.ts'
import type { IncomingLetter } from '../letters.ts'
import { taskLetter } from './compose.ts'
import { newFiles } from './documents.ts'
import { guessKind } from './guess.ts'
import type { Intake } from './intake.ts'
import { openCase } from './open.ts'
import { isOpen } from './states.ts'
import { turn } from './turn.ts'

/** What became of a mail. `case` where it belongs to one. */
export interface ReceivedLetter {
  readonly outcome: 'opened' | 'merged' | 'added' | 'bounced' | 'ignored' | 'known'
  readonly case?: string
}

/**
 * Takes a mail: a delivery report, an answer to a letter of ours, or something new. A new one opens a case of the kind that its
 * words name; where they leave it open a person sorts it first. Nothing is carried out by it, From proves nothing, a machine
 * is never answered, and the same mail is taken once.
 */
export async function receiveLetter(intake: Intake, letter: IncomingLetter): Promise<ReceivedLetter> {
  if (letter.bounceOf !== undefined) return bounced(intake, letter.bounceOf)
  const once = nameOf(letter)
  const known = await intake.cases.caseOfMessage(once)
  if (known !== undefined) return { outcome: 'known', case: known }
  const record = await threadOf(intake, letter)
  if (record !== undefined) return addTo(intake, record, letter, once)
  if (letter.automatic) return { outcome: 'ignored' }
  return openByMail(intake, letter, once)
}

/** The Message-ID and what it says: another mail under a copied Message-ID is another one. */
function nameOf({ messageId = '', from, subject, text, receivedAt }: IncomingLetter): string {
  const time = messageId === '' ? receivedAt : ''
  return `mail ${messageId} ${sha256Hex(JSON.stringify([from, subject, text, time]))}`
}

/** A letter came back: whoever works on the case is told, and finds another way to the person. */
async function bounced(intake: Intake, messageId: string): Promise<ReceivedLetter> {
  const letter = await intake.letters.bounced(messageId)
  const record = letter?.about === undefined ? undefined : await intake.cases.case(letter.about)
  if (letter === undefined || record === undefined) return { outcome: letter === undefined ? 'ignored' : 'bounced' }
  await letterLost(intake, record, letter.id)
  return { outcome: 'bounced', case: record.id }
}

/** A letter of a case did not arrive, or was given up: a task for the staff, told once. */
export async function letterLost(intake: Intake, record: CaseRecord, letter: string): Promise<void> {
  if (record.tasks.includes('letter-failed')) return
  const tasks = [...record.tasks, 'letter-failed' as const]
  const letters = taskLetter(intake, { ...record, tasks })
  await turn(intake, record, {
    step: 'letter-failed',
    by: 'kept',
    todo: ['letter-failed'],
    letters,
    says: { file: letter },
  })
}

/** By the token of the reply address, else by the letters of ours that it answers, the newest first. */
async function threadOf(intake: Intake, { to, references }: IncomingLetter): Promise<CaseRecord | undefined> {
  for (const address of to) {
    const token = /\+([0-9a-hjkmnp-tv-z]{28})@/.exec(address.toLowerCase())?.[1]
    const id = token === undefined ? undefined : intake.cases.caseOfReply(token)
    const record = id === undefined ? undefined : await intake.cases.case(id)
    if (record !== undefined) return record
  }
  for (const reference of references.toReversed().slice(0, 20)) {
    const about = (await intake.letters.letterOf(reference))?.about
    const record = about === undefined ? undefined : await intake.cases.case(about)
    if (record !== undefined) return record
  }
  return undefined
}

async function addTo(
  intake: Intake,
  record: CaseRecord,
  letter: IncomingLetter,
  once: string,
): Promise<ReceivedLetter> {
  const { kept, words } = await attachmentsOf(intake, record, letter)
  await turn(intake, record, {
    step: 'message-received',
    by: 'person',
    todo: letter.automatic
      ? []
      : kept.length > 0 && record.state === 'identity'
        ? ['read-message', 'check-identity']
        : ['read-message'],
    messages: [{ case: record.id, from: 'person', subject: letter.subject.slice(0, 500), text: words, once }],
    files: kept,
    says: { count: kept.length },
  })
  return { outcome: 'added', case: record.id }
}

/** Pictures and PDF are kept as files until their term; other attachments are named, so that the staff can ask for them. */
async function attachmentsOf(intake: Intake, record: CaseRecord, letter: IncomingLetter) {
  const kept: NewCaseFile[] = []
  const left: string[] = letter.omitted.map(({ name }) => name)
  for (const { name, mediaType, bytes } of letter.attachments) {
    const file = isOpen(record)
      ? await newFiles(intake, record, 'attachment', [{ mediaType, bytes }]).catch(onlyBad)
      : []
    if (file.length === 0) left.push(name)
    kept.push(...file)
  }
  const named = left.length === 0 ? '' : `\n\n[not kept: ${left.map((name) => name.slice(0, 100)).join(', ')}]`
  return { kept, words: `${letter.text.slice(0, 20_000)}${named}` }
}

function onlyBad(error: unknown): readonly NewCaseFile[] {
  if (error instanceof Fault && error.code === 'case.bad-file') return []
  throw error
}

async function openByMail(intake: Intake, letter: IncomingLetter, once: string): Promise<ReceivedLetter> {
  const guess = guessKind(letter.subject, letter.text)
  const { id, merged } = await openCase(intake, {
    kind: guess.kind,
    unsure: !guess.sure,
    channel: 'mail',
    language: guess.language,
    contact: letter.from,
    subject: letter.subject,
    words: letter.text,
    once,
  })
  const record = await intake.cases.case(id)
  if (record === undefined || merged || letter.attachments.length + letter.omitted.length === 0) {
    return { outcome: merged ? 'merged' : 'opened', case: id }
  }
  const { kept } = await attachmentsOf(intake, record, letter)
  if (kept.length > 0)
    await turn(intake, record, { step: 'attachments-kept', by: 'kept', files: kept, says: { count: kept.length } })
  return { outcome: 'opened', case: id }
}
