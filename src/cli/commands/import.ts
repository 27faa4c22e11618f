import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { Command } from 'commander'
import { importedDocument, sentencesFile } from '../../language/imported-document.ts'
import { draftYaml } from '../../prose/draft-yaml.ts'
import { importDocument } from '../../prose/import-document.ts'
import type { Imported } from '../../prose/imported.ts'
import { readReview, writeReview } from '../../prose/review.ts'
import { movedSentences, sentenceRegister } from '../../prose/sentence-register.ts'
import { readText } from '../read-document.ts'
import type { Cli } from '../run.ts'
import { columns, count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

interface ImportCommandOptions {
  readonly out?: string
  readonly review?: boolean
  readonly json?: boolean
}

const reviewFile = 'kept.review.yaml'
const draftFile = 'kept.draft.yaml'

/** `kept import`: a prose policy becomes sentences that are all accounted for, and a draft of kept.yaml that asks what is open. */
export function registerImport(program: Command, cli: Cli): void {
  program
    .command('import')
    .argument('<file>', 'the policy as text, Markdown or HTML')
    .description('Reads a prose policy: every sentence accounted for, and a draft of kept.yaml')
    .option(
      '--out <dir>',
      `where to write ${draftFile} and the sentences by number and hash; decisions are read from ${reviewFile} there`,
    )
    .option('--review', `also write ${reviewFile}: the decisions as they are and the queue of what is unsure`)
    .option('--json', 'print one JSON document for machines')
    .addHelpText('after', '\nExample:\n  $ kept import privacy.html --out policy --review')
    .action(cli.action((file: string, options: ImportCommandOptions) => importPolicy(cli.terminal, file, options)))
}

async function importPolicy(terminal: Terminal, file: string, options: ImportCommandOptions): Promise<ExitCode> {
  const path = resolve(terminal.cwd, file)
  const source = await readText(terminal, file)
  const folder = resolve(terminal.cwd, options.out ?? '.')
  const decided = join(folder, reviewFile)
  const decisions = existsSync(decided) ? readReview(await readFile(decided, 'utf8'), decided) : []
  const imported = importDocument(source, { name: file, decisions })
  const written: string[] = []
  let moved: Moved = []
  if (options.out !== undefined || options.review === true) await mkdir(folder, { recursive: true })
  if (options.out !== undefined) {
    await writeFile(join(folder, draftFile), draftYaml(imported))
    const register = join(folder, sentencesFile(imported.document.name))
    moved = await writeRegister(register, sentenceRegister(imported, relative(folder, path).split(sep).join('/')))
    written.push(join(folder, draftFile), register)
  }
  if (options.review === true) {
    await writeFile(decided, writeReview(imported, decisions))
    written.push(decided)
  }
  if (options.json === true) printJson(terminal, imported)
  else terminal.out(importText(imported, written, moved))
  return 0
}

type Moved = ReturnType<typeof movedSentences>

/** Writes the sentences by number and hash; where an earlier import wrote others, tells which stand elsewhere now. */
async function writeRegister(file: string, register: ReturnType<typeof sentenceRegister>): Promise<Moved> {
  const before = existsSync(file) ? earlierRegister(await readFile(file, 'utf8')) : undefined
  await writeFile(file, `${JSON.stringify(register, null, 1)}\n`)
  return before === undefined ? [] : movedSentences(before, register)
}

function earlierRegister(source: string) {
  try {
    return importedDocument.safeParse(JSON.parse(source)).data
  } catch {
    return undefined
  }
}

function importText(
  { document, sentences, coverage, questions, warnings }: Imported,
  written: readonly string[],
  moved: Moved,
): string {
  const by = (disposition: string) => sentences.filter((sentence) => sentence.disposition === disposition).length
  const said = [
    ...sentences.flatMap((sentence) => sentence.warnings.map((warning) => ({ at: sentence.id, ...warning }))),
    ...warnings.map((warning) => ({ at: document.name, ...warning })),
  ]
  return [
    `${document.name}: ${count(document.words, 'word')}, ${count(sentences.length, 'sentence')}, all accounted for.`,
    `  ${by('machine')} that software can keep and show, ${by('human-task')} that need a person, ${by('not-a-promise')} that promise nothing`,
    `  ${coverage.bound} bound to commitments of the draft, ${coverage.unbound} unbound`,
    ...(coverage.unbound > 0
      ? [
          '',
          'Unbound:',
          ...columns(
            sentences.filter((one) => one.unbound !== undefined).map((one) => [`  ${one.id}`, one.unbound ?? '']),
          ),
        ]
      : []),
    ...(questions.length > 0
      ? [
          '',
          'Open questions (the draft asks them; kept check refuses it until they are answered):',
          ...columns(questions.map((one) => [`  ${document.name}#${one.sentence}`, one.asks])),
        ]
      : []),
    ...(said.length > 0 ? ['', 'Warnings:', ...columns(said.map((one) => [`  ${one.at}`, one.code, one.what]))] : []),
    ...(coverage.review > 0 ? ['', `${count(coverage.review, 'sentence')} for review: kept import … --review`] : []),
    ...(moved.length > 0
      ? [
          '',
          'Sentences that moved; sources of the policy that name them have to follow:',
          ...columns(moved.map(({ from, to }) => [`  ${from}`, to === undefined ? 'is gone' : `is now ${to}`])),
        ]
      : []),
    ...written.map((path) => `\nWritten: ${path}`),
    '',
  ].join('\n')
}
