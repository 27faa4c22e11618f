import type { JsonValue } from '../base/canonical-json.ts'
import { sha256Hex } from '../base/hash.ts'
import type { Disposition, Label } from './labels.ts'

/** Who decided, when, and why. */
export interface OnRecord {
  /** A staff name or id, never a customer. */
  readonly by: string
  /** Day, e.g. 2026-11-22. */
  readonly on: string
  readonly why?: string
}

/** What a reviewer decided on a sentence; found again by the sentence's own text, so it survives a re-import. */
export interface Decision extends OnRecord {
  /** First 16 digits of the SHA-256 of the sentence's text, white space folded. */
  readonly text: string
  /** Where the same text stands more than once: which of them, from 1. */
  readonly occurrence: number
  /** The sentence as it was decided on: by it a changed one is known, and asked anew. */
  readonly says?: string
  readonly label?: Label
  readonly disposition?: Disposition
  /** Codes of warnings decided otherwise, with a reason; not possible where the law forbids it. */
  readonly accepts?: readonly string[]
  /** Where a proposal was taken over: who made it. */
  readonly proposed?: string
}

/** A warning of the whole document, or between policies, that a named person decided otherwise about. */
export interface Acceptance extends OnRecord {
  readonly code: string
}

/** What takes the place of a question of the draft. */
export interface Answer extends OnRecord {
  /** Place in the draft, e.g. `retention.tickets.keep`. */
  readonly at: string
  readonly value: JsonValue
}

/** A reading that somebody or something proposes and nobody has decided. */
export interface Proposal {
  /** Key of the sentence's text, as in a decision. */
  readonly text: string
  readonly label: Label
  readonly disposition: Disposition
  readonly slots: {
    readonly data: readonly string[]
    readonly purposes: readonly string[]
    readonly recipients: readonly string[]
  }
  readonly why?: string
  /** Who proposes, e.g. `model llama-3 at http://localhost:11434`. */
  readonly origin: string
  readonly on: string
}

/** All that stands in the review file beside a draft. */
export interface Review {
  readonly decisions: readonly Decision[]
  readonly accepts: readonly Acceptance[]
  readonly answers: readonly Answer[]
  readonly proposals: readonly Proposal[]
}

export const emptyReview: Review = { decisions: [], accepts: [], answers: [], proposals: [] }

const SURE = 0.6

/** True when a reading is too unsure to go unseen. */
export const needsReview = (sure: number): boolean => sure < SURE

/** The key by which a sentence is found again. */
export const textKey = (text: string): string => sha256Hex(text.replace(/\s+/gu, ' ').trim()).slice(0, 16)

/** Texts by their key and which of the same text they are, from 1. */
export function occurrences(texts: readonly string[]): { readonly text: string; readonly occurrence: number }[] {
  const seen = new Map<string, number>()
  return texts.map((each) => {
    const text = textKey(each)
    const occurrence = (seen.get(text) ?? 0) + 1
    seen.set(text, occurrence)
    return { text, occurrence }
  })
}
