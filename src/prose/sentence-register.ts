import { sha256Hex } from '../base/hash.ts'
import type { ImportedDocument } from '../language/imported-document.ts'
import type { Imported } from './imported.ts'

/** What of an import is kept beside the policy: sentences by number and hash, with what was decided on each. `file`: the document, from there. */
export function sentenceRegister(imported: Imported, file: string): ImportedDocument {
  const { name, sha256 } = imported.document
  return {
    document: { name, file, sha256 },
    sentences: imported.sentences.map(({ id, start, end, quote, text, section, heading, disposition, label }) => ({
      id,
      start,
      end,
      quote,
      sha256: sha256Hex(quote),
      text,
      section,
      heading,
      disposition,
      label,
    })),
  }
}

/** Sentences that stand under another number than before, and those that are gone: what names them has to follow. */
export function movedSentences(
  before: ImportedDocument,
  after: ImportedDocument,
): readonly { readonly from: string; readonly to: string | undefined }[] {
  const waiting = new Map<string, string[]>()
  for (const { sha256, id } of after.sentences) waiting.set(sha256, [...(waiting.get(sha256) ?? []), id])
  return before.sentences.flatMap(({ id, sha256 }) => {
    const same = waiting.get(sha256) ?? []
    const to = same.shift()
    return to === id ? [] : [{ from: id, to }]
  })
}
