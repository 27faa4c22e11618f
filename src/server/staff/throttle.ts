import { keyedHash } from '../../base/hash.ts'
import { instantOf, type StaffTables } from './tables.ts'

// The first few wrong tries are somebody's own; from then on each waits twice as long as the one before.
const FREE_TRIES = 5
const FIRST_WAIT_MS = 1000
// Longer waits would let a stranger keep somebody out; a passkey is never kept waiting by tries of the password.
const MOST_WAIT_MS = 15 * 60_000
// After a day without a failure one starts anew.
const FORGET_MS = 24 * 3_600_000

/**
 * How long the next try for these subjects must wait, in milliseconds; 0 when it may be made now. Subjects are addresses
 * and the like, known or not: the database holds keyed hashes, and a stranger's tries look the same for every address.
 */
export async function waitFor(tables: StaffTables, subjects: readonly string[]): Promise<number> {
  const { rows } = await tables.pool.query(
    'SELECT max(blocked_until) AS until FROM kept.staff_throttle WHERE subject = ANY($1)',
    [subjects.map((one) => subjectOf(tables, one))],
  )
  const until = rows[0]?.until
  return until ? Math.max(0, instantOf(until).getTime() - tables.now().getTime()) : 0
}

/** Counts a failure of each subject; answers whether one of them has to wait from now on. */
export async function countFailure(tables: StaffTables, subjects: readonly string[]): Promise<boolean> {
  const now = tables.now()
  let blocked = false
  for (const one of subjects) {
    const { rows } = await tables.pool.query<{ failures: number }>(
      `INSERT INTO kept.staff_throttle AS t (subject, failures, last_at, blocked_until) VALUES ($1, 1, $2, $2)
       ON CONFLICT (subject) DO UPDATE SET last_at = $2,
         failures = CASE WHEN t.last_at < $3 THEN 1 ELSE least(t.failures + 1, 1000) END
       RETURNING failures`,
      [subjectOf(tables, one), now, new Date(now.getTime() - FORGET_MS)],
    )
    const wait = waitAfter(rows[0]?.failures ?? 1)
    if (wait === 0) continue
    blocked = true
    const until = new Date(now.getTime() + wait)
    await tables.pool.query('UPDATE kept.staff_throttle SET blocked_until = $2 WHERE subject = $1', [
      subjectOf(tables, one),
      until,
    ])
  }
  return blocked
}

/** The wait after so many failures in a row, in milliseconds. */
export function waitAfter(failures: number): number {
  return failures < FREE_TRIES ? 0 : Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES))
}

export async function forgetFailures(tables: StaffTables, subjects: readonly string[]): Promise<void> {
  await tables.pool.query('DELETE FROM kept.staff_throttle WHERE subject = ANY($1) OR last_at < $2', [
    subjects.map((one) => subjectOf(tables, one)),
    new Date(tables.now().getTime() - FORGET_MS),
  ])
}

function subjectOf(tables: StaffTables, subject: string): Buffer {
  return keyedHash(tables.secretFor('staff throttle'), subject)
}
