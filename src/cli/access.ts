import { resolve } from 'node:path'
import { Fault } from '../language/fault.ts'
import { resolveSecret } from '../policy/secret.ts'
import { exportPerson } from '../requests/access.ts'
import { type Case, mustBe } from '../requests/case.ts'
import { present } from '../requests/decide.ts'
import { explain } from '../requests/export/explain.ts'
import { checkLock, type ExportLock, lockedEnding } from '../requests/export/lock.ts'
import type { AskedLock } from '../requests/sealed.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Terminal } from './terminal.ts'

/** Where a copy lies: as asked, now or when it was requested, else named after the request, here. */
export function outOf(terminal: Terminal, { record, sealed }: Case, asked: string | undefined): string {
  const ending = sealed.lock === undefined ? '' : lockedEnding(sealed.lock)
  return resolve(terminal.cwd, asked ?? sealed.out ?? `kept-export-${record.id}${ending}`)
}

/** Reads the passphrase from where it is named. Fault `export.no-passphrase`. */
export async function lockOf(terminal: Terminal, asked: AskedLock | undefined): Promise<ExportLock | undefined> {
  if (asked === undefined || 'recipients' in asked) return asked
  try {
    return { passphrase: await resolveSecret(asked.passphrase, terminal.env) }
  } catch (cause) {
    throw new Fault({
      code: 'export.no-passphrase',
      what: 'The passphrase of the copy is not where it is said to be.',
      mend: 'Name it as --passphrase env:NAME (an environment variable that is set) or file:PATH; never write it on the command line.',
      cause,
    })
  }
}

/** Looks for the person anew and writes the copy. */
export async function carryOutAccess(workspace: Workspace, terminal: Terminal, one: Case, out: string): Promise<void> {
  mustBe(one.record, 'carried out', ['received', 'awaiting-approval', 'approved', 'open'])
  const [seen] = await present(workspace.engine, [one])
  if (seen) await copyOut(workspace, terminal, seen, out)
}

/** Writes the copy of what was just seen. */
export async function copyOut({ engine, plan, maps }: Workspace, terminal: Terminal, seen: Case, out: string) {
  const lock = await lockOf(terminal, seen.sealed.lock)
  if (lock !== undefined) await checkLock(lock, out)
  const options = { out, others: plan.rights.others, explanation: explain(plan, maps) }
  await exportPerson(engine, seen, { ...options, ...(lock === undefined ? {} : { lock }) })
}
