const newline = 10
const tab = 9
const backslash = 92
const blockBytes = 1 << 20

/**
 * Gathers chunks into blocks of whole lines of about a megabyte, each in memory of its own. `spare`: blocks that are no
 * longer needed, to be used again.
 */
export async function* lineBlocks(
  chunks: AsyncIterable<Uint8Array>,
  spare: Uint8Array<ArrayBuffer>[] = [],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const fresh = (least: number): Uint8Array<ArrayBuffer> => {
    const known = spare.pop()
    return known !== undefined && known.buffer.byteLength >= least
      ? new Uint8Array(known.buffer)
      : new Uint8Array(Math.max(blockBytes, least))
  }
  let block = fresh(0)
  let length = 0
  for await (const chunk of chunks) {
    let taken = 0
    while (taken < chunk.length) {
      const part = chunk.subarray(taken, taken + block.length - length)
      block.set(part, length)
      length += part.length
      taken += part.length
      if (length < block.length) break
      const cut = block.lastIndexOf(newline) + 1
      // A line longer than a block: the block grows.
      const next = fresh(cut === 0 ? block.length * 2 : length - cut + 1)
      next.set(block.subarray(cut))
      length -= cut
      const full = block
      block = next
      if (cut > 0) yield full.subarray(0, cut)
    }
  }
  if (length > 0) yield block.subarray(0, length)
}

/** How many lines a block has. */
export function countLines(block: Uint8Array): number {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.length)
  let lines = 0
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) lines++
  return lines
}

/** Every line of a block, its end left out. */
export function lineRanges(block: Uint8Array): { start: number; end: number }[] {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.length)
  const result: { start: number; end: number }[] = []
  let start = 0
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, start)) {
    result.push({ start, end: at })
    start = at + 1
  }
  return result
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
