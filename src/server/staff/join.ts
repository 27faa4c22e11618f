import { fact } from '../../language/facts.ts'
import { useCode } from './codes.ts'
import {
  type Asking,
  broughtCookies,
  cookiesOnly,
  type SignedIn,
  type SignInDesk,
  sessionCookieOf,
  setPairs,
  tenantsOf,
} from './desk.ts'
import { acceptInvitation, forgetFactors, joiningContext, type OpenInvitation } from './invitations.ts'
import type { NewPasskey } from './passkey-answer.ts'
import { admit, endOpened, guarded, type Refusal } from './sign-in.ts'

/** What the person who joins says of themselves. */
export interface Joining {
  readonly link: string
  readonly name: string
  /** Asked for only where the invitation names no address of theirs: the first administrator's. */
  readonly email: string
}

/** What an authenticator app is given, and the codes for the day it is lost; shown once. */
export interface AppSetup {
  readonly uri: string
  readonly recoveryCodes: readonly string[]
  readonly setCookies: readonly string[]
}

/** First half of joining with a password: it is set, and an app is asked for. The session counts for nothing yet. */
export async function joinByPassword(
  desk: SignInDesk,
  invited: OpenInvitation,
  joining: Joining,
  password: string,
): Promise<AppSetup | 'taken'> {
  const { tables, auth } = desk
  const hash = await (await auth.$context).password.hash(password)
  const email = await begin(desk, invited, joining)
  if (email === undefined) return 'taken'
  await tables.pool.query(
    `INSERT INTO kept.staff_account (id, user_id, provider_id, account_id, password, created_at, updated_at)
     VALUES ($1, $1, 'credential', $1, $2, $3, $3)`,
    [invited.staff, hash, tables.now()],
  )
  const signed = await auth.api.signInEmail({ body: { email, password }, headers: new Headers(), returnHeaders: true })
  const headers = cookiesOnly(setPairs(signed.headers), [desk.cookies.session])
  const setup = await auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers })
  if (setup.method !== 'totp') throw new Error('better-auth made no secret for an app')
  return {
    uri: setup.totpURI,
    recoveryCodes: setup.backupCodes,
    setCookies: sessionCookieOf(desk, signed.headers),
  }
}

/** Second half: the app shows the right code, the link is used up, and the session counts. */
export async function finishByCode(
  desk: SignInDesk,
  asking: Asking,
  invited: OpenInvitation,
  { link }: Pick<Joining, 'link'>,
  code: string,
): Promise<SignedIn | Refusal> {
  return guarded(desk, [`staff ${invited.staff}`], 'password', async () => {
    const headers = cookiesOnly(broughtCookies(asking.request), [desk.cookies.session])
    const typed = code.replaceAll(/\s/g, '')
    const done = await desk.auth.api.verifyTOTP({ body: { code: typed }, headers, returnHeaders: true })
    const isTheirs = done.response.user.id === invited.staff && (await useCode(desk.tables, invited.staff, typed))
    return isTheirs ? complete(desk, asking, invited, link, done.headers, 'password') : undefined
  })
}

/** Options for a new passkey of whoever holds the link; earlier ways to sign in end here. */
export async function passkeyForJoining(
  desk: SignInDesk,
  invited: OpenInvitation,
  joining: Joining,
): Promise<{ readonly options: object; readonly setCookies: readonly string[] } | 'taken'> {
  if ((await begin(desk, invited, joining)) === undefined) return 'taken'
  const made = await desk.auth.api.generatePasskeyRegistrationOptions({
    query: { context: joiningContext(desk.tables, invited.staff) },
    headers: new Headers(),
    returnHeaders: true,
  })
  return { options: made.response, setCookies: made.headers.getSetCookie() }
}

export async function joinByPasskey(
  desk: SignInDesk,
  asking: Asking,
  invited: OpenInvitation,
  { link }: Pick<Joining, 'link'>,
  response: NewPasskey,
): Promise<SignedIn | Refusal> {
  return guarded(desk, [`staff ${invited.staff}`], 'passkey', async () => {
    const headers = cookiesOnly(broughtCookies(asking.request), [desk.cookies.passkey])
    const body = { response, createSession: true, name: 'Passkey' }
    const done = await desk.auth.api.verifyPasskeyRegistration({ body, headers, returnHeaders: true })
    if (done.response.userId !== invited.staff) {
      await endOpened(desk, done.headers)
      return undefined
    }
    return complete(desk, asking, invited, link, done.headers, 'passkey')
  })
}

/** Name and address as given, and nothing of before; the address, or undefined where somebody else has it. */
async function begin({ tables }: SignInDesk, invited: OpenInvitation, joining: Joining): Promise<string | undefined> {
  const email = isPlaceholder(invited.email) ? joining.email.trim().toLowerCase() : invited.email
  return tables.pool.transaction({}, async (session) => {
    const { rowCount } = await session.query('SELECT FROM kept.staff WHERE email = $1 AND id <> $2', [
      email,
      invited.staff,
    ])
    if (rowCount > 0) return undefined
    await forgetFactors(session, invited.staff)
    const name = joining.name.trim().slice(0, 200) || email
    await session.query('UPDATE kept.staff SET name = $2, email = $3 WHERE id = $1', [invited.staff, name, email])
    return email
  })
}

async function complete(
  desk: SignInDesk,
  asking: Asking,
  { staff }: OpenInvitation,
  link: string,
  headers: Headers,
  means: string,
): Promise<SignedIn | undefined> {
  const joined = fact('staff.joined/1', { staff: desk.pseudonym(staff), means })
  await desk.record(await tenantsOf(desk, staff), [joined])
  if (await acceptInvitation(desk.tables, link, staff)) return admit(desk, asking, staff, headers, means)
  await endOpened(desk, headers)
  return undefined
}

/** The first administrator is invited before anybody knows an address. */
export function isPlaceholder(email: string): boolean {
  return email.endsWith('.invalid')
}
