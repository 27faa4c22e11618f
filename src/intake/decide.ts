import { instant } from '../base/clock.ts'
import type { CaseKind, CaseRecord } from '../cases.ts'
import { ground, groundsFor } from '../language/denial-grounds.ts'
import { Fault } from '../language/fault.ts'
import { requestKind } from './advance.ts'
import { clockFor } from './clock.ts'
import { letterOfStaff, letterTo } from './compose.ts'
import { proofLetters } from './identity.ts'
import type { Intake } from './intake.ts'
import { caseKinds } from './kinds.ts'
import { answerAddress, sealedOf } from './sealed.ts'
import { isOpen } from './states.ts'
import { caseOf, mustStand, turn } from './turn.ts'
import { wordsOf } from './words.ts'

/** Says what a message is about, where the kind was guessed: only then the case goes on. Fault `case.state`. */
export async function confirmKind(intake: Intake, id: string, by: string, kind: CaseKind): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  mustStand(record, 'sorted', ['received'])
  const { clock, dueAt } = clockFor(intake.plan, kind, record.laws, new Date(record.receivedAt))
  const { identities } = await sealedOf(intake, id)
  const state = caseKinds[kind].identity ? ('identity' as const) : ('preview' as const)
  const emails = state === 'identity' ? identities.flatMap((one) => (one.kind === 'email' ? [one.value] : [])) : []
  const proof = proofLetters(intake, { ...record, kind, dueAt }, emails)
  return turn(intake, record, {
    step: 'kind-confirmed',
    by: { staff: by },
    kind,
    state,
    dueAt,
    detail: { clock },
    done: ['confirm-kind'],
    todo: state === 'preview' ? ['decide'] : [],
    ...proof,
    says: { kind, count: proof.letters.length },
  })
}

/**
 * Decides to do what was asked. Of a complaint only somebody else than who decided before.
 * Faults `case.state`, `case.same-person`, `case.no-identity`.
 */
export async function grant(intake: Intake, id: string, by: string): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  mustStand(record, 'granted', ['preview', 'complained'])
  mustBeAnother(record, by)
  const decision = { outcome: 'granted' as const, by, at: instant(intake.now()) }
  const reopened = record.state === 'complained' ? await reopen(intake, record, by) : record
  return turn(intake, reopened, {
    step: 'granted',
    by: { staff: by },
    state: 'decision',
    detail: { decision },
    done: ['decide', 'complaint'],
    // What the machine cannot do, a person does; what it did before, a person looks at again.
    todo: requestKind(intake, record.kind) === undefined || record.state === 'complained' ? ['carry-out'] : [],
  })
}

/** A complaint that is found right is carried out anew, by hand: the old request is over, and so is its copy. */
async function reopen(intake: Intake, { copy: _copy, ...record }: CaseRecord, by: string): Promise<CaseRecord> {
  return turn(intake, record, { step: 'reopened', by: { staff: by }, state: 'preview', detail: { requests: [] } })
}

function mustBeAnother(record: CaseRecord, by: string): void {
  if (record.state !== 'complained' || record.decision?.by !== by) return
  throw new Fault({
    code: 'case.same-person',
    what: 'A complaint is looked at by somebody else than who decided.',
    mend: 'Give the case to a colleague.',
  })
}

/** Records that a person did by hand what was granted. Fault `case.state`. */
export async function carriedOut(intake: Intake, id: string, by: string): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  mustStand(record, 'carried out', ['decision'])
  if (!record.tasks.includes('carry-out')) {
    throw new Fault({
      code: 'case.state',
      what: 'The case is carried out by Kept itself, not by hand.',
      mend: '`kept case show` tells what it waits for.',
    })
  }
  return turn(intake, record, {
    step: 'carried-out',
    by: { staff: by },
    state: 'carried-out',
    done: ['carry-out', 'finish'],
    says: { why: 'by-hand' },
  })
}

/**
 * Refuses: only on a ground of the list that fits the kind and a law that the person leans on, told with its source and the
 * bodies to complain to, in the same commit. Faults `request.ground-unknown`, `case.state`, `case.same-person`.
 */
export async function deny(intake: Intake, id: string, by: string, groundName: string): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  mustStand(record, 'denied', ['received', 'identity', 'search', 'preview', 'decision', 'complained'])
  mustBeAnother(record, by)
  const { name, source } = ground(groundName, groundsFor(record.kind, record.laws))
  const sealed = await sealedOf(intake, id)
  for (const request of record.requests) await intake.stores.end(request, by, name)
  const at = instant(intake.now())
  const to = answerAddress(sealed)
  const says = wordsOf(record.language).grounds[name] ?? name
  const { passphrase: _passphrase, ...rest } = sealed
  return turn(intake, record, {
    step: 'denied',
    by: { staff: by },
    state: 'answered',
    detail: { decision: { outcome: 'denied', by, at, ground: name }, answer: { at, by }, lookUp: false },
    done: [...record.tasks],
    letters: to === undefined ? [] : [letterTo(intake, record, to, 'denied', { ground: says, source })],
    sealed: rest,
    says: { why: name },
  })
}

/** Sends the person a letter in one's own words; `final` answers a question or a complaint with it. Fault `case.state`. */
export async function answer(
  intake: Intake,
  id: string,
  { by, words, final = false }: { readonly by: string; readonly words: string; readonly final?: boolean },
): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  const sealed = await sealedOf(intake, id)
  const to = answerAddress(sealed)
  if (words.trim() === '' || to === undefined) throw nothingToSend()
  if (final) mustStand(record, 'answered', ['preview', 'complained'])
  if (final) mustBeAnother(record, by)
  if (final && caseKinds[record.kind].identity && record.state !== 'complained') throw notByWords()
  const at = instant(intake.now())
  const letter = letterOfStaff(intake, record, to, words.slice(0, 20_000), final ? 'answer' : 'case')
  return turn(intake, record, {
    step: final ? 'answered' : 'message-sent',
    by: { staff: by },
    ...(final ? { state: 'answered' as const } : {}),
    ...(final ? { detail: { decision: { outcome: 'answered' as const, by, at }, answer: { at, by } } } : {}),
    done: final ? [...record.tasks] : ['read-message', 'answer'],
    letters: [letter],
    messages: [{ case: id, from: 'staff', subject: letter.subject, text: words.slice(0, 20_000) }],
  })
}

/** Puts down that a message was read and needs no answer. */
export async function readMessage(intake: Intake, id: string, by: string): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  return turn(intake, record, { step: 'message-read', by: { staff: by }, done: ['read-message', 'letter-failed'] })
}

/** Gives the case to somebody of the staff. */
export async function assign(intake: Intake, id: string, by: string, handler: string): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  return turn(intake, record, { step: 'assigned', by: { staff: by }, detail: { handler } })
}

/** The person takes it back, or it ends for another reason of the list. Fault `case.state`. */
export async function close(
  intake: Intake,
  id: string,
  by: { readonly staff: string } | 'person' | 'kept',
  why: 'withdrawn' | 'answered' | 'not-confirmed',
): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  const early = ['received', 'identity', 'search', 'preview', 'decision'] as const
  mustStand(record, 'closed', why === 'answered' ? ['answered'] : why === 'not-confirmed' ? ['identity'] : early)
  const sealed = await sealedOf(intake, id)
  for (const request of record.requests) if (isOpen(record)) await intake.stores.end(request, 'kept')
  const to = answerAddress(sealed)
  const name = why === 'withdrawn' ? 'closed' : 'unidentified'
  return turn(intake, record, {
    step: 'closed',
    by,
    state: 'closed',
    detail: { closing: { at: instant(intake.now()), why, ...(typeof by === 'object' ? { by: by.staff } : {}) } },
    done: [...record.tasks],
    letters: why === 'answered' || to === undefined ? [] : [letterTo(intake, record, to, name)],
    says: { why },
  })
}

/** The person does not agree: the clock runs anew, and another one of the staff looks at it. Fault `case.state`. */
export async function complain(intake: Intake, id: string, words: string): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  mustStand(record, 'complained about', ['answered', 'closed'])
  const sealed = await sealedOf(intake, id)
  const to = answerAddress(sealed)
  const now = intake.now()
  const { dueAt } = clockFor(intake.plan, 'complaint', record.laws, now)
  const { handler: _handler, closing: _closing, ...rest } = record
  return turn(intake, rest, {
    step: 'complained',
    by: 'person',
    state: 'complained',
    dueAt,
    detail: { complaint: { at: instant(now), count: (record.complaint?.count ?? 0) + 1 } },
    todo: ['complaint'],
    letters: to === undefined ? [] : [letterTo(intake, { ...record, dueAt }, to, 'complaint')],
    messages: [{ case: id, from: 'person', subject: '', text: words.slice(0, 20_000) }],
  })
}

function nothingToSend(): Fault {
  return new Fault({
    code: 'case.no-words',
    what: 'There is no text, or no address that it could go to.',
    mend: 'Write the text; without an address answer by post and record it with `kept case close`.',
  })
}

function notByWords(): Fault {
  return new Fault({
    code: 'case.no-decision',
    what: 'This case is about a right: words alone do not answer it.',
    mend: 'Grant it, or deny it on a ground: `kept case grant`, `kept case deny`.',
  })
}
