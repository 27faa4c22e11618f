import {
  amount,
  type Comparison,
  list,
  neither,
  parts,
  protection,
  type Rule,
  said,
  steps,
  term,
  value,
} from '../comparison.ts'
import type {
  accessEntry,
  accuracyEntry,
  answersEntry,
  californiaEntry,
  erasureEntry,
  exceptionEntry,
  feesEntry,
  identityEntry,
} from './vocabulary.ts'

type KeyOf<Schema extends { readonly shape: object }> = keyof Schema['shape']
type RightsKey = Exclude<
  | KeyOf<typeof accessEntry>
  | KeyOf<typeof erasureEntry>
  | KeyOf<typeof identityEntry>
  | KeyOf<typeof answersEntry>
  | KeyOf<typeof accuracyEntry>
  | KeyOf<typeof californiaEntry>
  | KeyOf<typeof feesEntry>,
  'if' | 'unless' | 'task' | 'words' | 'source'
>

const exception: Readonly<Record<Exclude<KeyOf<typeof exceptionEntry>, 'words' | 'source'>, Rule>> = {
  data: list('data kept', 'wider', { of: 'data', topic: 'retention' }),
  law: value('law of the exception', 'basis'),
  keep: term('retention', 'wider', {
    absent: 'endless',
    topic: 'retention',
    why: ['data is kept for longer', 'data is kept for a shorter time'],
  }),
  from: value('clock of the term'),
}

const keys: Readonly<Record<RightsKey, Rule>> = {
  within: term('term', 'wider', { why: ['people wait longer', 'people wait less long'] }),
  extend: term('extension', 'wider', { absent: 'zero', why: ['people may wait longer', 'people wait less long'] }),
  fee: steps('fee', ['none', 'excessive-only'], 'wider'),
  at: list('place to ask', 'neutral'),
  others: steps('words of other people in a copy', ['redact', 'keep'], 'wider'),
  approval: steps('approval of an erasure', [undefined, 'one-person', 'two-people'], 'narrower'),
  except: { by: 'entries', noun: 'exception', more: 'wider', topic: 'retention', parts: exception },
  by: list('what shows who asks', 'neutral'),
  before: list('what waits for it', 'neutral'),
  keep: term('retention of what shows it', 'wider', { absent: 'endless', topic: 'retention' }),
  late: said('telling of delays', 'narrower'),
  denial: said('reason with each denial', 'narrower'),
  grounds: list('ground of denial', 'wider', { absent: 'unstated' }),
  tells: list('who is told as well', 'narrower'),
  confirmed: term('time until data is confirmed again', 'wider', { absent: 'endless' }),
  flags: list('event that marks data as doubtful', 'narrower'),
  spreads: said('reaching every store', 'narrower'),
  list: said('yearly list', 'narrower'),
  'opt-out': list('what residents may stop', 'narrower'),
  signals: list('signal that counts as an opt-out', 'narrower'),
  minors: parts('removal for minors', 'narrower', {
    under: amount('age', 'narrower'),
    removal: value('what is removed'),
    leaves: list('what may stay', 'wider'),
  }),
  first: said('free first copy', 'narrower'),
  amount: value('amount of the fee'),
  told: said('telling of the fee before', 'narrower'),
  for: list('what a fee is taken for', 'wider', { absent: 'unstated' }),
}

export const rightsComparison: Comparison = {
  form: (name) => (name === 'identity' || name === 'fees' ? neither(name) : protection('right', 'right')),
  keys,
  topic: 'right',
  renamed: false,
}
