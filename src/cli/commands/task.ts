import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { sha256Hex } from '../../base/hash.ts'
import { Fault } from '../../language/fault.ts'
import { answerTask, tasksOf } from '../../requests/tasks.ts'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { columns } from '../tell/columns.ts'
import { tellOutcome } from '../tell/outcome.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

interface AnswerOptions extends CommonOptions {
  readonly by: string
  readonly noteFile?: string
}

/** `kept task list|done|failed`: what no program can do is asked of people, and their answers are evidence. */
export function registerTask(program: Command, cli: Cli): void {
  const task = program.command('task').description('Parts of requests that people do, and what became of them')
  const list = task.command('list').description('Lists the tasks, the first due first; ends with 1 where one is late')
  list.option('--all', 'answered ones of closed requests too')
  common(list, 'kept task list').action(
    cli.action((options: CommonOptions & { readonly all?: boolean }) =>
      withWorkspace<ExitCode>(cli.terminal, options, { stores: false }, async ({ database, engine }) => {
        const states = ['awaiting-approval', 'approved', 'executing', 'proving', 'open'] as const
        const requests = await database.requests(options.all === true ? {} : { states })
        const tasks = tasksOf(requests, engine.now())
        if (options.json) printJson(cli.terminal, { tasks })
        else if (tasks.length === 0) cli.terminal.out('No tasks.\n')
        else {
          const rows = tasks.map(({ id, kind, owner, dueAt, state }) => [
            id,
            kind,
            owner ?? '',
            dueAt.slice(0, 10),
            state,
          ])
          cli.terminal.out(`${columns([['id', 'kind', 'owner', 'due', 'state'], ...rows]).join('\n')}\n`)
        }
        return tasks.some(({ state }) => state === 'late') ? 1 : 0
      }),
    ),
  )
  for (const outcome of ['done', 'failed'] as const) {
    const command = task.command(outcome).argument('<id>', 'as `kept task list` names it')
    command.description(outcome === 'done' ? 'Records that a task is done' : 'Records that a task could not be done')
    command.requiredOption('--by <who>', 'who says so')
    command.option('--note-file <file>', 'what was done; its SHA-256 is kept as evidence, the file stays yours')
    common(command, `kept task ${outcome} 7k2m9q4x8v3b.archive --by jo`).action(
      cli.action((id: string, options: AnswerOptions) =>
        withWorkspace<ExitCode>(cli.terminal, options, { stores: false }, async (workspace) => {
          const note = await noteOf(cli.terminal, options.noteFile)
          const answer = { by: options.by, outcome, ...(note === undefined ? {} : { note }) }
          const { record } = await answerTask(workspace.engine, id, answer)
          return tellOutcome(cli.terminal, workspace, record.id, options)
        }),
      ),
    )
  }
  task.addHelpText('after', '\nExample:\n  $ kept task list')
}

async function noteOf(terminal: Terminal, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  try {
    return sha256Hex(await readFile(resolve(terminal.cwd, file)))
  } catch (cause) {
    throw new Fault({
      code: 'task.note-unreadable',
      what: 'The note about the task cannot be read.',
      mend: 'Name a file that is there: --note-file done.txt',
      cause,
    })
  }
}
