import { fact } from '../../language/facts.ts'
import type { Staff } from '../who.ts'
import { useCode } from './codes.ts'
import { type Asking, broughtCookies, cookiesOnly, type SignedIn, type SignInDesk, tenantsOf } from './desk.ts'
import type { NewPasskey, PasskeyAnswer } from './passkey-answer.ts'
import { confirmSession, type OpenSession } from './sessions.ts'
import { admit, endOpened, guarded, type Refusal } from './sign-in.ts'

/** Step-up: a second factor once more in a session that is open. What it allows for five minutes says `gate.ts`. */
export async function confirmByCode(
  desk: SignInDesk,
  { request }: Asking,
  { staff, token }: OpenSession,
  code: string,
): Promise<true | Refusal> {
  return guarded(desk, [`staff ${staff.id}`], 'confirm', async () => {
    const headers = cookiesOnly(broughtCookies(request), [desk.cookies.session])
    const typed = code.replaceAll(/\s/g, '')
    await desk.auth.api.verifyTOTP({ body: { code: typed }, headers })
    if (!(await useCode(desk.tables, staff.id, typed))) return undefined
    const confirmed = fact('staff.confirmed/1', { staff: desk.pseudonym(staff.id), means: 'password' })
    await desk.record(await tenantsOf(desk, staff.id), [confirmed])
    return (await confirmSession(desk.tables, token, desk.tables.now())) || undefined
  })
}

/** The same with a passkey of the same person: it opens a new session in the place of the old one. */
export async function confirmByPasskey(
  desk: SignInDesk,
  asking: Asking,
  { staff }: OpenSession,
  response: PasskeyAnswer,
): Promise<SignedIn | Refusal> {
  return guarded(desk, [`staff ${staff.id}`], 'confirm', async () => {
    const headers = cookiesOnly(broughtCookies(asking.request), [desk.cookies.passkey])
    const done = await desk.auth.api.verifyPasskeyAuthentication({ body: { response }, headers, returnHeaders: true })
    if (done.response.user.id !== staff.id) {
      await endOpened(desk, done.headers)
      return undefined
    }
    return admit(desk, asking, staff.id, done.headers, 'passkey')
  })
}

/** Options for one more passkey of somebody who is signed in. */
export async function passkeyForStaff(
  desk: SignInDesk,
  { request }: Asking,
): Promise<{ readonly options: object; readonly setCookies: readonly string[] }> {
  const headers = cookiesOnly(broughtCookies(request), [desk.cookies.session])
  const made = await desk.auth.api.generatePasskeyRegistrationOptions({ headers, returnHeaders: true })
  return { options: made.response, setCookies: made.headers.getSetCookie() }
}

export async function addPasskey(
  desk: SignInDesk,
  { request }: Asking,
  staff: Staff,
  response: NewPasskey,
): Promise<true | Refusal> {
  return guarded<true>(desk, [`staff ${staff.id}`], 'passkey', async () => {
    const headers = cookiesOnly(broughtCookies(request), [desk.cookies.session, desk.cookies.passkey])
    await desk.auth.api.verifyPasskeyRegistration({ body: { response, name: 'Passkey' }, headers })
    const joined = fact('staff.joined/1', { staff: desk.pseudonym(staff.id), means: 'passkey' })
    await desk.record(await tenantsOf(desk, staff.id), [joined])
    return true
  })
}

/** Options to show a passkey: whichever the device has, so that nobody learns whose there are. */
export async function passkeyOptions(
  desk: SignInDesk,
  brought: readonly string[] = [],
): Promise<{ readonly options: object; readonly setCookies: readonly string[] }> {
  const headers = cookiesOnly(brought, [desk.cookies.session])
  const made = await desk.auth.api.generatePasskeyAuthenticationOptions({ headers, returnHeaders: true })
  return { options: made.response, setCookies: made.headers.getSetCookie() }
}
