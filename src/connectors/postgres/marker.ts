import type { ErasureResult } from '../../connector.ts'
import { Fault } from '../../language/fault.ts'
import { SqlFailure } from '../../sql/failure.ts'
import type { SqlPool, SqlStatement } from '../../sql/sql.ts'
import type { Layout } from './layout.ts'
import { hashBytes, hashesOf } from './row-hash.ts'

/** What an administrator may run beforehand, when the execute role may not create a schema. */
export const markerDefinition = `CREATE SCHEMA IF NOT EXISTS kept_store;
CREATE TABLE IF NOT EXISTS kept_store.marker (
  step text PRIMARY KEY, done_at timestamptz NOT NULL DEFAULT now(), result text NOT NULL);
ALTER TABLE kept_store.marker ALTER COLUMN result SET STORAGE EXTERNAL`

/** As a failed statement names it, without its schema. */
export const markerTable = 'marker'

/** A result as its marker holds it: which rows were erased stands there as it came from the statement. */
export type MarkedResult = Omit<ErasureResult, 'erased'> & {
  readonly recorded: readonly { readonly table: string; readonly rows: string }[]
}

/** The statement that marks steps as done, in the same transaction as what they did. A step marked twice is a conflict. */
export function markStatement(results: readonly MarkedResult[]): SqlStatement {
  const [first] = results
  if (first !== undefined && results.length === 1) {
    return {
      name: 'kept_mark_one',
      text: 'INSERT INTO kept_store.marker (step, result) VALUES ($1, $2)',
      values: [first.step, JSON.stringify(first)],
    }
  }
  return {
    // One a line: neither JSON nor the name of a step has line ends, and an array of texts takes long to quote.
    text: `INSERT INTO kept_store.marker (step, result)
      SELECT * FROM ROWS FROM (string_to_table($1, E'\\n'), string_to_table($2, E'\\n'))`,
    values: [
      results.map((result) => result.step).join('\n'),
      results.map((result) => JSON.stringify(result)).join('\n'),
    ],
  }
}

/** A marked result with the rows' hashes, which are made when they are asked for. */
export function hashed(layout: Layout, marked: MarkedResult, key: string): ErasureResult {
  const { recorded, ...result } = marked
  let erased: ErasureResult['erased'] | undefined
  return {
    ...result,
    get erased() {
      erased ??= recorded.flatMap(({ table, rows }) => {
        const mapped = layout.table(table)
        return mapped === undefined ? [] : [{ table, hashBytes, hashes: hashesOf(mapped, rows, key) }]
      })
      return erased
    },
  }
}

/** Makes the table of markers once. Fault `store.marker-missing` where the role may not. */
export async function ensureMarkers(pool: SqlPool): Promise<void> {
  const there = await pool.query<{ there: boolean }>(`SELECT to_regclass('kept_store.marker') IS NOT NULL AS there`)
  if (there.rows[0]?.there === true) return
  try {
    await pool.transaction({}, async (session) => {
      await session.query(`SELECT pg_advisory_xact_lock(hashtext('kept_store.marker'))`, [])
      await session.query(markerDefinition)
    })
  } catch (error) {
    if (!(error instanceof SqlFailure) || error.kind !== 'permission') throw error
    throw new Fault({
      code: 'store.marker-missing',
      what: 'the execute role cannot make the table in which Kept marks finished steps',
      mend: `Let an administrator of the store run once: ${markerDefinition.replace(/\s+/g, ' ')}; then GRANT USAGE ON SCHEMA kept_store, and SELECT, INSERT, DELETE ON kept_store.marker to the execute role.`,
      cause: error,
    })
  }
}

const undefinedTable = '42P01'

/** Results of those steps that are marked as done. */
export async function readMarkers(pool: SqlPool, steps: readonly string[]): Promise<MarkedResult[]> {
  if (steps.length === 0) return []
  try {
    const { rows } = await pool.query<{ result: string }>(
      'SELECT result FROM kept_store.marker WHERE step = ANY($1::text[]) ORDER BY step',
      [steps],
    )
    return rows.map((row) => JSON.parse(row.result) as MarkedResult)
  } catch (error) {
    if (error instanceof SqlFailure && (error.sqlstate === undefinedTable || error.sqlstate === '3F000')) return []
    throw error
  }
}

export async function removeMarkers(pool: SqlPool, steps: readonly string[]): Promise<void> {
  if (steps.length === 0) return
  await pool.query('DELETE FROM kept_store.marker WHERE step = ANY($1::text[])', [steps])
}
