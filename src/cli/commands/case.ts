import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CaseFilter, CaseKind, CaseState } from '../../cases.ts'
import { advance } from '../../intake/advance.ts'
import { openCase } from '../../intake/open.ts'
import { caseStates } from '../../intake/states.ts'
import { caseOf } from '../../intake/turn.ts'
import { workCases } from '../../intake/work.ts'
import type { AskedIdentity } from '../../requests/sealed.ts'
import type { CommonOptions } from '../../workspace/workspace.ts'
import { tellCase, withCases } from '../case-desk.ts'
import { common, identityOption } from '../options.ts'
import type { Cli } from '../run.ts'
import { casesText } from '../tell/case-text.ts'
import { printJson } from '../terminal.ts'
import { act, kindOption, readDay, wordsFrom } from './case-act.ts'
import { registerAnswers } from './case-answer.ts'
import { registerDecisions } from './case-decide.ts'

/** `kept case …`: what people asked, who they are, what is decided and answered. */
export function registerCase(program: Command, cli: Cli): void {
  const command = program.command('case').description('What people asked, by when they get an answer, and what it is')
  registerList(command, cli)
  registerShow(command, cli)
  registerOpen(command, cli)
  registerDecisions(command, cli)
  registerAnswers(command, cli)
  registerWork(command, cli)
  command.addHelpText('after', '\nExample:\n  $ kept case list --to-do')
}

interface ListOptions extends CommonOptions {
  readonly state?: CaseState
  readonly kind?: CaseKind
  readonly toDo?: boolean
  readonly dueBefore?: string
  readonly limit?: number
  readonly after?: string
}

function registerList(command: Command, cli: Cli): void {
  const list = command.command('list').description('Lists cases, newest first; people are not named')
  list.addOption(new Option('--state <state>', 'only in this state').choices([...caseStates]))
  list.addOption(kindOption('only of this kind'))
  list.option('--to-do', 'only where somebody has something to do')
  list.option('--due-before <date>', 'not answered, and due before this day, YYYY-MM-DD', readDay)
  list.option('--limit <number>', 'how many at most, up to 1000', readLimit)
  list.option('--after <id>', 'go on after this case')
  common(list, 'kept case list --to-do').action(
    cli.action((options: ListOptions) =>
      withCases(cli.terminal, options, async (intake) => {
        const records = await intake.cases.list(filterOf(options))
        if (options.json) printJson(cli.terminal, { cases: records })
        else cli.terminal.out(casesText(records))
        return 0
      }),
    ),
  )
}

function filterOf({ state, kind, toDo, dueBefore, limit, after }: ListOptions): CaseFilter {
  return {
    ...(state === undefined ? {} : { states: [state] }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(toDo === true ? { tasks: true } : {}),
    ...(dueBefore === undefined ? {} : { dueBefore }),
    ...(limit === undefined ? {} : { limit }),
    ...(after === undefined ? {} : { before: after }),
  }
}

function registerShow(command: Command, cli: Cli): void {
  const show = command.command('show').argument('<id>', 'as `kept case list` names it')
  show.description('Shows a case: whom it is about, its steps, messages, letters and date')
  act(show, cli, 'kept case show 7k2m9q4x8v3b', () => (intake, id) => caseOf(intake, id))
}

interface OpenOptions extends CommonOptions {
  readonly kind: CaseKind
  readonly contact: string
  readonly identity: readonly AskedIdentity[]
  readonly language: string
  readonly country?: string
  readonly behalf?: 'agent' | 'parent'
  readonly words?: string
  readonly by: string
}

function registerOpen(command: Command, cli: Cli): void {
  const open = command.command('open').description('Takes down what somebody asked, by phone, post or at the counter')
  open.addOption(kindOption('what they want').makeOptionMandatory())
  open.requiredOption('--contact <address>', 'mail address for letters')
  open.requiredOption('--by <who>', 'who takes it down')
  open.addOption(identityOption())
  open.option('--language <tag>', 'of their letters: en, de', 'en')
  open.option('--country <code>', 'where they live, e.g. DE')
  open.addOption(new Option('--behalf <who>', 'who asks, if not the person').choices(['agent', 'parent']))
  open.option('--words <file>', 'what they wrote')
  common(open, 'kept case open --kind access --contact ada@example.org --by jo').action(
    cli.action((options: OpenOptions) =>
      withCases(cli.terminal, options, async (intake) => {
        const { kind, contact, by, language, country, behalf, identity } = options
        const words = await wordsFrom(cli.terminal, options.words)
        const { id } = await openCase(intake, {
          kind,
          channel: 'staff',
          contact,
          by,
          language,
          ...(identity.length === 0 ? {} : { identities: identity.map(({ kind, value }) => ({ kind, value })) }),
          ...(country === undefined ? {} : { country }),
          ...(behalf === undefined ? {} : { behalf }),
          ...(words === undefined ? {} : { words }),
        })
        return tellCase(cli.terminal, intake, await advance(intake, id), options)
      }),
    ),
  )
}

function registerWork(command: Command, cli: Cli): void {
  const work = command
    .command('work')
    .description('Takes all cases as far as they go without a person, looks after dates, ends what is over')
  common(work, 'kept case work').action(
    cli.action((options: CommonOptions) =>
      withCases(cli.terminal, options, async (intake) => {
        const worked = await workCases(intake)
        const { advanced, waiting, due, swept } = worked
        if (options.json) printJson(cli.terminal, worked)
        else {
          const lines = [
            `Went on: ${advanced.length}. Could not: ${waiting.length}. Due soon: ${due.told.length}. Missed: ${due.missed.length}.`,
            ...waiting.map(({ case: id, why }) => `  ${id}  ${why}`),
            `Files destroyed: ${swept.files}. Ended unconfirmed: ${swept.ended}. Data of closed cases destroyed: ${swept.destroyed}.`,
          ]
          cli.terminal.out(`${lines.join('\n')}\n`)
        }
        return waiting.length > 0 || due.missed.length > 0 ? 1 : 0
      }),
    ),
  )
}

function readLimit(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1000) return Number(text)
  throw new InvalidArgumentError('A number from 1 to 1000.')
}
