import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, extname, join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { exportArticle30 } from '../../exchange/article-30/export.ts'
import { exportDpv } from '../../exchange/dpv/document.ts'
import type { ExchangeFile, Exported, Loss } from '../../exchange/exported.ts'
import { exportFideslang } from '../../exchange/fideslang/export.ts'
import { Fault } from '../../language/fault.ts'
import { policyJsonSchema, storeJsonSchema } from '../../policy/json-schema.ts'
import { type ReadFiles, readFaultless } from '../../workspace/workspace.ts'
import type { Cli } from '../run.ts'
import { columns, count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { registerPolicyImport } from './policy-import.ts'
import { registerPolicyMap } from './policy-map.ts'

type Language = 'en' | 'de'

/** What a policy is exported as; adding a format is one entry here. */
const formats = {
  dpv: ({ policy, plan, maps }: ReadFiles) => exportDpv(policy, plan, maps),
  'article-30': ({ plan, maps }: ReadFiles, language: Language) => exportArticle30(plan, maps, language),
  fideslang: ({ plan, maps }: ReadFiles) => exportFideslang(plan, maps),
} as const

type Format = keyof typeof formats | 'json-schema'

interface ExportOptions {
  readonly as: Format
  readonly policy: string
  readonly language: Language
  readonly out?: string
  readonly json?: boolean
}

/** `kept policy export` and `kept policy import`: the policy in the formats of others. */
export function registerPolicy(program: Command, cli: Cli): void {
  const policy = program.command('policy').description('The policy in the formats of other tools and of authorities')
  policy
    .command('export')
    .description('Writes the policy as DPV, a record of processing, Fideslang or a JSON Schema, and tells what is lost')
    .addOption(
      new Option('--as <format>', 'what to write')
        .choices([...Object.keys(formats), 'json-schema'])
        .makeOptionMandatory(),
    )
    .option('--policy <file>', 'the policy; its store maps lie in stores/ beside it', 'kept.yaml')
    .addOption(
      new Option('--language <language>', 'language of the record of processing').choices(['en', 'de']).default('en'),
    )
    .option('--out <path>', 'a file, or a folder for all files of the format; default: standard output')
    .option('--json', 'print one JSON document for machines')
    .addHelpText('after', '\nExample:\n  $ kept policy export --as dpv --out policy.dpv.jsonld')
    .action(cli.action((options: ExportOptions) => exportPolicy(cli.terminal, options)))
  registerPolicyImport(policy, cli)
  registerPolicyMap(policy, cli)
  policy.addHelpText('after', '\nExample:\n  $ kept policy export --as article-30 --out record')
}

/** The schemas of the language itself; they need no policy. */
function schemas(): Exported {
  const text = (schema: unknown): string => `${JSON.stringify(schema, null, 2)}\n`
  return {
    files: [
      { name: 'kept.schema.json', text: text(policyJsonSchema()) },
      { name: 'store.schema.json', text: text(storeJsonSchema()) },
    ],
    lost: [],
    missing: [],
  }
}

async function exportPolicy(terminal: Terminal, options: ExportOptions): Promise<ExitCode> {
  const exported =
    options.as === 'json-schema'
      ? schemas()
      : formats[options.as](await readFaultless(terminal, { policy: options.policy, data: '.kept' }), options.language)
  const written = options.out === undefined ? [] : await writeFiles(terminal, options.out, exported.files)
  if (options.json === true) {
    const files = exported.files.map(({ name, text }, index) =>
      options.out === undefined ? { name, text } : { name, path: written[index] ?? null },
    )
    printJson(terminal, { as: options.as, files, lost: exported.lost, missing: exported.missing })
    return 0
  }
  const told = [...parts('Not said in this format:', exported.lost), ...parts('Missing:', exported.missing)].join('\n')
  if (options.out === undefined) {
    terminal.out(exported.files[0]?.text ?? '')
    if (told !== '') terminal.err(`${told}\n`)
  } else
    terminal.out(
      [told, ...written.map((path) => `Written: ${path}`), ''].filter((line, at) => line !== '' || at > 0).join('\n'),
    )
  return 0
}

function parts(heading: string, losses: readonly Loss[]): string[] {
  return losses.length === 0
    ? []
    : [
        `${heading} ${count(losses.length, 'place')}`,
        ...columns(losses.map(({ path, what }) => [`  ${path}`, what])),
        '',
      ]
}

/** One file by the name that was asked for, or all of them in a folder. Fault `exchange.no-such-file`. */
async function writeFiles(terminal: Terminal, out: string, files: readonly ExchangeFile[]): Promise<readonly string[]> {
  const asked = extname(out)
  const one = files.filter(({ name }) => asked !== '' && (files.length === 1 || extname(name) === asked))
  if (asked !== '' && one.length === 0)
    throw new Fault({
      code: 'exchange.no-such-file',
      what: `This format has no file that ends in ${asked}.`,
      mend: `Name a folder, or a file that ends like ${files.map(({ name }) => name).join(' or ')}.`,
    })
  const path = resolve(terminal.cwd, out)
  const targets =
    asked === ''
      ? files.map((file) => ({ file, to: join(path, file.name) }))
      : one.slice(0, 1).map((file) => ({ file, to: path }))
  for (const { file, to } of targets) {
    await mkdir(dirname(to), { recursive: true })
    await writeFile(to, file.text)
  }
  return targets.map(({ to }) => to)
}
