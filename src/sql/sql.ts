/** One row as the driver gives it. */
export type Row = Record<string, unknown>

export interface SqlResult<R extends Row = Row> {
  readonly rows: R[]
  /** Rows returned or changed; 0 where the server names none. */
  readonly rowCount: number
}

/** One statement with its bound values. */
export interface SqlStatement {
  readonly text: string
  readonly values?: readonly unknown[]
  /** Keeps the statement prepared under this name on its connection: parsed and planned once. */
  readonly name?: string
}

/** One connection: statements run in order on it. */
export interface SqlSession {
  /** Given values (even `[]`), one statement; without them the text may hold several, and the last one answers. */
  query<R extends Row = Row>(text: string, values?: readonly unknown[]): Promise<SqlResult<R>>
  /** Several statements in one text, without values; the rows of all of them, in order. */
  script(text: string): Promise<Row[]>
  /**
   * Sends all statements in one go and waits for all answers; the first failure rejects (use inside a transaction). The
   * next pipeline is sent without waiting for the answers of this one.
   */
  pipeline(statements: readonly SqlStatement[]): Promise<SqlResult[]>
  /** Rows in batches through a server-side cursor: bounded memory. Needs an open transaction. */
  cursor<R extends Row = Row>(text: string, values: readonly unknown[], batchRows: number): AsyncIterable<R[]>
  /** The bytes of `COPY (…) TO STDOUT`, chunk by chunk, with back-pressure. */
  copyOut(text: string): AsyncIterable<Uint8Array>
  /** The server's process id of this connection, to cancel or kill it in tests. */
  readonly processId: number
}

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable'
  readonly readOnly?: boolean
  readonly statementTimeoutMs?: number
  readonly lockTimeoutMs?: number
}

export interface SqlPool {
  /** True for PostgreSQL in the process: one connection, no lock waits, no connection kills, no fsync. */
  readonly embedded: boolean
  query<R extends Row = Row>(text: string, values?: readonly unknown[]): Promise<SqlResult<R>>
  /** A connection of one's own for the time of `run`; never call the pool inside (one connection only when embedded). */
  session<T>(run: (session: SqlSession) => Promise<T>): Promise<T>
  /** BEGIN … COMMIT, ROLLBACK on any error. */
  transaction<T>(options: TransactionOptions, run: (session: SqlSession) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** An identifier quoted for PostgreSQL; doubles inner quotes, refuses NUL. */
export function quoteIdentifier(name: string): string {
  if (name.includes('\0')) throw new RangeError('an identifier cannot hold a NUL character')
  return `"${name.replaceAll('"', '""')}"`
}

/** A string literal for PostgreSQL, only where the protocol cannot bind (COPY, SET); safe whatever standard_conforming_strings says. */
export function quoteLiteral(value: string): string {
  if (value.includes('\0')) throw new RangeError('a literal cannot hold a NUL character')
  const quoted = `'${value.replaceAll("'", "''")}'`
  return value.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted
}
