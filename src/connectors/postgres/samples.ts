import type { LiveColumn, LiveSamples, LiveTable, SampledTable } from '../../live-schema.ts'
import { SqlFailure } from '../../sql/failure.ts'
import { openSql } from '../../sql/open.ts'
import { quoteIdentifier, type SqlPool } from '../../sql/sql.ts'

// Enough of a cell to tell what it is; a stored size beyond the limit is not unpacked at all.
const CELL_CHARACTERS = 1500
const LARGEST_CELL_BYTES = 65_536
const ROWS_READ_IN_ORDER = 5000
const ROWS_OF_A_PAGE = 20
const STATEMENT_TIMEOUT_MS = 2000
const CONNECTIONS = 4

/** A cell that holds this was too large to be read. */
const LARGE = '\u0001'

const tableName = (table: string): string => table.split('.').map(quoteIdentifier).join('.')

const cellOf = ({ name, base }: LiveColumn): string => {
  const column = quoteIdentifier(name)
  const text =
    base === 'bytea'
      ? `encode(substring(${column} from 1 for 600), 'hex')`
      : `left(${column}::text, ${CELL_CHARACTERS})`
  return `CASE WHEN pg_column_size(${column}) > ${LARGEST_CELL_BYTES} THEN E'\\x01' ELSE ${text} END`
}

async function tolerant<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof SqlFailure) || error.kind === 'unreachable') throw error
    return undefined
  }
}

/** Pages spread over the whole of a large table; a small one from its beginning. */
async function rowsOf(pool: SqlPool, table: LiveTable, rows: number): Promise<(string | null)[][]> {
  const wide = table.estimatedRows > ROWS_READ_IN_ORDER && table.kind === 'table'
  const share = Math.min(100, Math.max(0.0001, (100 * rows * (ROWS_OF_A_PAGE / 4)) / Math.max(1, table.estimatedRows)))
  const cells = table.columns.map(cellOf).join(', ')
  const text = (from: string): string =>
    `SELECT ARRAY[${cells}]::text[] AS c FROM ${tableName(table.name)}${from} LIMIT ${rows}`
  const read = async (from: string): Promise<(string | null)[][]> =>
    (
      await pool.transaction({ readOnly: true }, (session) => session.query<{ c: (string | null)[] }>(text(from)))
    ).rows.map(({ c }) => c)
  const sampled = wide ? await read(` TABLESAMPLE SYSTEM (${share})`) : []
  return sampled.length > 0 ? sampled : await read('')
}

function byColumn(table: LiveTable, rows: readonly (string | null)[][]): SampledTable {
  const cells = new Map<string, string[]>(table.columns.map(({ name }) => [name, []]))
  const large = new Map<string, number>()
  for (const row of rows)
    for (const [index, { name, base }] of table.columns.entries()) {
      const cell = row[index]
      if (cell === LARGE) large.set(name, (large.get(name) ?? 0) + 1)
      else if (cell !== null && cell !== undefined && cell !== '')
        cells.get(name)?.push(base === 'bytea' ? Buffer.from(cell, 'hex').toString('latin1') : cell)
    }
  return { rows: rows.length, cells, large }
}

const castOf = ({ base }: LiveColumn): string | undefined => {
  if (/^int[248]$/.test(base)) return 'int8'
  if (base === 'uuid') return 'uuid'
  return /^(text|varchar|bpchar|citext)$/.test(base) ? 'text' : undefined
}

/** Opens bounded, read-only looks into a PostgreSQL store: every statement ends after 2 s. A store that is down rejects with a `SqlFailure`. */
export async function openSamples(connection: string): Promise<LiveSamples> {
  const pool = await openSql(connection, {
    applicationName: 'kept',
    maxConnections: CONNECTIONS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    lockTimeoutMs: STATEMENT_TIMEOUT_MS,
  })
  return {
    sample: async (table, rows) => {
      if (table.columns.length === 0) return undefined
      const read = (await tolerant(() => rowsOf(pool, table, rows))) ?? (await tolerant(() => rowsOf(pool, table, 20)))
      return read === undefined ? undefined : byColumn(table, read)
    },
    shared: async (table, column, values) => {
      const cast = castOf(column)
      if (cast === undefined) return undefined
      return await tolerant(async () => {
        const key = quoteIdentifier(column.name)
        const { rows } = await pool.transaction({ readOnly: true }, (session) =>
          session.query<{ n: string }>(
            `SELECT count(*) AS n FROM unnest($1::${cast}[]) v WHERE EXISTS (SELECT 1 FROM ${tableName(table)} k WHERE k.${key} = v)`,
            [values],
          ),
        )
        return Number(rows[0]?.n ?? 0)
      })
    },
    close: () => pool.close(),
  }
}
