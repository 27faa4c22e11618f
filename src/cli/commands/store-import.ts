import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { LiveSchema } from '../../connector.ts'
import { connectors } from '../../connectors/index.ts'
import { type SharedValues, sharedValues } from '../../connectors/postgres/shared-values.ts'
import type { Loss } from '../../exchange/exported.ts'
import { candidatesOf, seenEdge, withLive } from '../../exchange/fideslang/candidates.ts'
import { declaredCategories } from '../../exchange/fideslang/category.ts'
import { draftMapText, questionsOf } from '../../exchange/fideslang/draft-map-text.ts'
import { edgesOf } from '../../exchange/fideslang/graph.ts'
import { importDataset } from '../../exchange/fideslang/import-dataset.ts'
import { purposesOf } from '../../exchange/fideslang/purposes.ts'
import { type Fideslang, readFideslang } from '../../exchange/fideslang/read.ts'
import type { FideslangDataset } from '../../exchange/fideslang/vocabulary.ts'
import { Fault, Faults } from '../../language/fault.ts'
import { resolveSecret } from '../../policy/secret.ts'
import type { Cli } from '../run.ts'
import { columns, count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { readFiles } from '../workspace.ts'
import { refuseExisting } from '../written-file.ts'

interface StoreImportOptions {
  readonly from: 'fides'
  readonly policy: string
  readonly dataset?: string
  readonly store?: string
  readonly read?: string
  readonly out?: string
  readonly json?: boolean
}

/** `kept store import --from fides FILE`: a draft of a store map from what another tool knows of the store. */
export function registerStoreImport(store: Command, cli: Cli): void {
  store
    .command('import')
    .argument('<files...>', 'YAML files of Fides: a dataset, and systems that name it')
    .description('Drafts a store map from a dataset of Fides; what it does not say is asked')
    .addOption(new Option('--from <tool>', 'whose description it is').choices(['fides']).makeOptionMandatory())
    .option('--policy <file>', 'the policy whose categories and purposes the map names', 'kept.yaml')
    .option('--dataset <key>', 'which dataset, where the files hold several')
    .option('--store <name>', 'name of the store; default: the key of the dataset')
    .option(
      '--read <reference>',
      'env:NAME or file:PATH of a connection string: references are looked for in the live store too',
    )
    .option('--out <file>', 'where to write the draft; an existing file is never written over')
    .option('--json', 'print one JSON document for machines')
    .addHelpText('after', '\nExample:\n  $ kept store import --from fides shop_dataset.yml --out stores/shop.yaml')
    .action(
      cli.action((files: readonly string[], options: StoreImportOptions) => importStore(cli.terminal, files, options)),
    )
}

async function importStore(
  terminal: Terminal,
  files: readonly string[],
  options: StoreImportOptions,
): Promise<ExitCode> {
  const { fideslang, faults } = await readFideslang(files.map((file) => resolve(terminal.cwd, file)))
  if (faults.length > 0) throw new Faults(faults)
  const policy = await readFiles(terminal, { policy: options.policy, data: '.kept' })
  // A draft that still asks has names all the same; without a policy there are none.
  if (policy.policy.sha256 === '') throw new Faults(policy.faults)
  const dataset = chooseDataset(fideslang, options.dataset)
  const store = options.store ?? dataset.fides_key.replaceAll(/[^\w-]/g, '_')
  const looked = options.read === undefined ? undefined : await look(terminal, dataset, options.read)
  const { map, remarks } = importDataset(looked?.dataset ?? dataset, {
    store,
    ...(options.read === undefined ? {} : { read: options.read }),
    categories: declaredCategories(policy.plan.data),
    purposes: purposesOf(dataset.fides_key, fideslang.systems, policy.plan.purposes),
    ...(looked === undefined ? {} : { seen: looked.seen }),
  })
  const questions = questionsOf(map)
  const said = [...remarks, ...(looked?.remarks ?? [])]
  const text = draftMapText(map, files.map((file) => basename(file)).join(', '), said)
  const path = options.out === undefined ? undefined : resolve(terminal.cwd, options.out)
  if (path !== undefined) {
    refuseExisting([path])
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: 'wx' })
  }
  if (options.json === true) printJson(terminal, { store, map, questions, remarks: said, written: path ?? null })
  else if (path === undefined) terminal.out(text)
  else terminal.out(told(store, Object.keys(map.tables).length, questions, said, path))
  return 0
}

function told(
  store: string,
  tables: number,
  questions: ReturnType<typeof questionsOf>,
  remarks: readonly Loss[],
  path: string,
): string {
  return [
    `${store}: ${count(tables, 'table')}, ${count(questions.length, 'open question')}.`,
    ...(questions.length === 0 ? [] : ['', ...columns(questions.map(({ path: at, asks }) => [`  ${at}`, asks]))]),
    ...(remarks.length === 0
      ? []
      : ['', 'Worth knowing:', ...columns(remarks.map((one) => [`  ${one.path}`, one.what]))]),
    '',
    `Written: ${path}`,
    '',
  ].join('\n')
}

function chooseDataset({ datasets }: Fideslang, key: string | undefined): FideslangDataset {
  const chosen = key === undefined ? datasets : datasets.filter((dataset) => dataset.fides_key === key)
  const [only] = chosen
  if (only !== undefined && chosen.length === 1) return only
  throw new Fault({
    code: 'exchange.no-dataset',
    what: chosen.length === 0 ? 'The files hold no such dataset.' : 'The files hold several datasets.',
    mend: `Name one by --dataset: ${datasets.map((dataset) => dataset.fides_key).join(', ') || 'a file with dataset: at its top'}.`,
  })
}

interface Looked {
  readonly dataset: FideslangDataset
  readonly seen: ReturnType<typeof seenEdge>[]
  readonly remarks: readonly Loss[]
}

/** Looks at the live store: what the dataset does not mention, and references that names and values show. */
async function look(terminal: Terminal, dataset: FideslangDataset, reference: string): Promise<Looked> {
  const connection = await resolveSecret(reference, terminal.env)
  const live = await describe(dataset.fides_key, connection)
  const candidates = candidatesOf(dataset, live)
  const declared = edgesOf(dataset).edges.map(({ from, found }) => ({ column: found, key: from }))
  const shown = await sharedValues(connection, candidates)
  const checked = await sharedValues(connection, declared)
  const seen = shown.filter(holds).map(seenEdge)
  const { dataset: whole, unmentioned } = withLive(dataset, live, seen)
  return {
    dataset: whole,
    seen,
    remarks: [
      ...shown.map((pair) => remark(pair, holds(pair) ? 'no dataset says it; asked' : 'by its name only; not taken')),
      ...checked.filter((pair) => pair.shared < pair.sampled).map((pair) => remark(pair, 'as the dataset says')),
      ...unmentioned.map((table) => ({ path: `tables.${table}`, what: 'in the store and not in the dataset' })),
    ],
  }
}

// A few values without a partner are orphans; without most of them it is another reference, or none.
const holds = ({ sampled, shared }: SharedValues): boolean => sampled > 0 && shared / sampled >= 0.9

const remark = ({ column, key, sampled, shared }: SharedValues, why: string): Loss => ({
  path: `tables.${column.table}.${column.column}`,
  what: `refers to ${key.table}.${key.column} (${shared} of ${count(sampled, 'sampled value')}): ${why}`,
})

async function describe(name: string, connection: string): Promise<LiveSchema> {
  const connector = connectors.find((one) => one.accepts(connection))
  if (connector?.kind !== 'postgres')
    throw new Fault({
      code: 'store.unknown-kind',
      what: 'The connection string is of a kind whose values cannot be looked at here.',
      mend: 'Leave --read out, or name a PostgreSQL address (postgres://).',
    })
  const map = { store: name, connect: { read: 'env:NONE', application: [] }, zone: 'UTC', role: 'controller' as const }
  const store = await connector.open({ ...map, copies: {}, tables: [], sha256: '' }, [], { read: connection })
  try {
    return await store.describe()
  } finally {
    await store.close()
  }
}
