import type { CaseKind } from '../cases.ts'
import type { RequestRight } from '../language/laws.ts'
import type { RequestKind } from '../records.ts'

/** What each kind of case needs and is carried out by. */
export interface KindOfCase {
  /** The right whose term counts. */
  readonly right?: RequestRight
  /** The request that carries it out in the stores. */
  readonly request?: RequestKind
  /** Identity is shown before anything is revealed or changed (GDPR art. 12(6); 11 CCR § 7060). */
  readonly identity: boolean
  /** The person gets a copy. */
  readonly copy?: true
  /** Californian terms of their own. */
  readonly term?: 'opt-out' | 'disclosures'
  readonly source: string
}

export const caseKinds: Readonly<Record<CaseKind, KindOfCase>> = {
  access: { right: 'access', request: 'access', identity: true, copy: true, source: 'GDPR art. 15' },
  portability: { right: 'portability', request: 'portability', identity: true, copy: true, source: 'GDPR art. 20' },
  correction: { right: 'correction', request: 'correction', identity: true, source: 'GDPR art. 16' },
  erasure: { right: 'erasure', request: 'erasure', identity: true, source: 'GDPR art. 17' },
  restriction: { right: 'restriction', request: 'restriction', identity: true, source: 'GDPR art. 18' },
  objection: { right: 'objection', request: 'objection', identity: true, source: 'GDPR art. 21' },
  withdrawal: { right: 'objection', request: 'withdrawal', identity: true, source: 'GDPR art. 7(3)' },
  'automated-decision': { right: 'objection', identity: true, source: 'GDPR art. 22(3)' },
  'marketing-disclosures': { identity: false, term: 'disclosures', source: 'Cal. Civ. Code § 1798.83' },
  // An opt-out needs no verified identity (11 CCR § 7060(b)).
  'opt-out': { identity: false, term: 'opt-out', source: 'Cal. Civ. Code § 1798.120, 1798.135' },
  'minor-removal': { right: 'erasure', identity: true, source: 'Cal. Bus. & Prof. Code § 22581' },
  complaint: { identity: false, source: 'GDPR art. 13(2)(d)' },
  question: { identity: false, source: 'GDPR art. 13(1)(b)' },
}

export const caseKindNames = Object.keys(caseKinds) as readonly CaseKind[]
