import type { Fact } from '../../ledger.ts'
import type { StaffAuth } from './auth.ts'
import { rolesOf } from './rights.ts'
import { sessionSecret, signedToken } from './sessions.ts'
import type { StaffTables } from './tables.ts'

/** What signing in works with; `staff.ts` makes it. */
export interface SignInDesk {
  readonly tables: StaffTables
  readonly auth: StaffAuth
  /** Names of the cookies. */
  readonly cookies: Readonly<Record<'session' | 'secondFactor' | 'passkey' | 'state', string>>
  /** A staff member's id as evidence may hold it. */
  pseudonym(staff: string): string
  /** Writes evidence into the log of each tenant named; of all, where none is. */
  record(tenants: readonly string[], facts: readonly Fact[]): Promise<void>
}

/** One request of the pages: what it brings, and the address it comes from, for bounds only. */
export interface Asking {
  readonly request: Request
  readonly sender: string
}

/** Somebody is in: the cookies that say so. */
export interface SignedIn {
  readonly staff: string
  readonly setCookies: readonly string[]
}

/** Only these cookies of a request: no older session decides what a sign-in does. */
export function cookiesOnly(from: readonly string[], names: readonly string[]): Headers {
  const kept = from.filter((pair) => names.includes(pair.slice(0, pair.indexOf('='))))
  return new Headers(kept.length === 0 ? {} : { cookie: kept.join('; ') })
}

/** `NAME=VALUE` of each cookie that a request brings. */
export function broughtCookies(request: Request): string[] {
  return (request.headers.get('cookie') ?? '').split(/;\s*/).filter((pair) => pair.includes('='))
}

/** The value of a session's cookie. */
export function sessionValue(request: Request, name: string): string | undefined {
  return broughtCookies(request)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)
}

/** `NAME=VALUE` of each cookie that an answer sets, as the next request would bring it. */
export function setPairs(headers: Headers): string[] {
  return headers.getSetCookie().map((one) => one.split(';')[0] ?? '')
}

/** The session that an answer of better-auth has opened. */
export function openedToken(desk: SignInDesk, headers: Headers): string | undefined {
  const found = setPairs(headers).findLast((pair) => pair.startsWith(`${desk.cookies.session}=`))
  return signedToken(found?.slice(desk.cookies.session.length + 1), sessionSecret(desk.tables))
}

/** The cookie of the session in an answer, and nothing else of it. */
export function sessionCookieOf(desk: SignInDesk, headers: Headers): string[] {
  return headers
    .getSetCookie()
    .filter((one) => one.startsWith(`${desk.cookies.session}=`))
    .slice(-1)
}

/** The tenants in whose logs an act of somebody belongs. */
export async function tenantsOf({ tables }: SignInDesk, staff: string): Promise<string[]> {
  const { rows } = await tables.pool.query(
    'SELECT json_agg(json_build_array(tenant, role)) AS roles FROM kept.staff_role WHERE staff = $1',
    [staff],
  )
  return Object.keys(rolesOf(rows[0]?.roles))
}
