import { nearestWord } from '../base/nearest.ts'
import { Fault } from './fault.ts'

/** Why a request may be refused: a closed list, each with the law that allows it. */
export interface Ground {
  readonly name: string
  readonly words: string
  readonly source: string
  /** Whose law it is: only people who can lean on it may be refused by it. Absent: the GDPR and laws made after it. */
  readonly law?: string
  /** What may be refused by it; absent: everything. */
  readonly kinds?: readonly string[]
}

const copies = ['access', 'portability']
const erasure = ['erasure', 'minor-removal']

export const GROUNDS: readonly Ground[] = [
  { name: 'not-identified', words: 'the person cannot be identified', source: 'GDPR art. 11(2), 12(2)' },
  { name: 'unfounded', words: 'the request is manifestly unfounded', source: 'GDPR art. 12(5)(b)' },
  { name: 'excessive', words: 'the request is excessive, in particular repeated', source: 'GDPR art. 12(5)(b)' },
  {
    name: 'others-rights',
    words: 'it would harm rights and freedoms of others',
    source: 'GDPR art. 15(4)',
    kinds: copies,
  },
  { name: 'expression', words: 'freedom of expression and information', source: 'GDPR art. 17(3)(a)', kinds: erasure },
  { name: 'legal-obligation', words: 'a law obliges to keep the data', source: 'GDPR art. 17(3)(b)', kinds: erasure },
  { name: 'public-health', words: 'public interest in public health', source: 'GDPR art. 17(3)(c)', kinds: erasure },
  {
    name: 'archiving-research',
    words: 'archiving, research or statistics',
    source: 'GDPR art. 17(3)(d)',
    kinds: erasure,
  },
  {
    name: 'legal-claims',
    words: 'legal claims are made, exercised or defended',
    source: 'GDPR art. 17(3)(e), 21(1)',
    kinds: [...erasure, 'objection'],
  },
  {
    name: 'data-right',
    words: 'the data are right and complete as they are',
    source: 'GDPR art. 16',
    kinds: ['correction'],
  },
  {
    name: 'no-case-of-restriction',
    words: 'none of the cases of a restriction is given',
    source: 'GDPR art. 18(1)',
    kinds: ['restriction'],
  },
  {
    name: 'not-provided',
    words: 'the data were not given by consent or for a contract',
    source: 'GDPR art. 20(1)',
    kinds: ['portability'],
  },
  {
    name: 'compelling',
    words: 'there are compelling legitimate grounds',
    source: 'GDPR art. 21(1)',
    kinds: ['objection'],
  },
  {
    name: 'not-automated',
    words: 'no machine decided alone',
    source: 'GDPR art. 22(1)',
    kinds: ['automated-decision'],
  },
  { name: 'restricted-by-law', words: 'a law of the Union or a state restricts the right', source: 'GDPR art. 23' },
  { name: 'processor', words: 'the controller decides, and was told', source: 'GDPR art. 28(3)(e)' },
  {
    name: 'us-ca-not-verified',
    words: 'the requester could not be verified',
    source: '11 CCR § 7060, § 7062',
    law: 'us-ca',
  },
  {
    name: 'us-ca-exception',
    words: 'an exception of Californian law applies',
    source: 'Cal. Civ. Code § 1798.105(d)',
    law: 'us-ca',
    kinds: erasure,
  },
  {
    name: 'us-ca-minor-exception',
    words: 'the post may stay by Californian law',
    source: 'Cal. Bus. & Prof. Code § 22581(b)',
    law: 'us-ca',
    kinds: ['minor-removal'],
  },
]

/** The ground of that name. Fault `request.ground-unknown` with the nearest right one. */
export function ground(name: string, grounds: readonly Ground[] = GROUNDS): Ground {
  const found = grounds.find((one) => one.name === name)
  if (found) return found
  const names = grounds.map((one) => one.name)
  const close = nearestWord(name, names)
  throw new Fault({
    code: 'request.ground-unknown',
    what: 'A request can only be denied on a ground of the list.',
    mend: `${close === undefined ? '' : `Did you mean ${close}? `}The grounds are: ${names.join(', ')}.`,
  })
}

/** Grounds on which a request of this kind may be denied to people who lean on these laws. */
export function groundsFor(kind: string, laws: readonly string[]): readonly Ground[] {
  const others = laws.some((law) => law !== 'us-ca')
  return GROUNDS.filter(
    ({ kinds, law }) =>
      (kinds === undefined || kinds.includes(kind)) && (law === undefined ? others : laws.includes(law)),
  )
}
