/** Text of PDF content streams (ISO 32000-2, 9.4) by the fonts' own tables (9.10.3); placement is read only as word or line. */
import { NAMED_CHARACTERS } from './letter.ts'

/** How a font's codes read: bytes a code, and the text of each. */
export interface CodeTable {
  readonly bytes: 1 | 2
  readonly text: ReadonlyMap<number, string>
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 }
/** A string that goes on longer was never closed. */
const LONGEST_STRING = 1_000_000
/** A gap wider than this, in thousandths of an em, is a space between words. */
const WORD_GAP = -180

/** A literal string from the `(` at `start`: its bytes and where it ends (7.3.4.2). */
export function literalString(source: Buffer, start: number): { bytes: Buffer; end: number } {
  const out: number[] = []
  let depth = 1
  let index = start + 1
  const limit = Math.min(source.length, start + LONGEST_STRING)
  for (; index < limit && depth > 0; index++) {
    const byte = source[index] ?? 0
    if (byte === 0x5c) {
      const next = source[++index] ?? 0
      const octal = /^[0-7]{1,3}/.exec(source.toString('latin1', index, index + 3))?.[0]
      if (octal !== undefined) {
        out.push(Number.parseInt(octal, 8) & 255)
        index += octal.length - 1
      } else if (next === 13 || next === 10) index += next === 13 && source[index + 1] === 10 ? 1 : 0
      else out.push(ESCAPES[String.fromCharCode(next)] ?? next)
    } else if (byte === 0x28) {
      depth++
      out.push(byte)
    } else if (byte === 0x29) {
      if (--depth > 0) out.push(byte)
    } else out.push(byte)
  }
  return { bytes: Buffer.from(out), end: index }
}

/** A hexadecimal string from the `<` at `start` (7.3.4.3). */
export function hexString(source: Buffer, start: number): { bytes: Buffer; end: number } {
  const stop = source.indexOf(0x3e, start)
  const end = stop < 0 ? source.length : stop
  const digits = source.toString('latin1', start + 1, end).replace(/[^0-9a-f]/gi, '')
  return { bytes: Buffer.from(digits.length % 2 === 1 ? `${digits}0` : digits, 'hex'), end: end + 1 }
}

function unicodeOf(digits: string): string {
  const bytes = Buffer.from(digits.length % 4 === 0 ? digits : digits.padStart(4, '0'), 'hex')
  return bytes.swap16().toString('utf16le')
}

function sections(cmap: string, name: string): readonly string[] {
  const found: string[] = []
  let start = cmap.indexOf(`begin${name}`)
  for (let end = cmap.indexOf(`end${name}`, start); start >= 0 && end >= 0; end = cmap.indexOf(`end${name}`, start)) {
    found.push(cmap.slice(start, end))
    start = cmap.indexOf(`begin${name}`, end)
  }
  return found
}

/** A font's ToUnicode table: `bfchar` and `bfrange` sections. */
export function toUnicode(cmap: string): CodeTable {
  const text = new Map<number, string>()
  const wide = /begincodespacerange\s*<[0-9a-f]{4}>/i.test(cmap)
  for (const section of sections(cmap, 'bfchar')) {
    for (const pair of section.matchAll(/<([0-9a-f]{1,8})>\s{0,9}<([0-9a-f]{1,64})>/gi)) {
      text.set(Number.parseInt(pair[1] ?? '', 16), unicodeOf(pair[2] ?? ''))
    }
  }
  for (const section of sections(cmap, 'bfrange')) {
    const range = /<([0-9a-f]{1,8})>\s{0,9}<([0-9a-f]{1,8})>\s{0,9}(?:<([0-9a-f]{1,64})>|\[([^[\]]{0,20000})\])/gi
    for (const [, low = '', high = '', first, list] of section.matchAll(range)) {
      const start = Number.parseInt(low, 16)
      const end = Math.min(Number.parseInt(high, 16), start + 0xffff)
      const listed = [...(list?.matchAll(/<([0-9a-f]{1,64})>/gi) ?? [])].map((match) => match[1] ?? '')
      const base = first === undefined ? '' : unicodeOf(first)
      const last = base.codePointAt(base.length - 1) ?? 0
      for (let code = start; code <= end; code++) {
        const from = listed[code - start]
        if (first !== undefined)
          text.set(code, base.slice(0, -1) + String.fromCodePoint(Math.min(last + code - start, 0x10ffff)))
        else if (from !== undefined) text.set(code, unicodeOf(from))
      }
    }
  }
  return { bytes: wide ? 2 : 1, text }
}

/** PostScript names of Latin letters are the HTML ones but for a few words (Adobe Glyph List). */
const GLYPH_ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/^(.)slash$/, '$1strok'],
  [/^(.)ogonek$/, '$1ogon'],
  [/^(.)cedilla$/, '$1cedil'],
  [/^(.)circumflex$/, '$1circ'],
  [/^(.)dieresis$/, '$1uml'],
  [/^(.)dotaccent$/, '$1dot'],
  [/^(.)hungarumlaut$/, '$1dblac'],
  [/^(.)macron$/, '$1macr'],
  [/^germandbls$/, 'szlig'],
]

function glyph(name: string): string | undefined {
  if (name.length === 1) return name
  const unicode = /^(?:uni|u)([0-9A-F]{4,6})$/.exec(name)?.[1]
  if (unicode !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(unicode, 16), 0x10ffff))
  const slashed = /^([oO])slash$/.exec(name)
  if (slashed !== null) return NAMED_CHARACTERS.get(name)
  const html = GLYPH_ENDINGS.reduce((form, [pattern, to]) => form.replace(pattern, to), name)
  return NAMED_CHARACTERS.get(html) ?? NAMED_CHARACTERS.get(name)
}

/** A font's `/Differences` array (9.6.5.1). */
export function differences(array: string): CodeTable {
  const text = new Map<number, string>()
  let code = 0
  for (const [token] of array.matchAll(/\d+|\/[\w.]+/g)) {
    if (token.startsWith('/')) {
      const letter = glyph(token.slice(1))
      if (letter !== undefined) text.set(code, letter)
      code++
    } else code = Number(token)
  }
  return { bytes: 1, text }
}

function decoded(bytes: Buffer, table: CodeTable | undefined): string {
  if (table === undefined) return bytes.toString('latin1')
  let out = ''
  for (let index = 0; index + table.bytes <= bytes.length; index += table.bytes) {
    const code = table.bytes === 2 ? bytes.readUInt16BE(index) : (bytes[index] ?? 0)
    out += table.text.get(code) ?? (table.bytes === 1 ? String.fromCharCode(code) : '')
  }
  return out
}

/** The text of one content stream; `moveIsGap` says whether a move within the line parts words. */
export function contentText(source: Buffer, fonts: ReadonlyMap<string, CodeTable>, moveIsGap: boolean): string {
  let out = ''
  let font: CodeTable | undefined
  let name = ''
  const operands: number[] = []
  for (let index = 0; index < source.length; ) {
    const byte = source[index] ?? 0
    if (byte === 0x28 || (byte === 0x3c && source[index + 1] !== 0x3c)) {
      const { bytes, end } = byte === 0x28 ? literalString(source, index) : hexString(source, index)
      if ((operands.at(-1) ?? 0) < WORD_GAP) out += ' '
      operands.length = 0
      out += decoded(bytes, font)
      index = end
      continue
    }
    const token = /^(?:\/[^\s/()<>[\]{}%]{0,64}|[-+.\d]{1,24}|[A-Za-z'"*]{1,12})/.exec(
      source.toString('latin1', index, index + 66),
    )?.[0]
    if (token === undefined) {
      index++
      continue
    }
    index += token.length
    if (token.startsWith('/')) name = token.slice(1)
    else if (/^[-+.\d]/.test(token)) {
      operands.push(Number(token) || 0)
      if (operands.length > 8) operands.shift()
    } else {
      if (token === 'Tf') font = fonts.get(name)
      else if (token === 'Td' || token === 'TD' || token === 'Tm') {
        const line = token === 'Tm' || (operands.at(-1) ?? 0) !== 0
        out += line ? '\n' : moveIsGap ? ' ' : ''
      } else if (token === 'T*' || token === "'" || token === '"' || token === 'ET') out += '\n'
      operands.length = 0
    }
  }
  return out
}
