import { type Comparison, type KeysOf, list, protection, steps, term, value } from '../comparison.ts'
import { end, type retentionEntry } from './vocabulary.ts'

/** A term is a promise to end: without it, data stays as long as its purpose (GDPR art. 5(1)(e)). */
const keys: KeysOf<typeof retentionEntry> = {
  data: list('data with this term', 'neutral', { topic: 'retention', of: 'data' }),
  for: list('purpose', 'neutral', { of: 'purpose', absent: 'all', topic: 'retention' }),
  keep: term('retention', 'wider', { why: ['data is kept for longer', 'data is kept for a shorter time'] }),
  from: value('clock of the term'),
  [end]: steps('what happens at the end', ['erase', 'anonymise', 'review'], 'wider', {
    why: ['less surely ends with the term', 'more surely ends with the term'],
  }),
}

export const retentionComparison: Comparison = {
  form: () => protection('term of retention', 'retention'),
  keys,
  topic: 'retention',
  each: 'data',
  renamed: true,
}
