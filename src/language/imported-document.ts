import { z } from 'zod'

/** A sentence of an imported document as it was read: where it stands, what it hashes to, and what was decided on it. */
const sentence = z.strictObject({
  /** Document and running number, e.g. `kayako#88`. */
  id: z.string().max(200),
  /** Offsets in the file (UTF-16 units, from 0; end exclusive). */
  start: z.int().min(0),
  end: z.int().min(0),
  /** The file's own text from start to end, and its SHA-256, hex. */
  quote: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The same as a reader sees it. */
  text: z.string(),
  section: z.string(),
  heading: z.boolean(),
  disposition: z.enum(['machine', 'human-task', 'not-a-promise']),
  label: z.string().max(100),
})

/** `NAME.sentences.json`: what an import wrote of a document, so that sentences are found again by number and hash. */
export const importedDocument = z.strictObject({
  document: z.strictObject({
    name: z.string().min(1).max(200),
    /** The document, relative to this file. */
    file: z.string().min(1).max(1000),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  sentences: z.array(sentence).max(100_000),
})

export type ImportedDocument = z.infer<typeof importedDocument>
export type DocumentSentence = ImportedDocument['sentences'][number]

/** The file's name beside the policy. */
export const sentencesFile = (document: string): string => `${document}.sentences.json`

/** The name under which an import keeps the sentences of an earlier text: a version in force may still count them. */
export const earlierSentencesFile = (document: string, sha256: string): string =>
  `${document}.sentences.${sha256.slice(0, 12)}.json`
