import type { Command } from 'commander'
import { factsOf, type StatusSummary, statusOf } from '../../status/status.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { columns } from '../tell/columns.ts'
import { printJson } from '../terminal.ts'
import { type CommonOptions, withWorkspace } from '../workspace.ts'

/** `kept status`: each commitment of the policy as kept, broken, unproven or task, with the entry that says so. */
export function registerStatus(program: Command, cli: Cli): void {
  const command = program.command('status').description('Each commitment of the policy: kept, broken, unproven or task')
  common(command, 'kept status').action(
    cli.action(async (options: CommonOptions) =>
      withWorkspace(cli.terminal, options, { stores: false }, async ({ plan, database }) => {
        const summary = statusOf(plan, await factsOf(database, new Date()))
        if (options.json) printJson(cli.terminal, summary)
        else cli.terminal.out(statusText(summary))
        return summary.counts.broken > 0 ? 1 : 0
      }),
    ),
  )
}

function statusText({ commitments, counts }: StatusSummary): string {
  const lines = columns(
    commitments.map(({ commitment, status, why, evidence }) => [
      status,
      commitment,
      why,
      evidence === null ? '' : `entry ${evidence}`,
    ]),
  )
  const { kept, broken, unproven, task } = counts
  return `${lines.join('\n')}\n\n${kept} kept, ${broken} broken, ${unproven} unproven, ${task} for a person to do\n`
}
