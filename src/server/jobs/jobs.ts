import type { PgBoss } from 'pg-boss'
import type { Json } from '../../ledger.ts'
import { toJson } from '../../requests/sealed.ts'
import { wantAct } from './acts.ts'
import { type ActJob, actQueue, requestQueue } from './queue.ts'
import { wantNow } from './want.ts'

/** A long act as a route tells it. */
export interface ActState {
  readonly id: string
  readonly act: ActJob['act']
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly result?: Json
  /** Code of the last fault. */
  readonly why?: string
}

/** What routes ask of the job engine. */
export interface Jobs {
  /** The request is carried on with, soon. */
  request(tenant: string, id: string): Promise<void>
  act(job: ActJob): Promise<string | undefined>
  find(tenant: string, id: string): Promise<ActState | undefined>
  /** Jobs that wait, run and have failed, for readiness and metrics. */
  counts(): Promise<{ readonly waiting: number; readonly running: number; readonly failed: number }>
}

/** The jobs behind routes; `nudge` wakes the worker in this process, where there is one. */
export function jobsOf(boss: PgBoss, nudge: () => void = () => {}): Jobs {
  return {
    request: async (tenant, id) => {
      await wantNow(boss, tenant, id)
      nudge()
    },
    act: async (job) => {
      const id = await wantAct(boss, job)
      nudge()
      return id
    },
    find: async (tenant, id) => {
      const [job] = await boss.findJobs<ActJob>(actQueue, { id })
      if (job === undefined || job.data.tenant !== tenant) return undefined
      const output = (job.output ?? {}) as { readonly result?: unknown; readonly code?: unknown }
      const state =
        job.state === 'active'
          ? 'running'
          : job.state === 'completed'
            ? 'done'
            : job.state === 'failed'
              ? 'failed'
              : 'waiting'
      return {
        id,
        act: job.data.act,
        state,
        ...(output.result === undefined ? {} : { result: toJson(output.result) }),
        ...(typeof output.code === 'string' ? { why: output.code } : {}),
      }
    },
    counts: async () => {
      const queues = await boss.getQueues([requestQueue, actQueue])
      const sum = (of: 'queuedCount' | 'activeCount' | 'failedCount') => queues.reduce((all, one) => all + one[of], 0)
      return { waiting: sum('queuedCount'), running: sum('activeCount'), failed: sum('failedCount') }
    },
  }
}
