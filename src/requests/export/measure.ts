import { createHash } from 'node:crypto'

/** Bytes and SHA-256 of a file as its pieces pass. */
export class Measure {
  bytes = 0
  readonly #hash = createHash('sha256')

  add(piece: Uint8Array): void {
    this.#hash.update(piece)
    this.bytes += piece.length
  }

  /** Once, at the end. */
  result(): { readonly bytes: number; readonly sha256: string } {
    return { bytes: this.bytes, sha256: this.#hash.digest('hex') }
  }
}

/** Passes pieces on and measures them. */
export async function* measured(pieces: AsyncIterable<Uint8Array>, measure: Measure): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    measure.add(piece)
    yield piece
  }
}

/** The first rows of a JSON array that has one row a line. */
export class HeadRows {
  readonly #rows: number
  readonly #bytes: number
  #pieces: Buffer[] = []
  #held = 0

  /** Keeps the first `rows` rows, at most `bytes` bytes of them. */
  constructor(rows: number, bytes: number) {
    this.#rows = rows
    this.#bytes = bytes
  }

  add(piece: Uint8Array): void {
    if (this.#held >= this.#bytes) return
    const kept = Buffer.from(piece.subarray(0, this.#bytes - this.#held))
    this.#pieces.push(kept)
    this.#held += kept.length
  }

  /** Whole rows only. */
  head(): Record<string, unknown>[] {
    const rows: Record<string, unknown>[] = []
    for (const line of Buffer.concat(this.#pieces).toString('utf8').split('\n')) {
      if (rows.length === this.#rows) break
      const row = line.replace(/,$/, '')
      if (!row.startsWith('{') || !row.endsWith('}')) continue
      try {
        rows.push(JSON.parse(row) as Record<string, unknown>)
      } catch {
        break
      }
    }
    return rows
  }
}
