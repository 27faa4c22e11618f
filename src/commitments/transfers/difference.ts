import { byForm, type Comparison, type FormKeysOf, list, neither, said, term, use, value } from '../comparison.ts'
import type { transfersEntry, transfersForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof transfersEntry> = {
  countries: list('country', 'as-entry', {
    topic: 'country',
    why: ['data goes to more countries', 'data goes to fewer countries'],
  }),
  ground: value('ground of the transfer', 'basis'),
  to: list('recipient', 'as-entry', { absent: 'all', topic: 'recipient' }),
  data: list('data', 'as-entry', { absent: 'all', topic: 'data', of: 'data' }),
  since: value('beginning'),
  until: value('end'),
  listed: value('day of the look into the list'),
  assessed: said('assessment of the country’s law', 'narrower'),
  proof: value('proof'),
  stands: value('whether anything rests on it'),
  issuer: value('issuer'),
  covers: list('what the seal is about', 'narrower'),
  'leaves-out': list('what the seal is not about', 'wider'),
  checked: term('time between looks into the register', 'wider', { absent: 'endless' }),
}

const forms: Readonly<Record<keyof typeof transfersForms, ReturnType<typeof use>>> = {
  transfer: use('transfer', 'country'),
  claim: neither('claim'),
  seal: { noun: 'seal', nature: 'protection' },
}

export const transfersComparison: Comparison = { form: byForm(forms), keys, topic: 'country', renamed: true }
