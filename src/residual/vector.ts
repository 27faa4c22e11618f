/** What the text form of a tsvector holds: its words, and the running text that their positions give. */
export interface Vector {
  readonly words: ReadonlySet<string>
  /** Words of each position, joined in order; gaps (dropped words) are spaces. */
  readonly text: string
}

const MOST_POSITIONS = 20_000

/** Reads the text form of a tsvector: `'marta':1,7A 'o''brien':2` (PostgreSQL manual, 8.11.1). */
export function readVector(source: string): Vector {
  const words = new Set<string>()
  const places: string[] = []
  const lexeme = /'((?:[^'\\]|''|\\[\s\S])*)'(?::([0-9ABCDabcd,*]+))?/g
  for (const match of source.matchAll(lexeme)) {
    const word = (match[1] as string).replaceAll("''", "'").replace(/\\([\s\S])/g, '$1')
    words.add(word)
    for (const place of (match[2] ?? '').split(',')) {
      const at = Number.parseInt(place, 10)
      if (at > 0 && at < MOST_POSITIONS) places[at] = places[at] === undefined ? word : longer(places[at], word)
    }
  }
  return { words, text: Array.from(places, (word) => word ?? '').join(' ') }
}

/** Of two words at one position (a compound and its part) the compound tells more; both are in `words`. */
const longer = (one: string, other: string) => (other.length > one.length ? other : one)

/** Forms that a search configuration may have cut a word to (Snowball endings of English, and the bare word). */
export function stems(word: string): string[] {
  const lower = word.toLowerCase()
  const forms = [lower]
  for (const end of ['es', 's', 'e', 'er', 'ing', 'ed', 'ly']) {
    if (lower.endsWith(end) && lower.length - end.length >= 3) forms.push(lower.slice(0, -end.length))
  }
  if (lower.endsWith('y')) forms.push(`${lower.slice(0, -1)}i`)
  if (lower.endsWith('ies')) forms.push(`${lower.slice(0, -3)}i`)
  return forms
}
