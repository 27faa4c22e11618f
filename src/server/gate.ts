import { refusals } from './faults.ts'
import type { Route } from './route.ts'
import type { Tenant } from './tenant.ts'
import type { Person, PersonOf, Role, Staff, StaffOf } from './who.ts'

export interface Gates {
  readonly staffOf?: StaffOf
  readonly personOf?: PersonOf
}

/** Who passed the gate. */
export interface Passed {
  readonly staff: Staff | undefined
  readonly person: Person | undefined
}

/** How old a second factor may be for an act that destroys or publishes. */
const SECOND_FACTOR_MS = 5 * 60_000

/**
 * Lets through whom the route names. Faults `api.not-signed-in`, `api.no-token`, `api.forbidden`, `api.second-factor`:
 * a server without staff answers 401, never more.
 */
export async function pass(route: Route, tenant: Tenant, request: Request, gates: Gates, now: Date): Promise<Passed> {
  if (route.who === 'public') return { staff: undefined, person: undefined }
  if (route.who === 'person') {
    const person = await gates.personOf?.(request, tenant.slug)
    if (person === undefined) throw refusals.noToken()
    return { staff: undefined, person }
  }
  const staff = await gates.staffOf?.(request)
  if (staff === undefined) throw refusals.notSignedIn()
  const roles = rolesIn(staff, tenant)
  if (!route.who.some((role) => roles.includes(role))) throw refusals.forbidden()
  if (route.secondFactor === true && !isFresh(staff, now)) throw refusals.secondFactor()
  return { staff, person: undefined }
}

export function rolesIn(staff: Staff, tenant: Tenant): readonly Role[] {
  return Object.hasOwn(staff.roles, tenant.slug) ? (staff.roles[tenant.slug] ?? []) : []
}

export function isFresh({ confirmedAt }: Staff, now: Date): boolean {
  return confirmedAt !== undefined && now.getTime() - confirmedAt.getTime() <= SECOND_FACTOR_MS
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A cookie alone proves no will: what changes something comes from our own pages (Fetch Metadata, else Origin), or bears
 * a token instead of a cookie. Fault `api.cross-site`.
 */
export function refuseCrossSite(request: Request, publicAddress: string): void {
  if (SAFE.has(request.method) || !request.headers.has('cookie')) return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const isOwn = origin === null ? site === 'same-origin' : origin === new URL(publicAddress).origin
  if (!isOwn || (site !== null && site !== 'same-origin')) throw refusals.crossSite()
}
