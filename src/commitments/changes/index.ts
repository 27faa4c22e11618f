import { declaredKind } from '../declared-kind.ts'
import { changesEntry, changesForms, changesMisstatements } from './vocabulary.ts'

export const changes = declaredKind({
  key: 'changes',
  heading: 'Changes and scope',
  says: 'versions, notice before effect, scope',
  entry: changesEntry,
  forms: changesForms,
  names: {},
  misstatements: changesMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'versions of the notice are not built yet',
    verify: 'no notice is fetched back yet',
  },
})
