import { declaredKind } from '../declared-kind.ts'
import { aggregatesEntry, aggregatesForms, aggregatesMisstatements } from './vocabulary.ts'

export const aggregates = declaredKind({
  key: 'aggregates',
  heading: 'Aggregates',
  says: 'what counts as anonymous before it is used or released',
  entry: aggregatesEntry,
  forms: aggregatesForms,
  names: { data: ['of', 'drops'], purposes: ['for'], recipients: ['to'] },
  misstatements: aggregatesMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the test of aggregates is not built yet',
    verify: 'no release is on record',
  },
})
