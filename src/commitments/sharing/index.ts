import { declaredKind } from '../declared-kind.ts'
import { sharingEntry, sharingForms, sharingMisstatements } from './vocabulary.ts'

export const sharing = declaredKind({
  key: 'sharing',
  heading: 'What others see',
  says: 'what other people see: profiles, files, forums, public areas, third-party apps',
  entry: sharingEntry,
  forms: sharingForms,
  names: { data: ['data', 'hides', 'elect'], purposes: ['for'] },
  misstatements: sharingMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'no gate stands before files, forums and links yet',
    verify: 'no probe reads pages and files as another person yet',
  },
})
