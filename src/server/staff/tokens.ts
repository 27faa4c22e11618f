import { randomBytes } from 'node:crypto'
import { keyedHash } from '../../base/hash.ts'
import { randomId } from '../../base/ids.ts'
import { Fault } from '../../language/fault.ts'
import type { Role, Staff } from '../who.ts'
import { type RolesByTenant, rolesOf } from './rights.ts'
import { instantOf, type StaffTables } from './tables.ts'

/** Known at sight, so that scanners of secrets find one that was published. */
const PREFIX = 'kept_'
const MOST_DAYS = 366

export interface MachineToken {
  readonly id: string
  readonly name: string
  readonly roles: RolesByTenant
  readonly expiresAt: Date
  readonly revoked: boolean
}

/** Makes a token for a machine; its secret is answered once and never again. Fault `staff.bad-days`. */
export async function makeToken(
  tables: StaffTables,
  asked: { readonly name: string; readonly tenant: string; readonly roles: readonly Role[]; readonly days: number },
): Promise<{ readonly id: string; readonly secret: string; readonly expiresAt: Date }> {
  if (!Number.isInteger(asked.days) || asked.days < 1 || asked.days > MOST_DAYS) throw badDays()
  const secret = `${PREFIX}${randomBytes(32).toString('base64url')}`
  const id = randomId(12)
  const now = tables.now()
  const expiresAt = new Date(now.getTime() + asked.days * 86_400_000)
  const pairs = asked.roles.map((role) => [asked.tenant, role])
  await tables.pool.query(
    `INSERT INTO kept.staff_token (id, hash, name, roles, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, hashOf(tables, secret), asked.name, JSON.stringify(pairs), now, expiresAt],
  )
  return { id, secret, expiresAt }
}

export async function listTokens({ pool }: StaffTables): Promise<readonly MachineToken[]> {
  const { rows } = await pool.query(
    'SELECT id, name, roles, expires_at, revoked_at FROM kept.staff_token ORDER BY created_at, id',
  )
  return rows.map((row) => ({
    id: String(row.id),
    name: String(row.name),
    roles: rolesOf(row.roles),
    expiresAt: instantOf(row.expires_at),
    revoked: row.revoked_at !== null,
  }))
}

/** Ends a token at once. Fault `staff.unknown-token`. */
export async function revokeToken({ pool, now }: StaffTables, id: string): Promise<void> {
  const done = await pool.query('UPDATE kept.staff_token SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1', [
    id,
    now(),
  ])
  if (done.rowCount === 0) {
    throw new Fault({
      code: 'staff.unknown-token',
      what: 'There is no token of this id.',
      mend: 'kept staff list names them.',
    })
  }
}

/** The machine of an `Authorization: Bearer …` header. It shows no second factor, so what needs one is not for it. */
export async function machineOf(tables: StaffTables, authorization: string): Promise<Staff | undefined> {
  const secret = /^Bearer (kept_[A-Za-z0-9_-]{43})$/.exec(authorization)?.[1]
  if (secret === undefined) return undefined
  const { rows } = await tables.pool.query(
    'SELECT id, name, roles FROM kept.staff_token WHERE hash = $1 AND revoked_at IS NULL AND expires_at > $2',
    [hashOf(tables, secret), tables.now()],
  )
  const [row] = rows
  if (row === undefined) return undefined
  return { id: `token:${String(row.id)}`, name: String(row.name), roles: rolesOf(row.roles) }
}

function hashOf(tables: StaffTables, secret: string): Buffer {
  return keyedHash(tables.secretFor('staff token'), secret)
}

function badDays(): Fault {
  return new Fault({
    code: 'staff.bad-days',
    what: `A token lasts a whole number of days, from 1 to ${MOST_DAYS}.`,
    mend: 'Write e.g. --days 90.',
  })
}
