import type { Command } from 'commander'
import { cancel } from '../../requests/decide.ts'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { tellOutcome } from '../tell/outcome.ts'

/** `kept request cancel ID`: takes a request back before anything was done. */
export function registerCancel(request: Command, cli: Cli): void {
  const command = request.command('cancel').argument('<id>', 'as `kept request list` names it')
  command.description('Takes a request back before anything was done')
  common(command, 'kept request cancel 7k2m9q').action(
    cli.action(async (id: string, options: CommonOptions) =>
      withWorkspace(cli.terminal, options, { stores: false }, async (workspace) => {
        await cancel(workspace.engine, id)
        return tellOutcome(cli.terminal, workspace, id, options)
      }),
    ),
  )
}
