import type { CaseChannel, CaseKind, NewCaseMessage } from '../cases.ts'
import type { Identity } from '../connector.ts'
import { Fault } from '../language/fault.ts'
import type { Intake } from './intake.ts'
import { readSiteToken, type SiteAssertion } from './site-token.ts'

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

const identitiesMost = 10
const addressesMost = 3
const address = /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}@[^\s@<>"(),:;\\[\]\p{Cc}]{1,255}$/u

const wordsMost = 20_000

/** What was written, bounded, as a message of the case. */
export function messageOf(id: string, { words = '', subject = '', once }: Asking): NewCaseMessage {
  const message = { case: id, from: 'person' as const, subject: subject.slice(0, 500), text: words.slice(0, wordsMost) }
  return once === undefined ? message : { ...message, once }
}

export async function assertionOf(
  { settings }: Intake,
  { siteToken }: Asking,
  now: Date,
): Promise<SiteAssertion | undefined> {
  if (siteToken === undefined) return undefined
  if (settings.site !== undefined) return readSiteToken(settings.site, siteToken, now)
  throw new Fault({
    code: 'identity.no-site',
    what: 'A token of a site was given, and no site is named that may say who is signed in.',
    mend: 'Name its issuer, audience and key in the settings; docs/identity.md shows how.',
  })
}

export function contactOf({ contact }: Asking, site: SiteAssertion | undefined): string {
  const given = contact ?? site?.identities.find(({ kind }) => kind === 'email')?.value ?? ''
  const plain = given.trim().toLowerCase()
  if (address.test(plain)) return plain
  throw new Fault({
    code: 'case.bad-contact',
    what: 'The contact is no mail address.',
    mend: 'Give one address, e.g. ada@example.org: letters about the case go there.',
  })
}

export function identitiesOf(asking: Asking, contact: string, site: SiteAssertion | undefined): readonly Identity[] {
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
export const emailsOf = (identities: readonly Identity[]): string[] => [
  ...new Map(
    identities.flatMap(({ kind, value }) => (kind === 'email' ? [[value.toLowerCase(), value]] : [])),
  ).values(),
]

export const subjectOf = (identities: readonly Identity[]): string =>
  JSON.stringify(
    identities.map(({ kind, value }) => `${kind}=${kind === 'email' ? value.toLowerCase() : value}`).sort(),
  )
