import { keyedHash } from '../../base/hash.ts'
import type { StaffTables } from './tables.ts'

// A code of an app is good for its 30 seconds and the 30 before and after.
const CODE_MS = 120_000

/** Whether this code was not used before: a one-time password is good once (RFC 6238 §5.2). */
export async function useCode({ pool, secretFor, now }: StaffTables, staff: string, code: string): Promise<boolean> {
  const used = keyedHash(secretFor('staff code'), staff, code).toString('hex')
  const at = now()
  const done = await pool.query(
    `INSERT INTO kept.staff_challenge AS c (id, identifier, value, created_at, updated_at, expires_at)
     VALUES ($1, $1, '', $2, $2, $3) ON CONFLICT (id) DO UPDATE SET expires_at = $3 WHERE c.expires_at < $2`,
    [used, at, new Date(at.getTime() + CODE_MS)],
  )
  return done.rowCount === 1
}
