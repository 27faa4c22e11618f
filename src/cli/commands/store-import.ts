import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { Loss } from '../../exchange/exported.ts'
import { declaredCategories, draftedCategories } from '../../exchange/fideslang/category.ts'
import { datasetKeys } from '../../exchange/fideslang/draft-fields.ts'
import { draftMapText, questionsOf } from '../../exchange/fideslang/draft-map-text.ts'
import { importDataset } from '../../exchange/fideslang/import-dataset.ts'
import { purposesOf, roleIn } from '../../exchange/fideslang/purposes.ts'
import { type Fideslang, readFideslang } from '../../exchange/fideslang/read.ts'
import type { FideslangDataset } from '../../exchange/fideslang/vocabulary.ts'
import { Fault, Faults } from '../../language/fault.ts'
import type { Plan } from '../../policy/plan.ts'
import { readFiles } from '../../workspace/workspace.ts'
import { lookAtStore } from '../look-at-store.ts'
import type { Cli } from '../run.ts'
import { columns, count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
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

const defaultPolicy = 'kept.yaml'

/** `kept store import --from fides FILE`: a draft of a store map from what another tool knows of the store. */
export function registerStoreImport(store: Command, cli: Cli): void {
  store
    .command('import')
    .argument('<files...>', 'YAML files of Fides: a dataset, and systems that name it')
    .description('Drafts a store map from a dataset of Fides; what it does not say is asked')
    .addOption(new Option('--from <tool>', 'whose description it is').choices(['fides']).makeOptionMandatory())
    .option('--policy <file>', 'the policy whose categories and purposes the map names', defaultPolicy)
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
  const named = await categoriesOf(terminal, options.policy)
  const dataset = chooseDataset(fideslang, options.dataset)
  const store = options.store ?? dataset.fides_key.replaceAll(/[^\w-]/g, '_')
  const looked = options.read === undefined ? undefined : await lookAtStore(terminal, dataset, options.read)
  const whole = looked?.dataset ?? dataset
  const { map, references, remarks } = importDataset(whole, {
    store,
    ...(options.read === undefined ? {} : { read: options.read }),
    categories: named === undefined ? draftedCategories(datasetKeys(whole)) : declaredCategories(named.data),
    role: roleIn(dataset.fides_key, fideslang.systems),
    purposes: purposesOf(dataset.fides_key, fideslang.systems, named?.purposes ?? []),
    ...(looked === undefined ? {} : { seen: looked.seen }),
  })
  const questions = questionsOf(map)
  const said = [
    ...(named === undefined
      ? [{ path: options.policy, what: 'not there: categories bear the names that kept policy import gives them' }]
      : []),
    ...remarks,
    ...(looked?.remarks ?? []),
  ]
  const text = draftMapText(map, files.map((file) => basename(file)).join(', '), said)
  const path = options.out === undefined ? undefined : resolve(terminal.cwd, options.out)
  if (path !== undefined) {
    refuseExisting([path])
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: 'wx' })
  }
  if (options.json === true)
    printJson(terminal, { store, map, references, questions, remarks: said, written: path ?? null })
  else if (path === undefined) terminal.out(text)
  else terminal.out(told(store, Object.keys(map.tables).length, questions, said, path))
  return 0
}

/** The names of the policy; a draft that still asks has names all the same. Undefined where there is no policy yet. */
async function categoriesOf(terminal: Terminal, policy: string): Promise<Plan | undefined> {
  const path = resolve(terminal.cwd, policy)
  if (!existsSync(path)) {
    if (policy === defaultPolicy) return undefined
    throw new Fault({
      code: 'command.unreadable',
      where: { file: path },
      what: `There is no policy ${policy}.`,
      mend: 'Name the policy whose categories the map uses, or leave --policy out.',
    })
  }
  const read = await readFiles(terminal, { policy, data: '.kept' })
  if (read.policy.sha256 === '') throw new Faults(read.faults)
  return read.plan
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
