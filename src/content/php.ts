/** PHP's serialize() format and session files (`key|value`): every string's length is kept right. */
import { applyEdits, type Edit, shifted } from './edit.ts'
import { Uncleared } from './limits.ts'
import type { At, Codec, Walk } from './walk.ts'

/** PHP itself stops unserializing at 4,096 levels; far fewer stand in real data. */
const DEEPEST = 300
const SERIALIZED = /^(?:[aOCs]:\d{1,10}:["{]|E:\d{1,10}:")/

class Malformed extends Error {}

class Reader {
  readonly #cell: Buffer
  readonly #at: At
  readonly #walk: Walk
  readonly edits: Edit[] = []
  position = 0

  constructor(cell: Uint8Array, at: At, walk: Walk) {
    this.#cell = Buffer.from(cell.buffer, cell.byteOffset, cell.length)
    this.#at = at
    this.#walk = walk
  }

  #expect(character: string): void {
    if (this.#cell[this.position] !== character.charCodeAt(0)) throw new Malformed()
    this.position++
  }

  /** Digits up to `end`, and where they stood. */
  #length(end: string): { value: number; start: number; end: number } {
    const start = this.position
    const stop = this.#cell.indexOf(end, start)
    if (stop < 0 || stop - start > 10 || stop === start) throw new Malformed()
    const digits = this.#cell.toString('latin1', start, stop)
    if (!/^\d+$/.test(digits)) throw new Malformed()
    this.position = stop + 1
    return { value: Number(digits), start, end: stop }
  }

  /** The bytes of a counted string, and edits that change it together with its count. */
  #counted(count: { value: number; start: number; end: number }, open: (bytes: Uint8Array) => readonly Edit[]): void {
    const start = this.position
    const end = start + count.value
    if (end > this.#cell.length) throw new Malformed()
    const content = this.#cell.subarray(start, end)
    this.position = end
    const edits = open(content)
    if (edits.length === 0) return
    const length = applyEdits(content, edits).length
    this.edits.push(
      { start: count.start, end: count.end, bytes: Buffer.from(String(length)) },
      ...shifted(edits, start),
    )
  }

  #text(content: Uint8Array): readonly Edit[] {
    if (content.length < 2) return []
    if (this.#at.rest.length === 0 && SERIALIZED.test(Buffer.from(content.subarray(0, 16)).toString('latin1'))) {
      const nested = nestedIn(content, this.#at, this.#walk)
      if (nested !== undefined) return nested
    }
    return this.#walk.value(content, this.#at)
  }

  #string(): void {
    const count = this.#length(':')
    this.#expect('"')
    this.#counted(count, (content) => this.#text(content))
    this.#expect('"')
  }

  #members(count: number, depth: number): void {
    this.#expect('{')
    for (let index = 0; index < count; index++) {
      this.value(depth + 1)
      this.value(depth + 1)
    }
    this.#expect('}')
  }

  /** A class that writes itself: its inside is counted, and read when it is again serialized. */
  #custom(): void {
    this.#string()
    this.#expect(':')
    const count = this.#length(':')
    this.#expect('{')
    this.#counted(count, (content) => {
      const nested = nestedIn(content, this.#at, this.#walk)
      if (nested !== undefined) return nested
      if (this.#walk.value(content, this.#at).length > 0)
        throw new Uncleared('a PHP class with a format of its own', true)
      return []
    })
    this.#expect('}')
  }

  value(depth: number): void {
    if (depth > DEEPEST) throw new Malformed()
    this.#walk.countValue()
    const type = String.fromCharCode(this.#cell[this.position] ?? 0)
    this.position++
    if (type === 'N') {
      this.#expect(';')
      return
    }
    this.#expect(':')
    switch (type) {
      case 's':
      case 'S':
      case 'E':
        if (type === 'S') throw new Malformed()
        this.#string()
        this.#expect(';')
        return
      case 'a':
        this.#members(this.#length(':').value, depth)
        return
      case 'O': {
        this.#string()
        this.#expect(':')
        this.#members(this.#length(':').value, depth)
        return
      }
      case 'C':
        this.#custom()
        return
      case 'b':
      case 'i':
      case 'd':
      case 'r':
      case 'R': {
        const stop = this.#cell.indexOf(';', this.position)
        if (stop < 0 || stop - this.position > 40) throw new Malformed()
        if (!/^[-+.\dEeINFAN]+$/.test(this.#cell.toString('latin1', this.position, stop))) throw new Malformed()
        this.#number(type, stop)
        this.position = stop + 1
        return
      }
      default:
        throw new Malformed()
    }
  }

  /** A whole number that is an identifier (a phone, a national number) becomes 0: its type has no empty value. */
  #number(type: string, stop: number): void {
    if (type !== 'i' || stop - this.position < 5 || this.#walk.reading) return
    const digits = this.#cell.toString('latin1', this.position, stop)
    if (this.#walk.visit(digits, this.#at).length > 0) {
      this.#walk.replaced++
      this.edits.push({ start: this.position, end: stop, bytes: Buffer.from('0') })
    }
  }

  /** `key|value` pairs to the end (session.serialize_handler=php). */
  session(): void {
    while (this.position < this.#cell.length) {
      const bar = this.#cell.indexOf('|', this.position)
      if (bar < 0 || bar === this.position || bar - this.position > 512) throw new Malformed()
      const unset = this.#cell[this.position] === 0x21
      this.position = bar + 1
      if (!unset) this.value(0)
    }
  }
}

/** A serialized value inside a string is one layer deeper. */
function nestedIn(content: Uint8Array, at: At, walk: Walk): readonly Edit[] | undefined {
  return at.depth < walk.limits.layers ? serialized(content, { ...at, depth: at.depth + 1 }, walk) : undefined
}

/** Edits of a cell that is one serialized value with perhaps plain text after it, or undefined. */
function serialized(cell: Uint8Array, at: At, walk: Walk): readonly Edit[] | undefined {
  const replaced = walk.replaced
  try {
    const reader = new Reader(cell, at, walk)
    reader.value(0)
    const rest = cell.subarray(reader.position)
    const after = rest.length === 0 ? [] : walk.text(rest, at)
    return [...reader.edits, ...shifted(after, reader.position)]
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    walk.replaced = replaced
    return undefined
  }
}

function session(cell: Uint8Array, at: At, walk: Walk): readonly Edit[] | undefined {
  const replaced = walk.replaced
  try {
    const reader = new Reader(cell, at, walk)
    reader.session()
    return reader.edits
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    walk.replaced = replaced
    return undefined
  }
}

/** Whether the beginning looks like serialize() or a session. */
export function looksLikePhp(head: string): boolean {
  return /^(?:[aO]:\d{1,9}:["{]|s:\d{1,9}:"|C:\d{1,9}:")/.test(head) || /^[\w.-]{1,64}\|(?:[aOsibd]:\d|N;)/.test(head)
}

export const php: Codec = (cell, at, walk) => {
  const edits = serialized(cell, at, walk) ?? session(cell, at, walk)
  if (edits !== undefined) return edits
  const asText = walk.text(cell, at)
  const head = Buffer.from(cell.subarray(0, 80)).toString('latin1')
  if (asText.length > 0 && looksLikePhp(head)) throw new Uncleared('serialized PHP that is cut off or damaged', true)
  return asText
}
