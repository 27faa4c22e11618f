import type { Command } from 'commander'
import { Fault } from '../../language/fault.ts'
import { faultJson } from '../../language/fault-text.ts'
import { type CheckedStore, checkedFact, checkStores } from '../../workspace/check-stores.ts'
import { type CommonOptions, openOwn, type ReadFiles, readFaultless } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { faultText } from '../source-text.ts'
import { columns, count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { registerStoreDiscover } from './store-discover.ts'
import { registerStoreGuard } from './store-guard.ts'
import { registerStoreImport } from './store-import.ts'

/** `kept store list` and `kept store check [NAME]`. */
export function registerStore(program: Command, cli: Cli): void {
  const store = program.command('store').description('The data systems that the policy is carried out on')
  common(store.command('list').description('Lists the stores and what their maps declare'), 'kept store list').action(
    cli.action((options: CommonOptions) => list(cli.terminal, options)),
  )
  const check = store.command('check').argument('[name]', 'only this store')
  check.description('Holds the store maps against the live schemas, and records what was found')
  common(check, 'kept store check helpdesk').action(
    cli.action((name: string | undefined, options: CommonOptions) => checkThem(cli.terminal, name, options)),
  )
  registerStoreImport(store, cli)
  registerStoreDiscover(store, cli)
  registerStoreGuard(store, cli)
  store.addHelpText('after', '\nExample:\n  $ kept store check')
}

async function list(terminal: Terminal, options: CommonOptions): Promise<ExitCode> {
  const files = await readFaultless(terminal, options)
  const rows = files.maps.map((map) => ({
    store: map.store,
    file: map.file ?? null,
    role: map.role,
    country: map.country ?? null,
    tables: map.tables.length,
    fields: map.tables.reduce((sum, table) => sum + table.fields.length, 0),
    read: map.connect.read,
    execute: map.connect.execute ?? null,
  }))
  if (options.json) printJson(terminal, { stores: rows })
  else if (rows.length === 0) terminal.out('No store maps: write stores/NAME.yaml beside the policy.\n')
  else {
    const lines = columns([
      ['store', 'role', 'country', 'tables', 'fields', 'read by', 'executed by'],
      ...rows.map((row) => [
        row.store,
        row.role,
        row.country ?? '',
        String(row.tables),
        String(row.fields),
        row.read,
        row.execute ?? 'nothing',
      ]),
    ])
    terminal.out(`${lines.join('\n')}\n`)
  }
  return 0
}

async function checkThem(terminal: Terminal, name: string | undefined, options: CommonOptions): Promise<ExitCode> {
  const files = await readFaultless(terminal, options)
  if (name !== undefined && !files.maps.some((map) => map.store === name)) throw unknownStore(name, files)
  const checked = await checkStores(terminal, files, name === undefined ? undefined : [name])
  const { database, close } = await openOwn(terminal, options, files.plan)
  try {
    await database.append(checked.map(checkedFact))
  } finally {
    await close()
  }
  if (options.json) {
    printJson(terminal, {
      stores: checked.map(({ store, live, faults }) => ({
        store,
        reachable: live !== undefined,
        version: live?.version ?? null,
        schema: live?.sha256 ?? null,
        tables: live?.tables.length ?? null,
        faults: faults.map(faultJson),
      })),
    })
  } else terminal.out(checked.map((one) => checkedText(terminal, one)).join('\n'))
  return checked.every(({ faults }) => faults.length === 0) ? 0 : 1
}

function checkedText(terminal: Terminal, { store, live, faults }: CheckedStore): string {
  const sources = new Map<string, string | undefined>()
  const head = live ? `${store}: ${live.version}, ${count(live.tables.length, 'table')}` : `${store}: not reached`
  const lines = faults.map((fault) => faultText(terminal, fault, sources))
  const end = faults.length === 0 ? 'The map fits the live schema.' : count(faults.length, 'finding')
  return `${[head, ...lines, end].join('\n')}\n`
}

function unknownStore(name: string, files: ReadFiles): Fault {
  return new Fault({
    code: 'request.store-unknown',
    what: `No store map describes the store "${name}".`,
    mend: `The stores are: ${files.maps.map((map) => map.store).join(', ')}.`,
  })
}
