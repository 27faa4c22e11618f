import { SqlFailure } from '../../sql/failure.ts'
import { openSql } from '../../sql/open.ts'
import { quoteIdentifier, type SqlSession } from '../../sql/sql.ts'

/** A column that may refer to another: tables as a map names them. */
export interface ColumnPair {
  readonly column: { readonly table: string; readonly column: string }
  readonly key: { readonly table: string; readonly column: string }
}

/** How many different values of a sample stand in the other column too. Counts only: no value leaves the process. */
export interface SharedValues extends ColumnPair {
  readonly sampled: number
  readonly shared: number
}

// Enough to tell a reference from chance, small enough for tables of any size.
const sampledRows = 5000
const sampledValues = 500
const statementTimeoutMs = 10_000

const tableName = (table: string): string => table.split('.').map(quoteIdentifier).join('.')

const count = async (
  session: SqlSession,
  { column, key }: ColumnPair,
): Promise<{ sampled: number; shared: number }> => {
  const result = await session.query<{ sampled: string; shared: string }>(
    `SELECT count(*) AS sampled, count(*) FILTER (WHERE EXISTS (
       SELECT 1 FROM ${tableName(key.table)} k WHERE k.${quoteIdentifier(key.column)} = s.v)) AS shared
     FROM (SELECT DISTINCT v FROM (
       SELECT ${quoteIdentifier(column.column)} AS v FROM ${tableName(column.table)}
       WHERE ${quoteIdentifier(column.column)} IS NOT NULL LIMIT ${sampledRows}) r LIMIT ${sampledValues}) s`,
  )
  const row = result.rows[0]
  return { sampled: Number(row?.sampled ?? 0), shared: Number(row?.shared ?? 0) }
}

/**
 * Samples each pair, read-only, in at most 10 s a pair. Pairs that cannot be read or compared are left out; a store that
 * cannot be reached rejects with a `SqlFailure`.
 */
export async function sharedValues(connection: string, pairs: readonly ColumnPair[]): Promise<readonly SharedValues[]> {
  const pool = await openSql(connection, { applicationName: 'kept', maxConnections: 1, statementTimeoutMs })
  const found: SharedValues[] = []
  try {
    for (const pair of pairs) {
      try {
        found.push({ ...pair, ...(await pool.transaction({ readOnly: true }, (session) => count(session, pair))) })
      } catch (error) {
        if (!(error instanceof SqlFailure) || error.kind === 'unreachable') throw error
      }
    }
    return found
  } finally {
    await pool.close()
  }
}
