import type { Imported, ImportedSentence } from '../imported.ts'
import type { Acceptance } from '../review.ts'
import type { Ground } from './rule.ts'

/** One side of a difference: which sentences of a policy take it. */
interface Side {
  readonly takes: string
  readonly labels: string
  readonly says?: RegExp
  readonly not?: RegExp
}

interface Difference extends Ground {
  readonly code: string
  readonly subject: string
  /** The strictest first. */
  readonly sides: readonly Side[]
  readonly stricter: string
  /** True where the law forbids the laxer side, whoever decides. */
  readonly forbidden?: boolean
}

/** Where policies differ that one company may come to serve together; the strict side is the default. */
const differences: readonly Difference[] = [
  {
    code: 'between.children',
    subject: 'age of children',
    sides: [
      { takes: 'local age', labels: 'children', says: /minimum age/iu },
      { takes: 'one age', labels: 'children', says: /under (?:the age of )?\d\d/iu, not: /minimum age/iu },
    ],
    stricter: 'The higher of policy and local age.',
    forbidden: true,
    source: 'COPPA, 16 CFR 312; GDPR art. 8',
  },
  {
    code: 'between.change-notice',
    subject: 'notice of changes',
    sides: [
      { takes: 'before effect', labels: 'change-notice', says: /prior to|before|in advance/iu },
      {
        takes: 'by posting only',
        labels: 'change-notice',
        says: /\bpost(?:ing|ed)?\b|at any time|reserves? the right|from time to time|check back|may (?:change|update)/iu,
        not: /prior to|before|notify|by email/iu,
      },
    ],
    stricter: 'Notice before effect.',
    source: 'GDPR art. 13(3)',
  },
  {
    code: 'between.marketing',
    subject: 'marketing',
    sides: [
      {
        takes: 'opt-in',
        labels: 'marketing collection opt-out use-purpose consent-statement',
        says: /opt(?:ed|ing)?[- ]in\b|if you (?:have )?(?:agree|consent|ask|subscribe)/iu,
      },
      {
        takes: 'opt-out',
        labels: 'opt-out',
        says: /(?:opt[- ]?out|unsubscribe|stop)\b.{0,200}(?:mail|newsletter|communicat|messages)|(?:mail|newsletter|communicat|messages).{0,200}(?:opt[- ]?out|unsubscribe|stop)\b/iu,
      },
    ],
    stricter: 'By country and policy of the person; opt-in where either asks for it.',
    source: 'Directive 2002/58 art. 13',
  },
  {
    code: 'between.usage-data',
    subject: 'usage data',
    sides: [
      { takes: 'aggregate only', labels: 'aggregate-data', says: /aggregat|anonym/iu },
      { takes: 'individual', labels: 'cookies-beacons automatic-collection', says: /individual/iu },
      { takes: 'for sale', labels: 'sale', says: /usage data/iu, not: /will not|do not/iu },
    ],
    stricter: 'No shared analytics; each row keeps its policy.',
    source: 'GDPR art. 5(1)(b)',
  },
  {
    code: 'between.error-reports',
    subject: 'error reports',
    sides: [
      { takes: 'by choice, one purpose', labels: 'error-report', says: /only|choose|agree|option/iu },
      { takes: 'sent by the site', labels: 'error-report', not: /only|choose|agree|option/iu },
    ],
    stricter: 'Separate stores or rules for rows.',
    source: 'GDPR art. 5(1)(b)',
  },
  {
    code: 'between.forum-address',
    subject: 'addresses in forums',
    sides: [
      {
        takes: 'hidden',
        labels: 'sharing-controls public-area',
        says: /not (?:be )?(?:\w+ ){0,3}(?:shown|displayed|revealed|visible)|without revealing|not be able to see|hidden/iu,
      },
      {
        takes: 'anyone may collect',
        labels: 'public-area',
        says: /anyone|publicly|collected, or used/iu,
        not: /not be able to see|without revealing/iu,
      },
    ],
    stricter: 'Hidden as default.',
    source: 'GDPR art. 25(2)',
  },
  {
    code: 'between.affiliates',
    subject: 'group companies',
    sides: [
      { takes: 'must honor', labels: 'disclosure contract', says: /require (?:\w+ ){0,3}entities|required to honor/iu },
      { takes: 'expected to', labels: 'disclosure contract', says: /expect/iu },
    ],
    stricter: 'Bound in writing in each case.',
    source: 'GDPR art. 26, 28',
  },
  {
    code: 'between.cards',
    subject: 'card numbers',
    sides: [
      { takes: 'not kept for marketing', labels: 'payment', says: /not retained/iu },
      { takes: 'encrypted in transit', labels: 'security payment', says: /card.{0,120}(?:encrypt|ssl|tls)/iu },
    ],
    stricter: 'Card numbers in no own store.',
    source: 'PCI DSS requirement 3',
  },
]

/** A subject on which policies take different sides. */
export interface FoundDifference {
  readonly code: string
  readonly subject: string
  /** What is enforced for all of them until a named person decides otherwise. */
  readonly stricter: string
  readonly source: string
  readonly verified: boolean
  readonly forbidden: boolean
  /** Sides taken, the strictest first, each with the sentences that take it. */
  readonly sides: readonly { readonly takes: string; readonly sentences: readonly string[] }[]
  /** Who decided otherwise, when and why. */
  readonly accepted?: Acceptance
  /** A decision on record that does not count. */
  readonly refused?: 'forbidden' | 'no-reason'
}

/** Differences between policies that one Kept serves: told only where two policies take two sides. */
export function differencesBetween(
  imports: readonly Imported[],
  accepts: readonly Acceptance[] = [],
): FoundDifference[] {
  return differences.flatMap((difference): FoundDifference[] => {
    const { code, subject, stricter, forbidden = false } = difference
    const sides = difference.sides
      .map((side) => ({
        takes: side.takes,
        sentences: imports.flatMap((imported) =>
          imported.sentences.filter((sentence) => isOn(side, sentence)).map((sentence) => sentence.id),
        ),
      }))
      .filter((side) => side.sentences.length > 0)
    const policies = new Set(sides.flatMap((side) => side.sentences.map((id) => id.split('#')[0])))
    if (sides.length < 2 || policies.size < 2) return []
    const verified = difference.checked !== undefined
    const source = verified ? difference.source : `${difference.source} (unverified)`
    const acceptance = accepts.findLast((each) => each.code === code)
    return [{ code, subject, stricter, source, verified, forbidden, sides, ...decided(forbidden, acceptance) }]
  })
}

function decided(forbidden: boolean, acceptance: Acceptance | undefined): Partial<FoundDifference> {
  if (acceptance === undefined) return {}
  if (forbidden) return { refused: 'forbidden' }
  return acceptance.why === undefined ? { refused: 'no-reason' } : { accepted: acceptance }
}

function isOn(side: Side, sentence: ImportedSentence): boolean {
  return (
    side.labels.split(' ').includes(sentence.label) &&
    side.says?.test(sentence.text) !== false &&
    side.not?.test(sentence.text) !== true
  )
}
