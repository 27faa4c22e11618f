import type { Writable } from 'node:stream'
import type { PoolClient, QueryConfig, QueryResult } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { SqlFailure, sqlFailure } from './failure.ts'
import { quoteIdentifier, type Row, type SqlResult, type SqlSession, type SqlStatement } from './sql.ts'

type PipelinedClient = PoolClient & {
  pipeline: boolean
  processID: number | null
  readonly connection: { readonly stream: Writable }
}

/** The answer of a statement; of several statements in one text, the last one's. */
function toResult<R extends Row>(answer: QueryResult | QueryResult[]): SqlResult<R> {
  const result = Array.isArray(answer) ? answer.at(-1) : answer
  return { rows: (result?.rows ?? []) as R[], rowCount: result?.rowCount ?? 0 }
}

/** One connection of the pool for the time of one `session` or `transaction`. */
export class PgSession implements SqlSession {
  readonly processId: number
  readonly #client: PipelinedClient
  readonly #embedded: boolean
  #last: Promise<unknown> = Promise.resolve()
  /** What a pipeline waits for: all that came before it but other pipelines, behind which it may be sent at once. */
  #lastAlone: Promise<unknown> = Promise.resolve()
  #pipelines = 0
  #copying = false
  #cursors = 0
  #ended = false
  /** True once the connection cannot be given back to the pool. */
  broken = false

  constructor(client: PoolClient, embedded: boolean) {
    this.#client = client as PipelinedClient
    this.#embedded = embedded
    this.processId = this.#client.processID ?? 0
  }

  /** After the end of its `run` a session takes no more statements: the connection may be somebody else's. */
  end(): void {
    this.#ended = true
  }

  query<R extends Row = Row>(text: string, values?: readonly unknown[]): Promise<SqlResult<R>> {
    return this.#inOrder(async () => toResult<R>(await this.#send(values === undefined ? { text } : { text, values })))
  }

  script(text: string): Promise<Row[]> {
    return this.#inOrder(async () => {
      const answer: QueryResult | QueryResult[] = await this.#send({ text })
      return (Array.isArray(answer) ? answer : [answer]).flatMap(({ rows }) => (rows ?? []) as Row[])
    })
  }

  /** As `query`, with the server's command word: a COMMIT of a failed transaction answers ROLLBACK. */
  command(text: string): Promise<string> {
    return this.#inOrder(async () => (await this.#send({ text })).command)
  }

  pipeline(statements: readonly SqlStatement[]): Promise<SqlResult[]> {
    return this.#inOrder(async () => {
      this.#pipelines += 1
      this.#client.pipeline = true
      try {
        const answers = await Promise.allSettled(this.#sendTogether(statements))
        const results: SqlResult[] = []
        for (const answer of answers) {
          if (answer.status === 'rejected') throw answer.reason
          results.push(toResult(answer.value))
        }
        return results
      } finally {
        this.#pipelines -= 1
        if (this.#pipelines === 0) this.#client.pipeline = false
      }
    }, this.#lastAlone)
  }

  async *cursor<R extends Row = Row>(
    text: string,
    values: readonly unknown[],
    batchRows: number,
  ): AsyncGenerator<R[], void, undefined> {
    if (!Number.isSafeInteger(batchRows) || batchRows < 1) throw new RangeError('batchRows must be 1 or more')
    const name = quoteIdentifier(`kept_cursor_${++this.#cursors}`)
    await this.query(`DECLARE ${name} NO SCROLL CURSOR WITHOUT HOLD FOR ${text}`, values)
    let failed = false
    try {
      for (;;) {
        const { rows } = await this.query<R>(`FETCH FORWARD ${batchRows} FROM ${name}`)
        if (rows.length > 0) yield rows
        if (rows.length < batchRows) return
      }
    } catch (error) {
      failed = true
      throw error
    } finally {
      if (!failed && !this.broken && !this.#ended) await this.query(`CLOSE ${name}`).catch(() => undefined)
    }
  }

  async *copyOut(text: string): AsyncGenerator<Uint8Array, void, undefined> {
    let started: (() => void) | undefined
    let release: (() => void) | undefined
    const turn = new Promise<void>((resolve) => {
      started = resolve
    })
    const done = new Promise<void>((resolve) => {
      release = resolve
    })
    void this.#inOrder(async () => {
      this.#copying = true
      started?.()
      await done
    }).catch(() => undefined)
    await turn
    const stream = this.#client.query(copyTo(text))
    // A copy left early still ends, when its connection is closed: nobody listens any more, and that is no crash.
    stream.on('error', () => undefined)
    let complete = false
    try {
      for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield chunk as Uint8Array
      complete = true
    } catch (error) {
      complete = true
      throw this.#failed(error)
    } finally {
      // A copy left early: the embedded server must be read to the end, a real one is simply left.
      if (!complete) await this.#abandon(stream)
      this.#copying = false
      release?.()
    }
  }

  async #abandon(stream: NodeJS.ReadableStream): Promise<void> {
    this.broken = true
    if (!this.#embedded) return
    await new Promise<void>((resolve) => {
      stream.on('end', resolve).on('error', () => resolve())
      stream.resume()
    })
  }

  /** In one packet, where they fit: the server is woken once, and a system call costs as much as a small statement. */
  #sendTogether(statements: readonly SqlStatement[]): Promise<QueryResult>[] {
    const { stream } = this.#client.connection
    stream.cork()
    try {
      return statements.map((statement) => this.#send(statement))
    } finally {
      stream.uncork()
    }
  }

  /** With values, even none, one statement by the extended protocol; without, the simple one, which takes several. */
  async #send(statement: SqlStatement): Promise<QueryResult> {
    const { text, values, name } = statement
    const config: QueryConfig & { queryMode?: string } = { text }
    if (values !== undefined) Object.assign(config, { values: [...values], queryMode: 'extended' })
    if (name !== undefined) config.name = name
    try {
      return await this.#client.query(config)
    } catch (error) {
      throw this.#failed(error)
    }
  }

  /** A lost connection is not given back to the pool. */
  #failed(error: unknown): SqlFailure {
    const failure = sqlFailure(error)
    if (failure.kind === 'unreachable' || failure.kind === 'shutdown') this.broken = true
    return failure
  }

  /** One after the other: the answer of one statement never lands at another. */
  #inOrder<T>(run: () => Promise<T>, after?: Promise<unknown>): Promise<T> {
    if (this.#ended) return Promise.reject(new Error('this database session has ended; use the one given to `run`'))
    if (this.#copying)
      return Promise.reject(new Error('this session is in the middle of copyOut; read it to its end first'))
    const next = (after ?? this.#last).then(run, run)
    this.#last = Promise.allSettled([this.#last, next])
    if (after === undefined) this.#lastAlone = this.#last
    return next
  }
}

/** Raised when COMMIT found the transaction already failed: an error inside was swallowed. */
export function swallowedFailure(): SqlFailure {
  return new SqlFailure({ kind: 'other', sqlstate: '25P02' })
}
