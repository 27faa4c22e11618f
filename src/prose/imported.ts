import type { JsonValue } from '../base/canonical-json.ts'
import type { Disposition, Label } from './labels.ts'
import type { Modality } from './meaning.ts'
import type { Question } from './questions.ts'
import type { Acceptance, Answer, Decision } from './review.ts'
import type { Slots } from './slots/slot.ts'
import type { Warning } from './warnings/find-warnings.ts'

/** A sentence, list item or heading of a document, accounted for. */
export interface ImportedSentence {
  /** Document and running number, e.g. `kayako#88`. */
  readonly id: string
  /** Offsets in the file (UTF-16 units, from 0; end exclusive). */
  readonly start: number
  readonly end: number
  /** The file's own text from start to end. */
  readonly quote: string
  /** The same as a reader sees it. */
  readonly text: string
  readonly section: string
  readonly heading: boolean
  readonly disposition: Disposition
  readonly label: Label
  readonly modality: Modality | 'none'
  readonly slots: Slots
  /** How sure label and disposition are, 0 to 1; below 0.6 it goes to review. */
  readonly sure: number
  /** Rules that spoke for the label. */
  readonly because: readonly string[]
  /** Ids of the draft's commitments, e.g. `retention.personal-data`. */
  readonly commitments: readonly string[]
  /** Why a machine or human-task sentence is bound to nothing. */
  readonly unbound?: string
  readonly warnings: readonly Warning[]
  /** Ids of open questions. */
  readonly questions: readonly string[]
  /** True when a reviewer decided on it. */
  readonly reviewed: boolean
  /** Warnings on it that a named person decided otherwise about. */
  readonly accepted: readonly Acceptance[]
  /** Why it waits for a reviewer. */
  readonly review?: 'unsure' | 'changed'
  /** What was decided on it before it changed. */
  readonly formerly?: Pick<Decision, 'label' | 'disposition' | 'by' | 'on' | 'says'>
}

/** A document with every sentence accounted for, and the draft it makes. */
export interface Imported {
  readonly document: {
    readonly name: string
    readonly words: number
    readonly sha256: string
    readonly vendor: readonly string[]
  }
  readonly sentences: readonly ImportedSentence[]
  readonly questions: readonly Question[]
  /** Warnings that no single sentence carries: gaps, among others. */
  readonly warnings: readonly Warning[]
  /** Of those, what a named person decided otherwise about. */
  readonly accepted: readonly Acceptance[]
  /** Decisions and answers on record that find nothing to decide in this text. */
  readonly stale: { readonly decisions: readonly Decision[]; readonly answers: readonly Answer[] }
  /** The draft of kept.yaml as values; `draftYaml` writes it. */
  readonly draft: { readonly [key: string]: JsonValue }
  readonly coverage: {
    readonly quotedWords: number
    /** Machine and human-task sentences with at least one commitment. */
    readonly bound: number
    readonly unbound: number
    /** Open questions. */
    readonly questions: number
    /** Sentences that wait for a reviewer: the reading is unsure, or they changed since one decided. */
    readonly review: number
  }
}
