import { type Automaton, AutomatonBuilder } from './automaton.ts'
import { charsetsFor } from './charset.ts'
import { DigitFinder, type DigitSpelling, digitSpelling } from './digits.ts'
import { SIGN } from './escape.ts'
import { asciiColumns, FIRST_HIGH, SEPARATOR, symbolsOf } from './fold.ts'
import { type NotSearched, type SoughtIdentity, unsearchable } from './identity.ts'
import { SHORTEST_RUN } from './run.ts'
import { type Spelling, spellingsOf } from './spelling.ts'

/** What the automaton reports: a spelling to verify, or (spelling -1) a short encoded form, to be decoded. */
export interface Pattern {
  readonly spelling: number
  /** Length in bytes of what was matched when that is always the same and must stand alone; 0 otherwise. */
  readonly fixed: number
}

/** Everything a search needs, made once from the identities. */
export interface Compiled {
  readonly identities: readonly SoughtIdentity[]
  readonly notSearched: readonly NotSearched[]
  readonly spellings: readonly Spelling[]
  readonly patterns: readonly Pattern[]
  readonly automaton: Automaton
  readonly digitSpellings: readonly DigitSpelling[]
  readonly digits: DigitFinder | undefined
  readonly charsets: readonly string[]
}

/** Longest value whose base64 is shorter than the runs that are decoded anyway. */
const SHORT_VALUE = Math.floor((SHORTEST_RUN * 3) / 4) - 1

const code = (character: string) => character.charCodeAt(0)

/** The signs of escapes: two or three bytes, so that clean text seldom shows one. */
function addSigns(builder: AutomatonBuilder): void {
  const ascii = (from: string, to: string) =>
    Array.from({ length: code(to) - code(from) + 1 }, (_, index) => code(from) + index)
  const digits = ascii('0', '9')
  const letters = ascii('a', 'z')
  for (const byte of [...digits, ...ascii('a', 'f')]) {
    builder.sign([code('='), byte], SIGN.quoted)
    builder.sign([code('%'), byte], SIGN.percent)
  }
  for (const byte of [10, 13]) builder.sign([code('='), byte], SIGN.quoted)
  builder.sign([code('='), code('?')], SIGN.word)
  builder.sign([code('&'), code('#')], SIGN.entity)
  for (const byte of letters) {
    builder.sign([code('&'), byte], SIGN.entity | SIGN.folder)
    builder.sign([code('<'), byte], SIGN.markup)
    builder.sign([code('\\'), byte], SIGN.backslash)
  }
  for (const byte of digits) {
    builder.sign([code('\\'), byte], SIGN.backslash)
    builder.sign([code('&'), byte], SIGN.folder)
  }
  for (const mark of "\\'@") builder.sign([code('\\'), code(mark)], SIGN.backslash)
  for (const mark of '/!?') builder.sign([code('<'), code(mark)], SIGN.markup)
  builder.sign([code('\\'), code('/')], SIGN.backslash)
  builder.sign(Buffer.from('%pdf'), SIGN.pdf)
  for (const lead of [0xcc, 0xcd]) builder.sign([lead], SIGN.unicode)
  for (const pair of [
    [0xc2, 0xa0],
    [0xc2, 0xad],
    [0xe2, 0x80],
    [0xe2, 0x81],
    [0xe3, 0x80],
    [0xef, 0xbb],
    [0xef, 0xbc],
    [0xef, 0xbd],
    [0xef, 0xbf],
    [0xef, 0xac],
  ]) {
    builder.sign(pair, SIGN.unicode)
  }
}

/** Base64 at each alignment, and hexadecimal, of a value too short to make a run that is decoded anyway. */
function shortForms(value: string): string[] {
  const capital = value.charAt(0).toUpperCase() + value.slice(1).toLowerCase()
  const forms = new Set<string>()
  for (const spelling of new Set([value, value.toLowerCase(), value.toUpperCase(), capital])) {
    const bytes = Buffer.from(spelling)
    if (bytes.length > SHORT_VALUE) continue
    for (const before of [0, 1, 2]) {
      const whole = Buffer.concat([Buffer.alloc(before), bytes])
      const encoded = whole.toString('base64').replace(/=+$/, '')
      const exact = encoded.slice(before === 0 ? 0 : before + 1, Math.floor((whole.length * 8) / 6))
      if (exact.length >= 4) forms.add(exact)
    }
    if (bytes.length < SHORTEST_RUN / 2) forms.add(bytes.toString('hex'))
  }
  return [...forms]
}

/** Compiles identities; the same list gives the same automaton. */
export function compile(all: readonly SoughtIdentity[]): Compiled {
  const notSearched: NotSearched[] = []
  const spellings: Spelling[] = []
  const digitSpellings: DigitSpelling[] = []
  const identities: SoughtIdentity[] = []
  const shorts = new Set<string>()
  for (const identity of all) {
    const reason = unsearchable(identity)
    if (reason !== undefined) {
      notSearched.push({ identity: identity.id, reason })
      continue
    }
    const index = identities.push(identity) - 1
    const number = digitSpelling(identity, index)
    if (number !== undefined) {
      digitSpellings.push(number)
      for (const form of [number.core, `0${number.core}`]) if (form.length <= SHORT_VALUE) shorts.add(form)
    }
    if (identity.kind !== 'phone' || number === undefined) spellings.push(...spellingsOf(identity, index))
    if (identity.value.length <= SHORT_VALUE && identity.kind !== 'id') shorts.add(identity.value.trim())
  }
  const builder = new AutomatonBuilder()
  addSigns(builder)
  const patterns: Pattern[] = []
  for (const [index, spelling] of spellings.entries()) {
    for (const anchor of new Set(spelling.anchors)) {
      const symbols = symbolsOf(anchor)
      const simple =
        spelling.whole &&
        symbols.length === anchor.length &&
        symbols.every((one) => one < FIRST_HIGH && one !== SEPARATOR)
      builder.pattern(symbols, patterns.push({ spelling: index, fixed: simple ? symbols.length : 0 }) - 1)
    }
  }
  const encoded = patterns.push({ spelling: -1, fixed: 0 }) - 1
  for (const short of shorts) for (const form of shortForms(short)) builder.pattern(symbolsOf(form), encoded)
  return {
    identities,
    notSearched,
    spellings,
    patterns,
    automaton: builder.build(),
    digitSpellings,
    digits: digitSpellings.length === 0 ? undefined : new DigitFinder(digitSpellings.map((one) => one.core)),
    charsets: charsetsFor(identities.map((identity) => identity.value)),
  }
}

/** Whether an ASCII letter or digit: a cheap first test of what touches a match. */
export const isAsciiLetter = (byte: number | undefined): boolean =>
  byte !== undefined &&
  byte < 128 &&
  (asciiColumns[byte] as number) >= 3 &&
  ((byte >= 48 && byte <= 57) || (byte | 32) >= 97)
