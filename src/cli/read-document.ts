import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Fault } from '../language/fault.ts'
import type { ReadDocument } from '../notice/difference/document.ts'
import { importDocument } from '../prose/import-document.ts'
import type { Terminal } from './terminal.ts'

const MOST_BYTES = 8_000_000

/** The text of a prose policy. Fault `command.unreadable`. */
export async function readText(terminal: Terminal, file: string): Promise<string> {
  const path = resolve(terminal.cwd, file)
  const unreadable = (what: string, cause?: unknown) =>
    new Fault({
      code: 'command.unreadable',
      where: { file: path },
      what,
      mend: 'Name a text, Markdown or HTML file in UTF-8.',
      cause,
    })
  try {
    if ((await stat(path)).size > MOST_BYTES) throw unreadable(`${file} is larger than 8 MB`)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Fault) throw error
    throw unreadable(`${file} cannot be read`, error)
  }
}

/** A prose document as the importer understands it; one without a sentence has no words. */
export function readDocument(text: string, name: string): ReadDocument {
  try {
    const { document, sentences } = importDocument(text, { name })
    return {
      name: document.name,
      words: document.words,
      sentences: sentences.map(({ id, text: shown, disposition, label, modality, commitments, slots }) => ({
        id,
        text: shown,
        promises: disposition !== 'not-a-promise',
        label,
        modality,
        kinds: [...new Set(commitments.map((commitment) => commitment.split('.')[0] ?? ''))],
        slots,
      })),
    }
  } catch (error) {
    if (error instanceof Fault && error.code === 'prose.empty') return { name, words: 0, sentences: [] }
    throw error
  }
}
