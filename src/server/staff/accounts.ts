import { randomId } from '../../base/ids.ts'
import { Fault } from '../../language/fault.ts'
import type { SqlPool } from '../../sql/sql.ts'
import { type RolesByTenant, rolesOf } from './rights.ts'
import type { Queries, StaffTables } from './tables.ts'

export interface StaffAccount {
  readonly id: string
  readonly name: string
  readonly email: string
  /** `invited`: a link was made and nobody has signed in by it yet. */
  readonly state: 'invited' | 'active' | 'disabled'
  readonly roles: RolesByTenant
}

const accountColumns = `s.id, s.name, s.email, s.enrolled_at, s.disabled_at,
  coalesce((SELECT json_agg(json_build_array(r.tenant, r.role) ORDER BY r.tenant, r.role)
            FROM kept.staff_role r WHERE r.staff = s.id), '[]') AS roles`

/** Everybody of the staff, by address. */
export async function listStaff({ pool }: StaffTables): Promise<readonly StaffAccount[]> {
  const { rows } = await pool.query(`SELECT ${accountColumns} FROM kept.staff s ORDER BY s.email`)
  return rows.map(toAccount)
}

/** One of the staff by id or address; fault `staff.unknown`. */
export async function staffAccount({ pool }: StaffTables, who: string): Promise<StaffAccount> {
  const { rows } = await pool.query(`SELECT ${accountColumns} FROM kept.staff s WHERE s.id = $1 OR s.email = $2`, [
    who,
    who.toLowerCase(),
  ])
  const [row] = rows
  if (row === undefined) throw unknownStaff()
  return toAccount(row)
}

/** The account of an address: found, or made without any way to sign in yet. */
export async function accountFor(queries: Queries, email: string, name: string, now: Date): Promise<string> {
  const { rows } = await queries.query<{ id: string }>(
    `INSERT INTO kept.staff (id, name, email, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)
     ON CONFLICT (email) DO UPDATE SET updated_at = $4 RETURNING id`,
    [randomId(16), name, email.toLowerCase(), now],
  )
  return (rows[0] as { id: string }).id
}

/** Puts these roles for one tenant in the place of those that came from the same source: given here, or told by OIDC. */
export async function setRoles(
  queries: Queries,
  staff: string,
  tenant: string,
  given: readonly string[],
  source: 'kept' | 'oidc' = 'kept',
): Promise<void> {
  await queries.query(
    `DELETE FROM kept.staff_role WHERE staff = $1 AND tenant = $2 AND source = $3 AND role <> ALL($4)`,
    [staff, tenant, source, given],
  )
  await queries.query(
    `INSERT INTO kept.staff_role (staff, tenant, role, source) SELECT $1, $2, role, $3 FROM unnest($4::text[]) AS role
     ON CONFLICT (staff, tenant, role) DO NOTHING`,
    [staff, tenant, source, given],
  )
}

/**
 * Ends every session and every open invitation; nobody signs in as this account any more. Fault
 * `staff.last-administrator`: no tenant loses its only administrator.
 */
export async function disableStaff({ pool, now }: StaffTables, staff: string): Promise<void> {
  await keepingAdministrators(pool, async (session) => {
    await session.query('UPDATE kept.staff SET disabled_at = coalesce(disabled_at, $2) WHERE id = $1', [staff, now()])
    await session.query('DELETE FROM kept.staff_session WHERE user_id = $1', [staff])
    await session.query('DELETE FROM kept.staff_invitation WHERE staff = $1', [staff])
  })
}

/** Changes what somebody may do for a tenant, at once for open sessions, too. Fault `staff.last-administrator`. */
export async function changeRoles(
  { pool }: StaffTables,
  staff: string,
  tenant: string,
  given: readonly string[],
): Promise<void> {
  await keepingAdministrators(pool, (session) => setRoles(session, staff, tenant, given))
}

/** Whether anybody has signed in as an administrator yet. */
export async function hasAdministrator({ pool }: Pick<StaffTables, 'pool'>): Promise<boolean> {
  return (await pool.query(`${administrators} LIMIT 1`)).rowCount > 0
}

const administrators = `SELECT DISTINCT r.tenant FROM kept.staff s JOIN kept.staff_role r ON r.staff = s.id
  WHERE r.role = 'administrator' AND s.enrolled_at IS NOT NULL AND s.disabled_at IS NULL`

/** A change after which each tenant that had an administrator still has one; two such changes wait for each other. */
async function keepingAdministrators(pool: SqlPool, change: (queries: Queries) => Promise<void>): Promise<void> {
  await pool.transaction({}, async (session) => {
    await session.query('SELECT FROM kept.staff FOR UPDATE')
    const before = await session.query<{ tenant: string }>(administrators)
    await change(session)
    const after = new Set((await session.query<{ tenant: string }>(administrators)).rows.map(({ tenant }) => tenant))
    if (before.rows.some(({ tenant }) => !after.has(tenant))) throw lastAdministrator()
  })
}

function lastAdministrator(): Fault {
  return new Fault({
    code: 'staff.last-administrator',
    what: 'Nobody would be administrator any more.',
    mend: 'Make somebody else administrator first: kept staff invite --role administrator --email ADDRESS.',
  })
}

function toAccount(row: Record<string, unknown>): StaffAccount {
  const enrolled = row.enrolled_at === null ? 'invited' : 'active'
  return {
    id: String(row.id),
    name: String(row.name),
    email: String(row.email),
    state: row.disabled_at === null ? enrolled : 'disabled',
    roles: rolesOf(row.roles),
  }
}

function unknownStaff(): Fault {
  return new Fault({
    code: 'staff.unknown',
    what: 'Nobody of the staff has this id or address.',
    mend: 'kept staff list names everybody.',
  })
}
