import { PgBoss } from 'pg-boss'
import type { SqlPool } from '../../sql/sql.ts'
import type { Log } from '../log.ts'

/** Requests to carry on with: whatever stands in Kept's own tables decides what is to be done, never the job. */
export const requestQueue = 'kept-requests'
/** Sweeps of retention, replays after a backup: long acts of a tenant, one of a kind at a time. */
export const actQueue = 'kept-acts'

export interface RequestJob {
  readonly tenant: string
  readonly request: string
}

export interface ActJob {
  readonly tenant: string
  readonly act: 'sweep' | 'replay'
  readonly store?: string
}

export interface QueueOptions {
  /** PostgreSQL server; the queue then has connections of its own. */
  readonly url?: string
  /** The embedded database's pool. */
  readonly pool?: SqlPool
  readonly log: Log
  /** The job of a worker that is silent for so long is given to another; at least 10. */
  readonly lostAfterSeconds: number
  readonly firstWaitSeconds: number
  readonly longestWaitSeconds: number
}

const RETRIES = 500
const LONGEST_RUN_SECONDS = 6 * 3600

/** Opens the queue in its own schema, made or brought up to date here; `stop` it before its pool is closed. */
export async function openQueue(options: QueueOptions): Promise<PgBoss> {
  const { url, pool, log, lostAfterSeconds, firstWaitSeconds, longestWaitSeconds } = options
  const common = {
    schema: 'kept_jobs',
    application_name: 'kept-jobs',
    schedule: false,
    superviseIntervalSeconds: Math.min(lostAfterSeconds / 2, 15),
    monitorIntervalSeconds: Math.min(lostAfterSeconds / 2, 15),
    reindex: false,
    monitorVacuum: false,
  }
  const boss = pool?.embedded
    ? new PgBoss({ ...common, backend: 'pglite', db: embeddedDatabase(pool) })
    : new PgBoss({ ...common, ...(url === undefined ? {} : { connectionString: url }), max: 3 })
  // Messages of the driver may quote values: only that there was one is told; the next round tries again.
  boss.on('error', () => log({ level: 'warning', event: 'queue-failure' }))
  await boss.start()
  const settings = {
    retryLimit: RETRIES,
    retryDelay: firstWaitSeconds,
    retryBackoff: true,
    retryDelayMax: longestWaitSeconds,
    expireInSeconds: LONGEST_RUN_SECONDS,
    heartbeatSeconds: lostAfterSeconds,
    deleteAfterSeconds: 86_400,
  }
  for (const name of [requestQueue, actQueue]) {
    await boss.createQueue(name, { policy: 'exclusive', ...settings })
    // It may be there already, with the settings of another start.
    await boss.updateQueue(name, settings)
  }
  return boss
}

/** The embedded database has one connection: each call has it for itself, and leaves no transaction behind. */
function embeddedDatabase(pool: SqlPool) {
  return {
    executeSql: (text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }> =>
      pool.session(async (session) => {
        try {
          return values !== undefined && values.length > 0
            ? await session.query(text, values)
            : { rows: await session.script(text) }
        } catch (error) {
          await session.query('ROLLBACK').catch(() => undefined)
          throw error
        }
      }),
  }
}
