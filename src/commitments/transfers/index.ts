import { declaredKind } from '../declared-kind.ts'
import { transfersEntry, transfersForms, transfersMisstatements } from './vocabulary.ts'

export const transfers = declaredKind({
  key: 'transfers',
  heading: 'Countries',
  says: 'countries, grounds, frameworks and seals with dates',
  entry: transfersEntry,
  forms: transfersForms,
  names: { data: ['data'], recipients: ['to'] },
  misstatements: transfersMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the disclosure gate is not built yet',
    verify: 'no probe looks up listings and links yet',
  },
})
