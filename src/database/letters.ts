import { type Clock, instant } from '../base/clock.ts'
import { randomId } from '../base/ids.ts'
import { type FactType, fact } from '../language/facts.ts'
import type { Fact, Json } from '../ledger.ts'
import type { DueLetter, Letter, LetterRecord, LetterState, Letters, ServerReply } from '../letters.ts'
import type { Row, SqlPool } from '../sql/sql.ts'
import type { LetterEndRow, LetterRow } from './case-operations.ts'
import type { CommitQueue } from './commit-queue.ts'
import { asFault } from './faults.ts'
import { fromTimestamp } from './requests.ts'
import type { Vault } from './vault.ts'

const leaseDefaultMs = 10 * 60_000
const columns = 'id, type, state, about, message_id, attempts, created_at, due_at, reply'
const ends = { accepted: 'letter.accepted/1', failed: 'letter.failed/1', bounced: 'letter.bounced/1' } as const

/** Letters in Kept's own tables: sealed while they wait, handed out to one sender at a time. */
export class DatabaseLetters implements Letters {
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

  async post(letters: readonly Letter[], facts: readonly Fact[] = []): Promise<readonly LetterRecord[]> {
    if (letters.length === 0 && facts.length === 0) return []
    const at = instant(this.#clock.now())
    const rows = letters.map((letter) => letterRow(this.#vault, letter, at))
    await this.#queue.commit(facts, () => (rows.length > 0 ? [{ kind: 'letter', rows }] : []))
    const posted = await this.#select('id = ANY($2::text[])', [rows.map(({ id }) => id)])
    return rows.flatMap(({ id }) => posted.filter((record) => record.id === id))
  }

  async due(limit: number, leaseMs = leaseDefaultMs): Promise<readonly DueLetter[]> {
    const now = this.#clock.now()
    const rows = await this.#rows(
      `UPDATE kept.letter AS l SET attempts = l.attempts + 1, due_at = $3
        FROM (SELECT id FROM kept.letter WHERE controller = $1 AND state = 'waiting' AND due_at <= $2
          ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED) AS d
        WHERE l.controller = $1 AND l.id = d.id
        RETURNING l.id, type, state, about, message_id, attempts, created_at, due_at, reply, sealed, wrapped_key`,
      instant(now),
      instant(new Date(now.getTime() + leaseMs)),
      limit,
    )
    const due: DueLetter[] = []
    for (const row of rows) {
      const record = toLetter(row)
      const letter = this.#vault.open('letter', row)
      if (letter === undefined) await this.failed(record.id)
      else due.push({ record, letter: fromJson(letter) })
    }
    return due.toSorted((left, right) => left.record.createdAt.localeCompare(right.record.createdAt))
  }

  async accepted(id: string, reply?: ServerReply): Promise<void> {
    await this.#end(id, 'accepted', reply)
  }

  async retry(id: string, at: string, reply?: ServerReply): Promise<void> {
    const due = instant(new Date(at))
    const row: LetterEndRow = {
      id,
      state: 'waiting',
      from: ['waiting'],
      due,
      ...(reply === undefined ? {} : { reply }),
    }
    await this.#queue.commit([], () => [{ kind: 'letter-end', rows: [row] }])
  }

  async failed(id: string, reply?: ServerReply): Promise<void> {
    await this.#end(id, 'failed', reply)
  }

  async bounced(messageId: string): Promise<LetterRecord | undefined> {
    const record = await this.letterOf(messageId)
    if (record === undefined || record.state === 'bounced') return record
    await this.#end(record.id, 'bounced')
    return (await this.#select('id = $2', [record.id]))[0]
  }

  async letterOf(messageId: string): Promise<LetterRecord | undefined> {
    const id = /^<([0-9a-hjkmnp-tv-z]{12})@[^\s<>@]{1,255}>$/.exec(messageId.trim())?.[1]
    if (id === undefined) return undefined
    return (await this.#select('id = $2 AND message_id = $3', [id, messageId.trim()]))[0]
  }

  ofCase(id: string): Promise<readonly LetterRecord[]> {
    return this.#select('about = $2', [id])
  }

  async counts(about: string): Promise<Readonly<Record<LetterState, number>>> {
    const rows = await this.#rows(
      'SELECT state, count(*) AS letters FROM kept.letter WHERE controller = $1 AND about = $2 GROUP BY state',
      about,
    )
    const counts = { waiting: 0, accepted: 0, bounced: 0, failed: 0 }
    for (const { state, letters } of rows) counts[state as LetterState] = Number(letters)
    return counts
  }

  async #end(id: string, state: 'accepted' | 'failed' | 'bounced', reply?: ServerReply): Promise<void> {
    const [record] = await this.#select('id = $2', [id])
    if (record === undefined || record.state === state) return
    const from = state === 'bounced' ? ['waiting', 'accepted', 'failed'] : ['waiting']
    const { type, about, attempts } = record
    const answered = reply === undefined || state === 'bounced' ? {} : { reply: { ...reply } }
    const body = { letter: id, type, attempts, ...(about === undefined ? {} : { about }), ...answered }
    const row: LetterEndRow = { id, state, from, ...answered }
    const attests: FactType = ends[state]
    await this.#queue.commit([fact(attests, body)], () => [{ kind: 'letter-end', rows: [row] }])
  }

  async #select(where: string, values: readonly unknown[]): Promise<readonly LetterRecord[]> {
    const rows = await this.#rows(
      `SELECT ${columns} FROM kept.letter WHERE controller = $1 AND ${where} ORDER BY created_at, id LIMIT 1000`,
      ...values,
    )
    return rows.map(toLetter)
  }

  async #rows(text: string, ...values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      return (await this.#pool.query(text, [this.#controller, ...values])).rows
    } catch (error) {
      throw asFault(error)
    }
  }
}

/** A letter as a row; its Message-ID is made once and stays (RFC 5322 section 3.6.4). */
export function letterRow(vault: Vault, letter: Letter, at: string): LetterRow {
  const id = randomId(12)
  const { once, domain = 'kept.invalid', ...content } = letter
  return {
    id,
    type: letter.type,
    message: `<${id}@${domain}>`,
    at,
    ...(letter.about === undefined ? {} : { about: letter.about }),
    ...(once === undefined ? {} : { once: vault.tag('letter-once', once) }),
    ...vault.seal('letter', id, toJson(content)),
  }
}

function toJson({ attachments = [], ...letter }: Letter): Json {
  const files = attachments.map(({ bytes, ...file }) => ({ ...file, bytes: Buffer.from(bytes).toString('base64') }))
  return JSON.parse(JSON.stringify({ ...letter, attachments: files })) as Json
}

function fromJson(json: Json): Letter {
  const letter = json as unknown as Omit<Letter, 'attachments'> & {
    readonly attachments: readonly { readonly name: string; readonly mediaType: string; readonly bytes: string }[]
  }
  const attachments = letter.attachments.map((file) => ({ ...file, bytes: Buffer.from(file.bytes, 'base64') }))
  return { ...letter, attachments }
}

function toLetter(row: Row): LetterRecord {
  return {
    id: row.id as string,
    type: row.type as LetterRecord['type'],
    state: row.state as LetterState,
    ...(row.about === null ? {} : { about: row.about as string }),
    messageId: row.message_id as string,
    attempts: row.attempts as number,
    createdAt: fromTimestamp(row.created_at),
    dueAt: fromTimestamp(row.due_at),
    ...(row.reply === null ? {} : { reply: row.reply as ServerReply }),
  }
}
