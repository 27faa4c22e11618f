import { holds, readRule } from './feature-rule.ts'
import type { Disposition, Label } from './labels.ts'
import { dispositionRules } from './lexicon/disposition-rules.ts'

const rules = dispositionRules.map(([label, disposition, line]) => ({ label, disposition, rule: readRule(line) }))

/** Decides whether software can keep and show a sentence, a person must act, or nothing is promised; the first rule that holds. */
export function disposeSentence(label: Label, features: ReadonlySet<string>): Disposition {
  for (const { label: of, disposition, rule } of rules) {
    if ((of === '*' || of === label) && holds(rule, features)) return disposition
  }
  return 'machine'
}
