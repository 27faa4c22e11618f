import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { stringify } from 'yaml'
import { draftMapText, questionsOf } from '../../exchange/fideslang/draft-map-text.ts'
import { importFideslang } from '../../exchange/fideslang/import-policy.ts'
import { readFideslang } from '../../exchange/fideslang/read.ts'
import { Faults } from '../../language/fault.ts'
import type { Cli } from '../run.ts'
import { columns, count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { refuseExisting } from '../written-file.ts'

interface PolicyImportOptions {
  readonly from: 'fideslang'
  readonly out?: string
  readonly json?: boolean
}

const draftFile = 'kept.draft.yaml'

/** `kept policy import --from fideslang FILES`: drafts of a policy and its store maps that ask what the files do not say. */
export function registerPolicyImport(policy: Command, cli: Cli): void {
  policy
    .command('import')
    .argument('<files...>', 'YAML files with systems, datasets and organizations')
    .description('Drafts a policy and its store maps from files of Fideslang; what they do not say is asked')
    .addOption(
      new Option('--from <language>', 'what the files are written in').choices(['fideslang']).makeOptionMandatory(),
    )
    .option('--out <dir>', `where to write ${draftFile} and stores/; existing files are never written over`)
    .option('--json', 'print one JSON document for machines')
    .addHelpText('after', '\nExample:\n  $ kept policy import --from fideslang systems.yml datasets.yml --out policy')
    .action(
      cli.action((files: readonly string[], options: PolicyImportOptions) =>
        importPolicy(cli.terminal, files, options),
      ),
    )
}

async function importPolicy(
  terminal: Terminal,
  files: readonly string[],
  options: PolicyImportOptions,
): Promise<ExitCode> {
  const { fideslang, faults } = await readFideslang(files.map((file) => resolve(terminal.cwd, file)))
  if (faults.length > 0) throw new Faults(faults)
  const { policy, maps, lost, remarks } = importFideslang(fideslang)
  const from = files.map((file) => basename(file)).join(', ')
  const head = `# Drafted from ${from}. Every value that begins with OPEN waits for a decision; kept check refuses it.\n`
  const drafts = [
    { path: draftFile, text: `${head}${stringify(policy, { lineWidth: 0 })}`, value: policy },
    ...maps.map((map) => ({
      path: join('stores', `${map.store}.yaml`),
      text: draftMapText(map, from, []),
      value: map,
    })),
  ]
  const questions = drafts.flatMap(({ path, value }) => questionsOf(value).map((one) => ({ file: path, ...one })))
  const written: string[] = []
  if (options.out !== undefined) {
    const folder = resolve(terminal.cwd, options.out)
    const paths = drafts.map(({ path, text }) => ({ path: join(folder, path), text }))
    refuseExisting(paths.map(({ path }) => path))
    for (const { path, text } of paths) {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text, { flag: 'wx' })
      written.push(path)
    }
  }
  if (options.json === true) printJson(terminal, { policy, stores: maps, questions, lost, remarks, written })
  else if (options.out === undefined) terminal.out(drafts.map(({ text }) => text).join('---\n'))
  else
    terminal.out(
      [
        `${from}: ${count(Object.keys(policy.purposes ?? {}).length, 'purpose')}, ${count(maps.length, 'store')}, ${count(questions.length, 'open question')}.`,
        ...(questions.length === 0
          ? []
          : ['', ...columns(questions.map(({ file, path, asks }) => [`  ${file}`, path, asks]))]),
        ...(lost.length === 0
          ? []
          : ['', 'Not taken over:', ...columns(lost.map((one) => [`  ${one.path}`, one.what]))]),
        ...(remarks.length === 0
          ? []
          : ['', 'Worth knowing:', ...columns(remarks.map((one) => [`  ${one.path}`, one.what]))]),
        '',
        ...written.map((path) => `Written: ${path}`),
        '',
      ].join('\n'),
    )
  return 0
}
