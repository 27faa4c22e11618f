import { byForm, type Comparison, type FormKeysOf, list, protection, said, term, value } from '../comparison.ts'
import { type recourseEntry, recourseForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof recourseEntry> = {
  at: list('address', 'neutral'),
  to: list('body', 'neutral'),
  owner: value('who answers'),
  within: term('time until an answer', 'wider', { absent: 'endless' }),
  test: term('time between test messages', 'wider', { absent: 'endless' }),
  about: list('matter', 'narrower', { absent: 'all' }),
  next: value('what comes next'),
  when: value('when one may turn to it'),
  countries: list('country whose people may turn to it', 'narrower', { absent: 'all' }),
  free: said('being free', 'narrower'),
}

const forms = Object.fromEntries(Object.keys(recourseForms).map((form) => [form, protection(form)]))

export const recourseComparison: Comparison = { form: byForm(forms), keys, topic: 'other', renamed: true }
