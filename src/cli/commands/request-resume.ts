import type { Command } from 'commander'
import { caseOf, requestOf } from '../../requests/case.ts'
import { resume } from '../../requests/resume.ts'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { carryOutAccess, outOf } from '../access.ts'
import { common } from '../options.ts'
import { progressFor } from '../progress.ts'
import type { Cli } from '../run.ts'
import { tellOutcome } from '../tell/outcome.ts'

interface ResumeOptions extends CommonOptions {
  readonly out?: string
}

/** `kept request resume ID`: goes on wherever a request stopped. */
export function registerResume(request: Command, cli: Cli): void {
  const command = request.command('resume').argument('<id>', 'as `kept request list` names it')
  command.description('Goes on with a request after a crash, or when a store can be reached again')
  command.option('--out <dir|file.zip>', 'where the copy of an access request goes')
  common(command, 'kept request resume 7k2m9q').action(
    cli.action(async (id: string, options: ResumeOptions) => {
      const progress = progressFor(cli.terminal, options)
      return withWorkspace(cli.terminal, options, { progress }, async (workspace) => {
        const record = await requestOf(workspace.engine, id)
        if (record.kind !== 'access') {
          await resume(workspace.engine, id)
          return tellOutcome(cli.terminal, workspace, id, options)
        }
        const one = await caseOf(workspace.engine, id)
        const out = outOf(cli.terminal, one, options.out)
        await carryOutAccess(workspace, cli.terminal, one, out)
        return tellOutcome(cli.terminal, workspace, id, options, out)
      })
    }),
  )
}
