import type { ErasureResult } from '../../connector.ts'
import { Fault } from '../../language/fault.ts'
import { SqlFailure } from '../../sql/failure.ts'
import type { SqlPool, SqlStatement } from '../../sql/sql.ts'

/** What an administrator may run beforehand, when the execute role may not create a schema. */
export const markerDefinition = `CREATE SCHEMA IF NOT EXISTS kept_store;
CREATE TABLE IF NOT EXISTS kept_store.marker (
  step text PRIMARY KEY, done_at timestamptz NOT NULL DEFAULT now(), result jsonb NOT NULL, hashes bytea NOT NULL)`

type StoredResult = Omit<ErasureResult, 'erased'> & {
  readonly erased: readonly { readonly table: string; readonly hashBytes: number; readonly length: number }[]
}

/** The statement that marks steps as done, in the same transaction as what they did. A step marked twice is a conflict. */
export function markStatement(results: readonly ErasureResult[]): SqlStatement {
  const stored = results.map((result) => ({
    ...result,
    erased: result.erased.map(({ table, hashBytes, hashes }) => ({ table, hashBytes, length: hashes.length })),
  }))
  return {
    text: `INSERT INTO kept_store.marker (step, result, hashes) SELECT * FROM unnest($1::text[], $2::text[]::jsonb[], $3::bytea[])`,
    values: [
      results.map((result) => result.step),
      stored.map((result) => JSON.stringify(result)),
      results.map((result) => Buffer.concat(result.erased.map((one) => one.hashes))),
    ],
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

/** Results of those steps that are marked as done. */
export async function readMarkers(pool: SqlPool, steps: readonly string[]): Promise<ErasureResult[]> {
  const there = await pool.query<{ there: boolean }>(`SELECT to_regclass('kept_store.marker') IS NOT NULL AS there`)
  if (there.rows[0]?.there !== true || steps.length === 0) return []
  const { rows } = await pool.query<{ result: string; hashes: Uint8Array }>(
    'SELECT result::text AS result, hashes FROM kept_store.marker WHERE step = ANY($1::text[]) ORDER BY step',
    [steps],
  )
  return rows.map((row) => {
    const stored = JSON.parse(row.result) as StoredResult
    let at = 0
    const erased = stored.erased.map(({ table, hashBytes, length }) => {
      at += length
      return { table, hashBytes, hashes: row.hashes.subarray(at - length, at) }
    })
    return { ...stored, erased }
  })
}

export async function removeMarkers(pool: SqlPool, steps: readonly string[]): Promise<void> {
  if (steps.length === 0) return
  await pool.query('DELETE FROM kept_store.marker WHERE step = ANY($1::text[])', [steps])
}
