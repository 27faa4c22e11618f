import { isUtf8 } from 'node:buffer'
import { BlockSearch, type RowRange } from './block.ts'
import { type Compiled, compile } from './compiled.ts'
import { isFolded } from './escape.ts'
import type { Findings, Hit } from './finding.ts'
import type { NotSearched, SoughtIdentity } from './identity.ts'
import { LIMITS, type Limits } from './limits.ts'
import { Search } from './search.ts'
import { Tools } from './sieve.ts'
import { readVector, stems } from './vector.ts'

export type { RowRange } from './block.ts'
export type { Findings } from './finding.ts'
export type { NotSearched, SoughtIdentity } from './identity.ts'

/** What the bytes of a cell are: `bytes` for the raw bytes of a bytea or large object, else the PostgreSQL type of their text form. */
export interface CellKind {
  readonly type: string
}

/** A cell that comes in pieces, such as a large object. */
export interface CellStream {
  push(bytes: Uint8Array): void
  end(): Findings
}

/** Searches cells for a fixed list of identities. Holds no state between cells; one a thread. */
export interface Finder {
  /** All identities in one cell, each identity and encoding once. Never throws. */
  cell(bytes: Uint8Array, kind: CellKind): Findings
  /** The same for a cell that is too large to be held. */
  stream(kind: CellKind): CellStream
  /**
   * The rows of a block of COPY text output (whole lines) that must be opened cell by cell; all others are clean.
   * Not for tables with a column that `needsCells`.
   */
  suspects(block: Uint8Array): RowRange[]
  /** Columns of this type hold identities in a form that only `cell` can see. */
  needsCells(kind: CellKind): boolean
  /** Identities that would match nearly everything, and so are not searched. */
  readonly notSearched: readonly NotSearched[]
}

const NUMBERS = new Set([
  'int2',
  'int4',
  'int8',
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'float4',
  'float8',
  'oid',
  'money',
])
const CLEAN: Findings = { hits: [], unread: [] }
/** Stretches of a cell beyond the limit overlap by so much that a match over their edge is seen whole. */
const OVERLAP_BYTES = 64 << 10

/**
 * Compiles identities into a finder: one pass over the data however many they are.
 * `limits`: 64 MiB of a cell at once, 256 MiB decoded, 8 layers unless given.
 */
export function compileFinder(identities: readonly SoughtIdentity[], limits: Partial<Limits> = {}): Finder {
  return new CompiledFinder(compile(identities), { ...LIMITS, ...limits })
}

class CompiledFinder implements Finder {
  readonly notSearched: readonly NotSearched[]
  private readonly compiled: Compiled
  private readonly limits: Limits
  private readonly blocks: BlockSearch
  private readonly tools: Tools

  constructor(compiled: Compiled, limits: Limits) {
    this.compiled = compiled
    this.limits = limits
    this.notSearched = compiled.notSearched
    this.tools = new Tools(compiled)
    this.blocks = new BlockSearch(compiled, limits, this.tools)
  }

  cell(bytes: Uint8Array, kind: CellKind): Findings {
    const cell = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (cell.length < 3) return CLEAN
    const stretch = this.limits.cellBytes
    if (cell.length <= stretch) return this.stretch(cell, kind, cell.length)
    const stream = this.stream(kind)
    for (let at = 0; at < cell.length; at += stretch) stream.push(cell.subarray(at, at + stretch))
    return stream.end()
  }

  stream(kind: CellKind): CellStream {
    const most = Math.max(this.limits.cellBytes, OVERLAP_BYTES * 2)
    const hits = new Map<string, Hit>()
    const unread = new Set<string>()
    let held: Buffer[] = []
    let length = 0
    let total = 0
    const search = (bytes: Buffer) => {
      const findings = this.stretch(bytes, kind, total)
      for (const hit of findings.hits) hits.set(`${hit.identity}\n${hit.encoding}`, hit)
      for (const reason of findings.unread) unread.add(reason)
    }
    return {
      push: (bytes) => {
        held.push(Buffer.from(bytes))
        length += bytes.length
        total += bytes.length
        while (length > most) {
          const all = Buffer.concat(held)
          search(all.subarray(0, most))
          unread.add('unreadable: larger than is held at once; containers over its stretches are not opened')
          held = [all.subarray(most - OVERLAP_BYTES)]
          length = held[0]?.length ?? 0
        }
      },
      end: () => {
        search(Buffer.concat(held))
        return { hits: [...hits.values()], unread: [...unread] }
      },
    }
  }

  suspects(block: Uint8Array): RowRange[] {
    return this.blocks.suspects(block)
  }

  needsCells(kind: CellKind): boolean {
    return kind.type === 'tsvector'
  }

  private stretch(bytes: Buffer, kind: CellKind, cellBytes: number): Findings {
    if (kind.type !== 'bytes' && kind.type !== 'tsvector' && this.isClean(bytes)) return CLEAN
    const search = new Search(
      this.compiled,
      this.limits,
      cellBytes,
      this.tools,
      NUMBERS.has(kind.type) ? 'number' : 'raw',
    )
    try {
      search.examine(bytes, '', 0, new Set(), true)
      if (kind.type === 'tsvector') this.vector(bytes, search)
    } catch (cause) {
      search.unread.add(`unreadable: ${cause instanceof RangeError ? 'too large' : 'fault while reading'}`)
    }
    if (search.hits.size === 0 && search.unread.size === 0) return CLEAN
    return { hits: [...search.hits.values()], unread: [...search.unread] }
  }

  /** Whether a text holds nothing to look at. */
  private isClean(text: Buffer): boolean {
    const { length } = text
    return this.tools.sieve.next(text, 0, length) === length && isUtf8(text) && !text.includes(0) && !isFolded(text)
  }

  /** A vector holds a text's words: names and addresses are found in the text that their positions give, or all present. */
  private vector(bytes: Buffer, search: Search): void {
    const vector = readVector(bytes.toString('utf8'))
    search.examine(Buffer.from(vector.text), 'tokens', 1, new Set(), false)
    for (const [index, identity] of this.compiled.identities.entries()) {
      if (!['name', 'address', 'email'].includes(identity.kind)) continue
      const words = identity.value.toLowerCase().split(identity.kind === 'email' ? /\s+/ : /[^\p{L}\p{N}'@.-]+/u)
      if (words.every((word) => word === '' || stems(word).some((stem) => vector.words.has(stem)))) {
        search.report(index, 'tokens', false)
      }
    }
  }
}
