import { FILLER_BYTE } from './fold.ts'

/** Shortest unbroken run of base64 characters (RFC 4648, both alphabets) that is decoded: 16 characters are 12 bytes. */
export const SHORTEST_RUN = 16

const NONE = 255
const SEXTET: Uint8Array = (() => {
  const values = new Uint8Array(256).fill(NONE)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  for (const [value, character] of [...alphabet].entries()) values[character.charCodeAt(0)] = value
  values[45] = 62
  values[95] = 63
  return values
})()
const NIBBLE: Uint8Array = (() => {
  const values = new Uint8Array(256).fill(NONE)
  for (let value = 0; value < 16; value++) {
    values[value.toString(16).charCodeAt(0)] = value
    values[value.toString(16).toUpperCase().charCodeAt(0)] = value
  }
  return values
})()

/** Whether a byte may stand in a run. */
export const isRunByte = (byte: number): boolean => SEXTET[byte] !== NONE

/** A run of characters that may be base64 or hexadecimal, line ends inside it left out. */
export interface Run {
  readonly start: number
  readonly end: number
  /** Characters of the run without what breaks its lines. */
  readonly length: number
  readonly hexadecimal: boolean
}

/** Start of the next run of at least `SHORTEST_RUN` base64 characters in [from, to), or -1. */
export function nextRun(bytes: Uint8Array, from: number, to: number): number {
  let edge = from
  for (let at = from + SHORTEST_RUN - 1; at < to; ) {
    if (SEXTET[bytes[at] as number] === NONE) {
      edge = at + 1
      at += SHORTEST_RUN
      continue
    }
    let start = at
    while (start > edge && SEXTET[bytes[start - 1] as number] !== NONE) start--
    if (at - start + 1 >= SHORTEST_RUN) return start
    let end = at + 1
    const enough = Math.min(to, start + SHORTEST_RUN)
    while (end < enough && SEXTET[bytes[end] as number] !== NONE) end++
    if (end - start >= SHORTEST_RUN) return start
    edge = end
    at = end + SHORTEST_RUN
  }
  return -1
}

/** First byte after a line end inside a run (raw, or written as `\n`), or `at` when there is none. */
function afterBreak(bytes: Uint8Array, at: number, to: number): number {
  let next = at
  let broken = false
  while (next < to) {
    const byte = bytes[next] as number
    if (byte === 10 || byte === 13) broken = true
    else if (byte === 92 && (bytes[next + 1] === 110 || bytes[next + 1] === 114)) {
      broken = true
      next++
    } else if (byte !== 32 && byte !== 9 && byte !== FILLER_BYTE) break
    next++
  }
  return broken ? next : at
}

/** Reads runs out of bytes into memory of its own: what it gives is good until it is asked for the next. */
export class RunReader {
  private values = new Uint8Array(1 << 12)
  private out = Buffer.allocUnsafeSlow(1 << 12)
  private longestDigits = 0
  private hexadecimal = false
  private length = 0

  /** Reads the run that starts at `start`; lines of at least `SHORTEST_RUN` characters are joined. */
  read(bytes: Uint8Array, start: number, to: number): Run {
    // `\\x` before hexadecimal digits is how PostgreSQL writes bytea.
    let at = bytes[start] === 120 && bytes[start - 1] === 92 ? start + 1 : start
    let line = 0
    let length = 0
    let digits = 0
    let letters = 0
    this.longestDigits = 0
    for (; at < to; at++) {
      const byte = bytes[at] as number
      const value = SEXTET[byte] as number
      if (value === NONE) {
        const next = line >= SHORTEST_RUN ? afterBreak(bytes, at, to) : at
        if (next === at || next >= to || SEXTET[bytes[next] as number] === NONE) break
        at = next - 1
        line = 0
        continue
      }
      if (length === this.values.length) this.grow()
      this.values[length++] = byte
      if (NIBBLE[byte] !== NONE) digits++
      else {
        if (digits > this.longestDigits) this.longestDigits = digits
        digits = 0
        if (byte !== 45) letters = 1
      }
      line++
    }
    this.length = length
    this.longestDigits = Math.max(this.longestDigits, digits)
    this.hexadecimal = letters === 0
    return { start, end: at, length, hexadecimal: this.hexadecimal }
  }

  private grow(): void {
    const larger = new Uint8Array(this.values.length * 2)
    larger.set(this.values)
    this.values = larger
  }

  private room(length: number): Buffer {
    if (this.out.length < length) this.out = Buffer.allocUnsafeSlow(length * 2)
    return this.out.subarray(0, length)
  }

  /** Bytes of the run as base64, leaving out the first `skip` (0 to 3) characters. */
  base64(skip: number): Buffer {
    const { values } = this
    const count = this.length - skip
    const out = this.room(Math.floor((count * 3) / 4))
    let at = skip
    let put = 0
    for (const last = skip + count - 3; at < last; at += 4) {
      const group =
        ((SEXTET[values[at] as number] as number) << 18) |
        ((SEXTET[values[at + 1] as number] as number) << 12) |
        ((SEXTET[values[at + 2] as number] as number) << 6) |
        (SEXTET[values[at + 3] as number] as number)
      out[put++] = group >> 16
      out[put++] = (group >> 8) & 255
      out[put++] = group & 255
    }
    const left = this.length - at
    if (left >= 2) {
      const high = ((SEXTET[values[at] as number] as number) << 2) | ((SEXTET[values[at + 1] as number] as number) >> 4)
      out[put++] = high
      if (left === 3) {
        out[put++] =
          (((SEXTET[values[at + 1] as number] as number) & 15) << 4) |
          ((SEXTET[values[at + 2] as number] as number) >> 2)
      }
    }
    return out.subarray(0, put)
  }

  /** Bytes of the stretches of at least `shortest` hexadecimal digits of the run, leaving out the first `skip` (0 or 1) digits of each. */
  *base16(skip: number, shortest = SHORTEST_RUN): Generator<Buffer> {
    if (this.longestDigits < shortest) return
    const { values } = this
    for (let from = 0; from < this.length; ) {
      let to = from
      while (to < this.length && NIBBLE[values[to] as number] !== NONE) to++
      if (to - from >= shortest) {
        const out = this.room((to - from - skip) >> 1)
        for (let put = 0, at = from + skip; put < out.length; put++, at += 2) {
          out[put] = ((NIBBLE[values[at] as number] as number) << 4) | (NIBBLE[values[at + 1] as number] as number)
        }
        yield out
      }
      from = to + 1
    }
  }
}
