import {
  byForm,
  type Comparison,
  type FormKeysOf,
  list,
  parts,
  protection,
  said,
  steps,
  term,
  use,
  value,
} from '../comparison.ts'
import type { disclosureEntry, disclosureForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof disclosureEntry> = {
  to: list('recipient', 'as-entry', {
    absent: 'unstated',
    topic: 'recipient',
    why: ['more receive it', 'fewer receive it'],
  }),
  countries: list('country', 'as-entry', {
    topic: 'country',
    why: ['data goes to more countries', 'data goes to fewer countries'],
  }),
  data: list('data', 'as-entry', { absent: 'unstated', topic: 'data', of: 'data' }),
  for: list('purpose', 'as-entry', { of: 'purpose', absent: 'unstated', topic: 'purpose' }),
  basis: value('legal basis', 'basis'),
  contract: parts('contract', 'narrower', {
    clauses: list('clause', 'narrower', { absent: 'unstated' }),
    since: value('beginning of the contract'),
    until: value('end of the contract'),
    at: value('place of the contract'),
  }),
  onward: steps('passing on', ['never', 'bound', undefined], 'wider', {
    why: ['it may go further', 'it may not go as far'],
  }),
  view: said('limited view', 'narrower'),
  where: list('service or page', 'as-entry', { absent: 'all' }),
  marketing: said('marketing of the recipient', 'wider', {
    why: ['recipients may use it for their own marketing', 'recipients may not use it for their own marketing'],
  }),
  never: said('promise not to', 'narrower'),
  cards: steps('card numbers kept', ['never-kept', 'token', 'kept'], 'wider', { absent: 'unstated' }),
  grounds: list('ground of a hand-over', 'wider'),
  document: steps('filing of the order first', [false, true], 'narrower'),
  approver: said('approval of each hand-over', 'narrower'),
  extent: said('limit to what the document names', 'narrower'),
  review: term('time between reviews', 'wider', { absent: 'endless' }),
  notice: list('way of telling people before', 'narrower', { topic: 'merger' }),
  lead: term('time between telling and hand-over', 'narrower', { absent: 'zero', topic: 'merger' }),
  successor: said('binding of the successor', 'narrower', { topic: 'merger' }),
  diligence: parts('access of reviewers', 'wider', {
    keep: term('access of reviewers', 'wider'),
    copies: steps('bar of copies', [undefined, false], 'narrower'),
  }),
  means: list('kind of consideration', 'as-entry', { absent: 'all' }),
  tested: said('test of anonymity', 'narrower'),
  refuse: value('what the gate refuses'),
}

const forms: Readonly<Record<keyof typeof disclosureForms, ReturnType<typeof use>>> = {
  processor: use('recipient', 'recipient'),
  payment: use('recipient', 'recipient'),
  partner: use('recipient', 'recipient'),
  group: use('recipient', 'recipient'),
  direction: use('hand-over at the person’s direction', 'recipient'),
  law: use('hand-over to authorities', 'recipient'),
  merger: use('hand-over in a merger', 'merger'),
  sale: use('sale', 'recipient'),
  bar: protection('bar'),
}

export const disclosureComparison: Comparison = {
  form: byForm(forms),
  keys,
  topic: 'recipient',
  called: 'to',
  renamed: true,
}
