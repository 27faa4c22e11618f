import { domainToASCII, domainToUnicode } from 'node:url'
import {
  addressStandsAlone,
  codeStandsAlone,
  numberStandsAlone,
  phraseStandsAlone,
  wordStandsAlone,
} from './boundary.ts'
import { dateSpellings } from './date.ts'
import type { SoughtIdentity } from './identity.ts'
import { sixthVersion } from './internet.ts'

type StandsAlone = (text: string, start: number, end: number) => boolean

/** One way to write an identity: what the automaton looks for, and what must hold around it. */
export interface Spelling {
  readonly identity: number
  /** Texts for the automaton: each place of the identity contains one of them. */
  readonly anchors: readonly string[]
  /** Finds it in a decoded stretch of text. */
  readonly expression: RegExp
  readonly standsAlone: StandsAlone
  /** Longest length in characters that a match may have: how much around an anchor must be looked at. */
  readonly reach: number
  /** Only in cells of at most so many bytes. */
  readonly longestCell?: number
  /** Nothing but the letters and digits themselves touches it: lets look-alikes be dropped early. */
  readonly whole: boolean
  /** Found by group `tag`: the address with a +tag. */
  readonly tagged?: boolean
  /** A last check in code. */
  readonly check?: (match: string) => boolean
}

const BETWEEN = '(?:[\\s\\u200b,;|"_+]|\\\\[nrt]){1,60}'
const SPACE = '(?:[\\s\\u200b]|\\\\[nrt]){1,60}'
const LOOSE = '(?:[^\\p{L}\\p{N}]|\\\\[nrt]){1,8}'
/** Writing without spaces between words has no word boundaries to check. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+$/u

/** A text as a regular expression: quotes and ß in every usual form. */
function literal(text: string): string {
  return text
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/ß|ss|ẞ/giu, '(?:ss|ß)')
    .replace(/['’´`]/g, "(?:['’´`]|''|\\\\'|&#0?39;)")
}

/** Texts for the automaton: with `ss` and `ß`, and with the usual quotes, told apart. */
function anchorsOf(text: string): string[] {
  let anchors = [text.normalize('NFC').toLowerCase()]
  if (/ß|ss/u.test(anchors[0] as string)) {
    anchors = anchors.flatMap((anchor) => [anchor.replaceAll('ß', 'ss'), anchor.replaceAll('ss', 'ß')])
  }
  if (/['’´`]/.test(text)) {
    anchors = ["'", '’', '´', '`', "''", "\\'"].flatMap((quote) =>
      anchors.map((anchor) => anchor.replaceAll(/['’´`]/g, quote)),
    )
  }
  return anchors
}

const expression = (source: string) => new RegExp(source, 'giu')

const plain = (identity: number, value: string, standsAlone: StandsAlone, more: Partial<Spelling> = {}): Spelling => {
  const words = value.split(/\s+/)
  return {
    identity,
    anchors: anchorsOf(value),
    expression: expression(words.map(literal).join(SPACE)),
    standsAlone: UNSPACED.test(value) ? () => true : standsAlone,
    reach: value.length * 2 + words.length * 60,
    whole: words.length === 1,
    ...more,
  }
}

function address(identity: number, value: string): Spelling[] {
  const at = value.lastIndexOf('@')
  const local = value.slice(0, at)
  const domain = value.slice(at + 1)
  const domains = [...new Set([domain, domainToASCII(domain) || domain, domainToUnicode(domain) || domain])]
  const domainSource = `(?:${domains.map(literal).join('|')})`
  const exact: Spelling = {
    identity,
    anchors: [...domains.flatMap((one) => anchorsOf(`${local}@${one}`)), ...anchorsOf(`${local}"@`)],
    expression: expression(`${literal(local)}"?@${domainSource}`),
    standsAlone: addressStandsAlone,
    reach: value.length * 2 + 80,
    whole: false,
  }
  if (local.includes('+')) return [exact]
  return [
    exact,
    {
      ...exact,
      anchors: anchorsOf(`${local}+`),
      expression: expression(`${literal(local)}\\+[^\\s@"'<>(),;:]{1,64}@${domainSource}`),
      reach: exact.reach + 66,
      tagged: true,
    },
  ]
}

/** Words in the given order, and from each later word on (`Family, Given`). */
function name(identity: number, value: string): Spelling[] {
  const words = value.split(/[\s,]+/).filter((word) => word !== '')
  if (words.length === 1) return [plain(identity, words[0] as string, wordStandsAlone)]
  const turns = words.length > 4 ? [0, words.length - 1] : words.map((_, index) => index)
  return turns.map((turn) => {
    const order = [...words.slice(turn), ...words.slice(0, turn)]
    return {
      identity,
      anchors: [...anchorsOf(order.join(' ')), ...anchorsOf(order.join('+'))],
      expression: expression(order.map(literal).join(BETWEEN)),
      standsAlone: UNSPACED.test(words.join('')) ? () => true : phraseStandsAlone,
      reach: value.length * 2 + words.length * 60,
      whole: false,
    }
  })
}

/** Streets and places: the same words and numbers with any marks between them. */
function place(identity: number, value: string): Spelling {
  const words = value.split(/[^\p{L}\p{N}\p{M}'’]+/u).filter((word) => word !== '')
  return {
    identity,
    anchors: anchorsOf(words.join(' ')),
    expression: expression(words.map(literal).join(LOOSE)),
    standsAlone: phraseStandsAlone,
    reach: value.length * 2 + words.length * 16,
    whole: false,
  }
}

function hardwareAddress(identity: number, value: string): Spelling[] {
  const digits = value.replace(/[^0-9a-f]/gi, '').toLowerCase()
  const pairs = digits.match(/../g) ?? []
  const split = (size: number) => digits.match(new RegExp(`.{${size}}`, 'g')) ?? []
  return [
    {
      identity,
      anchors: [pairs.join(' '), split(4).join(' '), split(6).join(' '), digits],
      expression: expression(pairs.join('[\\s.:_-]{0,2}')),
      standsAlone: (text, start, end) =>
        !/[0-9a-f][:.-]?$/i.test(text.slice(Math.max(0, start - 2), start)) &&
        !/^[:.-]?[0-9a-f]/i.test(text.slice(end, end + 2)),
      reach: 40,
      whole: false,
    },
  ]
}

/** Identifiers of 32 hexadecimal digits (RFC 9562), with or without hyphens. */
function uniqueIdentifier(identity: number, value: string): Spelling {
  const digits = value.replace(/[^0-9a-f]/gi, '').toLowerCase()
  const groups = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)]
  return {
    identity,
    anchors: [groups.join(' '), digits],
    expression: expression(groups.join('-?')),
    standsAlone: codeStandsAlone,
    reach: 80,
    whole: false,
  }
}

function internetAddress(identity: number, value: string): Spelling[] {
  const bare = value.replace(/\/\d+$/, '')
  if (bare.includes(':')) {
    const wanted = sixthVersion(bare)
    if (wanted === undefined) return [plain(identity, bare, codeStandsAlone)]
    return [
      {
        identity,
        anchors: wanted.anchors,
        expression: expression('[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?:\\d{0,3}(?:\\.\\d{1,3}){3})?'),
        standsAlone: () => true,
        reach: 60,
        whole: false,
        check: (match) => sixthVersion(match)?.canonical === wanted.canonical,
      },
    ]
  }
  const parts = bare.split('.').map(Number)
  const whole = parts.reduce((sum, part) => sum * 256 + part, 0)
  const spellings = [plain(identity, bare, numberStandsAlone, { whole: false })]
  if (parts.length === 4 && whole > 0xff_ffff) spellings.push(plain(identity, String(whole), codeStandsAlone))
  return spellings
}

/** All spellings of an identity; phones and numbers in digits are found by their digits (`digits.ts`). */
export function spellingsOf(identity: SoughtIdentity, index: number): Spelling[] {
  const value = identity.value.normalize('NFC').trim()
  const looksLikeAddress = /^[^\s@]+@[^\s@]+$/.test(value)
  if (looksLikeAddress) return address(index, value)
  if (/^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(value)) return [uniqueIdentifier(index, value)]
  switch (identity.kind) {
    case 'name':
      return name(index, value)
    case 'login':
      return [plain(index, value, wordStandsAlone)]
    case 'address':
      return [place(index, value)]
    case 'ip':
      return internetAddress(index, value)
    case 'mac':
      return /^(?:[^0-9a-f]*[0-9a-f]){12}$/i.test(value)
        ? hardwareAddress(index, value)
        : [plain(index, value, codeStandsAlone)]
    case 'date':
      return dateSpellings(value).map((one) => plain(index, one, numberStandsAlone, { whole: false }))
    case 'id':
      return [plain(index, value, wordStandsAlone, /^\d+$/.test(value) ? { longestCell: 256 } : {})]
    default:
      return [plain(index, value, /\s/.test(value) ? phraseStandsAlone : codeStandsAlone)]
  }
}
