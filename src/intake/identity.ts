import { randomInt } from 'node:crypto'
import { instant } from '../base/clock.ts'
import { addDuration } from '../base/duration.ts'
import { randomId } from '../base/ids.ts'
import type { CaseDetail, CaseRecord, CaseToken, NewCaseToken } from '../cases.ts'
import type { Identity } from '../connector.ts'
import { Fault } from '../language/fault.ts'
import type { Letter } from '../letters.ts'
import { letterTo } from './compose.ts'
import { type Intake, TERMS } from './intake.ts'
import { caseKinds } from './kinds.ts'
import { type CaseSealed, sealedOf } from './sealed.ts'
import { type Actor, caseOf, mustStand, turn } from './turn.ts'
import { dayWords } from './words.ts'

/** A secret that nobody can guess: 160 bits. A code that people can type: 8 digits, tried five times at most. */
const SECRET_LETTERS = 32
const CODE_TRIES = 5

export const newSecret = (): string => randomId(SECRET_LETTERS)
const newCode = (): string => String(randomInt(100_000_000)).padStart(8, '0')

/**
 * Letters that ask the owner of each address to confirm: they say the same, and the same is done, whether a store knows the
 * address or not. Only keyed hashes of their secrets are stored.
 */
export function proofLetters(
  intake: Intake,
  record: CaseRecord,
  addresses: readonly string[],
): { readonly letters: readonly Letter[]; readonly tokens: readonly NewCaseToken[] } {
  const expiresAt = instant(addDuration(intake.now(), TERMS.proof))
  const letters: Letter[] = []
  const tokens: NewCaseToken[] = []
  for (const address of addresses) {
    const [secret, code] = [newSecret(), newCode()]
    const bound = { kind: 'email', value: address }
    tokens.push({ case: record.id, purpose: 'link', secret, expiresAt, bound })
    tokens.push({ case: record.id, purpose: 'code', secret: code, expiresAt, tries: CODE_TRIES, bound })
    const link = `${intake.settings.publicUrl}/confirm/${secret}`
    const values = { link, code: spaced(code), expires: dayWords(expiresAt, record.language) }
    letters.push(letterTo(intake, record, address, 'identity', values))
  }
  return { letters, tokens }
}

const spaced = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/** What a person gets who has shown who they are. */
export interface Proven {
  readonly case: string
  /** Opens the person's page of the case for 30 days. */
  readonly page: string
  /** Shown now and never again, unless it is asked for on the page: it locks the copy. */
  readonly passphrase?: string
}

/**
 * Takes the link of a letter: it counts once, and shows that its holder reads the address it went to. A mail scanner follows
 * links, so a page must ask before it calls this. Fault `identity.refused`, the same for every reason.
 */
export async function proveByLink(intake: Intake, secret: string): Promise<Proven> {
  return prove(intake, await intake.cases.token('link', secret))
}

/** The same by the code of the letter; after five tries the codes of a case are dead. */
export async function proveByCode(intake: Intake, id: string, code: string): Promise<Proven> {
  return prove(intake, await intake.cases.tryToken(id, 'code', code.replaceAll(/\s/g, '')))
}

async function prove(intake: Intake, token: CaseToken | undefined): Promise<Proven> {
  const now = intake.now()
  const record = token && (await intake.cases.case(token.case))
  if (token === undefined || token.used || new Date(token.expiresAt) <= now || record?.state !== 'identity')
    throw refused()
  const sealed = await sealedOf(intake, record.id)
  return shown(intake, record, sealed, {
    how: 'mail',
    by: 'person',
    identities: [token.bound as unknown as Identity],
    used: [token.id],
  })
}

interface Showing {
  readonly how: NonNullable<CaseDetail['identity']>['how']
  readonly by: Actor
  readonly identities: readonly Identity[]
  readonly used?: readonly string[]
}

/** Records that the identity was shown, and gives the person their page. */
async function shown(intake: Intake, record: CaseRecord, sealed: CaseSealed, showing: Showing): Promise<Proven> {
  const { how, by, identities, used = [] } = showing
  // For a child a person of the staff looks whether the parent is one (16 CFR § 312.5).
  const complete = record.behalf !== 'parent' || how === 'documents' || how === 'staff'
  const at = instant(intake.now())
  const page = pageToken(intake, record.id)
  const passphrase = caseKinds[record.kind].copy && complete ? newPassphrase() : undefined
  const staff = typeof by === 'object' ? { by: by.staff } : {}
  await turn(intake, record, {
    step: 'identity-shown',
    by,
    ...(complete
      ? { state: 'search' as const, detail: { identity: { how, at, ...staff } }, done: ['check-identity'] }
      : {}),
    ...(complete ? {} : { todo: ['check-identity'] as const }),
    sealed: {
      ...sealed,
      proven: union(sealed.proven, identities.flatMap(spellings)),
      ...(passphrase === undefined ? {} : { passphrase: { words: passphrase, shown: by === 'person' } }),
    },
    tokens: [page.token],
    used,
    says: { why: `by-${how}` },
  })
  const told = passphrase !== undefined && by === 'person' ? { passphrase } : {}
  return { case: record.id, page: page.secret, ...told }
}

/** A token that opens the person's page of a case. */
export function pageToken(intake: Intake, id: string): { readonly secret: string; readonly token: NewCaseToken } {
  const secret = newSecret()
  const expiresAt = instant(addDuration(intake.now(), TERMS.page))
  return { secret, token: { case: id, purpose: 'person', secret, expiresAt } }
}

/** Eight groups of four letters: 160 bits, easy to type. */
export const newPassphrase = (): string => (newSecret().match(/.{4}/g) ?? []).join('-')

/** An address as it was written, and in small letters: the same mailbox, and a store may hold either. */
function spellings({ kind, value }: Identity): readonly Identity[] {
  const small = value.toLowerCase()
  return kind === 'email' && small !== value
    ? [
        { kind, value },
        { kind, value: small },
      ]
    : [{ kind, value }]
}

function union(left: readonly Identity[], right: readonly Identity[]): readonly Identity[] {
  const key = ({ kind, value }: Identity) => `${kind}\u0000${value}`
  return [...new Map([...left, ...right].map((identity) => [key(identity), identity])).values()]
}

/** What somebody of the staff found in the documents of a person. */
export interface Checked {
  readonly by: string
  /** Identities that the documents show; none: they show nothing. */
  readonly identities: readonly Identity[]
  readonly how?: 'documents' | 'staff'
}

/** Records what documents show. Shown: the case goes on; not shown: the person may send others. Fault `case.state`. */
export async function checkIdentity(intake: Intake, id: string, checked: Checked): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  mustStand(record, 'identified', ['received', 'identity'])
  const by = { staff: checked.by }
  if (checked.identities.length === 0) {
    return turn(intake, record, { step: 'identity-refused', by, done: ['check-identity'] })
  }
  const sealed = await sealedOf(intake, id)
  const { how = 'documents', identities } = checked
  await shown(intake, record, sealed, { how, by, identities })
  return caseOf(intake, id)
}

/** Why an identity was not taken is never told: who guesses learns nothing. */
function refused(): Fault {
  return new Fault({
    code: 'identity.refused',
    what: 'This link or code does not hold.',
    mend: 'Ask again: a new letter with a new link and code is sent to the address.',
  })
}
