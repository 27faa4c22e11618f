import { type Command, Option } from 'commander'
import { GROUNDS } from '../../language/denial-grounds.ts'
import { deny } from '../../requests/decide.ts'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { tellOutcome } from '../tell/outcome.ts'

interface DenyOptions extends CommonOptions {
  readonly by: string
  readonly ground: string
}

/** `kept request deny ID --by WHO --ground …`: refuses on a ground of the law; the person's data of the request are destroyed. */
export function registerDeny(request: Command, cli: Cli): void {
  const command = request.command('deny').argument('<id>', 'as `kept request list` names it')
  command.description('Refuses a request on a ground of the law')
  command.requiredOption('--by <who>', 'who decides')
  command.addOption(new Option('--ground <ground>', 'why').makeOptionMandatory())
  const grounds = GROUNDS.map(({ name, words, source }) => `  ${name.padEnd(20)} ${words} (${source})`)
  common(command, 'kept request deny 7k2m9q --by jo --ground legal-claims').action(
    cli.action(async (id: string, options: DenyOptions) =>
      withWorkspace(cli.terminal, options, { stores: false }, async (workspace) => {
        await deny(workspace.engine, id, options.by, options.ground)
        return tellOutcome(cli.terminal, workspace, id, options)
      }),
    ),
  )
  command.addHelpText('after', `\nGrounds:\n${grounds.join('\n')}`)
}
