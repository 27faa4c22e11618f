import { listOf } from '../../language/terms.ts'
import { type Comparison, type Direction, type KeysOf, list, parts, use, value } from '../comparison.ts'
import { isConsent } from './consent-basis.ts'
import type { purposeEntry } from './vocabulary.ts'

/** Whether nothing but the consent of the person carries a purpose. */
const restsOnConsent = (bases: unknown): boolean => {
  const named = listOf(bases)
  return named.length > 0 && named.every((basis) => typeof basis === 'string' && isConsent(basis))
}

const judgeBasis = (before: unknown, after: unknown): { direction: Direction; why: string } => {
  const [then, now] = [restsOnConsent(before), restsOnConsent(after)]
  if (then && !now) return { direction: 'wider', why: 'consent is no longer asked' }
  if (now && !then) return { direction: 'narrower', why: 'it needs consent now' }
  return { direction: 'neutral', why: 'the ground in law is another one' }
}

const decided = { by: value('who decided'), date: value('day of the decision'), at: value('place of the decision') }

const keys: KeysOf<typeof purposeEntry> = {
  is: list('meaning of the purpose', 'wider', {
    topic: 'purpose',
    why: ['data is used for something else', 'data is no longer used for it'],
  }),
  basis: { by: 'own', noun: 'legal basis', topic: 'basis', judge: judgeBasis },
  uses: list('data', 'wider', { topic: 'data', of: 'data', why: ['more data is used', 'less data is used'] }),
  joins: list('data that may be joined', 'wider', {
    of: 'data',
    absent: 'all',
    why: ['more data may be put together', 'less data may be put together'],
  }),
  weighing: parts('weighing of interests', 'narrower', decided),
  compatible: parts('finding of compatible use', 'wider', {
    ...decided,
    with: list('purpose it was collected for', 'wider', { of: 'purpose', topic: 'purpose' }),
  }),
}

export const purposesComparison: Comparison = {
  form: () => use('purpose', 'purpose'),
  keys,
  topic: 'purpose',
  renamed: true,
}
