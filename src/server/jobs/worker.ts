import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job, JobResult, PgBoss } from 'pg-boss'
import { Fault } from '../../language/fault.ts'
import type { RequestRecord } from '../../records.ts'
import type { Log } from '../log.ts'
import type { Tenant, Tenants } from '../tenant.ts'
import { actOf } from './acts.ts'
import { advance } from './advance.ts'
import { type ActJob, actQueue, type RequestJob, requestQueue } from './queue.ts'
import { want } from './want.ts'

/** Something that is done again and again for each tenant, by one worker at a time. */
export interface Chore {
  readonly name: string
  readonly everyMs: number
  run(tenant: Tenant): Promise<void>
}

export interface WorkerParts {
  readonly boss: PgBoss
  readonly tenants: Tenants
  /** Folder of the copies of access requests. */
  readonly exports: string
  /** Requests carried out in one go. */
  readonly together: number
  readonly log: Log
  readonly chores?: readonly Chore[]
  /** How often forgotten requests are looked for; default 20 s. */
  readonly reconcileMs?: number
  readonly measured?: (outcome: 'done' | 'later' | 'failed') => void
}

// A crash between a commit and its job leaves a request without one: looked for again this often.
const RECONCILE_MS = 20_000
/** A copy is fetched in a month, or asked for anew (GDPR article 12(3) gives the month). */
const EXPORT_TERM_MS = 31 * 86_400_000

/** Works on the jobs of all tenants until it is stopped; any number of workers share them. */
export async function startWorker(parts: WorkerParts): Promise<{ nudge(): void; stop(): Promise<void> }> {
  const { boss, tenants, log, together } = parts
  const polling = { pollingIntervalSeconds: 0.5, perJobResults: true } as const
  const requests = await boss.work(
    requestQueue,
    { ...polling, batchSize: together, burstWhenBatchFull: true },
    (jobs: Job<RequestJob>[]) => carryOn(parts, jobs),
  )
  const acts = await boss.work(actQueue, { ...polling }, (jobs: Job<ActJob>[]) =>
    Promise.all(jobs.map((job) => actOf(tenants, job.data, log).then((result) => ({ ...result, id: job.id })))),
  )
  const reconcile = () =>
    Promise.all([reconcileAll(parts), dropOldExports(parts.exports)]).catch(() =>
      log({ level: 'warning', event: 'reconcile-failed' }),
    )
  await reconcile()
  const timers = [setInterval(reconcile, parts.reconcileMs ?? RECONCILE_MS)]
  for (const chore of parts.chores ?? []) timers.push(setInterval(() => void runChore(chore, parts), chore.everyMs))
  return {
    nudge: () => {
      boss.notifyWorker(requests)
      boss.notifyWorker(acts)
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      await boss.offWork(requestQueue, { wait: true })
      await boss.offWork(actQueue, { wait: true })
    },
  }
}

async function carryOn(parts: WorkerParts, jobs: readonly Job<RequestJob>[]): Promise<JobResult[]> {
  const byTenant = Map.groupBy(jobs, ({ data }) => data.tenant)
  const results: JobResult[] = []
  for (const [slug, own] of byTenant) {
    const started = performance.now()
    const outcomes = await carryOnFor(parts, slug, own)
    for (const { id, outcome } of outcomes) {
      parts.measured?.(outcome)
      results.push({ id, status: outcome === 'done' ? 'completed' : 'failed' })
    }
    const count = (wanted: string) => outcomes.filter(({ outcome }) => outcome === wanted).length
    const ms = Math.round(performance.now() - started)
    parts.log({
      level: 'info',
      event: 'jobs',
      tenant: slug,
      done: count('done'),
      later: count('later'),
      failed: count('failed'),
      ms,
    })
  }
  return results
}

async function carryOnFor(
  { tenants, exports, log }: WorkerParts,
  slug: string,
  jobs: readonly Job<RequestJob>[],
): Promise<{ readonly id: string; readonly outcome: 'done' | 'later' | 'failed' }[]> {
  const tenant = tenants.named(slug)
  // A tenant that another server has: its job waits for a worker that knows it.
  if (tenant === undefined) return jobs.map(({ id }) => ({ id, outcome: 'later' as const }))
  try {
    const ids = jobs.map(({ data }) => data.request)
    const answers = await tenant.use((workspace) => advance(workspace, ids, exports))
    return jobs.map(({ id, data }) => ({ id, outcome: answers.get(data.request)?.state ?? ('failed' as const) }))
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'kept.own-error'
    log({ level: 'error', event: 'job-failed', tenant: slug, code })
    return jobs.map(({ id }) => ({ id, outcome: 'failed' as const }))
  }
}

const TO_CARRY_ON: readonly RequestRecord['state'][] = ['received', 'approved', 'executing', 'proving', 'open']

async function reconcileAll({ boss, tenants }: WorkerParts): Promise<void> {
  for (const { slug, database } of tenants.all) {
    const waiting = await database.requests({ states: TO_CARRY_ON, limit: 5000 })
    const own = waiting.filter((record) => record.state !== 'open' || hasDownStore(record))
    const ids = own.map(({ id }) => id)
    if (ids.length > 0) await want(boss, slug, ids)
  }
}

function hasDownStore({ steps }: RequestRecord): boolean {
  return steps.some(({ state }) => state === 'unreachable' || state === 'failed')
}

async function dropOldExports(exports: string): Promise<void> {
  const names = await readdir(exports).catch(() => [])
  for (const name of names) {
    const path = join(exports, name)
    const age = Date.now() - (await stat(path)).mtimeMs
    if (age > EXPORT_TERM_MS) await rm(path, { force: true })
  }
}

const running = new Set<string>()

async function runChore(chore: Chore, { tenants, log }: WorkerParts): Promise<void> {
  if (running.has(chore.name)) return
  running.add(chore.name)
  try {
    for (const tenant of tenants.all) await chore.run(tenant)
  } catch (error) {
    log({
      level: 'error',
      event: 'chore-failed',
      chore: chore.name,
      code: error instanceof Fault ? error.code : 'kept.own-error',
    })
  } finally {
    running.delete(chore.name)
  }
}
