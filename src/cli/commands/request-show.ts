import type { Command } from 'commander'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { tellOutcome } from '../tell/outcome.ts'
import type { ExitCode } from '../terminal.ts'

/** `kept request show ID`. */
export function registerShow(request: Command, cli: Cli): void {
  const command = request.command('show').argument('<id>', 'as `kept request list` names it')
  command.description('Shows a request: preview, what was kept and why, proof, evidence')
  common(command, 'kept request show 7k2m9q').action(
    cli.action(async (id: string, options: CommonOptions) =>
      withWorkspace<ExitCode>(cli.terminal, options, { stores: false }, async (workspace) => {
        await tellOutcome(cli.terminal, workspace, id, options)
        return 0
      }),
    ),
  )
}
