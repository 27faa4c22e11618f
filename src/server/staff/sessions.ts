import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Staff } from '../who.ts'
import { rolesOf } from './rights.ts'
import { instantOf, type StaffTables } from './tables.ts'

/** A working day; then one signs in again (better-auth is told the same). */
export const SESSION_HOURS = 12
// OWASP ASVS 4 §3.3.2 asks for 30 minutes without use at most where two factors were shown.
const IDLE_MS = 30 * 60_000
// Every look at a session would else be a write.
const SEEN_EVERY_MS = 60_000

export interface OpenSession {
  readonly staff: Staff
  readonly token: string
}

const selectSession = `SELECT t.created_at, t.seen_at, t.second_factor_at, s.id, s.name,
    (SELECT json_agg(json_build_array(r.tenant, r.role) ORDER BY r.tenant, r.role)
     FROM kept.staff_role r WHERE r.staff = s.id) AS roles
  FROM kept.staff_session t JOIN kept.staff s ON s.id = t.user_id
  WHERE t.token = $1 AND s.disabled_at IS NULL AND s.enrolled_at IS NOT NULL AND t.second_factor_at IS NOT NULL`

/**
 * The session of a signed cookie. A session in which no second factor was shown is none: a password alone opens nothing.
 * It ends after 30 minutes without use and after 12 hours in any case.
 */
export async function openSession(tables: StaffTables, cookie: string | undefined): Promise<OpenSession | undefined> {
  const token = signedToken(cookie, sessionSecret(tables))
  if (token === undefined) return undefined
  const [row] = (await tables.pool.query(selectSession, [token])).rows
  if (row === undefined) return undefined
  const now = tables.now().getTime()
  const seenAt = instantOf(row.seen_at).getTime()
  const isOver = now - seenAt >= IDLE_MS || now - instantOf(row.created_at).getTime() >= SESSION_HOURS * 3_600_000
  if (isOver) {
    await tables.pool.query('DELETE FROM kept.staff_session WHERE token = $1', [token])
    return undefined
  }
  if (now - seenAt >= SEEN_EVERY_MS) {
    await tables.pool.query('UPDATE kept.staff_session SET seen_at = $2 WHERE token = $1', [token, tables.now()])
  }
  const confirmedAt = instantOf(row.second_factor_at)
  return { token, staff: { id: String(row.id), name: String(row.name), roles: rolesOf(row.roles), confirmedAt } }
}

/** What better-auth signs cookies with. */
export function sessionSecret(tables: StaffTables): string {
  return tables.secretFor('staff session').toString('base64')
}

/**
 * Lets a session count: a second factor was shown in it at `at`. False where its person has been disabled meanwhile or
 * never finished joining.
 */
export async function confirmSession({ pool, now }: StaffTables, token: string, at: Date): Promise<boolean> {
  const done = await pool.query(
    `UPDATE kept.staff_session t SET second_factor_at = $2, seen_at = $3 FROM kept.staff s
     WHERE t.token = $1 AND s.id = t.user_id AND s.disabled_at IS NULL AND s.enrolled_at IS NOT NULL`,
    [token, at, now()],
  )
  // Whoever simply went home leaves a session behind.
  await pool.query('DELETE FROM kept.staff_session WHERE expires_at < $1', [now()])
  return done.rowCount === 1
}

export async function endSession({ pool }: StaffTables, token: string): Promise<void> {
  await pool.query('DELETE FROM kept.staff_session WHERE token = $1', [token])
}

/** Ends every session of somebody, on whatever machine. */
export async function endSessions({ pool }: StaffTables, staff: string): Promise<void> {
  await pool.query('DELETE FROM kept.staff_session WHERE user_id = $1', [staff])
}

/** The value in `VALUE.SIGNATURE`, an HMAC-SHA-256 in base64, percent-encoded as better-auth writes it. */
export function signedToken(cookie: string | undefined, secret: string): string | undefined {
  if (cookie === undefined || cookie.length > 512) return undefined
  const text = decoded(cookie)
  const dot = text.lastIndexOf('.')
  if (dot < 1) return undefined
  const value = text.slice(0, dot)
  const given = Buffer.from(text.slice(dot + 1), 'base64')
  const right = createHmac('sha256', secret).update(value).digest()
  return given.length === right.length && timingSafeEqual(given, right) ? value : undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
