import {
  amount,
  byForm,
  type Comparison,
  type FormKeysOf,
  list,
  protection,
  said,
  steps,
  term,
  value,
} from '../comparison.ts'
import { type securityEntry, securityForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof securityEntry> = {
  least: value('oldest protocol accepted'),
  owner: value('who answers for it'),
  probe: said('probe', 'narrower', { why: ['it is looked at from outside', 'nothing looks at it from outside'] }),
  evidence: said('evidence', 'narrower'),
  renew: term('time until the evidence is renewed', 'wider', { absent: 'endless' }),
  against: list('risk it is for', 'narrower', { absent: 'unstated' }),
  where: list('system', 'as-entry', { absent: 'all' }),
  data: list('protected data', 'as-entry', { absent: 'all', of: 'data' }),
  roles: list('who has access', 'wider', { absent: 'unstated', why: ['more have access', 'fewer have access'] }),
  log: said('record of each read', 'narrower'),
  shared: said('bar of shared accounts', 'narrower'),
  hashed: said('hashing', 'narrower'),
  locks: amount('failures before it locks', 'wider', { absent: 'endless' }),
  never: list('what is never done with a password', 'narrower'),
  asked: steps('end of asking for it', [undefined, false], 'narrower'),
  for: list('use of a secret answer', 'wider', { absent: 'unstated' }),
  at: list('place to report', 'neutral'),
  report: list('place to report a misused password', 'neutral'),
  within: term('time until people are told or it is dealt with', 'wider', { absent: 'endless' }),
  tells: list('who is told', 'narrower'),
  'for-persons': list('whose data', 'as-entry', { absent: 'all' }),
}

const forms = Object.fromEntries(
  Object.keys(securityForms).map((form) => [form, protection(form === 'breach-notice' ? 'notice of breaches' : form)]),
)

export const securityComparison: Comparison = { form: byForm(forms), keys, topic: 'other', renamed: true }
