import { characterNamed } from './entity.ts'

/** Signs that the automaton reports: something here may be written with escapes. */
export const SIGN = {
  quoted: 1,
  percent: 2,
  entity: 4,
  backslash: 8,
  markup: 16,
  unicode: 32,
  pdf: 64,
  word: 128,
  folder: 256,
  /** Not of the automaton: a line that begins with a blank. */
  folded: 512,
}

const hex = (byte: number | undefined): number => {
  if (byte === undefined) return -1
  if (byte >= 48 && byte <= 57) return byte - 48
  const lower = byte | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

/** Writes what a decoder gives, in memory that grows; `done` is null when nothing was decoded. */
class Output {
  private readonly source: Uint8Array
  private readonly buffer: Buffer
  private length = 0
  private copied = 0
  private changed = false

  constructor(source: Uint8Array) {
    this.source = source
    this.buffer = Buffer.allocUnsafe(source.length)
  }

  /** Replaces source[start, end) by bytes; never longer than what they replace. */
  replace(start: number, end: number, bytes: Uint8Array | number | undefined): void {
    if (start > this.copied) {
      this.buffer.set(this.source.subarray(this.copied, start), this.length)
      this.length += start - this.copied
    }
    this.copied = end
    this.changed = true
    if (bytes === undefined) return
    if (typeof bytes === 'number') this.buffer[this.length++] = bytes
    else {
      this.buffer.set(bytes, this.length)
      this.length += bytes.length
    }
  }

  done(): Buffer | null {
    if (!this.changed) return null
    this.buffer.set(this.source.subarray(this.copied), this.length)
    return this.buffer.subarray(0, this.length + this.source.length - this.copied)
  }
}

/** A code point as UTF-8; undefined when it is none. */
const character = (code: number): Buffer | undefined =>
  Number.isNaN(code) || code > 0x10ffff ? undefined : Buffer.from(String.fromCodePoint(code))

/** Quoted-printable (RFC 2045 section 6.7): `=40`, soft line ends. */
export function quotedPrintable(bytes: Buffer): Buffer | null {
  const out = new Output(bytes)
  for (let at = bytes.indexOf(61); at !== -1; ) {
    const high = hex(bytes[at + 1])
    const low = hex(bytes[at + 2])
    let next = at + 1
    if (high >= 0 && low >= 0) {
      next = at + 3
      out.replace(at, next, high * 16 + low)
    } else {
      let end = at + 1
      while (end < at + 16 && (bytes[end] === 32 || bytes[end] === 9)) end++
      if (bytes[end] === 13) end++
      if (bytes[end] === 10 || bytes[end - 1] === 13) {
        next = bytes[end] === 10 ? end + 1 : end
        out.replace(at, next, undefined)
      }
    }
    at = bytes.indexOf(61, next)
  }
  return out.done()
}

/** Percent-encoding (RFC 3986 section 2.1). */
export function percent(bytes: Buffer): Buffer | null {
  const out = new Output(bytes)
  for (let at = bytes.indexOf(37); at !== -1; ) {
    const value = hex(bytes[at + 1]) * 16 + hex(bytes[at + 2])
    const valid = hex(bytes[at + 1]) >= 0 && hex(bytes[at + 2]) >= 0
    if (valid) out.replace(at, at + 3, value)
    at = bytes.indexOf(37, at + (valid ? 3 : 1))
  }
  return out.done()
}

/** Character references of HTML and XML: `&#64;`, `&#x40;`, `&commat;`. */
export function entities(bytes: Buffer): Buffer | null {
  const out = new Output(bytes)
  for (let at = bytes.indexOf(38); at !== -1; at = bytes.indexOf(38, at + 1)) {
    const match = /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));?/.exec(
      bytes.toString('latin1', at, Math.min(bytes.length, at + 40)),
    )
    // Without a semicolon, what follows may be the rest of it, written in another way.
    if (
      match === null ||
      (!match[0].endsWith(';') && '%=\\<'.includes(String.fromCharCode(bytes[at + match[0].length] ?? 0)))
    )
      continue
    const named = match[3] === undefined ? undefined : characterNamed(match[3])
    const code = match[1] === undefined ? Number.parseInt(match[2] ?? '', 16) : Number(match[1])
    const value = match[3] === undefined ? character(code) : named === undefined ? undefined : Buffer.from(named)
    if (value !== undefined && value.length <= match[0].length) out.replace(at, at + match[0].length, value)
  }
  return out.done()
}

const SIMPLE: Readonly<Record<string, number>> = {
  n: 10,
  r: 13,
  t: 9,
  b: 8,
  f: 12,
  v: 11,
  '/': 47,
  '"': 34,
  "'": 39,
  '\\': 92,
  ',': 44,
  ';': 59,
  '@': 64,
  '.': 46,
}

/** Backslash escapes of JSON (RFC 8259 section 7), C, SQL arrays, vCard and RTF. */
export function backslashes(bytes: Buffer): Buffer | null {
  const out = new Output(bytes)
  for (let at = bytes.indexOf(92); at !== -1; ) {
    let next = at + 2
    const letter = String.fromCharCode(bytes[at + 1] ?? 0)
    const simple = SIMPLE[letter]
    const rest = bytes.toString('latin1', at, Math.min(bytes.length, at + 12))
    const match =
      /^\\u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|^\\[x']([0-9a-fA-F]{2})|^\\([0-3]?[0-7]{1,2})|^\\u\{([0-9a-fA-F]{1,6})\}/.exec(
        rest,
      )
    if (match?.[1] !== undefined) {
      const high = Number.parseInt(match[1], 16)
      const pair = high >= 0xd800 && high < 0xdc00 && match[2] !== undefined
      const code = pair ? 0x10000 + ((high - 0xd800) << 10) + (Number.parseInt(match[2] as string, 16) - 0xdc00) : high
      next = at + (pair ? 12 : 6)
      out.replace(at, next, character(code))
    } else if (match?.[5] !== undefined) {
      next = at + match[0].length
      out.replace(at, next, character(Number.parseInt(match[5], 16)))
    } else if (match !== null) {
      next = at + match[0].length
      out.replace(
        at,
        next,
        match[3] === undefined ? Number.parseInt(match[4] as string, 8) & 255 : Number.parseInt(match[3], 16),
      )
    } else if (simple !== undefined) {
      out.replace(at, next, simple)
    }
    at = bytes.indexOf(92, next)
  }
  return out.done()
}

/** Writers fold lines at 75 octets; shorter lines before a blank are indented text. */
const SHORTEST_FOLDED = 40

/** Places of folded line ends: after a line of some length, before a line that begins with one blank. */
export function* folds(bytes: Buffer): Generator<number> {
  let space = bytes.indexOf('\n ', 0, 'latin1')
  let tab = bytes.indexOf('\n\t', 0, 'latin1')
  while (space !== -1 || tab !== -1) {
    const at = tab === -1 || (space !== -1 && space < tab) ? space : tab
    if (at === space) space = bytes.indexOf('\n ', at + 1, 'latin1')
    else tab = bytes.indexOf('\n\t', at + 1, 'latin1')
    const next = bytes[at + 2]
    if (next === 32 || next === 9 || next === 10) continue
    if (at - (at === 0 ? -1 : bytes.lastIndexOf(10, at - 1)) > SHORTEST_FOLDED) yield at
  }
}

/** Whether any line of a text is folded. */
export const isFolded = (bytes: Buffer): boolean => folds(bytes).next().done !== true

/** Folded lines of headers, vCard and iCalendar (RFC 5545 section 3.1): a line end and one blank disappear. */
export function unfold(bytes: Buffer): Buffer | null {
  const out = new Output(bytes)
  for (const at of folds(bytes)) {
    out.replace(bytes[at - 1] === 13 ? at - 1 : at, at + 2, undefined)
  }
  return out.done()
}

/** UTF-7 as in names of IMAP folders (RFC 3501 section 5.1.3): `Zieli&AUQ-ska`. */
export function folderName(bytes: Buffer): Buffer | null {
  const out = new Output(bytes)
  for (let at = bytes.indexOf(38); at !== -1; at = bytes.indexOf(38, at + 1)) {
    const match = /^&([A-Za-z0-9+,]{2,200})-/.exec(bytes.toString('latin1', at, Math.min(bytes.length, at + 202)))
    if (match === null) continue
    const wide = Buffer.from((match[1] as string).replaceAll(',', '/'), 'base64')
    if (wide.length % 2 !== 0) continue
    const value = Buffer.from(wide.swap16().toString('utf16le'))
    if (value.length <= match[0].length) out.replace(at, at + match[0].length, value)
  }
  return out.done()
}
