import { type FeatureRule, holds, readRule } from '../feature-rule.ts'
import type { Understood } from '../read-meanings.ts'
import { contradictions, gaps } from './document-warnings.ts'
import type { Ground, Sight } from './rule.ts'
import { sentenceWarnings } from './sentence-warnings.ts'

/** A warning as shown on a sentence, or on the document where no sentence carries it. */
export interface Warning {
  readonly code: string
  /** Law, judgment or standard; ends in "(unverified)" where nobody looked it up. */
  readonly source: string
  readonly verified: boolean
  readonly what: string
  readonly stricter: string
  /** Nobody may decide otherwise. */
  readonly forbidden: boolean
  /** The sentence it does not fit together with. */
  readonly against?: number
  /** A decision on record that does not count: the law forbids it, or it gives no reason. */
  readonly refused?: 'forbidden' | 'no-reason'
}

const compiled = new Map<string, FeatureRule>()

/** Warnings by sentence number, and those of the whole document under 0. */
export function findWarnings(sentences: readonly Understood[]): ReadonlyMap<number, readonly Warning[]> {
  const found = new Map<number, Warning[]>()
  const put = (number: number, warning: Warning): void => {
    const list = found.get(number) ?? []
    if (!list.some((other) => other.code === warning.code)) found.set(number, [...list, warning])
  }
  for (const rule of sentenceWarnings) {
    const { settledBy } = rule
    if (settledBy !== undefined && sentences.some((sentence) => sees(settledBy, sentence))) continue
    for (const sentence of sentences) if (sees(rule.sees, sentence)) put(sentence.sentence.number, warningOf(rule))
  }
  for (const rule of contradictions) {
    const one = sentences.filter((sentence) => sees(rule.one, sentence))
    const other = sentences.filter((sentence) => sees(rule.other, sentence) && !one.includes(sentence))
    const first = one[0]
    const second = other[0]
    if (first === undefined || second === undefined) continue
    for (const each of one) put(each.sentence.number, { ...warningOf(rule), against: second.sentence.number })
    for (const each of other) put(each.sentence.number, { ...warningOf(rule), against: first.sentence.number })
  }
  for (const rule of gaps) {
    if (sentences.some((sentence) => sees(rule.missing, sentence))) continue
    const where = rule.where
    if (where === undefined || sentences.some((sentence) => sees(where, sentence))) put(0, warningOf(rule))
  }
  return found
}

/** True when a rule's sight falls on a sentence. */
export function sees(sight: Sight, of: Understood): boolean {
  if (of.meaning === undefined) return false
  if (sight.labels !== undefined && !sight.labels.split(' ').includes(of.label)) return false
  if (sight.disposition !== undefined && sight.disposition !== of.disposition) return false
  if (sight.says !== undefined && !sight.says.test(of.meaning.form)) return false
  if (sight.not?.test(of.meaning.form) === true) return false
  if (sight.features === undefined) return true
  const rule = compiled.get(sight.features) ?? readRule(sight.features)
  compiled.set(sight.features, rule)
  return holds(rule, of.meaning.features)
}

function warningOf(
  rule: Ground & {
    readonly code: string
    readonly what: string
    readonly stricter: string
    readonly forbidden?: boolean
  },
): Warning {
  const verified =
    rule.checked !== undefined || rule.source === 'the text itself' || rule.source === 'the date in the text'
  return {
    code: rule.code,
    source: verified ? rule.source : `${rule.source} (unverified)`,
    verified,
    what: rule.what,
    stricter: rule.stricter,
    forbidden: rule.forbidden ?? false,
  }
}
