/** A change is a list of edits in bytes, so that everything between them stays as it was. */

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

/**
 * Decoded bytes that know where in the encoded cell each came from: an identifier found here may be split there by soft line
 * breaks, folds or tags, which stay.
 */
export class View {
  #out: Buffer
  #length = 0
  /** Three numbers a segment: where it begins here, where in the source it begins and ends. Equal lengths map byte by byte. */
  readonly #segments: number[] = []

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

  /** The source's own bytes. */
  copy(source: Uint8Array, start: number, end: number): void {
    if (end <= start) return
    this.#room(end - start)
    const segments = this.#segments
    const last = segments.length - 3
    const lastStart = segments[last + 1]
    const lastEnd = segments[last + 2]
    const joins = last >= 0 && lastEnd === start && lastEnd - (lastStart ?? 0) === this.#length - (segments[last] ?? 0)
    if (joins) segments[last + 2] = end
    else segments.push(this.#length, start, end)
    this.#out.set(source.subarray(start, end), this.#length)
    this.#length += end - start
  }

  /** Bytes that stand for `start`–`end` of the source; with `start === end` they are read but never changed. */
  put(bytes: Uint8Array, start: number, end: number): void {
    this.#room(bytes.length)
    this.#segments.push(this.#length, start, end)
    this.#out.set(bytes, this.#length)
    this.#length += bytes.length
  }

  putByte(byte: number, start: number, end: number): void {
    this.#room(1)
    this.#segments.push(this.#length, start, end)
    this.#out[this.#length++] = byte
  }

  #segmentAt(position: number): number {
    let low = 0
    let high = this.#segments.length / 3 - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#segments[middle * 3] ?? 0) <= position) low = middle
      else high = middle - 1
    }
    return low
  }

  /** The stretches of the source that one stretch here came from, neighbours joined. */
  #sources(start: number, end: number): { start: number; end: number }[] {
    const found: { start: number; end: number }[] = []
    const segments = this.#segments
    for (let index = this.#segmentAt(start); index * 3 < segments.length; index++) {
      const here = segments[index * 3] ?? 0
      if (here >= end) break
      const next = segments[index * 3 + 3] ?? this.#length
      const from = segments[index * 3 + 1] ?? 0
      const to = segments[index * 3 + 2] ?? 0
      if (from === to || next <= start) continue
      const same = to - from === next - here
      const piece = same
        ? { start: from + Math.max(0, start - here), end: from + Math.min(next, end) - here }
        : { start: from, end: to }
      const last = found.at(-1)
      if (last !== undefined && last.end === piece.start) last.end = piece.end
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
