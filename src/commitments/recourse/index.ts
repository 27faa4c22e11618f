import type { CommitmentKind } from '../commitment-kind.ts'
import { declaredKind, type Slice } from '../declared-kind.ts'
import { recourseEntry, recourseForms, recourseMisstatements, unknownNext } from './vocabulary.ts'

const declared = declaredKind({
  key: 'recourse',
  heading: 'Contact and complaints',
  says: 'contact points, complaints, outside bodies',
  entry: recourseEntry,
  forms: recourseForms,
  names: {},
  misstatements: recourseMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the intake of requests by mail is not built yet',
    verify: 'no contact point is tested yet',
  },
})

export const recourse: CommitmentKind<'recourse', Slice<typeof recourseEntry>> = {
  ...declared,
  misstatements: (block, known) => [...declared.misstatements(block, known), ...unknownNext(block)],
}
