import {
  amount,
  byForm,
  type Comparison,
  type FormKeysOf,
  list,
  neither,
  protection,
  said,
  term,
  value,
} from '../comparison.ts'
import type { consentEntry, consentForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof consentEntry> = {
  for: list('purpose', 'as-entry', {
    of: 'purpose',
    absent: 'all',
    why: ['consent is asked for more', 'consent is no longer asked for it'],
  }),
  data: list('data', 'as-entry', { absent: 'all', of: 'data' }),
  by: list('act', 'neutral'),
  withdraw: list('way to withdraw', 'narrower', {
    why: ['there are more ways back', 'there are fewer ways back'],
  }),
  at: list('place', 'neutral'),
  explicit: said('explicit statement', 'narrower'),
  asks: list('reason to ask again', 'narrower', {
    why: ['people are asked more often', 'people are asked less often'],
  }),
  renew: term('time until consent is asked again', 'wider', { absent: 'endless' }),
  stops: term('time until a use stops after withdrawal', 'wider', { absent: 'endless' }),
  under: amount('age under which a parent consents', 'narrower', { absent: 0 }),
  counts: value('whether it counts as consent'),
}

const forms: Readonly<Record<keyof typeof consentForms, ReturnType<typeof neither>>> = {
  act: protection('consent'),
  withdrawal: protection('withdrawal'),
  claim: neither('claim of consent'),
}

export const consentComparison: Comparison = { form: byForm(forms), keys, topic: 'consent', renamed: true }
