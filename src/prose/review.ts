import { parse, stringify } from 'yaml'
import { sha256Hex } from '../base/hash.ts'
import { Fault } from '../language/fault.ts'
import type { Imported } from './imported.ts'
import { type Disposition, type Label, labels } from './labels.ts'

/** What a reviewer decided on a sentence; found again by the sentence's own text, so it survives a re-import. */
export interface Decision {
  /** First 16 digits of the SHA-256 of the sentence's text, white space folded. */
  readonly text: string
  /** Where the same text stands more than once: which of them, from 1. */
  readonly occurrence: number
  readonly label?: Label
  readonly disposition?: Disposition
  /** Who decided: a staff name or id, never a customer. */
  readonly by: string
  /** Day, e.g. 2026-11-22. */
  readonly on: string
  readonly why?: string
  /** Codes of warnings set aside on record; not possible where the law forbids it. */
  readonly accepts?: readonly string[]
}

const SURE = 0.6
const MOST = 1_000_000

/** The key by which a sentence is found again. */
export function textKey(text: string): string {
  return sha256Hex(text.replace(/\s+/gu, ' ').trim()).slice(0, 16)
}

/** Reads the decisions beside a draft. Faults: `prose.review-unreadable`, `prose.review-entry`. */
export function readReview(source: string, file: string): Decision[] {
  if (source.length > MOST) throw refuse('prose.review-unreadable', file, 'the review file is larger than 1 MB')
  let read: unknown
  try {
    read = parse(source, { maxAliasCount: 0 })
  } catch (cause) {
    throw refuse('prose.review-unreadable', file, 'the review file is no YAML', cause)
  }
  const list = typeof read === 'object' && read !== null && 'decisions' in read ? read.decisions : []
  if (!Array.isArray(list)) return []
  return list.map((entry: unknown, index) => readDecision(entry, file, index))
}

/** A decision as it comes out of a file that anybody may have edited. */
interface Unread {
  readonly text?: unknown
  readonly occurrence?: unknown
  readonly label?: unknown
  readonly disposition?: unknown
  readonly by?: unknown
  readonly on?: unknown
  readonly why?: unknown
  readonly accepts?: unknown
}

function readDecision(entry: unknown, file: string, index: number): Decision {
  const of = (typeof entry === 'object' && entry !== null ? entry : {}) as Unread
  const label = labels.find((each) => each === of.label)
  const disposition = (['machine', 'human-task', 'not-a-promise'] as const).find((each) => each === of.disposition)
  const sound =
    typeof of.text === 'string' &&
    /^[0-9a-f]{16}$/u.test(of.text) &&
    typeof of.by === 'string' &&
    of.by !== '' &&
    typeof of.on === 'string'
  const wrong =
    (of.label !== undefined && label === undefined) || (of.disposition !== undefined && disposition === undefined)
  if (!sound || wrong)
    throw refuse(
      'prose.review-entry',
      file,
      `decision ${index + 1} lacks text, by or on, or names an unknown label or disposition`,
    )
  return {
    text: String(of.text),
    occurrence: typeof of.occurrence === 'number' ? of.occurrence : 1,
    by: String(of.by),
    on: String(of.on),
    ...(label === undefined ? {} : { label }),
    ...(disposition === undefined ? {} : { disposition }),
    ...(typeof of.why === 'string' ? { why: of.why } : {}),
    ...(Array.isArray(of.accepts) ? { accepts: of.accepts.filter((code) => typeof code === 'string') } : {}),
  }
}

/** Writes the review file: the decisions as they are, then the queue of what waits. The queue is written anew at each import. */
export function writeReview(imported: Imported, decisions: readonly Decision[]): string {
  const queue = imported.sentences
    .filter((sentence) => sentence.sure < SURE && !sentence.reviewed)
    .map((sentence) => ({
      id: sentence.id,
      text: textKey(sentence.text),
      says: sentence.text.slice(0, 300),
      label: sentence.label,
      disposition: sentence.disposition,
      sure: sentence.sure,
      because: sentence.because.slice(0, 4),
    }))
  return stringify(
    {
      document: imported.document.name,
      sha256: imported.document.sha256,
      decisions: decisions.map((decision) => ({ ...decision })),
      queue,
    },
    { lineWidth: 110 },
  )
}

/** True when a reading is too unsure to go unseen. */
export function needsReview(sure: number): boolean {
  return sure < SURE
}

function refuse(code: string, file: string, what: string, cause?: unknown): Fault {
  return new Fault({
    code,
    where: { file },
    what,
    mend: 'mend the file, or remove it and import again',
    ...(cause === undefined ? {} : { cause }),
  })
}
