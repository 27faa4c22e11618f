import { timingSafeEqual } from 'node:crypto'
import { type Clock, instant } from '../base/clock.ts'
import { base32 } from '../base/ids.ts'
import type {
  CaseCommit,
  CaseFile,
  CaseFilter,
  CaseKind,
  CaseMessage,
  CaseRecord,
  CaseStepRecord,
  Cases,
  CaseToken,
  TokenPurpose,
} from '../cases.ts'
import type { Entry, Json } from '../ledger.ts'
import type { Row, SqlPool } from '../sql/sql.ts'
import { caseOperations } from './case-commit.ts'
import { caseColumns, fileColumns, toCase, toFile, toStep, toToken } from './case-rows.ts'
import type { CommitQueue } from './commit-queue.ts'
import { asFault } from './faults.ts'
import { fromTimestamp } from './requests.ts'
import type { Vault } from './vault.ts'

const listDefault = 100
const listMost = 1000
const tokenColumns = 'id, case_id, purpose, expires_at, used_at, sealed, wrapped_key'

/** Cases in Kept's own tables: what is personal is sealed under a key of each row, and found by keyed hashes only. */
export class DatabaseCases implements Cases {
  readonly #pool: SqlPool
  readonly #queue: CommitQueue
  readonly #vault: Vault
  readonly #controller: string
  readonly #clock: Clock

  constructor(pool: SqlPool, queue: CommitQueue, vault: Vault, controller: string, clock: Clock) {
    this.#pool = pool
    this.#queue = queue
    this.#vault = vault
    this.#controller = controller
    this.#clock = clock
  }

  commit(commit: CaseCommit): Promise<readonly Entry[]> {
    const at = instant(this.#clock.now())
    const operations = caseOperations(this.#vault, commit, at)
    return this.#queue.commit(
      commit.steps.map(({ fact }) => fact),
      operations,
    )
  }

  async case(id: string): Promise<CaseRecord | undefined> {
    return (await this.#rows(`SELECT ${caseColumns} FROM kept.case WHERE controller = $1 AND id = $2`, id)).map(
      toCase,
    )[0]
  }

  async opened(id: string): Promise<Json | undefined> {
    const rows = await this.#rows('SELECT id, sealed, wrapped_key FROM kept.case WHERE controller = $1 AND id = $2', id)
    return this.#vault.open('case', rows[0])
  }

  async list(filter: CaseFilter = {}): Promise<readonly CaseRecord[]> {
    const { states, kinds, tasks, handler, dueBefore, before } = filter
    const values: unknown[] = []
    const where = (condition: (place: string) => string, value: unknown) => {
      if (value === undefined) return ''
      values.push(value)
      return ` AND ${condition(`$${values.length + 1}`)}`
    }
    const conditions = [
      where((place) => `state = ANY(${place}::text[])`, states),
      where((place) => `kind = ANY(${place}::text[])`, kinds),
      where((place) => `detail->>'handler' = ${place}`, handler),
      where((place) => `state NOT IN ('answered', 'closed') AND due_at < ${place}`, dueBefore),
      tasks === true ? ` AND detail->'tasks' <> '[]'` : '',
      where(
        (place) =>
          `(received_at, id) < (SELECT b.received_at, b.id FROM kept.case AS b WHERE b.controller = $1 AND b.id = ${place})`,
        before,
      ),
    ]
    const limit = Math.min(Math.max(filter.limit ?? listDefault, 1), listMost)
    const rows = await this.#rows(
      `SELECT ${caseColumns} FROM kept.case WHERE controller = $1${conditions.join('')}
        ORDER BY received_at DESC, id DESC LIMIT ${limit}`,
      ...values,
    )
    return rows.map(toCase)
  }

  async openOf(contact: string, more: Parameters<Cases['openOf']>[1] = {}): Promise<readonly CaseRecord[]> {
    const { kind, subject } = more
    const rows = await this.#rows(
      `SELECT ${caseColumns} FROM kept.case WHERE controller = $1 AND contact_tag = $2
        AND state NOT IN ('answered', 'closed') AND ($3::text IS NULL OR kind = $3)
        AND ($4::bytea IS NULL OR subject_tag = $4) ORDER BY received_at DESC, id DESC LIMIT 100`,
      this.#tag('case-contact', contact),
      kind ?? null,
      subject === undefined ? null : this.#tag('case-subject', subject),
    )
    return rows.map(toCase)
  }

  async copiesOf(contact: string, since: string): Promise<number> {
    const rows = await this.#rows(
      `SELECT count(*) AS cases FROM kept.case WHERE controller = $1 AND contact_tag = $2 AND received_at >= $3
        AND kind = 'access' AND detail ? 'copy'`,
      this.#tag('case-contact', contact),
      since,
    )
    return Number(rows[0]?.cases ?? 0)
  }

  async openedFrom(origin: string, since: string): Promise<number> {
    const rows = await this.#rows(
      'SELECT count(*) AS cases FROM kept.case WHERE controller = $1 AND origin_tag = $2 AND received_at >= $3',
      this.#tag('case-origin', origin),
      since,
    )
    return Number(rows[0]?.cases ?? 0)
  }

  async missed(since: string): Promise<readonly { readonly kind: CaseKind; readonly cases: number }[]> {
    const rows = await this.#rows(
      `SELECT kind, count(*) AS cases FROM kept.case WHERE controller = $1 AND received_at >= $2 AND detail ? 'missedAt'
        GROUP BY kind ORDER BY kind`,
      since,
    )
    return rows.map((row) => ({ kind: row.kind as CaseKind, cases: Number(row.cases) }))
  }

  async steps(id: string): Promise<readonly CaseStepRecord[]> {
    const text = `SELECT case_id, step, at, by, detail, evidence FROM kept.case_step
      WHERE controller = $1 AND case_id = $2 ORDER BY evidence LIMIT 10000`
    return (await this.#rows(text, id)).map(toStep)
  }

  async messages(id: string): Promise<readonly CaseMessage[]> {
    const rows = await this.#rows(
      `SELECT id, at, sender, sealed, wrapped_key FROM kept.case_message
        WHERE controller = $1 AND case_id = $2 ORDER BY number LIMIT 1000`,
      id,
    )
    return rows.map((row) => {
      const content = this.#vault.open('case-message', row) as CaseMessage['content']
      const message = { id: row.id as string, at: fromTimestamp(row.at), from: row.sender as CaseMessage['from'] }
      return content === undefined ? message : { ...message, content }
    })
  }

  async caseOfMessage(once: string): Promise<string | undefined> {
    const text = 'SELECT case_id FROM kept.case_message WHERE controller = $1 AND once_tag = $2'
    return (await this.#rows(text, this.#tag('message-once', once)))[0]?.case_id as string | undefined
  }

  async token(purpose: TokenPurpose, secret: string): Promise<CaseToken | undefined> {
    const text = `SELECT ${tokenColumns} FROM kept.case_token WHERE controller = $1 AND tag = $2 AND purpose = $3`
    const [row] = await this.#rows(text, this.#tag('case-token', purpose, secret), purpose)
    return row && toToken(row, this.#vault.open('case-token', row))
  }

  /** The try is counted and committed before anything is compared: many at once cannot share one. */
  async tryToken(id: string, purpose: TokenPurpose, secret: string): Promise<CaseToken | undefined> {
    const rows = await this.#rows(
      `UPDATE kept.case_token SET tries = tries - 1
        WHERE controller = $1 AND case_id = $2 AND purpose = $3 AND used_at IS NULL AND expires_at > $4 AND tries > 0
        RETURNING ${tokenColumns}, tag`,
      id,
      purpose,
      instant(this.#clock.now()),
    )
    const tag = this.#tag('case-token', purpose, id, secret)
    let found: Row | undefined
    for (const row of rows) if (timingSafeEqual(row.tag as Buffer, tag)) found = row
    return found && toToken(found, this.#vault.open('case-token', found))
  }

  async files(id: string): Promise<readonly CaseFile[]> {
    const text = `SELECT ${fileColumns} FROM kept.case_file WHERE controller = $1 AND case_id = $2
      ORDER BY created_at, id LIMIT 1000`
    return (await this.#rows(text, id)).map(toFile)
  }

  async file(id: string): Promise<CaseFile | undefined> {
    return (await this.#rows(`SELECT ${fileColumns} FROM kept.case_file WHERE controller = $1 AND id = $2`, id)).map(
      toFile,
    )[0]
  }

  async fileContent(id: string): Promise<Uint8Array | undefined> {
    const text = 'SELECT id, sealed, wrapped_key FROM kept.case_file WHERE controller = $1 AND id = $2'
    return this.#vault.openBytes('case-file', (await this.#rows(text, id))[0])
  }

  async expiredFiles(now: string, limit: number): Promise<readonly CaseFile[]> {
    const text = `SELECT ${fileColumns} FROM kept.case_file WHERE controller = $1 AND destroyed_at IS NULL
      AND expires_at <= $2 ORDER BY expires_at LIMIT $3`
    return (await this.#rows(text, now, limit)).map(toFile)
  }

  replyToken(id: string): string {
    return `${id}${base32(this.#tag('case-reply', id), 16)}`
  }

  caseOfReply(token: string): string | undefined {
    const id = token.slice(0, 12)
    if (!/^[0-9a-hjkmnp-tv-z]{28}$/.test(token)) return undefined
    return timingSafeEqual(Buffer.from(this.replyToken(id)), Buffer.from(token)) ? id : undefined
  }

  async tidy(before: string): Promise<void> {
    await this.#rows('DELETE FROM kept.case_token WHERE controller = $1 AND expires_at < $2', before)
    await this.#rows(
      `UPDATE kept.letter SET once_tag = NULL WHERE controller = $1 AND state <> 'waiting' AND created_at < $2
        AND once_tag IS NOT NULL`,
      before,
    )
    await this.#rows(
      'UPDATE kept.case SET origin_tag = NULL WHERE controller = $1 AND received_at < $2 AND origin_tag IS NOT NULL',
      before,
    )
  }

  #tag(what: string, ...parts: readonly string[]): Buffer {
    return Buffer.from(this.#vault.tag(what, ...parts), 'hex')
  }

  async #rows(text: string, ...values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      return (await this.#pool.query(text, [this.#controller, ...values])).rows
    } catch (error) {
      throw asFault(error)
    }
  }
}
