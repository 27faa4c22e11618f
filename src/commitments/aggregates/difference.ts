import { amount, byForm, type Comparison, type FormKeysOf, list, said, steps, use } from '../comparison.ts'
import type { aggregatesEntry, aggregatesForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof aggregatesEntry> = {
  of: list('data', 'wider', { topic: 'data', of: 'data' }),
  drops: list('data cut at once', 'narrower', { of: 'data' }),
  to: list('recipient', 'wider', { topic: 'recipient' }),
  for: list('purpose', 'wider', { of: 'purpose', topic: 'purpose' }),
  // Ten stands where nothing is written, as the description of the key says.
  least: amount('smallest group', 'narrower', {
    absent: 10,
    why: ['people are hidden in larger groups', 'people are hidden in smaller groups'],
  }),
  test: list('test of anonymity', 'narrower'),
  log: said('record of releases', 'narrower'),
  paid: steps('release for money', [false, true], 'wider'),
  outlives: said('staying after the personal data', 'wider', { topic: 'retention' }),
  where: list('place', 'as-entry', { absent: 'all' }),
}

const forms: Readonly<Record<keyof typeof aggregatesForms, ReturnType<typeof use>>> = {
  use: use('use of aggregates'),
  release: use('release of aggregates', 'recipient'),
}

export const aggregatesComparison: Comparison = { form: byForm(forms), keys, topic: 'use', renamed: true }
