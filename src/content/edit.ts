/** A change is a list of edits in bytes, so that everything between them stays as it was. */

import { Uncleared } from './limits.ts'

/** `bytes` take the place of the cell's bytes from `start` up to, not including, `end`. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly bytes: Uint8Array
}

/** In order of place; of two that overlap the earlier and longer one stays. */
export function ordered(edits: readonly Edit[]): readonly Edit[] {
  const sorted = [...edits].sort((one, other) => one.start - other.start || other.end - one.end)
  return sorted.filter((edit, index) => {
    const before = sorted[index - 1]
    return before === undefined || edit.start >= before.end || (edit.start === edit.end && edit.start > before.start)
  })
}

export function applyEdits(cell: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const pieces: Uint8Array[] = []
  let from = 0
  for (const { start, end, bytes } of ordered(edits)) {
    if (start < from) continue
    pieces.push(cell.subarray(from, start), bytes)
    from = end
  }
  pieces.push(cell.subarray(from))
  return Buffer.concat(pieces)
}

export function shifted(edits: readonly Edit[], by: number): readonly Edit[] {
  return by === 0 ? edits : edits.map(({ start, end, bytes }) => ({ start: start + by, end: end + by, bytes }))
}

const NOTHING = new Uint8Array(0)
/** Numbers a segment: where it begins here, where in the source it begins and ends, bytes of one unit here. */
const FIELDS = 4
const SHORT_RUN = 48
/** More pieces than this are no text anybody wrote, and their map outgrows the cell. */
const MOST_SEGMENTS = 16 * 2 ** 20

/**
 * Decoded bytes that know where in the encoded cell each came from: an identifier found here may be split there by soft line
 * breaks, folds or tags, which stay. A run of units of one size (`=C5=84`, UTF-16) is one segment.
 */
export class View {
  #out: Buffer
  #length = 0
  #segments = new Uint32Array(16 * FIELDS)
  /** Numbers used in `#segments`. */
  #used = 0

  constructor(expectedBytes: number) {
    this.#out = Buffer.allocUnsafe(Math.max(64, expectedBytes))
  }

  get bytes(): Uint8Array {
    return this.#out.subarray(0, this.#length)
  }

  get length(): number {
    return this.#length
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#out.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#out.length * 2, this.#length + bytes))
    this.#out.copy(larger, 0, 0, this.#length)
    this.#out = larger
  }

  /** Adds one unit, or many of one byte each, to the last segment where it goes on in the same way. */
  #add(start: number, end: number, unit: number, units: number): void {
    const segments = this.#segments
    const last = this.#used - FIELDS
    const lastUnit = segments[last + 3] ?? 0
    const lastEnd = segments[last + 2] ?? -1
    const lastUnits = (this.#length - (segments[last] ?? 0)) / lastUnit
    const same =
      lastUnit === unit &&
      lastEnd === start &&
      lastEnd - (segments[last + 1] ?? 0) === (lastUnits * (end - start)) / units
    if (last >= 0 && end > start && same) segments[last + 2] = end
    else this.#open(start, end, unit)
  }

  #open(start: number, end: number, unit: number): void {
    if (this.#used === this.#segments.length) {
      if (this.#used >= MOST_SEGMENTS * FIELDS) throw new Uncleared('limit: pieces of a text')
      const larger = new Uint32Array(this.#used * 2)
      larger.set(this.#segments)
      this.#segments = larger
    }
    const segments = this.#segments
    segments[this.#used] = this.#length
    segments[this.#used + 1] = start
    segments[this.#used + 2] = end
    segments[this.#used + 3] = unit
    this.#used += FIELDS
  }

  /** Short runs are the rule, and for them a loop is faster than a copy of memory. */
  #write(bytes: Uint8Array, start: number, end: number): void {
    if (end - start > SHORT_RUN) this.#out.set(bytes.subarray(start, end), this.#length)
    else for (let index = start; index < end; index++) this.#out[this.#length + index - start] = bytes[index] ?? 0
  }

  /** The source's own bytes. */
  copy(source: Uint8Array, start: number, end: number): void {
    if (end <= start) return
    this.#room(end - start)
    this.#add(start, end, 1, end - start)
    this.#write(source, start, end)
    this.#length += end - start
  }

  /** Bytes that stand for `start`–`end` of the source; with `start === end` they are read but never changed. */
  put(bytes: Uint8Array, start: number, end: number): void {
    if (bytes.length === 0) return
    this.#room(bytes.length)
    this.#add(start, end, bytes.length, 1)
    this.#write(bytes, 0, bytes.length)
    this.#length += bytes.length
  }

  putByte(byte: number, start: number, end: number): void {
    this.#room(1)
    this.#add(start, end, 1, 1)
    this.#out[this.#length++] = byte
  }

  #segmentAt(position: number): number {
    let low = 0
    let high = this.#used / FIELDS - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#segments[middle * FIELDS] ?? 0) <= position) low = middle
      else high = middle - 1
    }
    return low
  }

  /** The stretches of the source that one stretch here came from, neighbours joined. */
  #sources(start: number, end: number): { start: number; end: number }[] {
    const found: { start: number; end: number }[] = []
    const segments = this.#segments
    for (let index = this.#segmentAt(start) * FIELDS; index < this.#used; index += FIELDS) {
      const here = segments[index] ?? 0
      if (here >= end) break
      const next = index + FIELDS < this.#used ? (segments[index + FIELDS] ?? 0) : this.#length
      const from = segments[index + 1] ?? 0
      const to = segments[index + 2] ?? 0
      const unit = segments[index + 3] ?? 1
      if (from === to || next <= start) continue
      const width = ((to - from) * unit) / (next - here)
      const first = Math.floor((Math.max(start, here) - here) / unit)
      const last = Math.ceil((Math.min(end, next) - here) / unit)
      const piece = { start: from + first * width, end: from + last * width }
      const before = found.at(-1)
      if (before !== undefined && before.end === piece.start) before.end = piece.end
      else found.push(piece)
    }
    return found
  }

  /** Edits of this view as edits of the source: the first stretch takes the encoded bytes, the others are emptied. */
  toSource(edits: readonly Edit[], encode: (bytes: Uint8Array) => Uint8Array): readonly Edit[] {
    return edits.flatMap((edit) =>
      this.#sources(edit.start, edit.end).map(({ start, end }, index) => ({
        start,
        end,
        bytes: index === 0 ? encode(edit.bytes) : NOTHING,
      })),
    )
  }
}
