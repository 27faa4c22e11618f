import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CaseRecord } from '../../cases.ts'
import { advance } from '../../intake/advance.ts'
import type { Intake } from '../../intake/intake.ts'
import { caseKindNames } from '../../intake/kinds.ts'
import type { CommonOptions } from '../../workspace/workspace.ts'
import { tellCase, withCases } from '../case-desk.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import type { Terminal } from '../terminal.ts'

export type By = CommonOptions & { readonly by: string }

/** One act on a case. */
export type Act = (intake: Intake, id: string) => Promise<CaseRecord>

/** A command on one case, by somebody. */
export function one(command: Command, name: string, says: string): Command {
  const made = command.command(name).argument('<id>', 'as `kept case list` names it').description(says)
  return made.requiredOption('--by <who>', 'who does it')
}

/** Does one act on a case, takes it as far as it goes by itself, and shows it. */
export function act<O extends CommonOptions>(
  command: Command,
  cli: Cli,
  example: string,
  actOf: (options: O) => Act,
): void {
  common(command, example).action(
    cli.action((id: string, options: O) =>
      withCases(cli.terminal, options, async (intake) => {
        const acted = await actOf(options)(intake, id)
        const record = command.name() === 'show' ? acted : await advance(intake, id)
        return tellCase(cli.terminal, intake, record, options)
      }),
    ),
  )
}

export function kindOption(words: string): Option {
  return new Option('--kind <kind>', words).choices([...caseKindNames])
}

export async function wordsFrom(terminal: Terminal, file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : readFile(resolve(terminal.cwd, file), 'utf8')
}

export function readDay(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return `${text}T00:00:00.000Z`
  throw new InvalidArgumentError('A day is written YYYY-MM-DD.')
}
