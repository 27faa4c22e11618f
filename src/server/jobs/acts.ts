import type { JobResult, PgBoss } from 'pg-boss'
import { Fault } from '../../language/fault.ts'
import { replay } from '../../requests/replay.ts'
import { toJson } from '../../requests/sealed.ts'
import { sweepRetention } from '../../retention/sweep.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import type { Log } from '../log.ts'
import type { Tenants } from '../tenant.ts'
import { type ActJob, actQueue } from './queue.ts'

/** Carries out a long act; its result, in counts, stays with the job for a day. */
export async function actOf(tenants: Tenants, job: ActJob, log: Log): Promise<Omit<JobResult<object>, 'id'>> {
  const tenant = tenants.named(job.tenant)
  if (tenant === undefined) return { status: 'failed', output: { code: 'api.unknown-tenant' } }
  try {
    const result = await tenant.use((workspace) => carryOut(workspace, job))
    return { status: 'completed', output: { result: toJson(result) } }
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'kept.own-error'
    log({ level: 'error', event: 'act-failed', tenant: job.tenant, act: job.act, code })
    return { status: 'failed', output: { code } }
  }
}

function carryOut(workspace: Workspace, job: ActJob): Promise<unknown> {
  if (job.act === 'replay') return replay(workspace.engine, job.store ?? '')
  const { plan, maps, engine, database } = workspace
  return sweepRetention({
    plan,
    maps,
    stores: engine.stores,
    records: database,
    staff: engine.staff,
    now: engine.now,
  })
}

/** Asks for an act; the id of its job, also where it is at work already. */
export async function wantAct(boss: PgBoss, job: ActJob): Promise<string | undefined> {
  const singletonKey = [job.tenant, job.act, job.store ?? ''].join(':')
  const sent = await boss.send(actQueue, job, { singletonKey, retryLimit: 3 })
  if (sent !== null) return sent
  const found = await boss.findJobs(actQueue, { key: singletonKey })
  return found.find(({ state }) => state === 'active' || state === 'created' || state === 'retry')?.id
}
