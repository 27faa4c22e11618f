import { type Clock, instant } from '../base/clock.ts'
import { randomId } from '../base/ids.ts'
import type { Fact } from '../ledger.ts'
import type { HoldRecord, Holds, NewHold } from '../records.ts'
import type { Row, SqlPool } from '../sql/sql.ts'
import type { CommitQueue } from './commit-queue.ts'
import type { Keys } from './keys.ts'
import { fromTimestamp } from './requests.ts'

/** Holds in Kept's own tables; whom they are about is sealed under a key of each hold. */
export class DatabaseHolds implements Holds {
  readonly #pool: SqlPool
  readonly #queue: CommitQueue
  readonly #keys: Keys
  readonly #controller: string
  readonly #clock: Clock

  constructor(pool: SqlPool, queue: CommitQueue, keys: Keys, controller: string, clock: Clock) {
    this.#pool = pool
    this.#queue = queue
    this.#keys = keys
    this.#controller = controller
    this.#clock = clock
  }

  async addHold({ identities, ...hold }: NewHold, fact: (id: string) => Fact): Promise<HoldRecord> {
    const id = randomId(12)
    const at = instant(this.#clock.now())
    const { sealed, wrappedKey } = this.#keys.seal(Buffer.from(JSON.stringify(identities)), this.#context(id))
    const secret =
      identities.length === 0 ? {} : { sealed: sealed.toString('base64'), wrapped: wrappedKey.toString('base64') }
    await this.#queue.commit([fact(id)], () => [
      { kind: 'hold', rows: [{ ...hold, id, at, identities: identities.length, ...secret }] },
    ])
    return { ...hold, id, identities: identities.length, createdAt: at }
  }

  async endHold(id: string, by: string, fact: Fact): Promise<void> {
    const at = instant(this.#clock.now())
    await this.#queue.commit([fact], () => [{ kind: 'hold-end', rows: [{ id, by, at }] }])
  }

  async holds(): Promise<readonly HoldRecord[]> {
    const { rows } = await this.#pool.query(
      `SELECT id, ground, added_by, until, data, stores, identities, created_at, ended_at, ended_by FROM kept.hold
        WHERE controller = $1 ORDER BY created_at DESC, id DESC`,
      [this.#controller],
    )
    return rows.map(toHold)
  }

  async heldIdentities(id: string): Promise<NewHold['identities'] | undefined> {
    const { rows } = await this.#pool.query(
      'SELECT sealed, wrapped_key FROM kept.hold WHERE controller = $1 AND id = $2',
      [this.#controller, id],
    )
    const { sealed, wrapped_key } = rows[0] ?? {}
    if (!(sealed instanceof Uint8Array) || !(wrapped_key instanceof Uint8Array)) return undefined
    return JSON.parse(
      this.#keys.unseal(sealed, wrapped_key, this.#context(id)).toString('utf8'),
    ) as NewHold['identities']
  }

  #context(id: string): string {
    return JSON.stringify([this.#controller, 'hold', id])
  }
}

function toHold(row: Row): HoldRecord {
  return {
    id: row.id as string,
    ground: row.ground as string,
    by: row.added_by as string,
    until: row.until as string,
    data: row.data as string[],
    stores: row.stores as string[],
    identities: row.identities as number,
    createdAt: fromTimestamp(row.created_at),
    ...(row.ended_at === null ? {} : { endedAt: fromTimestamp(row.ended_at), endedBy: row.ended_by as string }),
  }
}
