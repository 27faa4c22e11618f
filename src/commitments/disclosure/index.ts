import { declaredKind } from '../declared-kind.ts'
import { disclosureMisstatements } from './misstatements.ts'
import { disclosureEntry, disclosureForms } from './vocabulary.ts'

export const disclosure = declaredKind({
  key: 'disclosure',
  heading: 'Who receives it',
  says: 'who receives what, why, under which contract; sale; law; mergers; payment',
  entry: disclosureEntry,
  forms: disclosureForms,
  names: { data: ['data'], purposes: ['for'] },
  misstatements: disclosureMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the disclosure gate is not built yet',
    verify: 'without a disclosure gate no hand-over is on record',
  },
})
