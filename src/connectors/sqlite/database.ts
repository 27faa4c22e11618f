import { existsSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { SqlFailure } from '../../sql/failure.ts'
import type { Catalog } from '../postgres/catalog.ts'
import { Batch } from '../relational/batch.ts'
import type { Database, Row, SearchedTable, Session } from '../relational/dialect.ts'
import { raw, type Sql } from '../relational/statement.ts'
import { MARKER, readCatalog } from './catalog.ts'
import { sqliteDialect } from './dialect.ts'
import { sqliteFailure } from './failure.ts'
import { addFunctions } from './functions.ts'
import { searchedTables } from './searched.ts'

/** Another process that writes is waited for this long, and no longer. */
const waitMs = 5_000

/** A file of SQLite. Each transaction opens it anew: reading never holds up who writes, and nobody is waited for without end. */
export class SqliteDatabase implements Database {
  readonly dialect = sqliteDialect
  readonly capabilities = { killable: false, lockTimeout: true, statementTimeout: false }
  readonly markerTable = {
    name: MARKER,
    definition: `CREATE TABLE IF NOT EXISTS ${MARKER} (step TEXT PRIMARY KEY NOT NULL, done_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, result TEXT NOT NULL)`,
  }
  readonly #path: string

  /** `connection`: `sqlite:/var/lib/app/data.db`. */
  constructor(connection: string) {
    this.#path = connection.replace(/^sqlite:(?:\/\/(?=\/))?/, '')
  }

  catalog(session: Session): Promise<Catalog> {
    return readCatalog(session)
  }

  searched(session: Session): Promise<readonly SearchedTable[]> {
    return searchedTables(session)
  }

  async reading<T>(run: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await this.#transaction(true, waitMs, 'BEGIN', run)
    } catch (error) {
      if (error instanceof SqlFailure && error.kind === 'lock')
        throw new SqlFailure({ kind: 'unreachable', heldBy: 'another process' })
      throw error
    }
  }

  async writing<T>(run: (session: Session) => Promise<T>, timeoutMs = waitMs): Promise<T> {
    return await this.#transaction(false, timeoutMs, 'BEGIN IMMEDIATE', run)
  }

  async close(): Promise<void> {}

  async #transaction<T>(
    readOnly: boolean,
    timeoutMs: number,
    begin: string,
    run: (session: Session) => Promise<T>,
  ): Promise<T> {
    let database: DatabaseSync | undefined
    try {
      // The driver would make a file that is not there.
      if (!existsSync(this.#path)) throw new SqlFailure({ kind: 'unreachable' })
      database = new DatabaseSync(this.#path, { readOnly, timeout: Math.max(1, timeoutMs), allowExtension: false })
      addFunctions(database)
      // What is erased is written over, in the file itself too.
      if (!readOnly) database.exec('PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON')
      database.exec(begin)
      if (!readOnly) database.exec('PRAGMA defer_foreign_keys = ON')
      const result = await run(new SqliteSession(database))
      database.exec('COMMIT')
      if (!readOnly) emptyJournal(database)
      return result
    } catch (error) {
      throw sqliteFailure(error)
    } finally {
      // Closing rolls back what is not committed.
      if (database?.isOpen === true) database.close()
    }
  }
}

/** The journal keeps what stood in the file before; who reads meanwhile keeps it a while longer, and that is no failure. */
function emptyJournal(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    // The erasure is committed; the next checkpoint empties it.
  }
}

class SqliteSession implements Session {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async query<R extends Row = Row>({ text, values }: Sql): Promise<R[]> {
    return guarded(() => this.#database.prepare(text).all(...(values as SQLInputValue[])) as unknown as R[])
  }

  async *stream<R extends Row = Row>({ text, values }: Sql, batchRows: number): AsyncGenerator<R[]> {
    const rows = guarded(() => this.#database.prepare(text).iterate(...(values as SQLInputValue[])))
    const batch = new Batch<R>(batchRows)
    for (let next = guarded(() => rows.next()); next.done !== true; next = guarded(() => rows.next())) {
      if (!batch.add(next.value as unknown as R)) continue
      yield batch.take()
      // The driver never waits: others have their turn between pieces.
      await new Promise((resolve) => setImmediate(resolve))
    }
    const rest = batch.take()
    if (rest.length > 0) yield rest
  }

  async run({ text, values }: Sql): Promise<number> {
    return guarded(() => Number(this.#database.prepare(text).run(...(values as SQLInputValue[])).changes))
  }

  /** All rows written by this connection, those that triggers and references wrote included (sqlite.org, total_changes). */
  async written(): Promise<{ all: number }> {
    const [row] = await this.query(raw('SELECT total_changes() AS changes'))
    return { all: Number(row?.changes ?? 0) }
  }

  /** References are checked at the commit. */
  unreferenced<T>(run: () => Promise<T>): Promise<T> {
    return run()
  }
}

function guarded<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw sqliteFailure(error)
  }
}
