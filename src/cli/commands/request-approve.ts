import type { Command } from 'commander'
import { Fault } from '../../language/fault.ts'
import { formatFault } from '../../language/fault-text.ts'
import { approve } from '../../requests/decide.ts'
import { fulfil } from '../../requests/fulfil.ts'
import type { StoreRow } from '../../requests/sealed.ts'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { carryOutAccess, outOf } from '../access.ts'
import { candidateOptions, common } from '../options.ts'
import { progressFor } from '../progress.ts'
import type { Cli } from '../run.ts'
import { tellOutcome } from '../tell/outcome.ts'

interface ApproveOptions extends CommonOptions {
  readonly by: string
  readonly accept: readonly StoreRow[]
  readonly reject: readonly StoreRow[]
}

/** `kept request approve ID --by WHO`: approves what was shown, if it still holds, and carries it out. */
export function registerApprove(request: Command, cli: Cli): void {
  const command = request.command('approve').argument('<id>', 'as `kept request list` names it')
  command.description('Approves what was shown, if nothing changed since, and carries it out')
  command.requiredOption('--by <who>', 'who approves')
  candidateOptions(command)
  common(command, 'kept request approve 7k2m9q --by jo').action(
    cli.action(async (id: string, options: ApproveOptions) => {
      const progress = progressFor(cli.terminal, options)
      return withWorkspace(cli.terminal, options, { progress }, async (workspace) => {
        let out: string | undefined
        try {
          const approved = await approve(workspace.engine, id, options)
          if (approved.record.kind === 'access') {
            out = outOf(cli.terminal, approved, undefined)
            await carryOutAccess(workspace, cli.terminal, approved, out)
          } else await fulfil(workspace.engine, id)
        } catch (error) {
          if (!(error instanceof Fault) || error.code !== 'request.changed') throw error
          cli.terminal.err(`${formatFault(error)}\n`)
          await tellOutcome(cli.terminal, workspace, id, options)
          return 1
        }
        return tellOutcome(cli.terminal, workspace, id, options, out)
      })
    }),
  )
}
