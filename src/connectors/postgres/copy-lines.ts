const newline = 10
const tab = 9
const backslash = 92
const leastBlockBytes = 1 << 20

export interface LineBlock {
  /** Whole lines of COPY text. */
  readonly bytes: Uint8Array
  readonly lines: number
  /** Every line of the block, its end left out. */
  ranges(): { start: number; end: number }[]
}

/** Gathers chunks into blocks of whole lines of about a megabyte. */
export async function* lineBlocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LineBlock> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    held.push(chunk)
    length += chunk.length
    if (length < leastBlockBytes) continue
    const all = Buffer.concat(held)
    const cut = all.lastIndexOf(newline) + 1
    if (cut > 0) yield block(all.subarray(0, cut))
    held = cut < all.length ? [all.subarray(cut)] : []
    length = all.length - cut
  }
  if (length > 0) yield block(Buffer.concat(held))
}

function block(bytes: Buffer): LineBlock {
  let lines = 0
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) lines++
  return {
    bytes,
    lines,
    ranges() {
      const result: { start: number; end: number }[] = []
      let start = 0
      for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, start)) {
        result.push({ start, end: at })
        start = at + 1
      }
      return result
    },
  }
}

/** The cells of one line, unescaped (PostgreSQL manual, COPY, text format); null for NULL. */
export function splitLine(line: Uint8Array): (Buffer | null)[] {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength)
  const cells: (Buffer | null)[] = []
  let start = 0
  for (;;) {
    const found = bytes.indexOf(tab, start)
    const end = found === -1 ? bytes.length : found
    cells.push(unescaped(bytes.subarray(start, end)))
    if (found === -1) return cells
    start = found + 1
  }
}

const escapes: Readonly<Record<number, number>> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9, 118: 11 }

function unescaped(cell: Buffer): Buffer | null {
  if (cell.length === 2 && cell[0] === backslash && cell[1] === 78) return null
  if (!cell.includes(backslash)) return cell
  const result = Buffer.allocUnsafe(cell.length)
  let length = 0
  for (let at = 0; at < cell.length; at++) {
    let byte = cell[at] ?? 0
    if (byte === backslash) {
      at++
      byte = cell[at] ?? backslash
      byte = escapes[byte] ?? byte
    }
    result[length++] = byte
  }
  return result.subarray(0, length)
}
