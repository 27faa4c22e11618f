import type { Command } from 'commander'
import type { Fault } from '../../language/fault.ts'
import { faultJson, sortFaults } from '../../language/fault-text.ts'
import { checkPolicy } from '../../policy/check.ts'
import { compilePlan } from '../../policy/plan.ts'
import { readDocuments } from '../../status/documents.ts'
import { checkStores } from '../../workspace/check-stores.ts'
import { type CommonOptions, readFiles } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { faultText } from '../source-text.ts'
import { count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

/** `kept check`: policy, store maps and live schemas held together. 1 when anything was found. */
export function registerCheck(program: Command, cli: Cli): void {
  const command = program.command('check').description('Holds the policy, its store maps and the live schemas together')
  common(command, 'kept check --policy kept.yaml').action(
    cli.action((options: CommonOptions) => check(cli.terminal, options)),
  )
}

async function check(terminal: Terminal, options: CommonOptions): Promise<ExitCode> {
  const files = await readFiles(terminal, options)
  const findings: Fault[] = [...files.faults]
  const unreadable = findings.some(
    (fault) => fault.code === 'yaml.unreadable' && fault.where.file === files.policy.file,
  )
  if (!unreadable) {
    // Everything is told in one run: maps with errors of their own are held against the policy and the store as well.
    const maps = [...files.maps, ...files.partial]
    const plan = compilePlan(files.policy, maps)
    findings.push(...checkPolicy(plan, maps), ...(await readDocuments(plan)).faults)
    const checked = maps.length === 0 ? [] : await checkStores(terminal, { ...files, maps, plan })
    findings.push(...checked.flatMap(({ faults }) => faults))
  }
  const sorted = sortFaults(findings)
  if (options.json) printJson(terminal, { ok: sorted.length === 0, faults: sorted.map(faultJson) })
  else if (unreadable) terminal.err(checkText(terminal, sorted, files.maps.length))
  else terminal.out(checkText(terminal, sorted, files.maps.length))
  if (unreadable) return 2
  return sorted.length === 0 ? 0 : 1
}

function checkText(terminal: Terminal, faults: readonly Fault[], maps: number): string {
  if (faults.length === 0) return `The policy and ${count(maps, 'store map')} hold together.\n`
  const sources = new Map<string, string | undefined>()
  const lines = faults.map((fault) => faultText(terminal, fault, sources))
  const errors = faults.filter((fault) => fault.severity === 'error').length
  return `${lines.join('\n\n')}\n\n${count(errors, 'error')}, ${count(faults.length - errors, 'warning')}\n`
}
