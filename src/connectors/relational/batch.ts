/** So many bytes of cells are held by a stream of rows, unless one row alone has more. */
const mostBytes = 8 << 20

/** Rows gathered into pieces that are bounded by their number and by the bytes of their cells. */
export class Batch<R extends Readonly<Record<string, unknown>>> {
  readonly #mostRows: number
  #rows: R[] = []
  #bytes = 0

  constructor(mostRows: number) {
    this.#mostRows = mostRows
  }

  /** True when the piece is full. */
  add(row: R): boolean {
    this.#rows.push(row)
    for (const cell of Object.values(row))
      if (typeof cell === 'string' || cell instanceof Uint8Array) this.#bytes += cell.length
    return this.#rows.length >= this.#mostRows || this.#bytes >= mostBytes
  }

  take(): R[] {
    const rows = this.#rows
    this.#rows = []
    this.#bytes = 0
    return rows
  }
}
