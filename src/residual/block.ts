import type { Compiled } from './compiled.ts'
import { FILLER_BYTE } from './fold.ts'
import type { Limits } from './limits.ts'
import { Search } from './search.ts'
import type { Tools } from './sieve.ts'

/** A row of a block: [start, end), its line end left out. */
export interface RowRange {
  readonly start: number
  readonly end: number
}

const NEXT: Readonly<Record<number, number>> = { 78: 32, 110: 13, 114: 13, 116: 32, 92: 92, 98: 32, 102: 32, 118: 32 }

/** Shortens the escapes of COPY text in place, keeping every position: `\n` becomes a filler and a carriage return. */
function shortenEscapes(bytes: Buffer): void {
  for (let at = bytes.indexOf(92); at !== -1; at = bytes.indexOf(92, at + 2)) {
    const next = NEXT[bytes[at + 1] ?? 0]
    if (next === undefined) continue
    bytes[at] = FILLER_BYTE
    bytes[at + 1] = next
  }
}

/** The text of a COPY row without its escapes (PostgreSQL manual, COPY, text format); tabs between cells stay. */
export function unescapeCopy(bytes: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte !== 92) {
      out[length++] = byte
      continue
    }
    const escaped = bytes[++at] ?? 92
    const simple = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12, 118: 11 }[escaped]
    out[length++] = simple ?? escaped
  }
  return out.subarray(0, length)
}

/** Searches blocks of rows for rows that need to be opened cell by cell. */
export class BlockSearch {
  private readonly compiled: Compiled
  private readonly limits: Limits
  private readonly tools: Tools
  private scratch: Buffer = Buffer.alloc(0)

  constructor(compiled: Compiled, limits: Limits, tools: Tools) {
    this.compiled = compiled
    this.limits = limits
    this.tools = tools
  }

  /** Rows of whole COPY text lines in which something was found or could not be read. */
  suspects(block: Uint8Array): RowRange[] {
    const to = block.length
    if (this.scratch.length < to) this.scratch = Buffer.allocUnsafe(to)
    const bytes = this.scratch.subarray(0, to)
    bytes.set(block)
    shortenEscapes(bytes)
    const rows: RowRange[] = []
    for (let at = this.tools.sieve.next(bytes, 0, to); at < to; ) {
      const start = at === 0 ? 0 : bytes.lastIndexOf(10, at - 1) + 1
      const line = bytes.indexOf(10, at)
      const end = line === -1 ? to : line
      if (this.holds(block.subarray(start, end))) rows.push({ start, end })
      at = this.tools.sieve.next(bytes, end, to)
    }
    return rows
  }

  private holds(row: Uint8Array): boolean {
    const text = unescapeCopy(row)
    const search = new Search(this.compiled, this.limits, 0, this.tools)
    search.examine(text, '', 0, new Set(), false)
    return search.hits.size > 0 || search.unread.size > 0
  }
}
