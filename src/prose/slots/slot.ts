import type { ShownText } from '../shown.ts'

/** One value of a slot: the words it came from, where they stand in the file, and the canonical term. */
export interface SlotValue {
  /** Short noun phrase. */
  readonly name: string
  readonly words: string
  /** Offsets in the file (UTF-16 units, end exclusive). */
  readonly start: number
  readonly end: number
  /** DPV 2.3 term as a CURIE, ISO 8601 duration, ISO 3166 country, years of age, or an address, by slot. */
  readonly term?: string
  /** Number of the sentence the words stand in, when it is another one (lead-in, what is referred to). */
  readonly from?: number
}

export const slotNames = [
  'data',
  'purposes',
  'recipients',
  'persons',
  'touchpoint',
  'condition',
  'exception',
  'term',
  'age',
  'framework',
  'contact',
  'place',
] as const
export type SlotName = (typeof slotNames)[number]
export type Slots = Readonly<Record<SlotName, readonly SlotValue[]>>

/** The text in small letters, character for character: offsets stay true. */
export function small(text: string): string {
  let out = ''
  for (const character of text) {
    const lower = character.toLowerCase()
    out += lower.length === character.length ? lower : character
  }
  return out.replace(/[’‘]/gu, "'").replace(/[“”]/gu, '"').replace(/\s/gu, ' ')
}

/** A slot value for the shown characters `start` to `end`. */
export function valueAt(shown: ShownText, start: number, end: number, name: string, term?: string): SlotValue {
  const from = shown.from[start] ?? 0
  const to = shown.to[end - 1] ?? from
  return { name, words: shown.text.slice(start, end), start: from, end: to, ...(term === undefined ? {} : { term }) }
}

/** A place in a text where a listed word stands, its term and its canonical name. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly term: string
  readonly name?: string
}

/** Finds words of a list in a text, the longest and leftmost first, without overlaps. */
export function findWords(
  text: string,
  words: readonly (readonly [string, string, string?])[],
  compiled: Map<string, RegExp>,
): Found[] {
  const found: Found[] = []
  for (const [fragment, term, name] of words) {
    let find = compiled.get(fragment)
    if (find === undefined) {
      find = new RegExp(`(?<![\\w@-])(?:${fragment})(?![\\w@])`, 'gu')
      compiled.set(fragment, find)
    }
    for (const match of text.matchAll(find))
      found.push({
        start: match.index,
        end: match.index + match[0].length,
        term,
        ...(name === undefined ? {} : { name }),
      })
  }
  found.sort((left, right) => right.end - right.start - (left.end - left.start) || left.start - right.start)
  const kept: typeof found = []
  for (const each of found)
    if (each.end > each.start && !kept.some((other) => each.start < other.end && other.start < each.end))
      kept.push(each)
  return kept.sort((left, right) => left.start - right.start)
}

/** A phrase without articles, possessives and filler at its front, punctuation at its ends. */
export function trimPhrase(phrase: string): string {
  const open = phrase.includes('(')
  return phrase
    .replace(/^[\s,;:("'*_-]+/gu, '')
    .replace(open ? /[\s,;:."'*_-]+$/gu : /[\s,;:.)"'*_-]+$/gu, '')
    .replace(/ (?:and|or|and\/or)$/u, '')
    .replace(
      /^(?:(?:and|or|and\/or|either|both|also|the|an?|our|your|their|its|his or her|any|certain|various|such|this|these|those|that|some|of)\s+)+/u,
      '',
    )
    .replace(/[*_]+/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}
