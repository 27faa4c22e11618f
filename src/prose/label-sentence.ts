import { holds, readRule } from './feature-rule.ts'
import type { Label } from './labels.ts'
import { flowRules } from './lexicon/label-rules.ts'
import { peopleRules } from './lexicon/label-rules-people.ts'
import { topicPriors } from './lexicon/topic-priors.ts'
import type { Meaning } from './meaning.ts'

/** How strongly each label is spoken for, and by which rules; `sure` compares the best with the next (0 to 1). */
export interface Labelled {
  readonly label: Label
  readonly sure: number
  readonly scores: ReadonlyMap<Label, number>
  readonly because: readonly string[]
}

const rules = [...flowRules, ...peopleRules].map(([label, weight, text]) => ({
  label,
  weight,
  text,
  rule: readRule(text),
}))

/** Below this no statement was recognised and the sentence is framing. */
const LEAST = 0.75
/** How much of the lead-in's meaning an item takes over, and of the sentence before one that refers back. */
const FROM_LEAD_IN = 0.75
const FROM_LEAD_IN_OF_CLAUSE = 0.35
const FROM_BEFORE = 0.3
const FROM_SUBJECT = 0.45
const FROM_ELABORATED = 0.8
const FROM_NEIGHBOUR = 0.13
/** A lead-in is understood by its items. */
const FROM_ITEMS = 0.6
/** Subjects that stay the subject when a sentence refers back to them. */
const STAYING: ReadonlySet<Label> = new Set([
  'error-report',
  'install-notice',
  'device-monitoring',
  'aggregate-data',
  'cookies-beacons',
  'social-features',
  'california',
  'remote-wipe-control',
])

/** Labels one sentence by the rules that hold, its heading, its lead-in, and what it refers back to. */
export function labelSentence(
  meaning: Meaning,
  leadIn: Labelled | undefined,
  before: Labelled | undefined,
  items: readonly Labelled[] = [],
): Labelled {
  const scores = new Map<Label, number>()
  const features = new Set(meaning.features)
  if (leadIn !== undefined) features.add('item').add(`lead:${leadIn.label}`)
  if (before !== undefined) features.add(`before:${before.label}`)
  const because: string[] = []
  const add = (label: Label, weight: number): void => void scores.set(label, (scores.get(label) ?? 0) + weight)
  for (const { label, weight, text, rule } of rules) {
    if (!holds(rule, features)) continue
    add(label, weight)
    because.push(`${label} ${weight}: ${text}`)
  }
  for (const [topic, label, weight] of topicPriors) if (meaning.features.has(`topic:${topic}`)) add(label, weight)
  if (leadIn !== undefined) {
    const share = meaning.features.has('own-clause') ? FROM_LEAD_IN_OF_CLAUSE : FROM_LEAD_IN
    for (const [label, score] of leadIn.scores)
      if (label !== 'none') add(label, Math.min(8, Math.max(0, score)) * share)
  } else if (before !== undefined && before.label !== 'none') {
    const reach = meaning.features.has('elaborates')
      ? FROM_ELABORATED
      : meaning.features.has('back-subject')
        ? FROM_SUBJECT
        : meaning.features.has('refers-back')
          ? FROM_BEFORE
          : 0
    const stays = reach > 0 && STAYING.has(before.label) ? 0.25 : 0
    if (reach === 0) add(before.label, Math.min(7, before.scores.get(before.label) ?? 0) * FROM_NEIGHBOUR)
    else add(before.label, Math.min(7, before.scores.get(before.label) ?? 0) * (reach + stays))
  }
  for (const item of items)
    for (const [label, score] of item.scores)
      if (label !== 'none') add(label, (Math.max(0, score) * FROM_ITEMS) / items.length)
  const ranked = [...scores].sort((left, right) => right[1] - left[1])
  const [best, next] = ranked
  if (best === undefined || best[1] < LEAST) return { label: 'none', sure: 0.5, scores, because }
  const margin = best[1] - Math.max(next?.[1] ?? 0, 0)
  return {
    label: best[0],
    sure: Math.round(Math.min(0.98, 0.4 + margin * 0.09 + best[1] * 0.025) * 100) / 100,
    scores,
    because,
  }
}
