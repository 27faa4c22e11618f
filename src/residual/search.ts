import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { decodeCharset, wideTexts } from './charset.ts'
import { type Compiled, isAsciiLetter } from './compiled.ts'
import { isContainer, openContainers } from './container.ts'
import { isFolded, SIGN } from './escape.ts'
import type { Hit } from './finding.ts'
import { DECODERS, decoder, looksWide } from './layer.ts'
import type { Limits } from './limits.ts'
import { withoutTags } from './markup.ts'
import { nextRun, type RunReader } from './run.ts'
import { isIdle, isTexty, type Tools } from './sieve.ts'

/** Digits of the shortest value that is looked for in hexadecimal by itself: three bytes. */
const SHORTEST_HEXADECIMAL = 6

/** Texts in bytes up to which escapes are taken off in every order. */
const SHORT_TEXT = 1_024

const join = (path: string, step: string) => (path === '' ? step : `${path}>${step}`)

/** One cell's search: hits, what could not be read, and how much may still be decoded. */
export class Search {
  readonly hits = new Map<string, Hit>()
  readonly unread = new Set<string>()
  private readonly compiled: Compiled
  private readonly limits: Limits
  private readonly root: string
  private readonly cellBytes: number
  private readonly tools: Tools
  private readonly seen = new Map<string, number>()
  private left: number

  constructor(compiled: Compiled, limits: Limits, cellBytes: number, tools: Tools, root = 'raw') {
    this.compiled = compiled
    this.tools = tools
    this.limits = limits
    this.cellBytes = cellBytes
    this.root = root
    this.left = limits.decodedBytes
  }

  /**
   * Searches bytes and everything they hold. `whole`: they are all of a cell, run or
   * container part, begun at its start. `found`: what is known already, of the same text in other spellings.
   */
  examine(bytes: Buffer, path: string, layer: number, found: Set<number>, whole: boolean): void {
    let signs = this.tools.sieve.signs(bytes)
    if (signs === -1) {
      signs = this.look(bytes, path, found, layer)
      this.numbers(bytes, path, found)
      this.runs(bytes, path, layer)
    }
    const utf8 = isUtf8(bytes)
    const binary = !utf8 || bytes.includes(0)
    if ((signs & SIGN.pdf) !== 0 || binary) this.containers(bytes, path, layer, whole)
    if (isContainer(bytes)) return
    if (!binary || isTexty(bytes)) this.escapes(bytes, signs, path, layer, found)
    if (binary) this.charsets(bytes, utf8, path, layer, found, whole)
  }

  /** Reports verified matches of the automaton and gives back the signs seen. */
  private look(bytes: Buffer, path: string, found: Set<number>, layer: number): number {
    const { table, columns, accept, width, signs, starts, patterns } = this.compiled.automaton
    const covered = new Map<number, number>()
    let seen = 0
    let state = 0
    for (let at = 0; at < bytes.length; at++) {
      state = table[Math.imul(state, width) + (columns[bytes[at] as number] as number)] as number
      if (state < accept) continue
      const reporting = state - accept
      seen |= signs[reporting] as number
      const end = starts[reporting + 1] as number
      for (let index = starts[reporting] as number; index < end; index++) {
        const pattern = this.compiled.patterns[patterns[index] as number] as Compiled['patterns'][number]
        if (pattern.spelling === -1) {
          this.shortRun(bytes, at, path, layer)
          continue
        }
        if (pattern.fixed > 0 && (isAsciiLetter(bytes[at - pattern.fixed]) || isAsciiLetter(bytes[at + 1]))) continue
        this.verify(bytes, at + 1, pattern.spelling, path, found, covered)
      }
    }
    return seen
  }

  /** Looks closely around a match; what was looked at once is not looked at again. */
  private verify(
    bytes: Buffer,
    end: number,
    index: number,
    path: string,
    found: Set<number>,
    covered: Map<number, number>,
  ): void {
    const spelling = this.compiled.spellings[index] as Compiled['spellings'][number]
    const key = spelling.identity * 2 + (spelling.tagged === true ? 1 : 0)
    if (found.has(key) || end <= (covered.get(index) ?? -1)) return
    if (spelling.longestCell !== undefined && this.cellBytes > spelling.longestCell) return
    const around = spelling.reach * 2 + 160
    const failed = covered.has(index) ? 8 : 1
    if (this.matches(bytes, Math.max(0, end - around), Math.min(bytes.length, end + around * failed), spelling)) {
      found.add(key)
      this.report(spelling.identity, path, spelling.tagged === true)
    } else covered.set(index, end + around * failed - around)
  }

  private matches(bytes: Buffer, from: number, to: number, spelling: Compiled['spellings'][number]): boolean {
    let start = from
    while (start > 0 && ((bytes[start] as number) & 0xc0) === 0x80 && from - start < 3) start--
    const text = bytes.toString('utf8', start, to).normalize('NFC')
    const { expression } = spelling
    expression.lastIndex = 0
    for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
      const end = match.index + match[0].length
      expression.lastIndex = match.index + 1
      if (match[0] === '' || (start > 0 && match.index < 20) || (to < bytes.length && end > text.length - 70)) continue
      if (spelling.standsAlone(text, match.index, end) && spelling.check?.(match[0]) !== false) return true
    }
    return false
  }

  /** Numbers that are compared by their digits. */
  private numbers(bytes: Buffer, path: string, found: Set<number>): void {
    const { digits, digitSpellings } = this.compiled
    if (digits === undefined) return
    for (
      let at = digits.next(bytes, 0, bytes.length);
      at < bytes.length;
      at = digits.next(bytes, at + 1, bytes.length)
    ) {
      for (const output of digits.found) {
        const spelling = digitSpellings[output] as Compiled['digitSpellings'][number]
        if (found.has(spelling.identity * 2)) continue
        const start = Math.max(0, at - 100)
        const text = bytes.toString('utf8', start, Math.min(bytes.length, at + 8))
        spelling.expression.lastIndex = 0
        for (let match = spelling.expression.exec(text); match !== null; match = spelling.expression.exec(text)) {
          if (/^\d/.test(text.slice(match.index + match[0].length))) continue
          if (!spelling.head(text.slice(Math.max(0, match.index - 24), match.index))) continue
          found.add(spelling.identity * 2)
          this.report(spelling.identity, path, false)
          break
        }
      }
    }
  }

  report(identity: number, path: string, tag: boolean): void {
    const id = this.compiled.identities[identity]?.id as string
    const encoding = (path === '' ? this.root : path) + (tag ? '+tag' : '')
    this.hits.set(`${identity} ${encoding}`, tag ? { identity: id, encoding, tag } : { identity: id, encoding })
  }

  /** Decodes every run of base64 or hexadecimal characters. */
  private runs(bytes: Buffer, path: string, layer: number): void {
    let start = nextRun(bytes, 0, bytes.length)
    if (start === -1) return
    const reader = this.tools.reader(layer)
    while (start !== -1) {
      const run = reader.read(bytes, start, bytes.length)
      this.run(reader, run.hexadecimal, path, layer, run.start <= 2 && run.end >= bytes.length - 4)
      start = nextRun(bytes, Math.max(run.end, start + 1), bytes.length)
    }
  }

  /** A place where the encoded form of a short value may stand. */
  private shortRun(bytes: Buffer, at: number, path: string, layer: number): void {
    let start = at
    while (start > 0 && at - start < 64 && /[\w+/-]/.test(String.fromCharCode(bytes[start - 1] as number))) start--
    const reader = this.tools.reader(layer)
    const run = reader.read(bytes, start, Math.min(bytes.length, at + 64))
    this.run(reader, run.hexadecimal, path, layer, false, SHORTEST_HEXADECIMAL)
  }

  private run(
    reader: RunReader,
    hexadecimal: boolean,
    path: string,
    layer: number,
    whole: boolean,
    shortest?: number,
  ): void {
    for (const skip of [0, 1]) {
      for (const piece of reader.base16(skip, shortest))
        this.piece(piece, join(path, 'hex'), layer, whole && skip === 0)
    }
    if (hexadecimal) return
    for (let skip = 0; skip < 4; skip++) {
      const piece = reader.base64(skip)
      this.piece(piece, join(path, 'base64'), layer, whole && skip === 0)
      // Text or a known file at the first alignment: the others would be noise.
      if (skip === 0 && piece.length >= 48 && isTexty(piece, 0.95)) break
    }
  }

  private piece(piece: Buffer, path: string, layer: number, whole: boolean): void {
    if (piece.length < 4 || isIdle(this.compiled, piece) || !this.isNew(piece, layer)) return
    this.deeper(piece, path, layer, new Set(), whole)
  }

  /** Goes one layer down, within the limits. */
  private deeper(bytes: Buffer, path: string, layer: number, found: Set<number>, whole: boolean): void {
    if (layer >= this.limits.layers) {
      this.unread.add(`unreadable: more than ${this.limits.layers} layers`)
      return
    }
    if (!this.spend(bytes.length)) return
    this.examine(bytes, path, layer + 1, found, whole)
  }

  private spend(length: number): boolean {
    this.left -= length
    if (this.left >= 0) return true
    this.left = 0
    this.unread.add('unreadable: more comes out than is read')
    return false
  }

  /**
   * Takes off escapes: each kind by itself (so that a finding can name it), then all kinds together, which is searched
   * like a new text. All orders of kinds, twice as many texts with each kind more, are tried in short texts only.
   */
  private escapes(bytes: Buffer, signs: number, path: string, layer: number, found: Set<number>): void {
    const folded = isFolded(bytes) ? SIGN.folded : 0
    let together = bytes
    const alone: [string, Buffer][] = []
    for (const [sign, name, decode] of DECODERS) {
      if (((signs | folded) & sign) === 0) continue
      const one = decode(bytes)
      if (one !== null) alone.push([name, one])
    }
    const names = alone.map(([name]) => name)
    if (alone.length > 1) for (const [name, one] of alone) this.single(one, name, path, layer, found)
    for (const [name, one] of alone) together = together === bytes ? one : (decoder(name)(together) ?? together)
    if (alone.length > 0) this.decoded(together, names.join('+'), path, layer, found, true, signs & SIGN.markup)
    if (bytes.length <= SHORT_TEXT)
      for (const [name, one] of alone) this.decoded(one, name, path, layer, found, true, signs & SIGN.markup)
    if ((signs & SIGN.markup) === 0) return
    const outside = withoutTags(bytes, false)
    if (outside !== null) this.single(outside, 'tags', path, layer, found)
    const inside = withoutTags(bytes, true)
    if (inside !== null) this.decoded(inside, 'tags', path, layer, found)
    const both = together === bytes ? null : withoutTags(together, true)
    if (both !== null) this.decoded(both, [...names, 'tags'].join('+'), path, layer, found)
  }

  /** Looks at a text with one kind of escape taken off, not at what it may hold. */
  private single(bytes: Buffer, name: string, path: string, layer: number, found: Set<number>): void {
    if (this.tools.sieve.signs(bytes) !== -1 || !this.spend(bytes.length)) return
    this.look(bytes, join(path, name), found, layer + 1)
    this.numbers(bytes, join(path, name), found)
  }

  /** Searches a decoded text once, whichever way led to it. */
  private decoded(
    bytes: Buffer,
    name: string,
    path: string,
    layer: number,
    found: Set<number>,
    whole = true,
    seen = 0,
  ): void {
    if (!this.isQuiet(bytes, seen) && this.isNew(bytes, layer))
      this.deeper(bytes, join(path, name), layer, found, whole)
  }

  /** Whether a decoded text holds nothing to look at; `seen`: signs that are attended to already. */
  private isQuiet(bytes: Buffer, seen: number): boolean {
    if (bytes.length < 3) return true
    const signs = this.tools.sieve.signs(bytes)
    return signs !== -1 && (signs & ~seen) === 0 && isUtf8(bytes) && !bytes.includes(0) && !isFolded(bytes)
  }

  /** Whether bytes were not looked at yet, or only deeper down, where fewer layers were left. */
  private isNew(bytes: Buffer, layer: number): boolean {
    const print = bytes.length <= SHORT_TEXT ? bytes.toString('latin1') : hash('sha1', bytes, 'base64')
    if ((this.seen.get(print) ?? Infinity) <= layer) return false
    this.seen.set(print, layer)
    return true
  }

  private containers(bytes: Buffer, path: string, layer: number, whole: boolean): void {
    for (const container of openContainers(bytes, whole, () => this.left)) {
      for (const reason of container.unread) this.unread.add(`unreadable: ${join(path, reason)}`)
      for (const part of container.parts) {
        if (this.isNew(part.bytes, layer)) this.deeper(part.bytes, join(path, part.label), layer, new Set(), true)
      }
    }
  }

  private charsets(
    bytes: Buffer,
    utf8: boolean,
    path: string,
    layer: number,
    found: Set<number>,
    whole: boolean,
  ): void {
    if (looksWide(bytes, whole))
      for (const text of wideTexts(bytes)) this.decoded(text, 'utf16', path, layer, found, false)
    if (utf8 || !(whole || isTexty(bytes))) return
    for (const charset of this.compiled.charsets) {
      this.decoded(decodeCharset(bytes, charset), 'charset', path, layer, found, false)
    }
  }
}
