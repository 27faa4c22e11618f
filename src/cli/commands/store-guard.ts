import type { Command } from 'commander'
import type { WriteGuard } from '../../connector.ts'
import { connectors } from '../../connectors/index.ts'
import { evidenceName, fact } from '../../language/facts.ts'
import { Fault } from '../../language/fault.ts'
import type { StoreMap } from '../../language/store-map.ts'
import type { Fact } from '../../ledger.ts'
import { undeclaredParts } from '../../policy/check.ts'
import { resolveSecret } from '../../policy/secret.ts'
import { toJson } from '../../requests/sealed.ts'
import { type CommonOptions, connect, openOwn, type ReadFiles, readFaultless } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

interface GuardOptions extends CommonOptions {
  readonly dryRun?: boolean
  readonly remove?: boolean
}

interface Guarded extends Awaited<ReturnType<WriteGuard>> {
  readonly store: string
  readonly mode: 'off' | 'warn' | 'refuse'
  readonly schema: string
}

/** `kept store guard NAME`: the store itself refuses values in columns that no map declares. */
export function registerStoreGuard(store: Command, cli: Cli): void {
  const command = store.command('guard').argument('<name>', 'the store, as its map names it')
  command.description('Has the store itself refuse values that no map declares, as `undeclared` in its map says')
  command.option('--dry-run', 'print the statements and run none')
  command.option('--remove', 'take the guard away, whatever the map says')
  common(command, 'kept store guard helpdesk --dry-run').action(
    cli.action((name: string, options: GuardOptions) => guard(cli.terminal, name, options)),
  )
}

async function guard(terminal: Terminal, name: string, options: GuardOptions): Promise<ExitCode> {
  const files = await readFaultless(terminal, options)
  const map = files.maps.find(({ store }) => store === name)
  if (map === undefined) throw unknownStore(name, files)
  const mode = options.remove === true ? 'off' : (map.undeclared ?? 'off')
  const guarded = await guardStore(terminal, files, map, mode, options.dryRun === true)
  if (options.dryRun !== true) await record(terminal, options, files, guarded)
  if (options.json === true) printJson(terminal, { ...guarded, dryRun: options.dryRun === true })
  else terminal.out(told(guarded, options.dryRun === true))
  return guarded.failed.length > 0 ? 1 : 0
}

async function guardStore(
  terminal: Terminal,
  files: ReadFiles,
  map: StoreMap,
  mode: Guarded['mode'],
  dryRun: boolean,
): Promise<Guarded> {
  if (map.connect.guard === undefined) throw noOwner(map)
  const connection = await resolveSecret(map.connect.guard, terminal.env)
  const guardWrites = connectors.find((one) => one.accepts(connection))?.guardWrites
  if (guardWrites === undefined) throw unable(map.store)
  const { stores, unopened } = await connect(terminal, { ...files, maps: [map] })
  try {
    const live = await stores[0]?.describe()
    if (live === undefined) throw unopened[0]?.fault ?? unable(map.store)
    const parts = undeclaredParts(map, live, files.maps)
    return {
      store: map.store,
      mode,
      schema: live.sha256,
      ...(await guardWrites(map.store, connection, { mode, parts, dryRun })),
    }
  } finally {
    for (const store of stores) await store.close().catch(() => undefined)
  }
}

async function record(terminal: Terminal, options: CommonOptions, files: ReadFiles, guarded: Guarded): Promise<void> {
  const { store, mode, schema, tables, failed } = guarded
  const body = {
    store: evidenceName(store),
    mode,
    schema,
    tables: tables.map(({ table, columns }) => ({ table: evidenceName(table), columns: columns.length })),
    ...(failed.length === 0 ? {} : { failed: failed.map(({ table, code }) => ({ table: evidenceName(table), code })) }),
  }
  const { database, close } = await openOwn(terminal, options, files.plan)
  try {
    const checked = fact('store.guarded/1', body)
    await database.append([{ type: checked.type, body: toJson(checked.body) as Fact['body'] }])
  } finally {
    await close()
  }
}

const ACTS = { off: 'lets pass', warn: 'warns of', refuse: 'refuses' } as const

function told({ store, mode, tables, statements, failed }: Guarded, dryRun: boolean): string {
  if (dryRun) {
    return statements.length === 0 ? `-- nothing to change in ${store}\n` : `${statements.join(';\n')};\n`
  }
  const head = `${store} ${ACTS[mode]} values that no map declares${tables.length === 0 ? '; there is nothing to look at' : ':'}`
  const lines = tables.flatMap(({ table, columns, unsure }) => [
    `  ${table}: ${columns.join(', ')}`,
    ...(unsure.length === 0
      ? []
      : [`    only when changed, because they have a default of their own: ${unsure.join(', ')}`]),
  ])
  const left = failed.map(({ table, code }) => `  not changed: ${table} [${code}]; run this again`)
  const end = statements.length === 0 ? 'Nothing had to be changed.' : count(statements.length, 'statement')
  return `${[mode === 'off' ? `${store}: nothing is looked at when rows are written` : head, ...lines, ...left, end].join('\n')}\n`
}

function unknownStore(name: string, files: ReadFiles): Fault {
  return new Fault({
    code: 'store.unknown',
    what: `No store map describes the store "${name}".`,
    mend: `The stores are: ${files.maps.map((map) => map.store).join(', ')}.`,
  })
}

function noOwner(map: StoreMap): Fault {
  return new Fault({
    code: 'store.no-guard-connection',
    where: { file: map.file ?? '' },
    what: `The map of store ${map.store} names no connection that may change what its tables accept.`,
    mend: 'Add guard: env:NAME under connect; the connection string of the owner of the tables stands there.',
  })
}

function unable(store: string): Fault {
  return new Fault({
    code: 'store.cannot-guard',
    what: `Store ${store} cannot look at what is written to it.`,
    mend: 'PostgreSQL can. Elsewhere `kept store check` reports what no map declares.',
  })
}
