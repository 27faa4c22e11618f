import { declaredKind } from '../declared-kind.ts'
import { childrenEntry, childrenForms, childrenMisstatements } from './vocabulary.ts'

export const children = declaredKind({
  key: 'children',
  heading: 'Children',
  says: 'age gate, discovery, parents',
  entry: childrenEntry,
  forms: childrenForms,
  names: { data: ['data', 'keeps'] },
  misstatements: childrenMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the age gate is not built yet',
    verify: 'no probe registers as a child yet',
  },
})
