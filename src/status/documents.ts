import { readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { sha256Hex } from '../base/hash.ts'
import { Fault } from '../language/fault.ts'
import {
  type DocumentSentence,
  earlierSentencesFile,
  type ImportedDocument,
  importedDocument,
  sentencesFile,
} from '../language/imported-document.ts'
import type { Plan } from '../policy/plan.ts'

/** An imported document beside the policy, its sentences found again by number and hash. */
export interface ReadDocument {
  readonly name: string
  readonly sha256: string
  readonly sentences: readonly DocumentSentence[]
  /** The document's own text of each sentence. */
  readonly quotes: readonly string[]
}

const mostBytes = 32_000_000

/**
 * Reads the documents that the policy's sources name, where `NAME.sentences.json` lies beside the policy; the others are
 * `absent`. Faults: `status.sentences-unreadable`, `status.document-missing`, `status.document-changed`,
 * `status.document-renumbered`, `status.unknown-sentence`.
 */
export async function readDocuments(plan: Plan): Promise<{
  readonly documents: readonly ReadDocument[]
  readonly absent: readonly string[]
  readonly faults: readonly Fault[]
}> {
  const documents: ReadDocument[] = []
  const absent: string[] = []
  const faults: Fault[] = []
  for (const name of namesIn(plan)) {
    const file = join(dirname(plan.file), sentencesFile(name))
    try {
      const register = await readRegister(file)
      if (register === undefined) absent.push(name)
      else {
        const pinned = plan.documents[name] ?? register.document.sha256
        const counted = pinned === register.document.sha256 ? register : await readEarlier(plan, name, pinned, file)
        documents.push(counted === register ? await readQuotes(register, file) : readDocument(counted))
        faults.push(...unknownSentences(plan, name, counted))
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      faults.push(error)
    }
  }
  return { documents, absent, faults }
}

/** In the order in which the policy first names them; a name is no path. */
function namesIn(plan: Plan): readonly string[] {
  const sources = plan.commitments.flatMap(({ source }) => source)
  const names = sources.map((source) => /^([^/\\]+)#\d+$/u.exec(source)?.[1])
  return [...new Set([...Object.keys(plan.documents), ...names.filter((name) => name !== undefined)])].filter(
    (name) => !/[/\\]/u.test(name),
  )
}

async function readRegister(file: string): Promise<ImportedDocument | undefined> {
  let source: string
  try {
    if ((await stat(file)).size > mostBytes) throw unreadable(file, 'is larger than 32 MB')
    source = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error instanceof Fault ? error : unreadable(file, 'cannot be read', error)
  }
  let json: unknown
  try {
    json = JSON.parse(source)
  } catch (cause) {
    throw unreadable(file, 'is no JSON', cause)
  }
  const read = importedDocument.safeParse(json)
  if (!read.success) throw unreadable(file, 'is not what kept import writes')
  return read.data
}

/** The sentences of an earlier text, which a version in force still counts: they are found by their hashes alone. */
async function readEarlier(plan: Plan, name: string, sha256: string, file: string): Promise<ImportedDocument> {
  const earlier = join(dirname(file), earlierSentencesFile(name, sha256))
  const register = await readRegister(earlier)
  if (register?.document.sha256 !== sha256) throw renumbered(plan, name, file)
  if (register.sentences.some((sentence) => sha256Hex(sentence.quote) !== sentence.sha256))
    throw unreadable(earlier, 'holds a sentence that does not match its hash')
  return register
}

const readDocument = ({ document, sentences }: ImportedDocument): ReadDocument => ({
  name: document.name,
  sha256: document.sha256,
  sentences,
  quotes: sentences.map(({ quote }) => quote),
})

async function readQuotes({ document, sentences }: ImportedDocument, register: string): Promise<ReadDocument> {
  const file = resolve(dirname(register), document.file)
  let text: string
  try {
    if ((await stat(file)).size > mostBytes) throw unreadable(file, 'is larger than 32 MB')
    text = await readFile(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault({
      code: 'status.document-missing',
      where: { file: register },
      what: `the document ${document.file}, whose sentences these are, cannot be read`,
      mend: 'put it back, or import it again from where it is now',
      cause,
    })
  }
  const quoted = sentences.map((sentence) => ({ ...sentence, quote: text.slice(sentence.start, sentence.end) }))
  if (sha256Hex(text) === document.sha256) return readDocument({ document, sentences: quoted })
  const other = quoted.filter(({ quote, sha256 }) => sha256Hex(quote) !== sha256)
  const first = other[0] === undefined ? '' : `, from ${other[0].id} on`
  throw new Fault({
    code: 'status.document-changed',
    where: { file },
    what: `the document is no longer the one that was imported${first}`,
    mend: `put the imported text back, or import it again with kept import and follow the numbers that moved`,
  })
}

function unknownSentences(plan: Plan, name: string, { sentences }: ImportedDocument): readonly Fault[] {
  const known = new Set(sentences.map(({ id }) => id))
  return plan.commitments.flatMap((commitment) =>
    commitment.source
      .filter((source) => source.startsWith(`${name}#`) && !known.has(source))
      .map(
        (source) =>
          new Fault({
            code: 'status.unknown-sentence',
            where: plan.place([commitment.kind, commitment.name, 'source']),
            what: `the document has no sentence ${source}`,
            mend: `write a number from 1 to ${sentences.length}`,
          }),
      ),
  )
}

function renumbered(plan: Plan, name: string, file: string): Fault {
  return new Fault({
    code: 'status.document-renumbered',
    where: plan.place(['documents', name]),
    what: `the sources of this policy count the sentences of another text of ${name} than the one in ${file.split(/[/\\]/u).at(-1)}`,
    mend: 'follow the numbers that moved, as kept import tells them, and write the new hash here',
  })
}

function unreadable(file: string, what: string, cause?: unknown): Fault {
  return new Fault({
    code: 'status.sentences-unreadable',
    where: { file },
    what: `the sentences of an imported document: the file ${what}`,
    mend: 'import the document again with kept import FILE --out DIR',
    cause,
  })
}
