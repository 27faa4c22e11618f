import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { columnTypes } from './column-types.ts'
import { startEmbedded } from './embedded.ts'
import { sqlFailure } from './failure.ts'
import { PgSession, swallowedFailure } from './session.ts'
import { shareEmbedded } from './shared-embedded.ts'
import type { Row, SqlPool, SqlResult, SqlSession, TransactionOptions } from './sql.ts'

// A command of another process is usually over in a moment.
const IN_USE_WAIT_MS = 5000

export interface OpenSqlOptions {
  /** Shown in the server's list of activity; default `kept`. */
  readonly applicationName?: string
  /** Default 8; an embedded database has one. */
  readonly maxConnections?: number
  /** Default for every statement of every connection; 0 or absent: the server's own. */
  readonly lockTimeoutMs?: number
  readonly statementTimeoutMs?: number
  /** Commits wait for the server's disk even where its configuration says they need not. */
  readonly durable?: boolean
  /**
   * Plans of named statements are made once and look rows up by an index, however few a table has when they are made:
   * for tables of Kept's own, which grow after their first use and before the server has counted them.
   */
  readonly fixedPlans?: boolean
  /** How long to wait for a connection, default 10 s; for an embedded database that another process holds, 5 s. */
  readonly connectTimeoutMs?: number
}

/**
 * Opens a pool. `postgres://…` and `postgresql://…` reach a server; `pglite:DIR` (or `pglite:` in memory) runs
 * PostgreSQL in a worker thread of this process. A server is connected to on first use; a folder opened by several is
 * one database with one connection, and another process's is refused. Every failure is a `SqlFailure`.
 */
export async function openSql(url: string, options: OpenSqlOptions = {}): Promise<SqlPool> {
  const settings = sessionSettings(options)
  const common: pg.PoolConfig & { onConnect: (client: pg.ClientBase) => Promise<void> } = {
    application_name: options.applicationName ?? 'kept',
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    types: columnTypes as pg.CustomTypesConfig,
    onConnect: async (client) => {
      await client.query(settings)
    },
  }
  if (url.startsWith('pglite:')) {
    const directory = url.slice('pglite:'.length)
    if (directory === '') return startPool(common, '', () => {})
    const waitMs = options.connectTimeoutMs ?? IN_USE_WAIT_MS
    return shareEmbedded(directory, waitMs, (folder, release) => startPool(common, folder, release))
  }
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new TypeError('a database address starts with postgres://, postgresql:// or pglite:')
  }
  const pool = new pg.Pool({
    ...common,
    connectionString: url,
    max: options.maxConnections ?? 8,
    idleTimeoutMillis: 30_000,
  })
  return new PgPool(pool, false)
}

/** One connection to PostgreSQL in a worker thread; `release` runs when both are closed. */
async function startPool(common: pg.PoolConfig, directory: string, release: () => void): Promise<SqlPool> {
  const embedded = await startEmbedded(directory)
  const pool = new pg.Pool({
    ...common,
    connectionTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    password: '',
    max: 1,
    idleTimeoutMillis: 0,
    stream: () => embedded.connect(),
  })
  return new PgPool(pool, true, () => embedded.close().finally(release))
}

/** Settings every session starts with, so that values look alike whatever the server's configuration says. */
function sessionSettings(options: OpenSqlOptions): string {
  const settings = [
    `SET TimeZone = 'UTC'`,
    `SET DateStyle = 'ISO, YMD'`,
    `SET IntervalStyle = 'iso_8601'`,
    `SET client_encoding = 'UTF8'`,
    `SET standard_conforming_strings = on`,
    `SET bytea_output = 'hex'`,
    `SET extra_float_digits = 1`,
  ]
  if (options.durable) {
    settings.push(
      `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`,
    )
  }
  if (options.fixedPlans) settings.push('SET plan_cache_mode = force_generic_plan', 'SET enable_seqscan = off')
  if (options.lockTimeoutMs !== undefined) settings.push(`SET lock_timeout = ${milliseconds(options.lockTimeoutMs)}`)
  if (options.statementTimeoutMs !== undefined) {
    settings.push(`SET statement_timeout = ${milliseconds(options.statementTimeoutMs)}`)
  }
  return settings.join('; ')
}

function milliseconds(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0 || value > 2_147_483_647) {
    throw new RangeError('a timeout is a whole number of milliseconds, 0 or more')
  }
  return value
}

class PgPool implements SqlPool {
  readonly embedded: boolean
  readonly #pool: pg.Pool
  readonly #closeServer: () => Promise<void>
  /** Which session of this pool the current asynchronous call runs in. */
  readonly #inside = new AsyncLocalStorage<{ open: boolean }>()
  #closed: Promise<void> | undefined

  constructor(pool: pg.Pool, embedded: boolean, closeServer: () => Promise<void> = async () => {}) {
    this.#pool = pool
    this.embedded = embedded
    this.#closeServer = closeServer
    // A connection that dies idle or between statements is told by its next statement; without a listener Node would end.
    pool.on('error', () => undefined)
    pool.on('connect', (client) => {
      client.on('error', () => undefined)
    })
  }

  query<R extends Row = Row>(text: string, values?: readonly unknown[]): Promise<SqlResult<R>> {
    return this.session((session) => session.query<R>(text, values))
  }

  session<T>(run: (session: SqlSession) => Promise<T>): Promise<T> {
    return this.#withSession(run)
  }

  transaction<T>(options: TransactionOptions, run: (session: SqlSession) => Promise<T>): Promise<T> {
    return this.#withSession(async (session) => {
      await session.pipeline(beginStatements(options))
      let value: T
      try {
        value = await run(session)
      } catch (error) {
        await session.query('ROLLBACK').catch(() => {
          session.broken = true
        })
        throw error
      }
      if ((await session.command('COMMIT')) !== 'COMMIT') throw swallowedFailure()
      return value
    })
  }

  close(): Promise<void> {
    this.#closed ??= this.#pool.end().then(this.#closeServer)
    return this.#closed
  }

  async #withSession<T>(run: (session: PgSession) => Promise<T>): Promise<T> {
    if (this.#inside.getStore()?.open) {
      throw new Error('the pool was called inside one of its own sessions: use the session given to `run`')
    }
    let client: pg.PoolClient
    try {
      client = await this.#pool.connect()
    } catch (error) {
      throw sqlFailure(error)
    }
    const session = new PgSession(client, this.embedded)
    const mark = { open: true }
    try {
      return await this.#inside.run(mark, () => run(session))
    } finally {
      mark.open = false
      session.end()
      client.release(session.broken)
    }
  }
}

function beginStatements(options: TransactionOptions): { text: string }[] {
  const modes = [
    options.isolation && `ISOLATION LEVEL ${options.isolation.toUpperCase()}`,
    options.readOnly && 'READ ONLY',
  ].filter(Boolean)
  const statements = [{ text: `BEGIN ${modes.join(' ')}` }]
  if (options.statementTimeoutMs !== undefined) {
    statements.push({ text: `SET LOCAL statement_timeout = ${milliseconds(options.statementTimeoutMs)}` })
  }
  if (options.lockTimeoutMs !== undefined) {
    statements.push({ text: `SET LOCAL lock_timeout = ${milliseconds(options.lockTimeoutMs)}` })
  }
  return statements
}
