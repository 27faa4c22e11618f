/** Bytes fall into columns: letters of either case share one, every mark that people vary between words shares another. */
export const OTHER = 0
export const SEPARATOR = 1
/** A byte that the automaton passes over: left behind where an escape of COPY text was shortened in place. */
export const FILLER_BYTE = 0x01
export const FILLER = 2

/** Marks that act as a separator in patterns, and are told apart only right after the first character of an escape. */
export const ALIASES = ['\n', '\r', '?', '#', '/', '!'] as const
/** Marks that stand for themselves: they carry meaning in addresses, or begin an escape. */
const MARKS = ['@', '+', '=', '%', '&', '\\', '<', "'"] as const

/** The busiest letters first: a state's transitions on them then share a line of the processor's cache. */
const SINGLE = [...'etaoinsrhldcumfpgwybvkxjqz0123456789', ...MARKS, ...ALIASES]
export const FIRST_HIGH = 3 + SINGLE.length

/** Column of an ASCII character. */
export const asciiColumns: Uint8Array = (() => {
  const columns = new Uint8Array(128).fill(SEPARATOR)
  columns[FILLER_BYTE] = FILLER
  for (const [index, character] of SINGLE.entries()) {
    columns[character.charCodeAt(0)] = 3 + index
    columns[character.toUpperCase().charCodeAt(0)] = 3 + index
  }
  return columns
})()

/** Columns of the marks of `ALIASES`, which fall back to SEPARATOR. */
export const aliasColumns: readonly number[] = ALIASES.map((mark) => asciiColumns[mark.charCodeAt(0)] as number)

/** One folded character of a pattern: a column for ASCII (below 128), a code point otherwise. */
export type Folded = number

/** Folds one character so that both cases compare equal; never changes the number of code points. */
export function foldCharacter(character: string): string {
  const lower = character.toLowerCase()
  if (lower === 'ς') return 'σ'
  return [...lower].length === 1 ? lower : character
}

/** Every single code point that folds to the same character. */
export function spellingsOf(character: string): string[] {
  const folded = foldCharacter(character)
  const wanted = new Set([character, folded, character.toUpperCase(), folded.toUpperCase()])
  if (folded === 'σ') wanted.add('ς')
  if (folded === 'ß') wanted.add('ẞ')
  return [...wanted].filter((spelling) => [...spelling].length === 1)
}

/** The symbols of a pattern: folded, separators collapsed, none at either end, cut at `most` symbols. */
export function symbolsOf(text: string, most = 16): Folded[] {
  const symbols: Folded[] = []
  for (const character of text.normalize('NFC')) {
    const code = character.codePointAt(0) as number
    if (code >= 128) {
      symbols.push(foldCharacter(character).codePointAt(0) as number)
    } else {
      let column = asciiColumns[code] as number
      if (column === FILLER) continue
      if (aliasColumns.includes(column)) column = SEPARATOR
      if (column === SEPARATOR && (symbols.length === 0 || symbols.at(-1) === SEPARATOR)) continue
      symbols.push(column)
    }
    if (symbols.length === most) break
  }
  if (symbols.at(-1) === SEPARATOR) symbols.pop()
  return symbols
}
