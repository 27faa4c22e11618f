import { entriesOf, valueAt } from '../../commitments/block.ts'
import { type EntryValue, everyKey, type Rule } from '../../commitments/comparison.ts'
import { comparisons } from '../../commitments/comparisons.ts'
import { commitmentKinds } from '../../commitments/index.ts'
import type { PolicyContent } from './content.ts'
import type { Difference } from './difference.ts'
import { sameMeaning } from './normal.ts'

/** New name → former name. */
type Renames = ReadonlyMap<string, string>

/** Names that came and names that went which alone stand for the same. */
const renamesOf = (
  before: readonly string[],
  after: readonly string[],
  isSame: (former: string, name: string) => boolean,
): Renames => {
  const went = before.filter((name) => !after.includes(name))
  const came = after.filter((name) => !before.includes(name))
  return new Map(
    came.flatMap((name) => {
      const [former, second] = went.filter((one) => isSame(one, name))
      const alone = former !== undefined && came.filter((other) => isSame(former, other)).length === 1
      return alone && second === undefined ? [[name, former] as const] : []
    }),
  )
}

/** A value with the names that it refers to as they were before. */
const renamed = (rule: Rule, given: unknown, of: 'data' | 'purpose', names: Renames): unknown => {
  if (given === undefined || given === null) return given
  if (rule.by === 'list' && rule.of === of) {
    const back = (word: unknown): unknown => (typeof word === 'string' ? (names.get(word) ?? word) : word)
    return Array.isArray(given) ? given.map(back) : back(given)
  }
  if (rule.by === 'parts' && typeof given === 'object') return renamedIn(rule.parts, given as EntryValue, of, names)
  if (rule.by === 'entries')
    return Object.fromEntries(
      entriesOf(given).map(([name, entry]) => [name, renamedIn(rule.parts, entry as EntryValue, of, names)]),
    )
  return given
}

const renamedIn = (
  rules: Readonly<Record<string, Rule>>,
  entry: EntryValue,
  of: 'data' | 'purpose',
  names: Renames,
): EntryValue =>
  Object.fromEntries(
    Object.entries(entry).map(([key, given]) => {
      const rule = rules[key]
      return [key, rule === undefined ? given : renamed(rule, given, of, names)]
    }),
  )

const withFormerKeys = <Value>(block: Readonly<Record<string, Value>>, names: Renames): Record<string, Value> =>
  Object.fromEntries(Object.entries(block).map(([name, entry]) => [names.get(name) ?? name, entry]))

const backIn = (content: PolicyContent, of: 'data' | 'purpose', names: Renames): PolicyContent => {
  if (names.size === 0) return content
  const kinds = Object.fromEntries(
    commitmentKinds.map(({ key }) => {
      const rules = { ...comparisons[key].keys, ...everyKey }
      const entries = Object.entries(content.kinds[key]).map(
        ([name, entry]) => [name, renamedIn(rules, entry, of, names)] as const,
      )
      const block = Object.fromEntries(entries)
      return [key, of === 'purpose' && key === 'purposes' ? withFormerKeys(block, names) : block]
    }),
  ) as PolicyContent['kinds']
  if (of === 'purpose') return { ...content, kinds }
  const dataWords = new Map([...content.dataWords].map(([name, words]) => [names.get(name) ?? name, words]))
  return { ...content, kinds, data: withFormerKeys(content.data, names), dataWords }
}

const told = (kind: 'data' | 'purposes', noun: string, names: Renames): readonly Difference[] =>
  [...names].map(([name, former]) => ({
    commitment: `${kind}.${name}`,
    change: 'changed',
    class: 'neutral',
    topic: kind === 'data' ? 'data' : 'purpose',
    purposes: kind === 'purposes' ? [name] : [],
    what: `${noun} ${former} is called ${name} now`,
    why: 'it stands for the same',
    before: former,
    after: name,
  }))

/**
 * Data categories and purposes that only changed their names: told once, and what refers to them is compared as if they
 * had not. A category is the same where its term is, and its words where both have some; a purpose where all it says is.
 */
export const undoRenames = (
  before: PolicyContent,
  after: PolicyContent,
): { readonly after: PolicyContent; readonly differences: readonly Difference[] } => {
  const wordsOf = (content: PolicyContent, name: string): string | undefined => content.dataWords.get(name)
  const categories = renamesOf(Object.keys(before.data), Object.keys(after.data), (former, name) => {
    const [then, now] = [wordsOf(before, former), wordsOf(after, name)]
    return before.data[former]?.is === after.data[name]?.is && (then === undefined || now === undefined || then === now)
  })
  const withCategories = backIn(after, 'data', categories)
  const [purposesBefore, purposesAfter] = [before.kinds.purposes, withCategories.kinds.purposes]
  const purposes = renamesOf(Object.keys(purposesBefore), Object.keys(purposesAfter), (former, name) =>
    sameMeaning(valueAt(purposesBefore, former), valueAt(purposesAfter, name)),
  )
  return {
    after: backIn(withCategories, 'purpose', purposes),
    differences: [...told('data', 'data category', categories), ...told('purposes', 'purpose', purposes)],
  }
}
