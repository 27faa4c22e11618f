import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { type Command, Option } from 'commander'
import { Faults } from '../../language/fault.ts'
import { earlierSentencesFile, importedDocument, sentencesFile } from '../../language/imported-document.ts'
import { readWords, type Words, withOwnWords, wordsOfTexts } from '../../notice/words.ts'
import { answerFaults } from '../../prose/answer-faults.ts'
import { draftYaml } from '../../prose/draft-yaml.ts'
import { importDocument } from '../../prose/import-document.ts'
import type { Imported } from '../../prose/imported.ts'
import { modelFrom } from '../../prose/model/endpoint.ts'
import { proposeReadings } from '../../prose/model/propose.ts'
import { emptyReview, type Review } from '../../prose/review.ts'
import { readReview, writeReview } from '../../prose/review-file.ts'
import { queueOf } from '../../prose/review-queue.ts'
import { movedSentences, sentenceRegister } from '../../prose/sentence-register.ts'
import { differencesBetween } from '../../prose/warnings/between.ts'
import { collect } from '../options.ts'
import { importNotice } from '../own-notice.ts'
import { readText } from '../read-document.ts'
import { reviewImport } from '../review-import.ts'
import type { Cli } from '../run.ts'
import { type ImportTold, importText } from '../tell/import-text.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

interface ImportCommandOptions {
  readonly out?: string
  readonly with: readonly string[]
  readonly review?: boolean
  readonly propose?: boolean
  readonly texts?: string
  readonly words?: string
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
    .addOption(
      new Option('--with <file>', 'another policy that is kept beside this one: where the two differ; repeatable')
        .argParser(collect((file) => file))
        .default([], 'none'),
    )
    .option('--review', `review what is unsure: asked on a terminal, else listed; kept in ${reviewFile}`)
    .option(
      '--propose',
      'let the language model of KEPT_MODEL_URL and KEPT_MODEL propose for the review; it never decides',
    )
    .option('--texts <file>', "for a notice that Kept built: its author's own texts and names in its language")
    .option('--words <file>', 'for a notice that Kept built in a further language: its words file')
    .option('--json', 'print one JSON document for machines')
    .addHelpText('after', '\nExample:\n  $ kept import privacy.html --out policy --review')
    .action(cli.action((file: string, options: ImportCommandOptions) => importPolicy(cli.terminal, file, options)))
}

async function importPolicy(terminal: Terminal, file: string, options: ImportCommandOptions): Promise<ExitCode> {
  const source = await readText(terminal, file)
  const folder = resolve(terminal.cwd, options.out ?? '.')
  const decided = join(folder, reviewFile)
  const own = wordsOfNotice(terminal, options)
  const reread = (review: Review) => importNotice(source, { name: file, ...review }, own)
  const written = existsSync(decided) ? await readFile(decided, 'utf8') : undefined
  let review = written === undefined ? emptyReview : readReview(written, decided)
  let imported = reread(review)
  const unfit = answerFaults(imported, review.answers, decided, written)
  if (unfit.length > 0) throw new Faults(unfit)
  const notices: string[] = []
  const today = new Date().toISOString().slice(0, 10)
  if (options.propose === true) {
    const proposed = await propose(terminal, imported, review, today)
    review = proposed.review
    notices.push(...proposed.notices)
  }
  if (options.review === true && terminal.keyboard !== undefined && options.json !== true) {
    review = await reviewImport(terminal.keyboard, imported, review, today)
    imported = reread(review)
  }
  const told: ImportTold = {
    imported,
    between: differencesBetween([imported, ...(await readOthers(terminal, file, options.with))], review.accepts),
    ...(options.review === true || options.propose === true ? { queue: queueOf(imported, review) } : {}),
    notices,
    ...(await write(terminal, { file, folder, imported, review }, options)),
  }
  if (options.json === true) printJson(terminal, jsonOf(told))
  else terminal.out(importText(told))
  return 0
}

/** The words of the language that a notice of ours may be in, where the command names files of them. */
function wordsOfNotice({ cwd }: Terminal, { texts, words }: ImportCommandOptions): readonly Words[] {
  if (words === undefined) return texts === undefined ? [] : [wordsOfTexts(resolve(cwd, texts))]
  const read = readWords(resolve(cwd, words))
  return [texts === undefined ? read : withOwnWords(read, resolve(cwd, texts))]
}

/** The import as it is, and beside it what this run found, was told and wrote. */
function jsonOf({ imported, between, queue, notices, moved, written }: ImportTold) {
  return { ...imported, between, ...(queue === undefined ? {} : { queue }), notices, moved, written }
}

/** The review with what a model proposes for its queue; what goes wrong there is a notice and no fault of the import. */
async function propose(
  terminal: Terminal,
  imported: Imported,
  review: Review,
  on: string,
): Promise<{ readonly review: Review; readonly notices: readonly string[] }> {
  const endpoint = modelFrom(terminal.env)
  if ('missing' in endpoint) return { review, notices: [`No model was asked: ${endpoint.missing}.`] }
  const { proposals, notices } = await proposeReadings(endpoint, queueOf(imported, review), { on })
  const anew = new Set(proposals.map((each) => `${each.text} ${each.origin}`))
  const before = review.proposals.filter((each) => !anew.has(`${each.text} ${each.origin}`))
  return { review: { ...review, proposals: [...before, ...proposals] }, notices }
}

/** The policies of --with; a document of the same name is called by its folder as well, so that ids stay apart. */
async function readOthers(terminal: Terminal, file: string, others: readonly string[]): Promise<Imported[]> {
  const names = new Set([nameOf(file)])
  const read: Imported[] = []
  for (const other of others) {
    const path = resolve(terminal.cwd, other)
    const apart = `${basename(dirname(path))}-${basename(path)}`
    const name = [basename(path), apart, `${names.size + 1}-${apart}`].find((each) => !names.has(nameOf(each))) ?? apart
    names.add(nameOf(name))
    read.push(importDocument(await readText(terminal, other), { name }))
  }
  return read
}

const nameOf = (file: string): string => basename(file).replace(/\.[a-z0-9]{1,8}$/iu, '')

interface Output {
  readonly file: string
  readonly folder: string
  readonly imported: Imported
  readonly review: Review
}

async function write(
  terminal: Terminal,
  { file, folder, imported, review }: Output,
  options: ImportCommandOptions,
): Promise<Pick<ImportTold, 'moved' | 'written'>> {
  const written: string[] = []
  let moved: ImportTold['moved'] = []
  const reviewing = options.review === true || options.propose === true
  if (options.out !== undefined || reviewing) await mkdir(folder, { recursive: true })
  if (options.out !== undefined) {
    const draft = join(folder, draftFile)
    const register = join(folder, sentencesFile(imported.document.name))
    await writeFile(draft, draftYaml(imported))
    const from = relative(folder, resolve(terminal.cwd, file)).split(sep).join('/')
    moved = await writeRegister(register, sentenceRegister(imported, from))
    written.push(draft, register)
  }
  if (reviewing) {
    const decided = join(folder, reviewFile)
    await writeFile(decided, writeReview(imported, review))
    written.push(decided)
  }
  return { moved, written }
}

/** Writes the sentences by number and hash; where an earlier import wrote others, keeps those and tells which stand elsewhere now. */
async function writeRegister(
  file: string,
  register: ReturnType<typeof sentenceRegister>,
): Promise<ReturnType<typeof movedSentences>> {
  const before = existsSync(file) ? earlierRegister(await readFile(file, 'utf8')) : undefined
  if (before !== undefined && before.document.sha256 !== register.document.sha256) {
    const { name, sha256 } = before.document
    await writeFile(join(dirname(file), earlierSentencesFile(name, sha256)), registerText(before))
  }
  await writeFile(file, registerText(register))
  return before === undefined ? [] : movedSentences(before, register)
}

const registerText = (register: ReturnType<typeof sentenceRegister>): string => `${JSON.stringify(register, null, 2)}\n`

function earlierRegister(source: string) {
  try {
    return importedDocument.safeParse(JSON.parse(source)).data
  } catch {
    return undefined
  }
}
