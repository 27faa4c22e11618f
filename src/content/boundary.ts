/**
 * Where a word begins and ends is spelt with explicit characters, never with `\w` or `\b`: those follow the locale in
 * PostgreSQL and know ASCII only in JavaScript (PostgreSQL 15 documentation, 9.7.3.3; ECMA-262, 22.2.2.9).
 */

/** What is no part of a word: controls, spaces, punctuation, symbols, pictographs. The inside of a bracket expression. */
const SEPARATORS =
  '\\u0001-/:-@\\[-\\^`\\u007b-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7\\u037e\\u0387' +
  '\\u055a-\\u055f\\u0589\\u05be\\u05c0\\u05c3\\u060c\\u061b\\u061f\\u066a-\\u066d\\u06d4\\u0964\\u0965\\u1680' +
  '\\u2000-\\u206f\\u20a0-\\u20cf\\u2190-\\u245f\\u2500-\\u2bff\\u2e00-\\u2e7f\\u3000-\\u3004\\u3008-\\u3020\\u3030' +
  '\\ufe10-\\ufe1f\\ufe30-\\ufe6f\\ufeff-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65\\uffe0-\\uffff🀀-🫿'

/** One character of a word: a letter of any script, a combining mark, a digit, an underscore. */
export const WORD = `[^${SEPARATORS}]`
/** A letter or mark: a word character that is neither digit nor underscore. */
export const LETTER = `[^${SEPARATORS}0-9_]`
/** A word character but the underscore, which no domain name holds. */
export const DOMAIN_CHARACTER = `[^${SEPARATORS}_]`

const BLANKS = ' \\t\\n\\v\\f\\r\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000'
const WRITTEN_BLANK =
  '&nbsp;|&#(?:160|32|10|13|9);|&#x(?:a0|20|0?a|0?d|0?9);|%(?:20|0a|0d|09|c2%a0)|\\\\[nrt]|\\\\u00(?:a0|20)'
/** White space between two words, also a quoted mail's line break (`\n> `). At most ten, so that it stays linear. */
export const GAP = `(?:[${BLANKS}]|${WRITTEN_BLANK})(?:[${BLANKS}>]|${WRITTEN_BLANK}){0,9}`
/** White space that may be absent. */
export const LOOSE_GAP = `(?:[${BLANKS}]|${WRITTEN_BLANK}){0,4}`

/** An escape that ends a word although its last character is a letter or digit: `%3C`, `\u003c`. */
const ESCAPE_BEFORE = '%(?:0[9ad]|2[02689cf]|3[a-e]|5[bd]|7[b-d])|\\\\u00(?:0[9ad]|2[026]|3[ce]|a0)'
const LINE_ESCAPE_BEFORE = '\\\\[nrt]'

/** The edges of one kind of identifier: what, standing right before or after, makes it a longer word of somebody else. */
export interface Edges {
  /** The inside of a look-behind. */
  readonly extenders: string
  readonly escapes: string
  /** A look-ahead. */
  readonly right: string
}

/**
 * The constraint on what stands before `head`, to be written after it: a constraint at the very start would be tried at every
 * character (PostgreSQL then searches 0.1 MB/s instead of 50).
 */
export function leftOf(head: string, edges: Edges): string {
  return edges.extenders === '' ? '' : `(?:(?<!(?:${edges.extenders})${head})|(?<=(?:${edges.escapes})${head}))`
}

function edges(extenders: string, right: string, lineEscapes = true): Edges {
  return { extenders, right, escapes: lineEscapes ? `${ESCAPE_BEFORE}|${LINE_ESCAPE_BEFORE}` : ESCAPE_BEFORE }
}

/** An address goes on over letters, digits, `+`, `-`, and a dot or apostrophe with a letter beyond it. */
export const EMAIL_EDGES = edges(
  `${WORD}['.+\\-]{0,3}`,
  `(?!${DOMAIN_CHARACTER}|[.\\-]${DOMAIN_CHARACTER}|--${DOMAIN_CHARACTER})`,
)
/** A hyphen joins names: Anna-Marta Nowak and Marta Nowak-Kamp are other people. */
export const NAME_EDGES = edges(`${WORD}['\\u2019\\-]?`, `(?!${WORD}|-${LETTER})`)
/** `\\martak` is a login in a domain, so an escaped line end is no edge here; `martak@…` is an address. */
export const LOGIN_EDGES = edges(`${WORD}[.+\\-]?`, `(?![+\\-]?${WORD}|@|%40)`, false)
export const WORD_EDGES = edges(WORD, `(?!${WORD})`)
/** Digits with a dot, hyphen or slash and more digits are a longer number. */
export const NUMBER_EDGES = edges('[0-9][./\\-]?', '(?![./\\-]?[0-9])')
export const CODE_EDGES = edges(`${WORD}|[0-9a-f][:.\\-]`, `(?!${WORD}|[:.\\-][0-9a-f])`)
export const IPV4_EDGES = edges(`${WORD}[.]?`, `(?!${WORD}|[.][0-9])`)
export const IPV6_EDGES = edges(`${WORD}[.:]?`, `(?!${WORD}|[.:][0-9a-f])`)
/** `+49 601…` is another country's number; a digit run or a hash is no number at all. */
export const PHONE_EDGES = edges(
  `${WORD}[./\\-]?|\\+[0-9]{1,3}[ .()/\\u00a0\\-]{0,3}|00[0-9]{1,3}[ .()/\\u00a0\\-]{1,3}`,
  `(?!${WORD}|[./\\-][0-9])`,
)

/** Scripts written without spaces: a name there ends where the next word begins, so no edge can be asked for. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/u

/** Drops the edge on the side where `value` begins or ends in a script without spaces. */
export function edgesFor(value: string, whole: Edges): Edges {
  const characters = [...value]
  return {
    extenders: UNSPACED.test(characters[0] ?? '') ? '' : whole.extenders,
    escapes: whole.escapes,
    right: UNSPACED.test(characters.at(-1) ?? '') ? '' : whole.right,
  }
}
