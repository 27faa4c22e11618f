import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { sha256Hex } from '../../base/hash.ts'
import { Fault } from '../../language/fault.ts'
import { faultJson } from '../../language/fault-text.ts'
import { buildNotice } from '../../notice/build.ts'
import { enforcedIn, type Format, formats, noticeFile } from '../../notice/formats.ts'
import { marksOf } from '../../notice/statements.ts'
import { untranslated } from '../../notice/untranslated.ts'
import { languages, readWords, type Words, withOwnWords, wordsForPolicy, wordsOf } from '../../notice/words.ts'
import type { NoticeFile } from '../../records.ts'
import { readStatus } from '../../status/read-status.ts'
import { type CommonOptions, type ReadFiles, readFaultless, withWorkspace } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { faultText } from '../source-text.ts'
import { count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

interface BuildOptions extends CommonOptions {
  readonly language: (typeof languages)[number]
  readonly words?: string
  readonly texts?: string
  readonly format: Format | 'all'
  readonly out?: string
  readonly checked?: boolean
}

/** `kept notice build`: the notice that the policy alone gives, in one language. */
export function registerNoticeBuild(notice: Command, cli: Cli): void {
  const command = notice
    .command('build')
    .description('Writes the notice that the policy gives: each statement with the id of its commitment')
    .addOption(new Option('--language <language>', 'its language').choices([...languages]).default('en'))
    .option('--words <file>', 'a further language: its words file, in place of --language')
    .option(
      '--texts <file>',
      'your own texts and names in that language; default: kept.LANGUAGE.yaml beside the policy',
    )
    .addOption(new Option('--format <format>', 'its format').choices([...formats, 'all']).default('html'))
    .option('--out <dir>', 'where to write it; else it is printed')
    .option('--checked', 'also say which statements a check has found kept, by the evidence')
  common(command, 'kept notice build --language de --format all --out public').action(
    cli.action((options: BuildOptions) => build(cli.terminal, options)),
  )
}

async function build(terminal: Terminal, options: BuildOptions): Promise<ExitCode> {
  if (options.format === 'all' && options.out === undefined && !options.json)
    throw new Fault({
      code: 'command.missing-out',
      what: 'All formats at once cannot be printed.',
      mend: 'Name a folder with --out, or one format with --format.',
    })
  const words = wordsFor(terminal, options)
  const [files, verified] = options.checked
    ? await readChecked(terminal, options)
    : [await readFaultless(terminal, options), new Set<string>()]
  const written = noticeFiles(files, verified, words, options.format)
  const warnings = untranslated(files.policy.located.value, words, options.policy)
  if (!options.json) for (const warning of warnings) terminal.err(`${faultText(terminal, warning)}\n`)
  if (options.out !== undefined) {
    const folder = resolve(terminal.cwd, options.out)
    await mkdir(folder, { recursive: true })
    for (const { path, text } of written) await writeFile(join(folder, path), text)
  }
  const marks = countMarks(files, verified)
  if (options.json)
    printJson(terminal, {
      language: words.language,
      policy: files.plan.sha256,
      marks,
      warnings: warnings.map(faultJson),
      files: written.map(({ path, mediaType, text }) => ({
        path: options.out === undefined ? path : join(options.out, path),
        mediaType,
        sha256: sha256Hex(text),
        ...(options.out === undefined ? { text } : {}),
      })),
    })
  else if (options.out === undefined) for (const { text } of written) terminal.out(text)
  else terminal.out(builtText(options.out, written, marks))
  return 0
}

/** The words of the language, with those of the policy's author. */
function wordsFor(terminal: Terminal, { language, words, texts, policy }: BuildOptions): Words {
  const plain = words === undefined ? wordsOf(language) : readWords(resolve(terminal.cwd, words))
  if (texts !== undefined) return withOwnWords(plain, resolve(terminal.cwd, texts))
  return wordsForPolicy(plain, resolve(terminal.cwd, policy))
}

function noticeFiles({ policy, plan }: ReadFiles, verified: ReadonlySet<string>, words: Words, format: Format | 'all') {
  const notice = buildNotice({ policy: policy.located.value, enforced: enforcedIn(plan), verified }, words)
  return (format === 'all' ? formats : [format]).map((each) => noticeFile(notice, each))
}

/** With the commitments that the status calls kept, each by an entry of the evidence. */
async function readChecked(terminal: Terminal, options: BuildOptions): Promise<[ReadFiles, ReadonlySet<string>]> {
  return withWorkspace(terminal, options, { stores: false, asWritten: true }, async (workspace) => {
    const { plan, database } = workspace
    const { commitments } = await readStatus(plan, database, new Date())
    return [
      workspace,
      new Set(commitments.filter(({ status }) => status === 'kept').map(({ commitment }) => commitment)),
    ]
  })
}

interface Marks {
  readonly undertaken: number
  readonly enforced: number
  readonly verified: number
}

function countMarks({ plan }: ReadFiles, verified: ReadonlySet<string>): Marks {
  const proven = { enforced: enforcedIn(plan), verified }
  const marks = plan.commitments.flatMap(({ id }) => marksOf(id, proven))
  const of = (mark: keyof Marks): number => marks.filter((each) => each === mark).length
  return { undertaken: of('undertaken'), enforced: of('enforced'), verified: of('verified') }
}

function builtText(folder: string, written: readonly NoticeFile[], marks: Marks): string {
  const { undertaken, enforced, verified } = marks
  return [
    `Written: ${written.map(({ path }) => join(folder, path)).join(', ')}`,
    `${count(undertaken, 'commitment')} said as undertaken by us, ${enforced} as carried out by our software, ${verified} as confirmed by a check`,
    '',
  ].join('\n')
}
