import { createPool, type Pool, type PoolConnection } from 'mysql2'
import { Fault } from '../../language/fault.ts'
import { SqlFailure } from '../../sql/failure.ts'
import type { Catalog } from '../postgres/catalog.ts'
import { Batch } from '../relational/batch.ts'
import type { Database, Dialect, Row, SearchedTable, Session } from '../relational/dialect.ts'
import { raw, type Sql } from '../relational/statement.ts'
import { MARKER, readCatalog } from './catalog.ts'
import { mysqlDialect } from './dialect.ts'
import { mysqlFailure } from './failure.ts'
import { searchedTables } from './searched.ts'

const lockTimeoutMs = 5_000
const statementTimeoutMs = 600_000
/** Rows that the driver holds ahead of their reader. */
const heldRows = 8

/** A server of MariaDB or MySQL; connections are made when the first statement asks for one. */
export class MysqlDatabase implements Database {
  readonly capabilities = { killable: true, lockTimeout: true, statementTimeout: true }
  readonly markerTable = {
    name: MARKER,
    definition: `CREATE TABLE IF NOT EXISTS ${MARKER} (step VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,
      done_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, result LONGTEXT CHARACTER SET utf8mb4 NOT NULL) ENGINE=InnoDB`,
  }
  readonly #pool: Pool
  #dialect: Dialect = mysqlDialect(true)
  #isMariaDb: boolean | undefined

  constructor(connection: string) {
    this.#pool = createPool(optionsOf(connection))
  }

  get dialect(): Dialect {
    return this.#dialect
  }

  catalog(session: Session): Promise<Catalog> {
    return readCatalog(session)
  }

  searched(session: Session): Promise<readonly SearchedTable[]> {
    return searchedTables(session)
  }

  async reading<T>(run: (session: Session) => Promise<T>): Promise<T> {
    return await this.#session(async (session) => {
      await session.plain('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ')
      await session.plain('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')
      return await run(session)
    }, lockTimeoutMs)
  }

  async writing<T>(run: (session: Session) => Promise<T>, waitMs = lockTimeoutMs): Promise<T> {
    return await this.#session(async (session) => {
      // Each statement sees what was committed before it, and locks no gaps between rows.
      await session.plain('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
      await session.plain('START TRANSACTION')
      return await run(session)
    }, waitMs)
  }

  async close(): Promise<void> {
    await this.#pool.promise().end()
  }

  async #session<T>(run: (session: MysqlSession) => Promise<T>, waitMs: number): Promise<T> {
    let connection: PoolConnection
    try {
      connection = await new Promise((resolve, reject) =>
        this.#pool.getConnection((error, one) => (error ? reject(error) : resolve(one))),
      )
    } catch (error) {
      throw mysqlFailure(error)
    }
    const session = new MysqlSession(connection, () => this.#isMariaDb === true)
    let ended = false
    try {
      await this.#prepare(session, waitMs)
      const result = await run(session)
      await session.plain('COMMIT')
      ended = true
      return result
    } finally {
      // A connection that cannot roll back is given up, and the server rolls back itself.
      const usable = ended || (!session.streaming && (await isRolledBack(session)))
      if (usable) connection.release()
      else connection.destroy()
    }
  }

  /** Everything that a server's own settings could make different is set anew for each session. */
  async #prepare(session: MysqlSession, waitMs: number): Promise<void> {
    if (this.#isMariaDb === undefined) {
      const [row] = await session.query(raw('SELECT VERSION() AS version'))
      const version = String(row?.version ?? '')
      this.#isMariaDb = /mariadb/i.test(version)
      this.#dialect = mysqlDialect(this.#isMariaDb)
      requireVersion(version, this.#isMariaDb)
    }
    const seconds = Math.max(1, Math.ceil(waitMs / 1000))
    const timeout = this.#isMariaDb
      ? `max_statement_time = ${statementTimeoutMs / 1000}`
      : `max_execution_time = ${statementTimeoutMs}`
    await session.plain(
      `SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', foreign_key_checks = 1,
        sql_safe_updates = 0, group_concat_max_len = 1048576, innodb_lock_wait_timeout = ${seconds}, lock_wait_timeout = ${seconds}, ${timeout}`,
    )
  }
}

/** JSON_TABLE came with MariaDB 10.6 and MySQL 8.0.4. */
function requireVersion(version: string, isMariaDb: boolean): void {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  const enough = isMariaDb ? major > 10 || (major === 10 && minor >= 6) : major >= 8
  if (enough) return
  throw new Fault({
    code: 'store.failed',
    what: `the server says that it is version ${version}: Kept needs MariaDB 10.6 or MySQL 8.0, or later`,
    mend: 'Update the server.',
  })
}

/** `mariadb://USER:PASSWORD@HOST:PORT/DATABASE`; `?socket=PATH` for a local socket, `?tls=verify` for an encrypted connection. */
function optionsOf(connection: string) {
  const url = new URL(connection)
  const socket = url.searchParams.get('socket')
  return {
    ...(socket === null
      ? { host: decodeURIComponent(url.hostname) || 'localhost', port: Number(url.port || 3306) }
      : { socketPath: socket }),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(url.searchParams.get('tls') === 'verify' ? { ssl: { rejectUnauthorized: true } } : {}),
    charset: 'utf8mb4',
    connectionLimit: 4,
    connectTimeout: 10_000,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    jsonStrings: true,
    flags: ['FOUND_ROWS'],
    multipleStatements: false,
    // A server may ask for a file of ours: it gets none.
    infileStreamFactory: () => {
      throw new SqlFailure({ kind: 'other' })
    },
  }
}

class MysqlSession implements Session {
  readonly #connection: PoolConnection
  readonly #isMariaDb: () => boolean
  /** True while rows are under way: whoever leaves them leaves the connection, which takes nothing else before the last. */
  streaming = false

  constructor(connection: PoolConnection, isMariaDb: () => boolean) {
    this.#connection = connection
    this.#isMariaDb = isMariaDb
  }

  /** A statement without values that is sent as it is. */
  async plain(text: string): Promise<void> {
    await guarded(() => this.#connection.promise().query(text))
  }

  async query<R extends Row = Row>({ text, values }: Sql): Promise<R[]> {
    const [rows] = await guarded(() => this.#connection.promise().execute(text, [...values] as string[]))
    return rows as unknown as R[]
  }

  async *stream<R extends Row = Row>({ text, values }: Sql, batchRows: number): AsyncGenerator<R[]> {
    const source = this.#connection.execute(text, [...values] as string[]).stream({ highWaterMark: heldRows })
    const batch = new Batch<R>(batchRows)
    this.streaming = true
    try {
      for await (const row of source) if (batch.add(row as R)) yield batch.take()
      this.streaming = false
    } catch (error) {
      throw mysqlFailure(error)
    }
    const rest = batch.take()
    if (rest.length > 0) yield rest
  }

  async run({ text, values }: Sql): Promise<number> {
    const [result] = await guarded(() => this.#connection.promise().execute(text, [...values] as string[]))
    return 'affectedRows' in result ? result.affectedRows : 0
  }

  /** The server counts what its handlers did, triggers included; references are followed inside the engine and not counted. */
  async written(): Promise<{ all: number; removed: number; added: number }> {
    const rows = await this.query(
      raw(`SHOW SESSION STATUS WHERE Variable_name IN ('Handler_update', 'Handler_delete', 'Handler_write')`),
    )
    const counts = new Map(rows.map((row) => [String(row.Variable_name), Number(row.Value)]))
    const removed = counts.get('Handler_delete') ?? 0
    return {
      all: (counts.get('Handler_update') ?? 0) + removed,
      removed,
      // MySQL counts rows of its own temporary tables along.
      added: this.#isMariaDb() ? (counts.get('Handler_write') ?? 0) : 0,
    }
  }

  async unreferenced<T>(run: () => Promise<T>): Promise<T> {
    await this.plain('SET SESSION foreign_key_checks = 0')
    try {
      return await run()
    } finally {
      await this.plain('SET SESSION foreign_key_checks = 1')
    }
  }
}

async function isRolledBack(session: MysqlSession): Promise<boolean> {
  try {
    await session.plain('ROLLBACK')
    return true
  } catch {
    return false
  }
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw mysqlFailure(error)
  }
}
