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
  status: 'verified',
}
const fundamental: LegalFact = {
  says: 'more kinds of recipients, a transfer to a third country and the like are told well before they take effect',
  source: 'WP260 rev.01, on the timing of changes',
  status: 'verified',
}
const relevant: LegalFact = {
  says: 'a change that touches people is told well before it takes effect, so that they can use their rights',
  source: 'WP260 rev.01, on the timing of changes',
  status: 'verified',
}

/** Only what is wider for people waits. */
export const leadTimes: readonly LeadTime[] = [
  { topic: 'purpose', lead: 'P30D', fact: purpose },
  { topic: 'basis', lead: 'P30D', fact: relevant },
  { topic: 'consent', lead: 'P30D', fact: relevant },
  { topic: 'recipient', lead: 'P30D', fact: fundamental },
  { topic: 'country', lead: 'P30D', fact: fundamental },
  { topic: 'merger', lead: 'P30D', fact: fundamental },
  { topic: 'retention', lead: 'P30D', fact: relevant },
  { lead: 'P14D', fact: relevant },
]
