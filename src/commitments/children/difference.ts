import {
  amount,
  byForm,
  type Comparison,
  type FormKeysOf,
  list,
  parts,
  protection,
  said,
  term,
  value,
} from '../comparison.ts'
import type { childrenEntry, childrenForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof childrenEntry> = {
  under: amount('age', 'narrower', {
    why: ['more young people are protected', 'fewer young people are protected'],
  }),
  local: said('higher ages by country', 'narrower'),
  ages: value('ages by country'),
  where: list('form', 'narrower', { absent: 'all' }),
  data: list('data', 'narrower', { absent: 'all', of: 'data' }),
  keeps: list('what is kept of the answer', 'wider', { of: 'data' }),
  allows: parts('ages that may register', 'wider', {
    from: amount('lowest age that may register', 'narrower'),
    to: amount('highest age with the rights of minors', 'narrower'),
  }),
  knows: list('event that counts as knowing', 'narrower'),
  within: term('time until erasure', 'wider', { absent: 'endless' }),
  at: list('place for parents to write to', 'neutral'),
  review: term('time between reviews', 'wider', { absent: 'endless' }),
}

const nouns: Readonly<Record<keyof typeof childrenForms, string>> = {
  gate: 'age gate',
  audience: 'promise not to address children',
  discovery: 'erasure of children’s data',
  parents: 'contact for parents',
}

export const childrenComparison: Comparison = {
  form: byForm(Object.fromEntries(Object.entries(nouns).map(([form, noun]) => [form, protection(noun)]))),
  keys,
  topic: 'other',
  renamed: true,
}
