import { nearestWord } from '../base/nearest.ts'
import { Fault } from '../language/fault.ts'

/** Why a request may be refused: a closed list, each with the law that allows it. */
export interface Ground {
  readonly name: string
  readonly words: string
  readonly source: string
}

export const GROUNDS: readonly Ground[] = [
  { name: 'not-identified', words: 'the person cannot be identified', source: 'GDPR art. 11(2), 12(2)' },
  { name: 'unfounded', words: 'the request is manifestly unfounded', source: 'GDPR art. 12(5)(b)' },
  { name: 'excessive', words: 'the request is excessive, in particular repeated', source: 'GDPR art. 12(5)(b)' },
  { name: 'others-rights', words: 'it would harm rights and freedoms of others', source: 'GDPR art. 15(4)' },
  { name: 'expression', words: 'freedom of expression and information', source: 'GDPR art. 17(3)(a)' },
  { name: 'legal-obligation', words: 'a law obliges to keep the data', source: 'GDPR art. 17(3)(b)' },
  { name: 'public-health', words: 'public interest in public health', source: 'GDPR art. 17(3)(c)' },
  { name: 'archiving-research', words: 'archiving, research or statistics', source: 'GDPR art. 17(3)(d)' },
  { name: 'legal-claims', words: 'legal claims are made, exercised or defended', source: 'GDPR art. 17(3)(e)' },
  { name: 'restricted-by-law', words: 'a law of the Union or a state restricts the right', source: 'GDPR art. 23' },
  { name: 'processor', words: 'the controller decides, and was told', source: 'GDPR art. 28(3)(e)' },
  { name: 'us-ca-not-verified', words: 'the requester could not be verified', source: '11 CCR § 7060, § 7062' },
  { name: 'us-ca-exception', words: 'an exception of Californian law applies', source: 'Cal. Civ. Code § 1798.105(d)' },
]

/** The ground of that name. Fault `request.ground-unknown` with the nearest right one. */
export function ground(name: string): Ground {
  const found = GROUNDS.find((one) => one.name === name)
  if (found) return found
  const names = GROUNDS.map((one) => one.name)
  const close = nearestWord(name, names)
  throw new Fault({
    code: 'request.ground-unknown',
    what: 'A request can only be denied on a ground of the list.',
    mend: `${close === undefined ? '' : `Did you mean ${close}? `}The grounds are: ${names.join(', ')}.`,
  })
}
