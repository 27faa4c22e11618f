import { namedCommitments } from '../block.ts'
import type { CommitmentKind } from '../commitment-kind.ts'
import { type CollectionPoint, collectionMisstatements, collectionVocabulary, readCollection } from './vocabulary.ts'

export const collection: CommitmentKind<'collection', readonly CollectionPoint[]> = {
  key: 'collection',
  heading: 'What we collect',
  says: 'what is collected where, from whom, needed or optional',
  vocabulary: collectionVocabulary,
  commitments: namedCommitments,
  misstatements: collectionMisstatements,
  compile: (block) => ({ slice: readCollection(block), steps: [] }),
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the intake gate for forms is not built yet',
    verify: 'without an intake gate or a crawl there is nothing to verify with',
  },
}
