import { type Clock, instant } from '../base/clock.ts'
import { randomId } from '../base/ids.ts'
import type { Entry, Fact, Json } from '../ledger.ts'
import type {
  ErasedRows,
  Finding,
  NewRequest,
  OpenedRequest,
  Records,
  RequestChange,
  RequestRecord,
} from '../records.ts'
import type { Row, SqlPool } from '../sql/sql.ts'
import type { CommitQueue } from './commit-queue.ts'
import { stale } from './faults.ts'
import { HeldRequests } from './held-requests.ts'
import type { Keys } from './keys.ts'
import type { ChangedRow, CreatedRow, ErasedRow, Operation } from './operations.ts'
import { pseudonymOf } from './people.ts'
import {
  erasedOf,
  erasedRowsOf,
  evidenceOf,
  findingRows,
  unattested,
  withEvidence,
  withoutChanged,
} from './record-rows.ts'
import { fromTimestamp, requestColumns, toRequest } from './requests.ts'

const closedStates: ReadonlySet<string> = new Set(['done', 'denied', 'cancelled'])
const defaultLimit = 1000
/** Rows of hashes read at once: each is at most a megabyte, but for a person with very many rows. */
const erasedAtOnce = 20
const openText = `SELECT ${requestColumns}, sealed, wrapped_key FROM kept.request
  WHERE controller = $1 AND id = ANY($2::text[])`
const currentText = `SELECT count(*)::int AS current FROM unnest($2::text[], $3::int[]) AS h(id, revision)
  WHERE h.revision = (SELECT r.revision FROM kept.request AS r WHERE r.controller = $1 AND r.id = h.id)`

/** Requests, findings, people and erased rows in Kept's own tables. */
export class DatabaseRecords implements Records {
  readonly #pool: SqlPool
  readonly #queue: CommitQueue
  readonly #keys: Keys
  readonly #controller: string
  readonly #clock: Clock
  readonly #held = new HeldRequests()

  constructor(pool: SqlPool, queue: CommitQueue, keys: Keys, controller: string, clock: Clock) {
    this.#pool = pool
    this.#queue = queue
    this.#keys = keys
    this.#controller = controller
    this.#clock = clock
  }

  async createRequests(
    requests: readonly NewRequest[],
    facts: (ids: readonly string[]) => readonly Fact[],
  ): Promise<readonly RequestRecord[]> {
    const at = instant(this.#clock.now())
    const rows: CreatedRow[] = requests.map((request) => {
      const id = request.id ?? randomId(12)
      return {
        id,
        kind: request.kind,
        policy: request.policy,
        at,
        due: new Date(request.dueAt).toISOString(),
        steps: request.stores.map((store) => ({ store, state: 'pending', attempts: 0 })),
        ...this.#seal(id, request.sealed),
      }
    })
    const ids = rows.map((row) => row.id)
    const entries = await this.#queue.commit(facts(ids), (given) => [
      { kind: 'create', rows: withEvidence(rows, given) },
    ])
    const evidence = evidenceOf(entries)
    return rows.map((row) => {
      const range = evidence.get(row.id)
      return {
        id: row.id,
        kind: row.kind as RequestRecord['kind'],
        state: 'received',
        controller: this.#controller,
        policy: row.policy,
        createdAt: at,
        changedAt: at,
        dueAt: row.due,
        revision: 1,
        steps: row.steps,
        ...(range === undefined ? {} : { evidence: range }),
      }
    })
  }

  async request(id: string): Promise<RequestRecord | undefined> {
    const { rows } = await this.#pool.query(
      `SELECT ${requestColumns} FROM kept.request WHERE controller = $1 AND id = $2`,
      [this.#controller, id],
    )
    return rows.map(toRequest)[0]
  }

  /** Newest first; `before` is the id of the last one seen; at most `limit` (1,000). */
  async requests(filter: Parameters<Records['requests']>[0] = {}): Promise<readonly RequestRecord[]> {
    const { rows } = await this.#pool.query(
      `SELECT ${requestColumns} FROM kept.request AS r
        WHERE controller = $1 AND ($2::text[] IS NULL OR state = ANY($2))
          AND ($3::text IS NULL OR (created_at, id) < (SELECT b.created_at, b.id FROM kept.request AS b WHERE b.controller = $1 AND b.id = $3))
        ORDER BY created_at DESC, id DESC LIMIT $4`,
      [this.#controller, filter.states ?? null, filter.before ?? null, filter.limit ?? defaultLimit],
    )
    return rows.map(toRequest)
  }

  async unseal(id: string): Promise<Json | undefined> {
    return (await this.openAll([id])).get(id)?.sealed
  }

  async openAll(ids: readonly string[]): Promise<ReadonlyMap<string, OpenedRequest>> {
    const [answer] = await this.#pool.session((session) =>
      session.pipeline([{ name: 'kept_open', text: openText, values: [this.#controller, [...ids]] }]),
    )
    return new Map(answer?.rows.map((row) => [row.id as string, this.#opened(row)]))
  }

  held(ids: readonly string[]): ReturnType<NonNullable<Records['held']>> {
    const requests = this.#held.take(ids)
    if (requests === undefined) return undefined
    const current = this.#areCurrent([...requests.values()].map(({ record }) => record))
    current.catch(() => undefined)
    return { requests, current }
  }

  /** Forgets what is held of people. */
  close(): void {
    this.#held.clear()
  }

  async change(
    changes: readonly RequestChange[],
    facts: readonly Fact[],
    more: Parameters<Records['change']>[2] = {},
  ): Promise<readonly Entry[]> {
    const at = instant(this.#clock.now())
    const changed = changes.map((change) => this.#changedRow(change, at))
    const findings = more.findings ?? []
    const attested = [...facts, ...unattested(findings, facts)]
    const operationsOf = (entries: readonly Entry[]) => {
      const operations: Operation[] = []
      const rows = withEvidence(changed, entries)
      if (rows.length > 0) operations.push({ kind: 'change', rows })
      const others = withoutChanged(evidenceOf(entries), changed)
      if (others.length > 0) operations.push({ kind: 'evidence', rows: others })
      if (findings.length > 0) operations.push({ kind: 'finding', rows: findingRows(findings, entries, at) })
      return operations
    }
    let erased: ErasedRow[] | undefined
    const late = (): Operation[] => {
      erased ??= erasedRowsOf(typeof more.erased === 'function' ? more.erased() : (more.erased ?? []))
      return erased.length > 0 ? [{ kind: 'erased', rows: erased }] : []
    }
    const entries = await this.#queue.commit(attested, operationsOf, { once: more.once, late })
    if (this.#held.size > 0) this.#follow(changes, changed, entries)
    return entries
  }

  async *erasedRows(store: string): AsyncGenerator<ErasedRows> {
    let after = '0'
    for (;;) {
      const { rows } = await this.#pool.query(
        `SELECT number, request, shares, store, table_name, key_name, hash_bytes, hashes FROM kept.erased
          WHERE controller = $1 AND store = $2 AND number > $3 ORDER BY number LIMIT ${erasedAtOnce}`,
        [this.#controller, store, after],
      )
      for (const row of rows) yield* erasedOf(row)
      if (rows.length < erasedAtOnce) return
      after = String(rows.at(-1)?.number)
    }
  }

  async findings(): Promise<readonly Finding[]> {
    const { rows } = await this.#pool.query(
      `SELECT probe, subject, outcome, at, evidence, detail FROM kept.finding WHERE controller = $1 ORDER BY probe, subject`,
      [this.#controller],
    )
    return rows.map((row) => ({
      probe: row.probe as string,
      subject: row.subject as string,
      outcome: row.outcome as Finding['outcome'],
      at: fromTimestamp(row.at),
      evidence: Number(row.evidence),
      ...(row.detail === null ? {} : { detail: row.detail as Json }),
    }))
  }

  pseudonym(identities: readonly { readonly kind: string; readonly value: string }[]): Promise<string> {
    return pseudonymOf(this.#pool, this.#keys, this.#controller, identities)
  }

  async forget(pseudonym: string): Promise<void> {
    await this.#queue.commit([], () => [{ kind: 'forget', rows: [{ pseudonym }] }])
  }

  async suppressionKey(name?: string): Promise<{ readonly name: string; readonly key: Uint8Array }> {
    return this.#keys.suppression(name)
  }

  #follow(changes: readonly RequestChange[], rows: readonly ChangedRow[], entries: readonly Entry[]): void {
    const evidence = evidenceOf(entries)
    changes.forEach((change, index) => {
      const row = rows[index]
      if (row !== undefined) this.#held.follow(change, row, evidence.get(change.id))
    })
  }

  async #areCurrent(records: readonly RequestRecord[]): Promise<void> {
    const values = [this.#controller, records.map(({ id }) => id), records.map(({ revision }) => revision)]
    const [answer] = await this.#pool.session((session) =>
      session.pipeline([{ name: 'kept_current', text: currentText, values }]),
    )
    if (answer?.rows[0]?.current !== records.length) throw stale()
  }

  #changedRow(change: RequestChange, at: string): ChangedRow {
    const closes = change.state !== undefined && closedStates.has(change.state)
    const destroy = change.sealed === null || closes
    return {
      id: change.id,
      revision: change.revision,
      at,
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.dueAt === undefined ? {} : { due: change.dueAt }),
      ...(change.steps === undefined ? {} : { steps: change.steps }),
      ...(change.approval === undefined ? {} : { approval: change.approval }),
      ...(change.closing === undefined ? {} : { closing: change.closing }),
      ...(change.report === undefined ? {} : { report: change.report }),
      ...(destroy ? { destroy } : change.sealed === undefined ? {} : this.#seal(change.id, change.sealed as Json)),
    }
  }

  #opened(row: Row): OpenedRequest {
    const { sealed, wrapped_key } = row
    const record = toRequest(row)
    if (!(sealed instanceof Uint8Array) || !(wrapped_key instanceof Uint8Array)) return { record }
    const plain = this.#keys.unseal(sealed, wrapped_key, this.#context(record.id)).toString('utf8')
    const opened = JSON.parse(plain) as Json
    this.#held.hold(record, opened, plain.length)
    return { record, sealed: opened }
  }

  #seal(id: string, plain: Json): { sealed: string; wrapped: string } {
    const { sealed, wrappedKey } = this.#keys.seal(Buffer.from(JSON.stringify(plain)), this.#context(id))
    return { sealed: sealed.toString('base64'), wrapped: wrappedKey.toString('base64') }
  }

  #context(id: string): string {
    return JSON.stringify([this.#controller, id])
  }
}
