import type { Disposition } from '../labels.ts'

/** Where a warning's legal or factual ground can be read; `checked` is the month it was looked up, else it shows as unverified. */
export interface Ground {
  readonly source: string
  readonly checked?: string
}

/** What makes a rule look at a sentence: all given parts must hold. Patterns are read over the normal form. */
export interface Sight {
  readonly labels?: string
  /** Features as in the label rules. */
  readonly features?: string
  readonly says?: RegExp
  readonly not?: RegExp
  readonly disposition?: Disposition
}

/** A warning on one sentence. */
export interface SentenceWarning extends Ground {
  readonly code: string
  readonly sees: Sight
  /** What is wrong, in one sentence. */
  readonly what: string
  /** The stricter reading that is enforced until a named person decides otherwise. */
  readonly stricter: string
  /** True where the law forbids the laxer reading, whoever decides. */
  readonly forbidden?: boolean
  /** No warning where any sentence of the text is seen by this: it says what is missed. */
  readonly settledBy?: Sight
}

/** Two sentences of one policy that do not fit together. */
export interface Contradiction extends Ground {
  readonly code: string
  readonly one: Sight
  readonly other: Sight
  readonly what: string
  readonly stricter: string
  readonly forbidden?: boolean
}

/** What a policy leaves out: warned when no sentence is seen. */
export interface Gap extends Ground {
  readonly code: string
  readonly missing: Sight
  /** Only where some other sentence is seen. */
  readonly where?: Sight
  readonly what: string
  readonly stricter: string
}
