import type { Direction, Topic } from '../../commitments/comparison.ts'
import type { Json } from '../../ledger.ts'
import type { VersionRecord } from '../../records.ts'

/** One change of what a policy commits to, from the side of the person whose data it is. */
export interface Difference {
  /** Kind and name, e.g. `retention.tickets`; or a block of the language, e.g. `data.email`, `controller`. */
  readonly commitment: string
  /** Key of the commitment, e.g. `keep`; absent where the commitment as a whole came or went. */
  readonly key?: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly class: Direction
  readonly topic: Topic
  /** Purposes that it touches, by name. */
  readonly purposes: readonly string[]
  /** In words: `retention of IP addresses widened from 30 days to 90 days`. */
  readonly what: string
  /** Why it is classed so. */
  readonly why: string
  readonly before?: Json
  readonly after?: Json
}

/** How many of each class. */
export interface DifferenceCounts {
  readonly wider: number
  readonly narrower: number
  readonly neutral: number
}

export const countDifferences = (differences: readonly { readonly class: Direction }[]): DifferenceCounts => {
  const of = (direction: Direction): number => differences.filter((one) => one.class === direction).length
  return { wider: of('wider'), narrower: of('narrower'), neutral: of('neutral') }
}

/** What changed in a stored version. */
export const differencesOf = (version: VersionRecord): readonly Difference[] =>
  version.differences as unknown as readonly Difference[]
