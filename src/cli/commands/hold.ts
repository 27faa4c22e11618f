import { type Command, Option } from 'commander'
import { isActive } from '../../records.ts'
import type { AskedIdentity } from '../../requests/sealed.ts'
import { HOLD_GROUNDS } from '../../retention/grounds.ts'
import { addHold, endHold } from '../../retention/hold.ts'
import { type CommonOptions, type Workspace, withWorkspace } from '../../workspace/workspace.ts'
import { collect, common, identityOption, placeIdentities } from '../options.ts'
import type { Cli } from '../run.ts'
import { columns } from '../tell/columns.ts'
import { type ExitCode, printJson } from '../terminal.ts'

interface AddOptions extends CommonOptions {
  readonly ground: string
  readonly by: string
  readonly until: string
  readonly identity: readonly AskedIdentity[]
  readonly category: readonly string[]
  readonly store: readonly string[]
}

/** `kept hold add|list|end`: what no sweep may touch, on which ground, on whose word and until when. */
export function registerHold(program: Command, cli: Cli): void {
  const hold = program.command('hold').description('Leaves data out of sweeps, on a ground, until a day')
  registerAdd(hold, cli)
  const list = hold.command('list').description('Lists the holds, newest first; people are not named')
  common(list, 'kept hold list').action(
    cli.action((options: CommonOptions) =>
      withWorkspace<ExitCode>(cli.terminal, options, { stores: false }, async ({ database, engine }) => {
        const holds = (await database.holds()).map((one) => ({ ...one, active: isActive(one, engine.now()) }))
        if (options.json) printJson(cli.terminal, { holds })
        else if (holds.length === 0) cli.terminal.out('No holds.\n')
        else {
          const rows = holds.map(({ id, ground, until, active, identities, data, stores }) => {
            const people = identities === 0 ? 'everybody' : `${identities} identities`
            const all = (names: readonly string[]) => names.join(', ') || 'all'
            return [id, ground, until, active ? 'holds' : 'over', people, all(data), all(stores)]
          })
          const head = ['id', 'ground', 'until', 'state', 'people', 'data', 'stores']
          cli.terminal.out(`${columns([head, ...rows]).join('\n')}\n`)
        }
        return 0
      }),
    ),
  )
  const end = hold.command('end').argument('<id>', 'as `kept hold list` names it').description('Ends a hold today')
  end.requiredOption('--by <who>', 'who ends it')
  common(end, 'kept hold end 7k2m9q4x8v3b --by jo').action(
    cli.action((id: string, options: CommonOptions & { readonly by: string }) =>
      withWorkspace<ExitCode>(cli.terminal, options, { stores: false }, async (workspace) => {
        await endHold(deskOf(workspace), id, options.by)
        if (options.json) printJson(cli.terminal, { hold: id, ended: true })
        else cli.terminal.out(`Hold ${id}: ended.\n`)
        return 0
      }),
    ),
  )
  hold.addHelpText('after', '\nExample:\n  $ kept hold list')
}

function registerAdd(hold: Command, cli: Cli): void {
  const grounds = HOLD_GROUNDS.map(({ name }) => name).join(', ')
  const add = hold.command('add').description('Holds rows of people, categories or stores')
  add.requiredOption('--ground <ground>', grounds)
  add.requiredOption('--by <who>', 'who answers for it')
  add.requiredOption('--until <date>', 'the last day on which it holds, YYYY-MM-DD')
  add.addOption(identityOption())
  add.addOption(repeated('--category <category>', 'only tables with this data category; repeatable'))
  add.addOption(repeated('--store <name>', 'only in this store; repeatable'))
  common(add, 'kept hold add --ground legal-claims --by jo --until 2027-12-31 --identity email=ada@example.org').action(
    cli.action((options: AddOptions) =>
      withWorkspace<ExitCode>(cli.terminal, options, { stores: false }, async (workspace) => {
        const names = workspace.maps.map(({ store }) => store)
        const { ground, by, until, category: data, store: stores } = options
        const identities = placeIdentities(options.identity, names)
        const added = await addHold(deskOf(workspace), { ground, by, until, data, stores, identities })
        if (options.json) printJson(cli.terminal, { hold: added })
        else cli.terminal.out(`Hold ${added.id}: ${added.ground}, until ${added.until}.\n`)
        return 0
      }),
    ),
  )
}

function repeated(flags: string, words: string): Option {
  return new Option(flags, words).argParser(collect((value: string) => value)).default([], 'all')
}

function deskOf({ plan, maps, engine, database }: Workspace) {
  return { plan, maps, records: database, staff: engine.staff, now: engine.now }
}
