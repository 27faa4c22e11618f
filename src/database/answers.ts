import type { Clock } from '../base/clock.ts'
import type { SqlPool } from '../sql/sql.ts'
import type { Keys } from './keys.ts'

/** What was answered to an act, to be answered again when the same act is sent twice. */
export interface KeptAnswer {
  readonly status: number
  readonly body: string
}

export interface AskedOnce {
  readonly staff: string
  /** The idempotency key as it was sent. */
  readonly key: string
  /** SHA-256 of what was asked, hex: another request under the same key is refused. */
  readonly request: string
}

/** `mine`: do it; `answered`: it was done; `running` and `cut-off`: somebody began it; `other`: the key belongs to another request. */
export type Begun =
  | { readonly state: 'mine' | 'running' | 'cut-off' | 'other' }
  | { readonly state: 'answered'; readonly answer: KeptAnswer }

// A day is as long as any client tries again; longer, answers with personal data would lie there for nothing.
const KEEP_MS = 86_400_000
// No route runs longer: a beginning older than this is one whose process died.
const RUNNING_MS = 120_000

/** Each act of a key once (draft-ietf-httpapi-idempotency-key-header-07); answers are sealed, and gone after a day. */
export class Answers {
  readonly #pool: SqlPool
  readonly #keys: Keys
  readonly #controller: string
  readonly #clock: Clock

  constructor(pool: SqlPool, keys: Keys, controller: string, clock: Clock) {
    this.#pool = pool
    this.#keys = keys
    this.#controller = controller
    this.#clock = clock
  }

  async begin(asked: AskedOnce): Promise<Begun> {
    const now = this.#clock.now()
    const tag = this.#tag(asked)
    await this.#pool.query('DELETE FROM kept.answer WHERE begun_at < $1', [new Date(now.getTime() - KEEP_MS)])
    const inserted = await this.#pool.query(
      `INSERT INTO kept.answer (controller, tag, request, begun_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [this.#controller, tag, asked.request, now],
    )
    if (inserted.rowCount === 1) return { state: 'mine' }
    const { rows } = await this.#pool.query(
      'SELECT request, begun_at, status, sealed, wrapped_key FROM kept.answer WHERE controller = $1 AND tag = $2',
      [this.#controller, tag],
    )
    const row = rows[0]
    if (row === undefined) return { state: 'running' }
    if (row.request !== asked.request) return { state: 'other' }
    if (row.status === null) {
      const age = now.getTime() - new Date(String(row.begun_at)).getTime()
      return { state: age > RUNNING_MS ? 'cut-off' : 'running' }
    }
    const sealed = this.#keys.unseal(row.sealed as Uint8Array, row.wrapped_key as Uint8Array, this.#context(tag))
    return { state: 'answered', answer: { status: Number(row.status), body: sealed.toString('utf8') } }
  }

  async finish(asked: AskedOnce, answer: KeptAnswer): Promise<void> {
    const tag = this.#tag(asked)
    const { sealed, wrappedKey } = this.#keys.seal(Buffer.from(answer.body), this.#context(tag))
    await this.#pool.query(
      'UPDATE kept.answer SET status = $3, sealed = $4, wrapped_key = $5 WHERE controller = $1 AND tag = $2',
      [this.#controller, tag, answer.status, sealed, wrappedKey],
    )
  }

  /** Nothing was done: the key may be used again. */
  async release(asked: AskedOnce): Promise<void> {
    await this.#pool.query('DELETE FROM kept.answer WHERE controller = $1 AND tag = $2 AND status IS NULL', [
      this.#controller,
      this.#tag(asked),
    ])
  }

  #tag({ staff, key }: AskedOnce): Buffer {
    return this.#keys.tag('idempotency', this.#controller, staff, key)
  }

  #context(tag: Buffer): string {
    return JSON.stringify([this.#controller, 'answer', tag.toString('hex')])
  }
}
