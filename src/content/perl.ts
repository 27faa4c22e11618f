/** Perl's Storable (Storable.xs, format 2.0 to 2.12): files (`pst0`) and memory, network and native order. */
import { isUtf8 } from 'node:buffer'
import { applyEdits, type Edit, shifted } from './edit.ts'
import { Uncleared } from './limits.ts'
import { type Header, SX, storableHeader } from './storable.ts'
import type { At, Codec, Walk } from './walk.ts'

const DEEPEST = 500
const SHORT_STRING = 255

const KEY_IS_VALUE = 0x08

class Malformed extends Error {}

class Reader {
  readonly #cell: Buffer
  readonly #at: At
  readonly #walk: Walk
  readonly #header: Header
  readonly edits: Edit[] = []
  position: number

  constructor(cell: Uint8Array, header: Header, at: At, walk: Walk) {
    this.#cell = Buffer.from(cell.buffer, cell.byteOffset, cell.length)
    this.#header = header
    this.#at = at
    this.#walk = walk
    this.position = header.end
  }

  #skip(bytes: number): void {
    if (bytes < 0 || this.position + bytes > this.#cell.length) throw new Malformed()
    this.position += bytes
  }

  #byte(): number {
    this.#skip(1)
    return this.#cell[this.position - 1] ?? 0
  }

  #number(): number {
    this.#skip(4)
    const at = this.position - 4
    return this.#header.bigEndian ? this.#cell.readInt32BE(at) : this.#cell.readInt32LE(at)
  }

  #fourBytes(value: number): Buffer {
    const bytes = Buffer.alloc(4)
    if (this.#header.bigEndian) bytes.writeInt32BE(value)
    else bytes.writeInt32LE(value)
    return bytes
  }

  #open(content: Uint8Array): readonly Edit[] {
    if (content.length < 2) return []
    const { charset: _, ...plain } = this.#at
    const inner: At = isUtf8(content) ? plain : { ...plain, charset: 'iso-8859-1' }
    return this.#walk.value(content, inner)
  }

  /** A string whose length stands in one byte (then `longType` takes its place when it grows) or in four. */
  #string(short: boolean, longType: number | undefined): void {
    const mark = this.position - 1
    const length = short ? this.#byte() : this.#number()
    const start = this.position
    this.#skip(length)
    const content = this.#cell.subarray(start, start + length)
    const edits = this.#open(content)
    if (edits.length === 0) return
    const size = applyEdits(content, edits).length
    if (!short) this.edits.push({ start: start - 4, end: start, bytes: this.#fourBytes(size) })
    else if (size <= SHORT_STRING) this.edits.push({ start: start - 1, end: start, bytes: Uint8Array.of(size) })
    else if (longType !== undefined) {
      this.edits.push({
        start: mark,
        end: start,
        bytes: Buffer.concat([Uint8Array.of(longType), this.#fourBytes(size)]),
      })
    } else throw new Uncleared('a Storable string that has no room', true)
    this.edits.push(...shifted(edits, start))
  }

  /** Content that only its class understands. */
  #sealed(length: number): void {
    const start = this.position
    this.#skip(length)
    if (this.#open(this.#cell.subarray(start, start + length)).length > 0) {
      throw new Uncleared('a Storable object with a format of its own', true)
    }
  }

  #flexible(large: boolean): number {
    return large ? this.#number() : this.#byte()
  }

  #hash(flagged: boolean, depth: number): void {
    if (flagged) this.#byte()
    const size = this.#number()
    for (let index = 0; index < size; index++) {
      this.value(depth + 1)
      const flags = flagged ? this.#byte() : 0
      if ((flags & KEY_IS_VALUE) !== 0) this.value(depth + 1)
      else this.#string(false, undefined)
    }
  }

  #hook(depth: number): void {
    let flags = this.#byte()
    const extra = (flags & 0x03) === 3
    if (extra) this.#byte()
    while ((flags & 0x40) !== 0) {
      this.value(depth + 1)
      flags = this.#byte()
    }
    if ((flags & 0x20) !== 0) this.#flexible((flags & 0x04) !== 0)
    else this.#skip(this.#flexible((flags & 0x04) !== 0))
    this.#sealed(this.#flexible((flags & 0x08) !== 0))
    if ((flags & 0x80) !== 0) this.#skip(4 * this.#flexible((flags & 0x10) !== 0))
    if (extra) this.value(depth + 1)
  }

  #longByte(): number {
    const length = this.#byte()
    return (length & 0x80) === 0 ? length : this.#number()
  }

  value(depth: number): void {
    if (depth > DEEPEST) throw new Malformed()
    this.#walk.countValue()
    const type = this.#byte()
    switch (type) {
      case SX.OBJECT:
        this.#skip(4)
        return
      case SX.SCALAR:
        this.#string(true, SX.LSCALAR)
        return
      case SX.UTF8STR:
        this.#string(true, SX.LUTF8STR)
        return
      case SX.LSCALAR:
      case SX.LUTF8STR:
        this.#string(false, undefined)
        return
      case SX.ARRAY: {
        const size = this.#number()
        for (let index = 0; index < size; index++) this.value(depth + 1)
        return
      }
      case SX.HASH:
        this.#hash(false, depth)
        return
      case SX.FLAG_HASH:
        this.#hash(true, depth)
        return
      case SX.INTEGER:
        this.#skip(this.#header.integerBytes)
        return
      case SX.DOUBLE:
        this.#skip(this.#header.doubleBytes)
        return
      case SX.BYTE:
        this.#skip(1)
        return
      case SX.NETINT:
        this.#skip(4)
        return
      case SX.UNDEF:
      case SX.SV_UNDEF:
      case SX.SV_YES:
      case SX.SV_NO:
      case SX.SVUNDEF_ELEM:
      case SX.BOOLEAN_TRUE:
      case SX.BOOLEAN_FALSE:
        return
      case SX.REF:
      case SX.OVERLOAD:
      case SX.WEAKREF:
      case SX.WEAKOVERLOAD:
      case SX.TIED_ARRAY:
      case SX.TIED_HASH:
      case SX.TIED_SCALAR:
      case SX.CODE:
        this.value(depth + 1)
        return
      case SX.TIED_KEY:
        this.value(depth + 1)
        this.value(depth + 1)
        return
      case SX.TIED_IDX:
        this.value(depth + 1)
        this.#skip(4)
        return
      case SX.BLESS:
        this.#skip(this.#longByte())
        this.value(depth + 1)
        return
      case SX.IX_BLESS:
        this.#longByte()
        this.value(depth + 1)
        return
      case SX.HOOK:
        this.#hook(depth)
        return
      case SX.VSTRING:
        this.#skip(this.#byte())
        this.value(depth + 1)
        return
      case SX.LVSTRING:
        this.#skip(this.#number())
        this.value(depth + 1)
        return
      case SX.REGEXP:
        this.#sealed(this.#flexible((this.#byte() & 1) !== 0))
        this.#skip(this.#byte())
        return
      default:
        throw new Malformed()
    }
  }
}

export const perl: Codec = (cell, at, walk) => {
  const header = storableHeader(cell)
  if (header === undefined) {
    if (isUtf8(cell) && !cell.includes(0)) return walk.text(cell, at)
    throw new Uncleared('no Storable data')
  }
  try {
    const reader = new Reader(cell, header, at, walk)
    reader.value(0)
    if (reader.position !== cell.length) throw new Malformed()
    return reader.edits
  } catch (error) {
    if (error instanceof Malformed) throw new Uncleared('Storable data that cannot be read whole')
    throw error
  }
}
