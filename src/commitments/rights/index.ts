import { namedCommitments } from '../block.ts'
import type { CommitmentKind } from '../commitment-kind.ts'
import { enforceRights } from './enforce.ts'
import { rightsMisstatements } from './misstatements.ts'
import { type Rights, readRights } from './read.ts'
import { rightsSince } from './since.ts'
import { caseDeadline, requestProof, verifyRights } from './verify.ts'
import { rightsVocabulary } from './vocabulary.ts'

export const rights: CommitmentKind<'rights', Rights> = {
  key: 'rights',
  heading: 'Your rights',
  says: 'access, erasure, correction, portability, restriction, objection; terms and exceptions',
  vocabulary: rightsVocabulary,
  commitments: namedCommitments,
  misstatements: rightsMisstatements,
  compile: (block, known) => {
    const slice = readRights(block, known)
    return { slice, steps: enforceRights(slice) }
  },
  verify: verifyRights,
  since: rightsSince,
  probes: [requestProof, caseDeadline],
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
  },
}
