import { namedCommitments } from '../block.ts'
import type { CommitmentKind } from '../commitment-kind.ts'
import { retentionSince, retentionSweep, verifyRetention } from './verify.ts'
import { type RetentionRule, readRetention, retentionMisstatements, retentionVocabulary } from './vocabulary.ts'

export const retention: CommitmentKind<'retention', readonly RetentionRule[]> = {
  key: 'retention',
  heading: 'How long we keep it',
  says: 'how long, from when, what happens then',
  vocabulary: retentionVocabulary,
  commitments: namedCommitments,
  misstatements: retentionMisstatements,
  compile: (block) => ({ slice: readRetention(block), steps: [] }),
  verify: verifyRetention,
  since: retentionSince,
  probes: [retentionSweep],
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'a sweep (src/retention) ends it in every store; no gate stands in the way of writes',
  },
}
