import { z } from 'zod'
import { name } from '../language/terms.ts'
import { entriesOf, namedCommitments } from './block.ts'
import type { CommitmentKind } from './commitment-kind.ts'

const notBuilt = 'this kind is accepted and shown as unproven until its gate and probes are built'

/** A kind whose enforcement is not built yet: its commitments are named, counted and shown as unproven, never dropped. */
export const acceptedKind = <Key extends string>(
  key: Key,
  heading: string,
  says: string,
): CommitmentKind<Key, readonly (readonly [string, unknown])[]> => ({
  key,
  heading,
  says,
  vocabulary: z.record(name, z.unknown()).meta({ description: `${says} (accepted; shown as unproven)` }),
  commitments: namedCommitments,
  misstatements: () => [],
  compile: (block) => ({ slice: entriesOf(block), steps: [] }),
  absent: { prose: notBuilt, wording: notBuilt, enforce: notBuilt, verify: notBuilt },
})
