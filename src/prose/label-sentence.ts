import { flowRules } from './lexicon/label-rules.ts'
import { peopleRules } from './lexicon/label-rules-people.ts'
import { topicPriors } from './lexicon/topic-priors.ts'
import type { Label } from './labels.ts'
import type { Meaning } from './meaning.ts'

/** How strongly each label is spoken for, and by which rules; `sure` compares the best with the next (0 to 1). */
export interface Labelled {
  readonly label: Label
  readonly sure: number
  readonly scores: ReadonlyMap<Label, number>
  readonly because: readonly string[]
}

interface Rule {
  readonly label: Label
  readonly weight: number
  readonly text: string
  readonly need: readonly (readonly string[])[]
  readonly forbid: readonly string[]
}

const rules: readonly Rule[] = [...flowRules, ...peopleRules].map(([label, weight, text]) => {
  const parts = text.split(' ')
  return {
    label,
    weight,
    text,
    need: parts.filter((part) => !part.startsWith('!')).map((part) => part.split('|')),
    forbid: parts.filter((part) => part.startsWith('!')).map((part) => part.slice(1)),
  }
})

/** Below this no statement was recognised and the sentence is framing. */
const LEAST = 1.5
/** How much of the lead-in's meaning an item takes over, and of the sentence before one that refers back. */
const FROM_LEAD_IN = 0.75
const FROM_BEFORE = 0.35

/** Labels one sentence by the rules that hold, its heading, its lead-in, and what it refers back to. */
export function labelSentence(meaning: Meaning, leadIn: Labelled | undefined, before: Labelled | undefined): Labelled {
  const scores = new Map<Label, number>()
  const because: string[] = []
  const add = (label: Label, weight: number): void => void scores.set(label, (scores.get(label) ?? 0) + weight)
  for (const rule of rules) {
    if (!rule.need.every((any) => any.some((feature) => meaning.features.has(feature)))) continue
    if (rule.forbid.some((feature) => meaning.features.has(feature))) continue
    add(rule.label, rule.weight)
    because.push(`${rule.label} ${rule.weight}: ${rule.text}`)
  }
  for (const [topic, label, weight] of topicPriors) if (meaning.features.has(`topic:${topic}`)) add(label, weight)
  if (leadIn !== undefined) for (const [label, score] of leadIn.scores) add(label, Math.max(0, score) * FROM_LEAD_IN)
  else if (before !== undefined && meaning.features.has('refers-back') && before.label !== 'none') add(before.label, Math.min(6, before.scores.get(before.label) ?? 0) * FROM_BEFORE)
  const ranked = [...scores].sort((left, right) => right[1] - left[1])
  const [best, next] = ranked
  if (best === undefined || best[1] < LEAST) return { label: 'none', sure: 0.5, scores, because }
  const margin = best[1] - Math.max(next?.[1] ?? 0, 0)
  return { label: best[0], sure: Math.round(Math.min(0.98, 0.4 + margin * 0.09 + best[1] * 0.025) * 100) / 100, scores, because }
}
