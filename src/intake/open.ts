import { instant } from '../base/clock.ts'
import { randomId } from '../base/ids.ts'
import type { CaseRecord, CaseState, NewCaseStep, NewCaseToken } from '../cases.ts'
import type { Identity } from '../connector.ts'
import { fact } from '../language/facts.ts'
import { Fault } from '../language/fault.ts'
import type { Json } from '../ledger.ts'
import type { Letter } from '../letters.ts'
import { type Asking, assertionOf, contactOf, emailsOf, identitiesOf, messageOf, subjectOf } from './asking.ts'
import { clockFor, lawsFor } from './clock.ts'
import { letterTo, taskLetter } from './compose.ts'
import { newPassphrase, pageToken, proofLetters } from './identity.ts'
import { type Intake, limitsOf } from './intake.ts'
import { caseKinds } from './kinds.ts'
import { merge } from './merge.ts'
import type { CaseSealed } from './sealed.ts'
import type { SiteAssertion } from './site-token.ts'
import { detailOf, stepOf } from './turn.ts'

export interface Opened {
  readonly id: string
  /** It was asked before and is still open: both are kept together. */
  readonly merged: boolean
  /** For somebody signed in at the vendor's site: their page, and the passphrase of a copy, shown once. */
  readonly page?: string
  readonly passphrase?: string
}

/**
 * Opens a case with its clock, and asks the owner of each address to confirm. What it answers to the public must be made
 * by `publicAnswer`: the same whether an address is known, whether a case was open, whether a bound was reached.
 * Faults `case.bad-contact`, `case.bad-identity`, `case.too-many`, `identity.token-refused`, `identity.token-used`.
 */
export async function openCase(intake: Intake, asking: Asking): Promise<Opened> {
  const now = intake.now()
  const site = await assertionOf(intake, asking, now)
  const contact = contactOf(asking, site)
  const identities = identitiesOf(asking, contact, site)
  const open = await intake.cases.openOf(contact)
  const subject = subjectOf(identities)
  const [same] = open.length === 0 ? [] : await intake.cases.openOf(contact, { kind: asking.kind, subject })
  const limits = limitsOf(intake)
  const stranger = site === undefined && asking.channel !== 'staff'
  const full = stranger && open.length >= limits.openPerContact ? open[0] : undefined
  const into = site === undefined && asking.behalf === undefined ? (same ?? full) : full
  if (into !== undefined) {
    await merge(intake, into, asking)
    return { id: into.id, merged: true }
  }
  if (asking.origin !== undefined) await boundOrigin(intake, asking.origin, limits.perOrigin, now)
  return create(intake, asking, { contact, identities, subject, ...(site === undefined ? {} : { site }) })
}

interface About {
  readonly contact: string
  readonly identities: readonly Identity[]
  readonly subject: string
  readonly site?: SiteAssertion
}

async function create(intake: Intake, asking: Asking, about: About): Promise<Opened> {
  const record = newRecord(intake, asking, about)
  const { id } = record
  const { contact, site } = about
  const addresses = record.state === 'identity' ? emailsOf(about.identities) : []
  const proof = proofLetters(intake, record, addresses)
  const told = addresses.some((one) => one.toLowerCase() === contact) ? [] : [receiptTo(intake, record, contact)]
  const tasks = record.tasks.length > 0 ? taskLetter(intake, record) : []
  const page = site === undefined ? undefined : pageToken(intake, id)
  const passphrase = site && caseKinds[record.kind].copy ? newPassphrase() : undefined
  const tokens: NewCaseToken[] = [...proof.tokens, ...(page ? [page.token] : []), ...(site ? [used(id, site)] : [])]
  const sealed: CaseSealed = {
    version: 1,
    contact,
    identities: about.identities,
    proven: site?.identities ?? [],
    ...(passphrase === undefined ? {} : { passphrase: { words: passphrase, shown: true } }),
  }
  const { revision: _revision, changedAt: _changed, ...columns } = record
  const opened = {
    ...columns,
    detail: detailOf(record),
    sealed: sealed as unknown as Json,
    contact,
    subject: about.subject,
    ...(asking.origin === undefined ? {} : { origin: asking.origin }),
  }
  await intake.cases
    .commit({
      opened: [opened],
      steps: openingSteps(intake, record, asking, addresses.length, site),
      messages: [messageOf(id, asking)],
      letters: [...told, ...proof.letters, ...tasks],
      tokens,
    })
    .catch((error: unknown) => {
      throw site !== undefined && error instanceof Fault && error.code === 'records.stale' ? tokenUsed() : error
    })
  return { id, merged: false, ...(page ? { page: page.secret } : {}), ...(passphrase ? { passphrase } : {}) }
}

function newRecord(intake: Intake, asking: Asking, { identities, site }: About): CaseRecord {
  const { kind, channel, country, behalf, unsure = false, language = 'en' } = asking
  const now = intake.now()
  const laws = lawsFor(intake.plan, country)
  const { clock, dueAt } = clockFor(intake.plan, kind, laws, now)
  const first = caseKinds[kind].identity ? (site === undefined ? 'identity' : 'search') : 'preview'
  const state: CaseState = unsure ? 'received' : first
  const waits = state === 'preview' ? (['decide'] as const) : behalf === 'parent' ? (['check-identity'] as const) : []
  return {
    id: randomId(12),
    kind,
    state,
    channel,
    language,
    policy: intake.plan.sha256,
    receivedAt: instant(now),
    changedAt: instant(now),
    dueAt,
    revision: 1,
    clock,
    laws,
    tasks: unsure ? ['confirm-kind'] : waits,
    requests: [],
    ...(country === undefined ? {} : { country }),
    ...(behalf === undefined ? {} : { behalf }),
    ...(site === undefined ? {} : { identity: { how: 'site', at: instant(now) } }),
    ...(state === 'identity' && identities.some((one) => one.kind !== 'email') ? { lookUp: true } : {}),
  }
}

/** The first steps, each with its fact: received, receipt confirmed, identity asked for, or shown by the site. */
function openingSteps(
  intake: Intake,
  { id, kind, channel, policy, dueAt, laws }: CaseRecord,
  { by }: Asking,
  asked: number,
  site: SiteAssertion | undefined,
): readonly NewCaseStep[] {
  const opening = {
    ...stepOf(intake, id, 'opened', by === undefined ? 'person' : { staff: by }),
    fact: fact('case.opened/1', { case: id, kind, channel, policy, due: dueAt, laws: [...laws] }),
  }
  return [
    opening,
    ...(asked === 0 ? [] : [stepOf(intake, id, 'identity-asked', 'kept', { count: asked })]),
    ...(site === undefined ? [] : [stepOf(intake, id, 'identity-shown', 'person', { why: 'by-site' })]),
  ]
}

/** The receipt of whoever is not asked to confirm by the same letter: one a day and contact, whatever is sent. */
function receiptTo(intake: Intake, record: CaseRecord, contact: string): Letter {
  const name = caseKinds[record.kind].identity && record.state !== 'received' ? 'confirm' : 'receipt'
  const once = record.channel === 'mail' ? { once: `receipt ${contact} ${record.receivedAt.slice(0, 10)}` } : {}
  return letterTo(intake, record, contact, name, {}, once)
}

/** What everybody is told who asks, whoever they are: built of the question alone, so that it can tell nothing else. */
export interface PublicAnswer {
  readonly receivedAt: string
  readonly dueAt: string
  /** A letter goes to each mail address that was named. */
  readonly letter: true
}

export function publicAnswer(intake: Intake, asking: Pick<Asking, 'kind' | 'country'>): PublicAnswer {
  const now = intake.now()
  const { dueAt } = clockFor(intake.plan, asking.kind, lawsFor(intake.plan, asking.country), now)
  return { receivedAt: instant(now), dueAt, letter: true }
}

/** A token of the site is put down as used in the same commit: a second one finds it there. */
function used(id: string, { nonce, expiresAt }: SiteAssertion): NewCaseToken {
  return { case: id, purpose: 'site', secret: nonce, expiresAt: instant(expiresAt), used: true }
}

async function boundOrigin(intake: Intake, origin: string, most: number, now: Date): Promise<void> {
  const since = instant(new Date(now.getTime() - 86_400_000))
  if ((await intake.cases.openedFrom(origin, since)) < most) return
  throw new Fault({
    code: 'case.too-many',
    what: 'Too many cases came from one place today.',
    mend: 'Try again tomorrow, or write a letter to the address of the privacy notice.',
  })
}

function tokenUsed(): Fault {
  return new Fault({
    code: 'identity.token-used',
    what: 'The token of the site was used before.',
    mend: 'Make a new token, with a `jti` of its own, for every click.',
  })
}
