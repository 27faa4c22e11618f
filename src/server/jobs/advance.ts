import { existsSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../language/fault.ts'
import type { RequestRecord } from '../../records.ts'
import { exportPerson } from '../../requests/access.ts'
import { carryOut } from '../../requests/carry-out.ts'
import { caseOf, requestOf } from '../../requests/case.ts'
import { present } from '../../requests/decide.ts'
import { explain } from '../../requests/export/explain.ts'
import { fulfil } from '../../requests/fulfil.ts'
import { resume } from '../../requests/resume.ts'
import type { Workspace } from '../../workspace/workspace.ts'

/** `done`: nothing is left for a machine to do. `later`: a store was down or refused; it is tried again. */
export type Advance = { readonly state: 'done' } | { readonly state: 'later'; readonly why: string }

const DONE: Advance = { state: 'done' }
const CLOSED = new Set<RequestRecord['state']>(['done', 'denied', 'cancelled'])

/** Where the copy of an access request lies until it is fetched or its term is over. */
export function exportPath(exports: string, id: string): string {
  return join(exports, `${id}.zip`)
}

/**
 * Goes on with requests as far as a machine can, whatever was done before: what stands in Kept's tables and in the stores'
 * markers decides. Approved erasures that nothing has begun are carried out together.
 */
export async function advance(
  workspace: Workspace,
  ids: readonly string[],
  exports: string,
): Promise<ReadonlyMap<string, Advance>> {
  const { engine } = workspace
  const answers = new Map<string, Advance>()
  const records = await Promise.all(ids.map((id) => engine.records.request(id)))
  const fresh = records.filter((record) => record?.kind === 'erasure' && record.state === 'approved')
  const together = fresh.flatMap((record) => (record ? [record.id] : []))
  if (together.length > 1) await carryOut(engine, together).catch(onlyOfRequests)
  for (const id of ids) {
    try {
      answers.set(id, await advanceOne(workspace, id, exports))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      answers.set(id, { state: 'later', why: error.code })
    }
  }
  return answers
}

/** One request of many that cannot go on is met again by itself; anything else is a failure of the whole. */
function onlyOfRequests(error: unknown): void {
  if (!(error instanceof Fault) || !/^(request|records|store)\./.test(error.code)) throw error
}

async function advanceOne(workspace: Workspace, id: string, exports: string): Promise<Advance> {
  const { engine } = workspace
  const record = await engine.records.request(id)
  if (record === undefined || CLOSED.has(record.state)) return DONE
  if (record.state === 'received' || isHalfSeen(record)) await present(engine, [await caseOf(engine, id)])
  else if (record.kind === 'access') {
    if (record.approval !== undefined) await copy(workspace, id, exports)
  } else if (record.state === 'approved') await fulfil(engine, id)
  else if (record.approval !== undefined && record.state !== 'awaiting-approval') await resume(engine, id)
  return waitsFor(await requestOf(engine, id))
}

/** Shown without a store that was down: once it answers, the approver sees the whole. */
function isHalfSeen({ state, approval, steps }: RequestRecord): boolean {
  return state === 'awaiting-approval' && approval === undefined && steps.some((step) => step.state === 'unreachable')
}

/** A store that was not reached is asked again; everything else that holds a request open is for a person. */
function waitsFor(record: RequestRecord): Advance {
  if (CLOSED.has(record.state)) return DONE
  const down = record.steps.find((step) => step.state === 'unreachable')
  if (down) return { state: 'later', why: down.fault ?? 'store.unreachable' }
  const failed = record.approval && record.steps.find((step) => step.state === 'failed')
  return failed ? { state: 'later', why: failed.fault ?? 'store.failed' } : DONE
}

async function copy({ engine, plan, maps }: Workspace, id: string, exports: string): Promise<void> {
  await mkdir(exports, { recursive: true, mode: 0o700 })
  const out = exportPath(exports, id)
  // A file of an unfinished try is no copy: the request would be closed otherwise.
  if (existsSync(out)) rmSync(out)
  const [seen] = await present(engine, [await caseOf(engine, id)])
  if (seen) await exportPerson(engine, seen, { out, others: plan.rights.others, explanation: explain(plan, maps) })
}
