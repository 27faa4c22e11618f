import { namedCommitments } from '../block.ts'
import type { CommitmentKind } from '../commitment-kind.ts'
import { type Purpose, purposesMisstatements, purposesVocabulary, readPurposes } from './vocabulary.ts'

export const purposes: CommitmentKind<'purposes', readonly Purpose[]> = {
  key: 'purposes',
  heading: 'What we use it for',
  says: 'what each purpose may use, on which legal basis',
  vocabulary: purposesVocabulary,
  commitments: namedCommitments,
  misstatements: purposesMisstatements,
  compile: (block) => ({ slice: readPurposes(block), steps: [] }),
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the purpose guard of the store gate is not built yet',
    verify: 'without a purpose guard no refused or passed read is on record',
  },
}
