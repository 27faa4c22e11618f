import type { Imported, ImportedSentence } from '../imported.ts'
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
  readonly sides: readonly Side[]
  readonly stricter: string
}

/** Where policies differ that one company may come to serve together; the strict side is the default. */
const differences: readonly Difference[] = [
  {
    code: 'between.children',
    subject: 'age of children',
    sides: [
      { takes: 'one age', labels: 'children', says: /under (?:the age of )?\d\d/iu, not: /minimum age/iu },
      { takes: 'local age', labels: 'children', says: /minimum age/iu },
    ],
    stricter: 'The higher of policy and local age.',
    source: 'COPPA, 16 CFR 312; GDPR art. 8',
  },
  {
    code: 'between.change-notice',
    subject: 'notice of changes',
    sides: [
      { takes: 'before effect', labels: 'change-notice', says: /prior to|before|in advance/iu },
      { takes: 'by posting only', labels: 'change-notice', says: /by posting|at any time|reserves? the right/iu },
    ],
    stricter: 'Notice before effect.',
    source: 'GDPR art. 13(3)',
  },
  {
    code: 'between.marketing',
    subject: 'marketing',
    sides: [
      { takes: 'opt-in', labels: 'marketing collection opt-out', says: /opt(?:ed)?[- ]in|if you agree/iu },
      { takes: 'opt-out', labels: 'opt-out', says: /opt[- ]?out|unsubscribe|stop/iu },
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
        says: /not (?:be )?(?:\w+ ){0,3}(?:shown|displayed|revealed|visible)|without revealing/iu,
      },
      { takes: 'anyone may collect', labels: 'public-area', says: /anyone|publicly|collected, or used/iu },
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
  readonly stricter: string
  readonly source: string
  /** Sides taken, each with the sentences that take it. */
  readonly sides: readonly { readonly takes: string; readonly sentences: readonly string[] }[]
}

/** Differences between policies that one Kept serves: told only where two policies take two sides. */
export function differencesBetween(imports: readonly Imported[]): FoundDifference[] {
  return differences.flatMap((difference) => {
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
    const source = difference.checked === undefined ? `${difference.source} (unverified)` : difference.source
    return [{ code: difference.code, subject: difference.subject, stricter: difference.stricter, source, sides }]
  })
}

function isOn(side: Side, sentence: ImportedSentence): boolean {
  return (
    side.labels.split(' ').includes(sentence.label) &&
    side.says?.test(sentence.text) !== false &&
    side.not?.test(sentence.text) !== true
  )
}
