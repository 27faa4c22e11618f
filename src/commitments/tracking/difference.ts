import {
  byForm,
  type Comparison,
  type FormKeysOf,
  list,
  neither,
  protection,
  said,
  steps,
  term,
  use,
} from '../comparison.ts'
import type { trackingEntry, trackingForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof trackingEntry> = {
  party: steps('party', ['first', 'third'], 'wider', {
    absent: 'unstated',
    why: ['somebody else than the site sets it', 'only the site itself sets it'],
  }),
  names: list('cookie or key', 'as-entry', { absent: 'unstated' }),
  keep: term('lifetime', 'wider', {
    absent: 'endless',
    topic: 'retention',
    why: ['people are recognised for longer', 'people are recognised for a shorter time'],
  }),
  data: list('data', 'as-entry', { topic: 'data', of: 'data' }),
  for: list('purpose', 'as-entry', { of: 'purpose', topic: 'purpose' }),
  to: list('recipient', 'as-entry', { topic: 'recipient' }),
  hosts: list('host', 'as-entry'),
  countries: list('country', 'as-entry', { topic: 'country' }),
  wait: steps('what it waits for', ['choice', 'click', 'none'], 'wider', {
    topic: 'consent',
    why: ['it happens with less of a choice before', 'it waits for more of a choice'],
  }),
  needed: said('claim to be strictly needed', 'wider'),
  where: list('site or page', 'as-entry', { absent: 'all' }),
  sets: list('identifier set in turn', 'as-entry'),
  joined: steps('link to a named person', ['never', 'registration', 'always'], 'wider', {
    why: ['it tells more often who a person is', 'it tells less often who a person is'],
  }),
  never: said('promise not to', 'narrower'),
  signals: list('signal', 'as-entry', { topic: 'consent' }),
  answer: steps('obedience to the signal', ['ignore', 'obey'], 'narrower', {
    absent: 'unstated',
    topic: 'consent',
    why: ['what the browser says is obeyed', 'what the browser says is ignored'],
  }),
  parts: list('part that does not work without cookies', 'wider'),
  instead: said('promise to store nothing instead', 'narrower'),
  at: list('place of the opt-out', 'neutral'),
  stops: term('time until it stops', 'wider', { absent: 'endless' }),
  checked: term('time between checks', 'wider', { absent: 'endless' }),
}

const forms: Readonly<Record<keyof typeof trackingForms, ReturnType<typeof use>>> = {
  cookie: use('cookie'),
  storage: use('browser storage'),
  beacon: use('beacon'),
  tag: use('third-party tag', 'recipient'),
  signal: protection('answer to a signal'),
  refusal: neither('what refusing cookies means'),
  'opt-out': protection('opt-out'),
  register: protection('list of cookies'),
}

export const trackingComparison: Comparison = {
  form: (name, entry) => {
    const form = byForm(forms)(name, entry)
    return entry.answer === 'ignore' ? { ...form, nature: 'neither' } : form
  },
  keys,
  topic: 'use',
  renamed: true,
}
