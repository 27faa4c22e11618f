import { APIError } from 'better-auth'
import type { Hono } from 'hono'
import { setRoles } from '../accounts.ts'
import { broughtCookies, cookiesOnly, openedToken, type SignInDesk } from '../desk.ts'
import { askingOf, type StaffBindings } from '../mount.ts'
import { type OidcSettings, providerId, rolesFrom, withClaims } from '../oidc.ts'
import { SESSION_HOURS } from '../sessions.ts'
import { admit, endOpened, guarded, subjectsOf } from '../sign-in.ts'
import { go, localPlace } from './reply.ts'

const FAILED = '/staff/sign-in?failed=oidc'

/** Sign-in elsewhere: authorization code with PKCE, state and nonce (OpenID Connect Core §3.1, RFC 9700 §2.1). */
export function oidcRoutes(app: Hono<StaffBindings>, desk: SignInDesk, oidc: OidcSettings): void {
  app.get('/oidc', async (context) => {
    const again = context.req.query('again') === 'yes'
    const started = await startElsewhere(desk, oidc, localPlace(context.req.query('to')), again)
    return started === undefined ? go(context, FAILED) : go(context, started.to, started.setCookies)
  })

  app.get('/oidc/callback', async (context) => {
    const asking = askingOf(context)
    const { code, state, iss, error } = context.req.query()
    const done = await guarded(desk, subjectsOf(asking), 'oidc', async () => {
      const headers = cookiesOnly(broughtCookies(asking.request), [desk.cookies.state])
      const brought = Object.entries({ code, state, iss, error })
      const query = Object.fromEntries(brought.flatMap(([name, value]) => (value ? [[name, value] as const] : [])))
      const { result, claims } = await withClaims(() => callback(desk, oidc, query, headers))
      const token = openedToken(desk, result.headers)
      if (token === undefined) return undefined
      const staff = await staffOfToken(desk, token)
      const roles = rolesFrom(oidc, claims)
      if (staff === undefined || !(await takeRoles(desk, staff, roles))) {
        await endOpened(desk, result.headers)
        if (staff !== undefined) await forgetStranger(desk, staff)
        return undefined
      }
      const signedIn = await admit(desk, asking, staff, result.headers, 'oidc', signedInAt(claims, desk.tables.now()))
      return signedIn && { ...signedIn, to: localPlace(result.to) }
    })
    return typeof done === 'string' ? go(context, FAILED) : go(context, done.to, done.setCookies)
  })
}

/** Where to go for the sign-in; undefined while the provider cannot be reached. */
async function startElsewhere(
  desk: SignInDesk,
  oidc: OidcSettings,
  to: string,
  again: boolean,
): Promise<{ readonly to: string; readonly setCookies: readonly string[] } | undefined> {
  try {
    const { response, headers } = await desk.auth.api.signInSocial({
      body: {
        provider: providerId(oidc),
        callbackURL: to,
        errorCallbackURL: FAILED,
        disableRedirect: true,
        // `max_age` has the provider say when it last asked the person (OpenID Connect Core §3.1.2.1).
        additionalParams: again ? { prompt: 'login', max_age: '0' } : { max_age: String(SESSION_HOURS * 3600) },
      },
      headers: new Headers(),
      returnHeaders: true,
    })
    return response.url === undefined ? undefined : { to: response.url, setCookies: headers.getSetCookie() }
  } catch (error) {
    if (error instanceof APIError) return undefined
    throw error
  }
}

/** better-auth answers a callback by throwing the redirect to where it leads. */
async function callback(
  desk: SignInDesk,
  oidc: OidcSettings,
  query: Readonly<Record<string, string>>,
  headers: Headers,
): Promise<{ readonly headers: Headers; readonly to: string }> {
  try {
    const answer = await desk.auth.api.callbackOAuth({
      method: 'GET',
      params: { id: providerId(oidc) },
      query,
      headers,
      asResponse: true,
    })
    return { headers: answer.headers, to: answer.headers.get('location') ?? '' }
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    const given = new Headers(error.headers)
    return { headers: given, to: given.get('location') ?? '' }
  }
}

/** When the provider asked the person; where it does not say so, long ago: the session counts, but for nothing fresh. */
function signedInAt({ auth_time: seconds }: Readonly<Record<string, unknown>>, now: Date): Date {
  const isTime = typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0
  return new Date(isTime ? Math.min(seconds * 1000, now.getTime()) : 0)
}

/** Somebody whom the provider knows and who has no business here: nothing of them is kept. */
async function forgetStranger({ tables }: SignInDesk, staff: string): Promise<void> {
  await tables.pool.query(
    `DELETE FROM kept.staff s WHERE s.id = $1 AND s.enrolled_at IS NULL
       AND NOT EXISTS (SELECT FROM kept.staff_invitation i WHERE i.staff = s.id)`,
    [staff],
  )
}

async function staffOfToken({ tables }: SignInDesk, token: string): Promise<string | undefined> {
  const { rows } = await tables.pool.query<{ user_id: string }>(
    'SELECT user_id FROM kept.staff_session WHERE token = $1',
    [token],
  )
  return rows[0]?.user_id
}

/** What the claims give now is all that came from there; false where somebody has no role at all. */
async function takeRoles({ tables }: SignInDesk, staff: string, roles: ReturnType<typeof rolesFrom>): Promise<boolean> {
  return tables.pool.transaction({}, async (session) => {
    await session.query(`DELETE FROM kept.staff_role WHERE staff = $1 AND source = 'oidc' AND tenant <> ALL($2)`, [
      staff,
      Object.keys(roles),
    ])
    for (const [tenant, given] of Object.entries(roles)) await setRoles(session, staff, tenant, given, 'oidc')
    const held = await session.query('SELECT FROM kept.staff_role WHERE staff = $1 LIMIT 1', [staff])
    if (held.rowCount === 0) return false
    await session.query('UPDATE kept.staff SET enrolled_at = coalesce(enrolled_at, $2) WHERE id = $1', [
      staff,
      tables.now(),
    ])
    return true
  })
}
