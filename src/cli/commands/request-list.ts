import type { Command } from 'commander'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { columns } from '../tell/columns.ts'
import type { ExitCode } from '../terminal.ts'
import { printJson } from '../terminal.ts'

/** `kept request list`: newest first; persons are not named. */
export function registerList(request: Command, cli: Cli): void {
  common(request.command('list').description('Lists the requests, newest first'), 'kept request list').action(
    cli.action(async (options: CommonOptions) =>
      withWorkspace<ExitCode>(cli.terminal, options, { stores: false }, async ({ database }) => {
        const records = await database.requests()
        const rows = records.map(({ id, kind, state, createdAt, dueAt }) => ({ id, kind, state, createdAt, dueAt }))
        if (options.json) printJson(cli.terminal, { requests: rows })
        else if (rows.length === 0) cli.terminal.out('No requests yet.\n')
        else {
          const lines = columns([
            ['id', 'kind', 'state', 'received', 'due'],
            ...rows.map(({ id, kind, state, createdAt, dueAt }) => [
              id,
              kind,
              state,
              createdAt.slice(0, 10),
              dueAt.slice(0, 10),
            ]),
          ])
          cli.terminal.out(`${lines.join('\n')}\n`)
        }
        return 0
      }),
    ),
  )
}
