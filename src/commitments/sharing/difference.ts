import { byForm, type Comparison, type FormKeysOf, list, protection, said, term, use } from '../comparison.ts'
import type { sharingEntry, sharingForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof sharingEntry> = {
  to: list('who sees it', 'wider', { topic: 'recipient', why: ['more people see it', 'fewer people see it'] }),
  data: list('data', 'wider', { topic: 'data', of: 'data', why: ['more is seen', 'less is seen'] }),
  hides: list('hidden data', 'narrower', { of: 'data', why: ['less is seen', 'more may be seen'] }),
  elect: list('data shown by choice only', 'narrower', { of: 'data' }),
  for: list('purpose', 'wider', { of: 'purpose', topic: 'purpose' }),
  where: list('area', 'as-entry', { absent: 'all' }),
  may: list('what others may do', 'wider'),
  owner: list('what the owner can do', 'narrower'),
  record: said('record of what others do', 'narrower'),
  relay: said('hiding of addresses', 'narrower'),
  notice: said('telling before', 'narrower'),
  removal: list('place to ask for removal', 'narrower'),
  within: term('time until removal', 'wider', { absent: 'endless' }),
  act: said('the person’s own act', 'narrower'),
  revoke: said('ending at any time', 'narrower'),
  hosts: list('linked host', 'neutral'),
  marked: said('marking of links', 'narrower'),
  alive: term('time between checks of links', 'wider', { absent: 'endless' }),
  review: term('time between reviews', 'wider', { absent: 'endless' }),
  standard: said('standard for linked hosts', 'narrower'),
}

const forms: Readonly<Record<keyof typeof sharingForms, ReturnType<typeof use>>> = {
  collaboration: use('collaboration'),
  profile: use('profile'),
  forum: use('forum'),
  'public-area': use('public area'),
  application: use('application of others', 'recipient'),
  links: protection('care for links'),
}

export const sharingComparison: Comparison = { form: byForm(forms), keys, topic: 'use', renamed: true }
