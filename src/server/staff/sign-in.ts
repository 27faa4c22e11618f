import { setTimeout as pause } from 'node:timers/promises'
import { APIError } from 'better-auth'
import { fact } from '../../language/facts.ts'
import { useCode } from './codes.ts'
import {
  type Asking,
  broughtCookies,
  cookiesOnly,
  openedToken,
  type SignedIn,
  type SignInDesk,
  sessionCookieOf,
  sessionValue,
  setPairs,
  tenantsOf,
} from './desk.ts'
import type { PasskeyAnswer } from './passkey-answer.ts'
import { hashedCode } from './recovery-codes.ts'
import { confirmSession, endSession, sessionSecret, signedToken } from './sessions.ts'
import { beginTry, type Subject, takeBack } from './throttle.ts'

/** What went wrong, as far as a stranger may know it. */
export type Refusal = 'wrong' | 'wait'

// A failure is answered at the end of such a span: how long it took says nothing of what was wrong.
const ANSWER_EVERY_MS = 500

export interface Credentials {
  readonly email: string
  readonly password: string
  /** Six digits of an authenticator app, or a recovery code. */
  readonly code: string
}

/**
 * Signs in with password and one-time code together, so that nobody learns whether a password alone was right. Every
 * failure has one answer and takes as long as any other.
 */
export async function signInByPassword(
  desk: SignInDesk,
  asking: Asking,
  { email, password, code }: Credentials,
): Promise<SignedIn | Refusal> {
  const subjects = subjectsOf(asking, `email ${email.trim().toLowerCase()}`)
  return guarded(desk, subjects, 'password', async () => {
    const first = await desk.auth.api.signInEmail({
      body: { email: email.trim(), password },
      headers: new Headers(),
      returnHeaders: true,
    })
    const early = openedToken(desk, first.headers)
    // Without a second factor better-auth would let in; here nobody is.
    if (!('twoFactorRedirect' in first.response)) {
      if (early !== undefined) await endSession(desk.tables, early)
      return undefined
    }
    const headers = cookiesOnly(setPairs(first.headers), [desk.cookies.secondFactor])
    const typed = code.replaceAll(/\s/g, '')
    const isRecovery = !/^\d{6}$/.test(typed)
    const second = isRecovery
      ? await desk.auth.api.verifyBackupCode({
          body: { code: hashedCode(desk.tables, typed) },
          headers,
          returnHeaders: true,
        })
      : await desk.auth.api.verifyTOTP({ body: { code: typed }, headers, returnHeaders: true })
    const staff = second.response.user.id
    if (!isRecovery && !(await useCode(desk.tables, staff, typed))) {
      await endOpened(desk, second.headers)
      return undefined
    }
    return admit(desk, asking, staff, second.headers, isRecovery ? 'recovery' : 'password')
  })
}

/** Signs in with a passkey whose device asked for a finger, a face or a PIN: two factors in one. */
export async function signInByPasskey(
  desk: SignInDesk,
  asking: Asking,
  response: PasskeyAnswer,
): Promise<SignedIn | Refusal> {
  return guarded(desk, subjectsOf(asking), 'passkey', async () => {
    const headers = cookiesOnly(broughtCookies(asking.request), [desk.cookies.passkey])
    const done = await desk.auth.api.verifyPasskeyAuthentication({ body: { response }, headers, returnHeaders: true })
    return admit(desk, asking, done.response.user.id, done.headers, 'passkey')
  })
}

/**
 * Lets a session count from `at` on, when its second factor was shown, and writes that down; a session of somebody who
 * may not come in is ended, and so is the one that the browser had before.
 */
export async function admit(
  desk: SignInDesk,
  { request }: Asking,
  staff: string,
  headers: Headers,
  means: string,
  at: Date = desk.tables.now(),
): Promise<SignedIn | undefined> {
  const token = openedToken(desk, headers)
  if (token === undefined) return undefined
  // The evidence first: a sign-in that nobody would find there does not happen.
  await desk.record(await tenantsOf(desk, staff), [fact('staff.signed-in/1', { staff: desk.pseudonym(staff), means })])
  if (!(await confirmSession(desk.tables, token, at))) {
    await endSession(desk.tables, token)
    return undefined
  }
  const before = signedToken(sessionValue(request, desk.cookies.session), sessionSecret(desk.tables))
  if (before !== undefined && before !== token) await endSession(desk.tables, before)
  return { staff, setCookies: sessionCookieOf(desk, headers) }
}

export async function endOpened(desk: SignInDesk, headers: Headers): Promise<void> {
  const token = openedToken(desk, headers)
  if (token !== undefined) await endSession(desk.tables, token)
}

/** Whom wrong tries are counted for: what was typed, and where it came from. */
export function subjectsOf({ sender }: Asking, ...typed: readonly Subject[]): Subject[] {
  return [...typed, `address ${sender}`]
}

/** One try: refused while it has to wait, counted unless it was right, and a failure never answered sooner than another. */
export async function guarded<T>(
  desk: SignInDesk,
  subjects: readonly Subject[],
  means: string,
  run: () => Promise<T | undefined>,
): Promise<T | Refusal> {
  const start = performance.now()
  if (!(await beginTry(desk.tables, subjects))) return 'wait'
  const done = await orUndefined(run)
  if (done !== undefined) {
    await takeBack(desk.tables, subjects)
    return done
  }
  await desk.record([], [fact('staff.refused/1', { means })])
  const elapsed = performance.now() - start
  await pause(Math.ceil(elapsed / ANSWER_EVERY_MS) * ANSWER_EVERY_MS - elapsed)
  return 'wrong'
}

async function orUndefined<T>(run: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof APIError) return undefined
    throw error
  }
}
