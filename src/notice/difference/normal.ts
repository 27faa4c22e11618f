import { durationDays, parseDuration } from '../../base/duration.ts'
import { listOf } from '../../language/terms.ts'
import type { Json } from '../../ledger.ts'

/** Keys of an entry that tell how it is said and where it came from: they commit to nothing. */
export const unsaid: readonly string[] = ['words', 'source']

/** A text without what nobody sees: soft hyphens, zero-width and direction marks, tag characters, doubled space. */
export const plainText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cf}|\p{Variation_Selector}|\u034f/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()

/** The days of a duration, which order it: `P12M` and `P1Y` are the same. A session ends at once. */
export const termDays = (term: unknown): number | undefined => {
  if (term === 'session') return 0
  if (typeof term !== 'string' || parseDuration(term) === undefined) return undefined
  const { least, most } = durationDays(term)
  return (least + most) / 2
}

/**
 * What a value says, in one spelling: a single value is a list of one, lists have no order and nothing twice, an empty
 * list, an empty map and nothing are the same, durations are days. For comparing only.
 */
export const meaning = (given: unknown): Json | undefined => {
  if (given === undefined || given === null) return undefined
  if (Array.isArray(given)) {
    const items = given.flatMap((item) => {
      const said = meaning(item)
      return said === undefined ? [] : Array.isArray(said) ? said : [said]
    })
    const spelled = [...new Set(items.map((item) => JSON.stringify(item)))].sort()
    return spelled.length === 0 ? undefined : spelled.map((item) => JSON.parse(item) as Json)
  }
  if (typeof given === 'object') {
    const members = Object.entries(given)
      .filter(([key]) => !unsaid.includes(key))
      .flatMap(([key, member]) => {
        const said = meaning(member)
        return said === undefined ? [] : [[key, said] as const]
      })
      .sort(([left], [right]) => (left < right ? -1 : 1))
    return members.length === 0 ? undefined : Object.fromEntries(members)
  }
  if (typeof given === 'string') {
    const days = given === 'session' ? undefined : termDays(given)
    return [days === undefined ? plainText(given) : `term of ${days} days`]
  }
  return [given as number | boolean]
}

export const sameMeaning = (left: unknown, right: unknown): boolean =>
  JSON.stringify(meaning(left)) === JSON.stringify(meaning(right))

/** The words of a list value, each once, in one spelling. */
export const wordsOf = (given: unknown): readonly string[] => [
  ...new Set(
    listOf(given as string | readonly string[] | undefined).map((item) =>
      typeof item === 'string' ? plainText(item) : JSON.stringify(item),
    ),
  ),
]
