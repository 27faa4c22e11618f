import type { Direction, Nature, Rule, Topic, Weight } from '../../commitments/comparison.ts'
import type { Json } from '../../ledger.ts'
import type { Difference } from './difference.ts'

/** One difference of a value, before it knows the commitment it stands in. */
export interface Change extends Pick<Difference, 'change' | 'class' | 'what' | 'why'> {
  readonly topic?: Topic
  readonly before?: Json
  readonly after?: Json
}

export const opposite: Readonly<Record<Direction, Direction>> = {
  wider: 'narrower',
  narrower: 'wider',
  neutral: 'neutral',
}

/** What more of something means, in an entry of this nature. */
export const weigh = (weight: Weight, nature: Nature | undefined): Direction => {
  if (weight !== 'as-entry' && weight !== 'against-entry') return weight
  if (nature === undefined || nature === 'neither') return 'neutral'
  const direction = nature === 'use' ? 'wider' : 'narrower'
  return weight === 'as-entry' ? direction : opposite[direction]
}

const because: Readonly<Record<Direction, string>> = {
  wider: 'more is done with the data, or less stands in the way',
  narrower: 'less is done with the data, or more stands in the way',
  neutral: 'neither more nor less is done with the data by it',
}

/** Rules that tell what more of something means. */
export type Judging = Extract<Rule, { readonly more: Weight }>

/** How a change by a rule is classed, and why: `more` of it, or less. */
export const judged = (
  rule: Judging,
  more: boolean,
  { nature }: { readonly nature: Nature | undefined },
): Pick<Change, 'class' | 'why' | 'topic'> => {
  const weight = weigh(rule.more, nature)
  const direction = more ? weight : opposite[weight]
  return {
    class: direction,
    why: (direction === 'neutral' ? undefined : rule.why?.[more ? 0 : 1]) ?? because[direction],
    ...(rule.topic === undefined ? {} : { topic: rule.topic }),
  }
}

/** A change that has no direction. */
export const unweighed = (rule: Rule): Pick<Change, 'class' | 'why' | 'topic'> => ({
  class: 'neutral',
  why: because.neutral,
  ...('topic' in rule && rule.topic !== undefined ? { topic: rule.topic } : {}),
})
