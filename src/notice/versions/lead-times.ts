import type { Topic } from '../../commitments/comparison.ts'
import type { LegalFact } from '../../commitments/legal-fact.ts'

/** How long people know of a change before it counts, where the policy in force promises no time itself. */
export interface LeadTime {
  /** What the change is about; undefined: whatever no other line is about. */
  readonly topic?: Topic
  /** ISO 8601 duration. The law names none: the number is a choice, its reason is the fact. */
  readonly lead: string
  readonly fact: LegalFact
}

const purpose: LegalFact = {
  says: 'people are told of a further purpose before it begins',
  source: 'GDPR art. 13(3), 14(4)',
  status: 'unverified',
}
const inAdvance: LegalFact = {
  says: 'a change that touches people is told well before it takes effect, so that they can act on it',
  source: 'WP260 rev.01 (Guidelines on transparency), 29 to 32',
  status: 'unverified',
}
const processor: LegalFact = {
  says: 'a new processor is announced so that it can be objected to',
  source: 'GDPR art. 28(2)',
  status: 'unverified',
}

/** Only what is wider for people waits. */
export const leadTimes: readonly LeadTime[] = [
  { topic: 'purpose', lead: 'P30D', fact: purpose },
  { topic: 'basis', lead: 'P30D', fact: inAdvance },
  { topic: 'consent', lead: 'P30D', fact: inAdvance },
  { topic: 'recipient', lead: 'P30D', fact: processor },
  { topic: 'merger', lead: 'P30D', fact: inAdvance },
  { topic: 'retention', lead: 'P30D', fact: inAdvance },
  { lead: 'P14D', fact: inAdvance },
]
