import type { CaseRecord } from '../cases.ts'
import type { Letter, LetterType } from '../letters.ts'
import { type Body, bodiesFor, complaintPoint } from './bodies.ts'
import type { Intake } from './intake.ts'
import { dayWords, fill, wordsOf } from './words.ts'

export type LetterName =
  | 'identity'
  | 'receipt'
  | 'confirm'
  | 'copy'
  | 'done'
  | 'nothing'
  | 'denied'
  | 'extended'
  | 'late'
  | 'fee'
  | 'unidentified'
  | 'complaint'
  | 'closed'

const types: Readonly<Partial<Record<LetterName, LetterType>>> = {
  identity: 'identity',
  copy: 'answer',
  done: 'answer',
  nothing: 'answer',
  denied: 'answer',
}

/** Letters that tell where to complain: every answer and every delay (GDPR art. 12(4)). */
const tellsRights: ReadonlySet<LetterName> = new Set([
  'done',
  'copy',
  'nothing',
  'denied',
  'extended',
  'late',
  'complaint',
])

/** More sentences of a letter, by their key in the words files. */
type More = readonly { readonly text: string; readonly values?: Readonly<Record<string, string>> }[]

/**
 * A letter to the person in the person's language: nothing personal beyond what the letter needs, never a datum of a store.
 * `values` fill its places; `body` is another key of the words files for the text itself.
 */
export function letterTo(
  intake: Intake,
  record: CaseRecord,
  to: string,
  name: LetterName,
  values: Readonly<Record<string, string>> = {},
  { body = name, more = [], once }: { readonly body?: string; readonly more?: More; readonly once?: string } = {},
): Letter {
  const { letters, kinds } = wordsOf(record.language)
  const { plan, settings, cases } = intake
  const all = {
    controller: plan.controller.name,
    kind: kinds[record.kind] ?? record.kind,
    reference: record.id,
    due: dayWords(record.dueAt, record.language),
    contact: complaintPoint(plan),
    bodies: bodiesWords(bodiesFor(plan, record.country)),
    ...values,
  }
  const say = (key: string, own: Readonly<Record<string, string>> = {}) =>
    fill(letters[key] ?? '', { ...all, ...own }).trim()
  const parts = [
    say('greeting'),
    say(body),
    ...more.map(({ text, values: own }) => say(text, own)),
    ...(tellsRights.has(name) ? [say('rights')] : []),
    say('reference'),
    say('closing'),
  ]
  return {
    type: types[name] ?? 'case',
    to,
    language: record.language,
    subject: say(`${name}-subject`),
    text: `${parts.join('\n\n')}\n`,
    about: record.id,
    domain: settings.mailDomain,
    replyToken: cases.replyToken(record.id),
    ...(once === undefined ? {} : { once }),
  }
}

function bodiesWords(bodies: readonly Body[]): string {
  if (bodies.length === 0) return '–'
  return bodies.map(({ name, at }) => (at === undefined ? name : `${name} (${at})`)).join('; ')
}

/** A letter in the words of one of the staff. */
export function letterOfStaff(intake: Intake, record: CaseRecord, to: string, text: string, type: LetterType): Letter {
  const { letters } = wordsOf(record.language)
  const { plan, settings, cases } = intake
  const values = {
    controller: plan.controller.name,
    reference: record.id,
    contact: complaintPoint(plan),
    bodies: bodiesWords(bodiesFor(plan, record.country)),
  }
  const say = (key: string) => fill(letters[key] ?? '', values).trim()
  const rights = type === 'answer' ? [say('rights')] : []
  return {
    type,
    to,
    language: record.language,
    subject: say('message-subject'),
    text: `${[text.trim(), ...rights, say('reference'), say('closing')].join('\n\n')}\n`,
    about: record.id,
    domain: settings.mailDomain,
    replyToken: cases.replyToken(record.id),
  }
}

/** Tells the officer that a case needs somebody; nothing of the person stands in it. None where no officer is named. */
export function taskLetter(intake: Intake, record: CaseRecord): readonly Letter[] {
  const { officer, mailDomain } = intake.settings
  if (officer === undefined) return []
  const words = wordsOf('en')
  const tasks = record.tasks.map((task) => words.tasks[task] ?? task).join(', ')
  const values = { reference: record.id, caseKind: record.kind, tasks, due: dayWords(record.dueAt, 'en') }
  const text = `${fill(words.letters.task ?? '', values).trim()}\n`
  const once = `task ${record.id} ${record.tasks.toSorted().join(' ')} ${record.dueAt}`
  const subject = words.letters['task-subject'] ?? ''
  return [{ type: 'task', to: officer, language: 'en', subject, text, about: record.id, domain: mailDomain, once }]
}
