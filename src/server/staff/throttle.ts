import { keyedHash } from '../../base/hash.ts'
import type { StaffTables } from './tables.ts'

// The first few wrong tries are somebody's own; from then on each waits twice as long as the one before.
const FREE_TRIES = 5
// An office is one address: its people mistype together.
const FREE_TRIES_OF_ADDRESS = 50
const FIRST_WAIT_SECONDS = 1
// Longer waits would let a stranger keep somebody out; a passkey is never kept waiting by tries of the password.
const MOST_WAIT_SECONDS = 15 * 60
// After a day without a failure one starts anew.
const FORGET_MS = 24 * 3_600_000

/** Whom tries are counted for: what was typed, known or not, or the address they come from. */
export type Subject = `email ${string}` | `staff ${string}` | `address ${string}`

/**
 * Begins a try: it counts as failed until it is taken back, so that many at once are no way around the wait. False while
 * one of the subjects has to wait. The database holds keyed hashes; for a stranger every address looks alike.
 */
export async function beginTry(tables: StaffTables, subjects: readonly Subject[]): Promise<boolean> {
  const now = tables.now()
  const failures = 'CASE WHEN t.last_at < $3 THEN 1 ELSE least(t.failures + 1, 1000) END'
  for (const one of subjects) {
    const { rowCount } = await tables.pool.query(
      `INSERT INTO kept.staff_throttle AS t (subject, failures, last_at, blocked_until) VALUES ($1, 1, $2, $2)
       ON CONFLICT (subject) DO UPDATE SET last_at = $2, failures = ${failures},
         blocked_until = $2 + make_interval(secs => CASE WHEN (${failures}) < $4 THEN 0
           ELSE least($6, $5 * 2.0 ^ ((${failures}) - $4)) END)
       WHERE t.blocked_until <= $2`,
      [
        subjectOf(tables, one),
        now,
        new Date(now.getTime() - FORGET_MS),
        one.startsWith('address ') ? FREE_TRIES_OF_ADDRESS : FREE_TRIES,
        FIRST_WAIT_SECONDS,
        MOST_WAIT_SECONDS,
      ],
    )
    if (rowCount === 0) return false
  }
  return true
}

/** A try was right: what its person failed at before is forgotten, what others failed at from the same address is not. */
export async function takeBack(tables: StaffTables, subjects: readonly Subject[]): Promise<void> {
  const hashes = (isAddress: boolean) =>
    subjects.filter((one) => one.startsWith('address ') === isAddress).map((one) => subjectOf(tables, one))
  const now = tables.now()
  await tables.pool.query('DELETE FROM kept.staff_throttle WHERE subject = ANY($1) OR last_at < $2', [
    hashes(false),
    new Date(now.getTime() - FORGET_MS),
  ])
  await tables.pool.query(
    'UPDATE kept.staff_throttle SET failures = failures - 1, blocked_until = $2 WHERE subject = ANY($1) AND failures > 0',
    [hashes(true), now],
  )
}

function subjectOf(tables: StaffTables, subject: Subject): Buffer {
  return keyedHash(tables.secretFor('staff throttle'), subject)
}
