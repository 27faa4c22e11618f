/** Who may use a route; no route exists without it. */

/** What a member of staff may be, each for one tenant. */
export const ROLES = ['administrator', 'privacy-officer', 'agent', 'auditor', 'store-owner'] as const
export type Role = (typeof ROLES)[number]

/** Staff of these roles; `person`: whoever holds the token of a case; `public`: everybody. */
export type Who = readonly [Role, ...Role[]] | 'person' | 'public'

/** Somebody of the vendor's staff, signed in, or a machine with a token of theirs. */
export interface Staff {
  readonly id: string
  readonly name: string
  /** Roles by the tenant's short name; a tenant that is not there is closed to them. */
  readonly roles: Readonly<Record<string, readonly Role[]>>
  /** When a second factor was last shown; absent for machines, which can do nothing that asks for one. */
  readonly confirmedAt?: Date
}

/** Who of the staff sends this request; undefined where nobody is signed in. Without one every staff route answers 401. */
export type StaffOf = (request: Request) => Promise<Staff | undefined>

/** The holder of a case's token. */
export interface Person {
  readonly case: string
  /** The token itself: it opens their page. */
  readonly page: string
}

/** The person whose case the request's token opens; undefined where it opens none. */
export type PersonOf = (request: Request, tenant: string) => Promise<Person | undefined>
