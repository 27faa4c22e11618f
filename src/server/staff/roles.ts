/** What staff may be, each for one tenant. A machine's token has roles, too. */
export const roles = ['administrator', 'privacy-officer', 'agent', 'auditor', 'store-owner'] as const
export type Role = (typeof roles)[number]

/** Roles by the tenant's name. */
export type RolesByTenant = Readonly<Record<string, readonly Role[]>>

/** Who asks: a person of the staff, or a machine with a token. */
export interface Staff {
  readonly id: string
  readonly name: string
  readonly roles: RolesByTenant
  /** When a second factor was last shown; a machine shows none. */
  readonly confirmedAt?: Date
}

/** Who sends a request; undefined for a stranger, an ended session, or a change that another site has sent. */
export type StaffOf = (request: Request) => Promise<Staff | undefined>

export function isRole(word: unknown): word is Role {
  return roles.some((role) => role === word)
}

/** Whether somebody has one of these roles for the tenant. A role for one tenant is none for another. */
export function mayDo(staff: Staff, tenant: string, allowed: readonly Role[]): boolean {
  const own = Object.hasOwn(staff.roles, tenant) ? (staff.roles[tenant] ?? []) : []
  return own.some((role) => allowed.includes(role))
}

// Long enough to read what one is about to do, too short for a desk that was left.
const FRESH_MS = 5 * 60_000

/** Whether a second factor was shown in the last five minutes, as acts that destroy or publish need it. */
export function isFresh({ confirmedAt }: Staff, now: Date): boolean {
  return confirmedAt !== undefined && now.getTime() - confirmedAt.getTime() < FRESH_MS
}
