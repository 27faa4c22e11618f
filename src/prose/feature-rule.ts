/** Features a sentence must have and must not have, read from one line: `a b|c !d` is a, and b or c, and not d. */
export interface FeatureRule {
  readonly need: readonly (readonly string[])[]
  readonly forbid: readonly string[]
}

export function readRule(line: string): FeatureRule {
  const parts = line.split(' ').filter((part) => part !== '')
  return {
    need: parts.filter((part) => !part.startsWith('!')).map((part) => part.split('|')),
    forbid: parts.filter((part) => part.startsWith('!')).map((part) => part.slice(1)),
  }
}

export function holds(rule: FeatureRule, features: ReadonlySet<string>): boolean {
  return (
    rule.need.every((any) => any.some((feature) => features.has(feature))) &&
    !rule.forbid.some((feature) => features.has(feature))
  )
}
