import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Discovery } from '../../discovery/index.ts'
import { Fault } from '../../language/fault.ts'
import { isSecretReference, resolveSecret } from '../../policy/secret.ts'
import { type ReadFiles, readFiles } from '../../workspace/workspace.ts'
import type { Cli } from '../run.ts'
import { columns, count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { refuseExisting } from '../written-file.ts'

interface DiscoverOptions {
  readonly policy: string
  readonly store?: string
  readonly out?: string
  readonly json?: boolean
}

/** `kept store discover NAME|URL`: where personal data seems to lie in a live store, as findings and as a draft of its map. */
export function registerStoreDiscover(store: Command, cli: Cli): void {
  store
    .command('discover')
    .argument('<store>', 'name of a mapped store, env:NAME or file:PATH of a connection string, or the string itself')
    .description('Looks for personal data in a live store, with reading rights only; no value is shown or kept')
    .option('--policy <file>', 'the policy whose categories are named where there is one', 'kept.yaml')
    .option('--store <name>', 'name of the store in the draft; default: its name, else the database')
    .option('--out <file>', 'where to write a draft of the map; an existing file is never written over')
    .option('--json', 'print one JSON document for machines')
    .addHelpText('after', '\nExample:\n  $ kept store discover env:SHOP_READ --out stores/shop.yaml')
    .action(cli.action((named: string, options: DiscoverOptions) => discoverNamed(cli.terminal, named, options)))
}

async function discoverNamed(terminal: Terminal, named: string, options: DiscoverOptions): Promise<ExitCode> {
  // Loaded by those who discover: its tests of values are large.
  const { draftText, inWordsOf } = await import('../../discovery/index.ts')
  const { discoverStore } = await import('../../workspace/discover-store.ts')
  const path = options.out === undefined ? undefined : resolve(terminal.cwd, options.out)
  if (path !== undefined) refuseExisting([path])
  const files = existsSync(resolve(terminal.cwd, options.policy))
    ? await readFiles(terminal, { policy: options.policy, data: '.kept' })
    : undefined
  const { name, reference, connection } = await storeNamed(terminal, named, options.store, files)
  const data = files === undefined || files.policy.sha256 === '' ? undefined : files.plan.data
  const plain = await discoverStore(name, connection)
  const found = data === undefined ? plain : inWordsOf(plain, data)
  if (path !== undefined) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, draftText(plain, reference, data), { flag: 'wx' })
  }
  if (options.json === true) printJson(terminal, found)
  else terminal.out(told(found, path))
  return 0
}

interface Named {
  readonly name: string
  /** `env:NAME` or `file:PATH`, for the draft: never the string itself. */
  readonly reference: string
  readonly connection: string
}

async function storeNamed(
  terminal: Terminal,
  named: string,
  asked: string | undefined,
  files: ReadFiles | undefined,
): Promise<Named> {
  const map = files?.maps.find(({ store }) => store === named)
  if (map !== undefined) {
    const reference = map.connect.read
    return { name: asked ?? map.store, reference, connection: await resolveSecret(reference, terminal.env) }
  }
  if (isSecretReference(named)) {
    const connection = await resolveSecret(named, terminal.env)
    return { name: asked ?? databaseOf(connection), reference: named, connection }
  }
  if (!named.includes(':'))
    throw new Fault({
      code: 'request.store-unknown',
      what: 'No store map describes a store of this name.',
      mend: 'Name a mapped store, or say where the connection string is: env:NAME, file:PATH or postgres://…',
    })
  const name = asked ?? databaseOf(named)
  return { name, reference: `env:${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}_READ`, connection: named }
}

/** A name for the store from its connection string: the database alone, never user, host or password. */
function databaseOf(connection: string): string {
  const last = /^postgres(?:ql)?:\/\/[^/?]*\/([^/?]+)/.exec(connection)?.[1] ?? 'store'
  const name = last.replaceAll(/[^\w-]+/g, '-').replace(/^[^A-Za-z]+/, '')
  return name === '' ? 'store' : name
}

function told({ store, tables, questions }: Discovery, path: string | undefined): string {
  const rows = tables.flatMap(({ table, columns: all }) =>
    all
      .filter(({ category }) => category !== 'none')
      .map(({ column, category, sure, why }) => [`  ${table}.${column}`, category, sure.toFixed(2), why]),
  )
  const asked = questions.map(({ at, asks }) => [`  ${at}`, asks])
  return [
    `${store}: ${count(tables.length, 'table')}, ${count(rows.length, 'column')} with personal data, ${count(asked.length, 'question')}.`,
    ...(rows.length === 0 ? [] : ['', ...columns(rows)]),
    ...(asked.length === 0 ? [] : ['', 'Not sure:', ...columns(asked)]),
    ...(path === undefined ? [] : ['', `Written: ${path}`]),
    '',
  ].join('\n')
}
