import { type Clock, instant } from '../base/clock.ts'
import type { LogReader, LogReaders } from '../readers.ts'
import type { Row, SqlPool } from '../sql/sql.ts'
import { asFault } from './faults.ts'
import { fromTimestamp } from './requests.ts'

/** Places of log readers in Kept's own tables; one that is lost with a crash reads the same entries again. */
export class DatabaseReaders implements LogReaders {
  readonly #pool: SqlPool
  readonly #controller: string
  readonly #clock: Clock

  constructor(pool: SqlPool, controller: string, clock: Clock) {
    this.#pool = pool
    this.#controller = controller
    this.#clock = clock
  }

  async claim(name: string, leaseMs: number): Promise<LogReader | undefined> {
    await this.#rows(
      `INSERT INTO kept.log_reader (controller, name, next, due_at)
        SELECT $1, $2, coalesce((SELECT size FROM kept.log WHERE controller = $1), 0), $3 ON CONFLICT DO NOTHING`,
      name,
      this.#after(0),
    )
    const [row] = await this.#rows(
      `UPDATE kept.log_reader SET due_at = $4
        WHERE controller = $1 AND name = $2 AND due_at <= $3 AND NOT stopped
        RETURNING next, attempts, failing_since`,
      name,
      this.#after(0),
      this.#after(leaseMs),
    )
    if (row === undefined) return undefined
    const since = row.failing_since === null ? {} : { failingSince: fromTimestamp(row.failing_since) }
    return { next: Number(row.next), attempts: row.attempts as number, ...since }
  }

  async moved(name: string, from: number, next: number, leaseMs: number): Promise<boolean> {
    const rows = await this.#rows(
      `UPDATE kept.log_reader SET next = $4, attempts = 0, failing_since = NULL, due_at = $5
        WHERE controller = $1 AND name = $2 AND next = $3 RETURNING 1`,
      name,
      from,
      next,
      this.#after(leaseMs),
    )
    return rows.length === 1
  }

  async failed(name: string, next: number, dueAt: string): Promise<void> {
    await this.#rows(
      `UPDATE kept.log_reader SET attempts = attempts + 1, failing_since = coalesce(failing_since, $4), due_at = $5
        WHERE controller = $1 AND name = $2 AND next = $3`,
      name,
      next,
      this.#after(0),
      dueAt,
    )
  }

  async stop(name: string, next: number): Promise<void> {
    await this.#rows(
      'UPDATE kept.log_reader SET stopped = true WHERE controller = $1 AND name = $2 AND next = $3',
      name,
      next,
    )
  }

  async start(name: string): Promise<void> {
    await this.#rows(
      `UPDATE kept.log_reader SET stopped = false, attempts = 0, failing_since = NULL, due_at = $3
        WHERE controller = $1 AND name = $2 AND stopped`,
      name,
      this.#after(0),
    )
  }

  #after(ms: number): string {
    return instant(new Date(this.#clock.now().getTime() + ms))
  }

  async #rows(text: string, ...values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      return (await this.#pool.query(text, [this.#controller, ...values])).rows
    } catch (error) {
      throw asFault(error)
    }
  }
}
