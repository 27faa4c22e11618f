import type { CaseRecord } from '../cases.ts'
import { GROUNDS } from '../language/denial-grounds.ts'
import { type Body, bodiesFor, complaintPoint } from './bodies.ts'
import type { Intake } from './intake.ts'
import { sealedOf } from './sealed.ts'
import { isOpen } from './states.ts'
import { dayWords, fill, wordsOf } from './words.ts'

/** What a person can do with their case, by a name for pages and a sentence for people. */
export interface Can {
  readonly act: 'prove' | 'message' | 'withdraw' | 'fetch' | 'agree-fee' | 'complain' | 'outside'
  readonly words: string
}

/** A case in the person's own language: what was, what comes, by when, what they can do. */
export interface Told {
  readonly reference: string
  readonly language: string
  readonly asked: string
  /** The date of the answer, while one is due. */
  readonly due?: string
  readonly steps: readonly { readonly at: string; readonly day: string; readonly words: string }[]
  readonly next: string
  readonly can: readonly Can[]
  /** The ground of a denial with its source in law. */
  readonly ground?: { readonly words: string; readonly source: string }
  readonly fee?: { readonly amount: string; readonly agreed: boolean }
  readonly contact: string
  readonly bodies: readonly Body[]
}

/** Steps of the staff among themselves, which say nothing to the person. */
const inner: ReadonlySet<string> = new Set([
  'assigned',
  'message-read',
  'document-seen',
  'handed-over',
  'held-open',
  'copy-prepared',
  'reopened',
  'changed',
  'destroyed',
])

/** Tells the person's case in `language`, by default their own. Nothing of the staff, of stores or of counts is in it. */
export async function tellPerson(intake: Intake, record: CaseRecord, language = record.language): Promise<Told> {
  const { page, kinds, grounds } = wordsOf(language)
  const steps = (await intake.cases.steps(record.id)).filter(({ step }) => !inner.has(step))
  const ground = GROUNDS.find(({ name }) => name === record.decision?.ground)
  const kind = kinds[record.kind] ?? record.kind
  return {
    reference: record.id,
    language: wordsOf(language).language,
    asked: fill(page.asked, { kind, date: dayWords(record.receivedAt, language) }),
    ...(isOpen(record) ? { due: fill(page.due, { date: dayWords(record.dueAt, language) }) } : {}),
    steps: steps.map(({ at, step }) => ({
      at,
      day: dayWords(at, language),
      words: page.steps[step] ?? page.steps.other ?? '',
    })),
    next: page.next[record.state] ?? '',
    can: (await abilities(intake, record)).map((act) => ({ act, words: page.can[act] ?? act })),
    ...(ground === undefined ? {} : { ground: { words: grounds[ground.name] ?? ground.words, source: ground.source } }),
    ...(record.fee === undefined
      ? {}
      : { fee: { amount: record.fee.amount, agreed: record.fee.agreedAt !== undefined } }),
    contact: complaintPoint(intake.plan),
    bodies: bodiesFor(intake.plan, record.country),
  }
}

async function abilities(intake: Intake, record: CaseRecord): Promise<Can['act'][]> {
  const acts: Can['act'][] = []
  if (record.state === 'identity') acts.push('prove')
  if (record.fee !== undefined && record.fee.agreedAt === undefined && record.state === 'preview')
    acts.push('agree-fee')
  const file = record.copy === undefined || isOpen(record) ? undefined : await intake.cases.file(record.copy)
  if (file !== undefined && file.destroyedAt === undefined && new Date(file.expiresAt) > intake.now())
    acts.push('fetch')
  if (isOpen(record)) acts.push('message')
  if (['received', 'identity', 'search', 'preview', 'decision'].includes(record.state)) acts.push('withdraw')
  // A complaint needs what the case holds of the person; after half a year that is destroyed.
  if (!isOpen(record) && (await intake.cases.opened(record.id)) !== undefined) acts.push('complain')
  acts.push('outside')
  return acts
}

/** A case as the staff sees it: everything that stands in it, and who it is about. */
export async function tellStaff(intake: Intake, record: CaseRecord) {
  const { cases, letters } = intake
  const sealed = (await cases.opened(record.id)) === undefined ? undefined : await sealedOf(intake, record.id)
  const [steps, messages, files, sent] = await Promise.all([
    cases.steps(record.id),
    cases.messages(record.id),
    cases.files(record.id),
    letters.ofCase(record.id),
  ])
  const person = sealed && { contact: sealed.contact, identities: sealed.identities, proven: sealed.proven }
  const bodies = bodiesFor(intake.plan, record.country)
  return { case: record, ...(person === undefined ? {} : { person }), steps, messages, files, letters: sent, bodies }
}
