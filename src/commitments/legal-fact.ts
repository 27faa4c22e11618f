/** What law or a standard says at a date: shown with its source, and `unverified` where nobody looked the source up. */
export interface LegalFact {
  readonly says: string
  readonly source: string
  /** `verified`: the source was looked up for this entry (November 2026); else it was written from general knowledge. */
  readonly status: 'verified' | 'unverified'
}

/** The source of a fact as a reader sees it: one that was not looked up says so. */
export const sourceShown = (fact: LegalFact): string =>
  fact.status === 'verified' ? fact.source : `${fact.source}, unverified`

/** A fault's end: what the fact says, and where that stands. */
export const factShown = (fact: LegalFact): string => `${fact.says} (${sourceShown(fact)})`
