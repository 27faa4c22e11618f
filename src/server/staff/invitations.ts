import { randomBytes, timingSafeEqual } from 'node:crypto'
import { keyedHash } from '../../base/hash.ts'
import { Fault } from '../../language/fault.ts'
import type { Row } from '../../sql/sql.ts'
import type { Role } from '../who.ts'
import { accountFor, setRoles } from './accounts.ts'
import { instantOf, type Queries, type StaffTables } from './tables.ts'

// Time to find the mail on Monday; whoever waits longer gets another link.
const LINK_DAYS = 3

export interface Invitation {
  readonly staff: string
  /** Stands in the link and nowhere else: the database holds a keyed hash. */
  readonly secret: string
  readonly expiresAt: Date
}

export interface Invited {
  readonly email: string
  readonly name?: string
  readonly tenant: string
  readonly roles: readonly Role[]
}

/**
 * Makes a link by which one person chooses how to sign in, once. A second invitation of the same address replaces the
 * first link and adds the roles; for somebody who lost every way to sign in it is the way back. Fault `staff.bad-email`.
 */
export async function invite(tables: StaffTables, invited: Invited): Promise<Invitation> {
  const email = invited.email.trim()
  if (!/^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/.test(email)) throw badEmail()
  const secret = randomBytes(32).toString('base64url')
  const now = tables.now()
  const expiresAt = new Date(now.getTime() + LINK_DAYS * 86_400_000)
  const staff = await tables.pool.transaction({}, async (session) => {
    const id = await accountFor(session, email, invited.name?.trim() || email, now)
    await session.query('UPDATE kept.staff SET disabled_at = NULL WHERE id = $1', [id])
    const { rows } = await session.query<{ role: string }>(
      `SELECT role FROM kept.staff_role WHERE staff = $1 AND tenant = $2 AND source = 'kept'`,
      [id, invited.tenant],
    )
    await setRoles(session, id, invited.tenant, [...new Set([...rows.map(({ role }) => role), ...invited.roles])])
    await session.query(
      `INSERT INTO kept.staff_invitation (hash, staff, expires_at) VALUES ($1, $2, $3)
       ON CONFLICT (staff) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at`,
      [hashOf(tables, secret), id, expiresAt],
    )
    return id
  })
  return { staff, secret, expiresAt }
}

export interface OpenInvitation {
  readonly staff: string
  readonly email: string
  readonly name: string
}

/** Whom a link is for, while it holds and nobody has used it. */
export async function openInvitation(tables: StaffTables, secret: string): Promise<OpenInvitation | undefined> {
  const { rows } = await tables.pool.query(`${selectInvitation} WHERE i.hash = $1 AND s.disabled_at IS NULL`, [
    hashOf(tables, secret),
  ])
  return toInvitation(tables, rows[0])
}

const selectInvitation = `SELECT s.id, s.email, s.name, i.expires_at
  FROM kept.staff_invitation i JOIN kept.staff s ON s.id = i.staff`

function toInvitation(tables: StaffTables, row: Row | undefined): OpenInvitation | undefined {
  if (row === undefined || instantOf(row.expires_at) <= tables.now()) return undefined
  return { staff: String(row.id), email: String(row.email), name: String(row.name) }
}

/** Names the person of an open invitation to the making of a passkey; signed, so that nobody names another one. */
export function joiningContext(tables: StaffTables, staff: string): string {
  return `${staff}.${keyedHash(tables.secretFor('staff joining'), staff).toString('base64url')}`
}

/** Whom such a context names, while the invitation is open. */
export async function joiningStaff(tables: StaffTables, context: string): Promise<OpenInvitation | undefined> {
  const [staff = ''] = context.split('.')
  if (!isSame(context, joiningContext(tables, staff))) return undefined
  const { rows } = await tables.pool.query(`${selectInvitation} WHERE s.id = $1 AND s.disabled_at IS NULL`, [staff])
  return toInvitation(tables, rows[0])
}

/** Takes away every earlier way to sign in: the link begins anew. */
export async function forgetFactors(queries: Queries, staff: string): Promise<void> {
  await queries.query('UPDATE kept.staff SET enrolled_at = NULL, two_factor_enabled = false WHERE id = $1', [staff])
  for (const table of ['staff_session', 'staff_account', 'staff_second_factor', 'staff_passkey']) {
    await queries.query(`DELETE FROM kept.${table} WHERE user_id = $1`, [staff])
  }
}

/** Uses a link up and lets its person in; false where somebody was faster. */
export async function acceptInvitation(tables: StaffTables, secret: string, staff: string): Promise<boolean> {
  return tables.pool.transaction({}, async (session) => {
    const used = await session.query('DELETE FROM kept.staff_invitation WHERE hash = $1 AND staff = $2', [
      hashOf(tables, secret),
      staff,
    ])
    if (used.rowCount !== 1) return false
    await session.query('UPDATE kept.staff SET enrolled_at = $2 WHERE id = $1', [staff, tables.now()])
    return true
  })
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function hashOf(tables: StaffTables, secret: string): Buffer {
  return keyedHash(tables.secretFor('staff invitation'), secret)
}

function badEmail(): Fault {
  return new Fault({
    code: 'staff.bad-email',
    what: 'The e-mail address of an invitation is none.',
    mend: 'Write it as name@example.org.',
  })
}
