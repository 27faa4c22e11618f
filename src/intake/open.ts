import { instant } from '../base/clock.ts'
import { randomId } from '../base/ids.ts'
import type { CaseChannel, CaseDetail, CaseKind, CaseRecord, NewCaseToken } from '../cases.ts'
import type { Identity } from '../connector.ts'
import { fact } from '../language/facts.ts'
import { Fault } from '../language/fault.ts'
import type { Json } from '../ledger.ts'
import type { Letter } from '../letters.ts'
import { clockFor, lawsFor } from './clock.ts'
import { letterTo, taskLetter } from './compose.ts'
import { newPassphrase, pageToken, proofLetters } from './identity.ts'
import { type Intake, limitsOf } from './intake.ts'
import { caseKinds } from './kinds.ts'
import { type CaseSealed, sealedOf } from './sealed.ts'
import { readSiteToken, type SiteAssertion } from './site-token.ts'
import { stepOf, turn } from './turn.ts'

/** What somebody asks. Nothing of it is believed: an identity counts when it was shown. */
export interface Asking {
  readonly kind: CaseKind
  readonly channel: CaseChannel
  /** BCP 47; default `en`. */
  readonly language?: string
  /** Mail address for letters. Needed unless the site says who is signed in. */
  readonly contact?: string
  /** Who it is about; default: the contact's address. */
  readonly identities?: readonly Identity[]
  /** Where the person lives, ISO 3166. */
  readonly country?: string
  /** What they write. */
  readonly words?: string
  readonly subject?: string
  readonly behalf?: 'agent' | 'parent'
  /** A token of the vendor's own site: who is signed in there. */
  readonly siteToken?: string
  /** Network address that it came from, to bound abuse; only a keyed hash is kept. */
  readonly origin?: string
  /** Staff id of who took it down. */
  readonly by?: string
  /** The kind is a guess: a person confirms it first. */
  readonly unsure?: boolean
  /** The message is taken once. */
  readonly once?: string
}

export interface Opened {
  readonly id: string
  /** It was asked before and is still open: both are kept together. */
  readonly merged: boolean
  /** For somebody signed in at the vendor's site: their page, and the passphrase of a copy, shown once. */
  readonly page?: string
  readonly passphrase?: string
}

const wordsMost = 20_000
const identitiesMost = 10
const addressesMost = 3
const address = /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}@[^\s@<>"(),:;\\[\]\p{Cc}]{1,255}$/u

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
  const mergeable = site === undefined && asking.behalf === undefined
  if (same !== undefined && mergeable) return merge(intake, same, asking)
  const limits = limitsOf(intake)
  const [newest] = open
  if (open.length >= limits.openPerContact && newest !== undefined && asking.channel !== 'staff') {
    return merge(intake, newest, asking)
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
  const { kind, channel, country, behalf, words = '', subject: title = '', unsure = false, by, once } = asking
  const { contact, identities, site } = about
  const now = intake.now()
  const id = randomId(12)
  const applying = lawsFor(intake.plan, country)
  const { clock, dueAt } = clockFor(intake.plan, kind, applying, now)
  const needsIdentity = caseKinds[kind].identity
  const state = unsure ? 'received' : site ? 'search' : needsIdentity ? 'identity' : 'preview'
  const addresses = state === 'identity' ? emailsOf(identities) : []
  const lookUp = state === 'identity' && identities.some(({ kind }) => kind !== 'email')
  const detail: CaseDetail = {
    clock,
    laws: applying,
    tasks: unsure ? ['confirm-kind'] : state === 'preview' ? ['decide'] : behalf === 'parent' ? ['check-identity'] : [],
    requests: [],
    confirmedAt: instant(now),
    ...(country === undefined ? {} : { country }),
    ...(behalf === undefined ? {} : { behalf }),
    ...(site === undefined ? {} : { identity: { how: 'site', at: instant(now) } }),
    ...(lookUp ? { lookUp } : {}),
  }
  const passphrase = site && caseKinds[kind].copy ? newPassphrase() : undefined
  const sealed: CaseSealed = {
    version: 1,
    contact,
    identities,
    proven: site?.identities ?? [],
    ...(passphrase === undefined ? {} : { passphrase: { words: passphrase, shown: true } }),
  }
  const language = asking.language ?? 'en'
  const record: CaseRecord = {
    ...detail,
    id,
    kind,
    state,
    channel,
    language,
    policy: intake.plan.sha256,
    receivedAt: instant(now),
    changedAt: instant(now),
    dueAt,
    revision: 1,
  }
  const proof = proofLetters(intake, record, addresses)
  const told = addresses.some((one) => one.toLowerCase() === contact) ? [] : [receiptTo(intake, record, contact)]
  const page = site === undefined ? undefined : pageToken(intake, id)
  const tokens: NewCaseToken[] = [...proof.tokens, ...(page ? [page.token] : []), ...(site ? [used(id, site)] : [])]
  const opening = {
    ...stepOf(intake, id, 'opened', by === undefined ? 'person' : { staff: by }),
    fact: fact('case.opened/1', { case: id, kind, channel, policy: record.policy, due: dueAt, laws: [...applying] }),
  }
  const asked =
    addresses.length === 0 ? [] : [stepOf(intake, id, 'identity-asked', 'kept', { count: addresses.length })]
  const proven = site === undefined ? [] : [stepOf(intake, id, 'identity-shown', 'person', { why: 'by-site' })]
  await intake.cases
    .commit({
      opened: [
        {
          id,
          kind,
          state,
          channel,
          language,
          policy: record.policy,
          receivedAt: record.receivedAt,
          dueAt,
          detail,
          sealed: sealed as unknown as Json,
          contact,
          subject: about.subject,
          ...(asking.origin === undefined ? {} : { origin: asking.origin }),
        },
      ],
      steps: [opening, ...asked, ...proven],
      messages: [
        {
          case: id,
          from: 'person',
          subject: title.slice(0, 500),
          text: words.slice(0, wordsMost),
          ...(once === undefined ? {} : { once }),
        },
      ],
      letters: [...told, ...proof.letters, ...(detail.tasks.length > 0 ? taskLetter(intake, record) : [])],
      tokens,
    })
    .catch((error: unknown) => {
      throw site !== undefined && error instanceof Fault && error.code === 'records.stale' ? tokenUsed() : error
    })
  return { id, merged: false, ...(page ? { page: page.secret } : {}), ...(passphrase ? { passphrase } : {}) }
}

/** The receipt of whoever is not asked to confirm by the same letter: one a day and contact, whatever is sent. */
function receiptTo(intake: Intake, record: CaseRecord, contact: string): Letter {
  const name = caseKinds[record.kind].identity && record.state !== 'received' ? 'confirm' : 'receipt'
  const once = record.channel === 'mail' ? { once: `receipt ${contact} ${record.receivedAt.slice(0, 10)}` } : {}
  return letterTo(intake, record, contact, name, {}, once)
}

/** The same again, or more than a contact may have open: what was written is kept, the question who it is is asked anew. */
async function merge(intake: Intake, record: CaseRecord, asking: Asking): Promise<Opened> {
  const { words = '', subject = '', once } = asking
  const again = record.state === 'identity' && (await mayAskAgain(intake, record))
  const addresses = again ? emailsOf((await sealedOf(intake, record.id)).identities) : []
  const message = {
    case: record.id,
    from: 'person' as const,
    subject: subject.slice(0, 500),
    text: words.slice(0, wordsMost),
  }
  await turn(intake, record, {
    step: 'merged',
    by: asking.by === undefined ? 'person' : { staff: asking.by },
    todo: words.trim() === '' ? [] : ['read-message'],
    messages: [{ ...message, ...(once === undefined ? {} : { once }) }],
    ...proofLetters(intake, record, addresses),
    says: { kind: asking.kind },
  })
  return { id: record.id, merged: true }
}

/** Every letter brings a code that can be tried five times: few letters, so that nobody can try through. */
const proofsMost = 5
const proofPauseMs = 10 * 60_000

async function mayAskAgain(intake: Intake, record: CaseRecord): Promise<boolean> {
  const sent = (await intake.letters.ofCase(record.id)).filter(({ type }) => type === 'identity')
  const last = Math.max(0, ...sent.map(({ createdAt }) => Date.parse(createdAt)))
  return sent.length < proofsMost && intake.now().getTime() - last >= proofPauseMs
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

async function assertionOf({ settings }: Intake, { siteToken }: Asking, now: Date): Promise<SiteAssertion | undefined> {
  if (siteToken === undefined) return undefined
  if (settings.site !== undefined) return readSiteToken(settings.site, siteToken, now)
  throw new Fault({
    code: 'identity.no-site',
    what: 'A token of a site was given, and no site is named that may say who is signed in.',
    mend: 'Name its issuer, audience and key in the settings; docs/identity.md shows how.',
  })
}

function contactOf({ contact }: Asking, site: SiteAssertion | undefined): string {
  const given = contact ?? site?.identities.find(({ kind }) => kind === 'email')?.value ?? ''
  const plain = given.trim().toLowerCase()
  if (address.test(plain)) return plain
  throw new Fault({
    code: 'case.bad-contact',
    what: 'The contact is no mail address.',
    mend: 'Give one address, e.g. ada@example.org: letters about the case go there.',
  })
}

function identitiesOf(asking: Asking, contact: string, site: SiteAssertion | undefined): readonly Identity[] {
  if (site !== undefined) return site.identities
  const given = asking.identities ?? []
  if (given.length === 0) return [{ kind: 'email', value: (asking.contact ?? contact).trim() }]
  const sound = given.every(
    ({ kind, value }) =>
      /^[A-Za-z][A-Za-z0-9_.-]{0,127}$/.test(kind) &&
      value.trim() !== '' &&
      value.length <= 320 &&
      !/\p{Cc}/u.test(value),
  )
  const emails = given.filter(({ kind }) => kind === 'email').map(({ value }) => value.trim().toLowerCase())
  if (
    sound &&
    given.length <= identitiesMost &&
    emails.length <= addressesMost &&
    emails.every((one) => address.test(one))
  )
    return given.map(({ kind, value }) => ({
      kind,
      value: kind === 'email' ? value.trim().toLowerCase() : value.trim(),
    }))
  throw new Fault({
    code: 'case.bad-identity',
    what: `An identity is not of the form KIND and value, or there are more than ${identitiesMost} (${addressesMost} mail addresses).`,
    mend: 'Give e.g. email and an address, or id and a customer number.',
  })
}

/** Each address once, as it was written: a store may tell capitals apart. */
const emailsOf = (identities: readonly Identity[]): string[] => [
  ...new Map(
    identities.flatMap(({ kind, value }) => (kind === 'email' ? [[value.toLowerCase(), value]] : [])),
  ).values(),
]

const subjectOf = (identities: readonly Identity[]): string =>
  JSON.stringify(
    identities.map(({ kind, value }) => `${kind}=${kind === 'email' ? value.toLowerCase() : value}`).sort(),
  )

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
