import type { Comparison, EntryValue, Form, Rule } from '../../commitments/comparison.ts'
import { everyKey } from '../../commitments/comparison.ts'
import { listOf } from '../../language/terms.ts'
import type { Json } from '../../ledger.ts'
import { compareValue } from './compare-value.ts'
import type { Difference } from './difference.ts'
import { meaning, unsaid, wordsOf } from './normal.ts'
import { type Change, weigh } from './weigh.ts'

/** A commitment as it is held against another one: a whole entry, or the part of it for one data category. */
interface Part {
  readonly name: string
  /** The category, where each is compared by itself. */
  readonly of?: string
  readonly entry: EntryValue
}

/** How a reader is told a data category. */
export type Telling = (category: string) => string

/** The entries of a kind, split where each data category has a past of its own. */
const partsOf = (comparison: Comparison, entries: Readonly<Record<string, EntryValue>>): readonly Part[] =>
  Object.entries(entries)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([name, entry]): Part[] => {
      if (comparison.each === undefined) return [{ name, entry }]
      const { [comparison.each]: split, ...rest } = entry
      const categories = wordsOf(split)
      return categories.length === 0 ? [{ name, entry }] : categories.map((of) => ({ name, of, entry: rest }))
    })

type Pair = readonly [before: Part, after: Part]

/** What makes two parts one: those with the same answer are. */
type Sameness = (part: Part) => string

const said = (given: unknown): string => JSON.stringify(meaning(given)) ?? ''

/** Which entry of the one policy is which of the other: by name, then by what it says, then by what it is about. */
const pairParts = (
  comparison: Comparison,
  before: readonly Part[],
  after: readonly Part[],
): { readonly pairs: readonly Pair[]; readonly went: readonly Part[]; readonly came: readonly Part[] } => {
  const formOf = ({ entry }: Part): unknown => ('is' in comparison.keys ? undefined : entry.is)
  const ways: readonly Sameness[] = [
    (part) => JSON.stringify([part.name, part.of, formOf(part)]),
    ...(comparison.renamed ? [(part: Part) => JSON.stringify([part.of, said(part.entry)])] : []),
    ...(comparison.each === undefined
      ? []
      : [(part: Part) => JSON.stringify([part.of, said(part.entry.for)]), (part: Part) => String(part.of)]),
  ]
  const pairs: Pair[] = []
  let [went, came] = [before, after]
  for (const samenessOf of ways) {
    const waiting = new Map<string, Part[]>()
    for (const part of came) {
      const same = samenessOf(part)
      waiting.set(same, waiting.get(same) ?? [])
      waiting.get(same)?.push(part)
    }
    const taken = new Set<Part>()
    const left: Part[] = []
    for (const part of went) {
      const found = waiting.get(samenessOf(part))?.shift()
      if (found === undefined) left.push(part)
      else {
        pairs.push([part, found])
        taken.add(found)
      }
    }
    went = left
    came = came.filter((part) => !taken.has(part))
  }
  return { pairs, went, came }
}

const purposesOf = (kind: string, name: string, entry: EntryValue): readonly string[] =>
  kind === 'purposes' ? [name] : listOf(entry.for as string | readonly string[] | undefined)

/** Differences of one kind's commitments. */
export const compareEntries = (
  kind: string,
  comparison: Comparison,
  before: Readonly<Record<string, EntryValue>>,
  after: Readonly<Record<string, EntryValue>>,
  tell: Telling,
): readonly Difference[] => {
  const { pairs, went, came } = pairParts(comparison, partsOf(comparison, before), partsOf(comparison, after))
  const found = [
    ...pairs.flatMap(([then, now]) => comparePair(kind, comparison, then, now, tell)),
    ...went.map((part) => whole(kind, comparison, part, 'removed', tell)),
    ...came.map((part) => whole(kind, comparison, part, 'added', tell)),
  ]
  return comparison.each === undefined ? found.map(({ difference }) => difference) : joined(found)
}

/** A difference that may be one of several of its kind: what is told is made of all labels together. */
interface Labelled {
  readonly difference: Difference
  readonly label: string
  readonly told: (label: string) => string
}

const comparePair = (
  kind: string,
  comparison: Comparison,
  then: Part,
  now: Part,
  tell: Telling,
): readonly Labelled[] => {
  const [formThen, formNow] = [comparison.form(then.name, then.entry), comparison.form(now.name, now.entry)]
  const nature = formThen.nature === formNow.nature ? formNow.nature : undefined
  const label = now.of === undefined ? now.name : tell(now.of)
  const shown = (rule: Rule, word: string): string => (rule.by === 'list' && rule.of === 'data' ? tell(word) : word)
  const purposes = [...new Set([...purposesOf(kind, then.name, then.entry), ...purposesOf(kind, now.name, now.entry)])]
  return keysOf(comparison, then.entry, now.entry).flatMap(([key, rule]) => {
    const changesOf = (called: string): readonly Change[] =>
      compareValue(rule, then.entry[key], now.entry[key], { nature, label: called, shown })
    return changesOf(label).map((change, index) => ({
      label,
      told: (called: string) => changesOf(called)[index]?.what ?? change.what,
      difference: {
        commitment: `${kind}.${now.name}`,
        key,
        ...change,
        topic: change.topic ?? formNow.topic ?? comparison.topic,
        purposes,
      },
    }))
  })
}

/** Every key with its rule; one that no rule knows is compared as it stands. */
const keysOf = (
  comparison: Comparison,
  before: EntryValue,
  after: EntryValue,
): readonly (readonly [string, Rule])[] => {
  const rules = { ...comparison.keys, ...everyKey }
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !unsaid.includes(key))
    .sort()
    .map((key) => [key, rules[key] ?? { by: 'value', noun: key }])
}

const whole = (
  kind: string,
  comparison: Comparison,
  part: Part,
  change: 'added' | 'removed',
  tell: Telling,
): Labelled => {
  const form = comparison.form(part.name, part.entry)
  const label = part.of === undefined ? calledOf(comparison, part) : tell(part.of)
  const told = (called: string): string => `${form.noun} ${change}: ${called}`
  const { words: _words, source: _source, ...said } = part.entry
  return {
    label,
    told,
    difference: {
      commitment: `${kind}.${part.name}`,
      change,
      ...judgedWhole(form, change),
      topic: form.topic ?? comparison.topic,
      purposes: purposesOf(kind, part.name, part.entry),
      what: told(label),
      [change === 'added' ? 'after' : 'before']: said as Json,
    },
  }
}

const calledOf = ({ called }: Comparison, { name, entry }: Part): string => {
  const words = called === undefined ? [] : wordsOf(entry[called])
  return words.length === 0 ? name : `${words.join(', ')} (${name})`
}

const judgedWhole = (form: Form, change: 'added' | 'removed'): Pick<Difference, 'class' | 'why'> => {
  const added = change === 'added'
  const direction = weigh(added ? 'as-entry' : 'against-entry', form.nature)
  const why = {
    use: added ? 'something is done with data that was not done before' : 'something is no longer done with data',
    protection: added ? 'a protection is promised that was not promised before' : 'a protection is no longer promised',
    neither: 'by itself it lets nothing more be done with data',
  }[form.nature]
  return { class: direction, why }
}

/** The same change of several data categories of one entry is told once. */
const joined = (found: readonly Labelled[]): readonly Difference[] => {
  const groups = new Map<string, Labelled[]>()
  for (const one of found) {
    const { commitment, key, change, before, after } = one.difference
    const same = JSON.stringify([commitment, key, change, before, after])
    groups.set(same, [...(groups.get(same) ?? []), one])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const labels = [...new Set(group.map(({ label }) => label))]
    const last = labels.pop() ?? ''
    return [{ ...first.difference, what: first.told(labels.length === 0 ? last : `${labels.join(', ')} and ${last}`) }]
  })
}
