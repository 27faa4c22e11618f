import { resolve } from 'node:path'
import { exportPerson } from '../requests/access.ts'
import { type Case, mustBe } from '../requests/case.ts'
import { present } from '../requests/decide.ts'
import { explain } from '../requests/export/explain.ts'
import type { Terminal } from './terminal.ts'
import type { Workspace } from './workspace.ts'

/** Where a copy lies: as asked, now or when it was requested, else a folder named after the request, here. */
export function outOf(terminal: Terminal, { record, sealed }: Case, asked: string | undefined): string {
  return resolve(terminal.cwd, asked ?? sealed.out ?? `kept-export-${record.id}`)
}

/** Looks for the person anew and writes the copy. */
export async function carryOutAccess(workspace: Workspace, one: Case, out: string): Promise<void> {
  mustBe(one.record, 'carried out', ['received', 'awaiting-approval', 'approved', 'open'])
  const [seen] = await present(workspace.engine, [one])
  if (seen) await copyOut(workspace, seen, out)
}

/** Writes the copy of what was just seen. */
export async function copyOut({ engine, plan, maps }: Workspace, seen: Case, out: string): Promise<void> {
  await exportPerson(engine, seen, { out, others: plan.rights.others, explanation: explain(plan, maps) })
}
