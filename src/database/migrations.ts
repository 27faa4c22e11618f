import { Fault } from '../language/fault.ts'
import type { SqlPool } from '../sql/sql.ts'
import { requests } from './schema/01-requests.ts'
import { versions } from './schema/02-versions.ts'
import { storage } from './schema/03-storage.ts'
import { holds } from './schema/04-holds.ts'
import { cases } from './schema/05-cases.ts'
import { answers } from './schema/06-answers.ts'
import { staff } from './schema/07-staff.ts'
import { shares } from './schema/08-shares.ts'
import { readers } from './schema/09-readers.ts'
import { indexes } from './schema/10-indexes.ts'
import { order } from './schema/11-order.ts'

/** Kept's own schema, forward only: a step is never edited once released, only followed by the next. */
export const migrations: readonly string[] = [
  requests,
  versions,
  storage,
  holds,
  cases,
  answers,
  staff,
  shares,
  readers,
  indexes,
  order,
]

/** Holds off other processes that open the same database meanwhile; any fixed number serves. */
const migrationLock = 5_063_116_042_301

/** Brings the schema to the newest version. Fault `database.newer` where it is already beyond what this release knows. */
export async function migrate(pool: SqlPool, steps: readonly string[] = migrations): Promise<void> {
  await pool.transaction({}, async (session) => {
    await session.query(`SELECT pg_advisory_xact_lock(${migrationLock})`)
    await session.query(`CREATE SCHEMA IF NOT EXISTS kept;
      CREATE TABLE IF NOT EXISTS kept.schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`)
    const { rows } = await session.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM kept.schema_version',
    )
    const version = rows[0]?.version ?? 0
    if (version > steps.length) {
      throw new Fault({
        code: 'database.newer',
        what: `Kept's own database has schema version ${version}; this release knows up to ${steps.length}.`,
        mend: 'Use the newer release of Kept that made it; a schema is never taken back.',
      })
    }
    for (let step = version; step < steps.length; step++) {
      await session.query(steps[step] as string)
      await session.query('INSERT INTO kept.schema_version (version) VALUES ($1)', [step + 1])
    }
  })
}
