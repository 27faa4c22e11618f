import { availableParallelism } from 'node:os'
import type { SoughtIdentity } from '../../residual/index.ts'
import { FinderThreads, type SearchedBlock } from '../../residual/threads.ts'

/** Less than this is read sooner than threads have started. */
const threadsFromBytes = 8 << 20
/** Larger blocks hold one long row: they are not kept to be used again. */
const mostSpareBytes = 4 << 20
const mostThreads = 4

type UseRows = (block: Uint8Array, ranges: Iterable<{ start: number; end: number }>) => void

/** Blocks that are searched by other threads while the next are read: a few at a time, their rows used in the order they came. */
export class BlockQueue {
  /** Blocks to be filled anew. */
  readonly spare: Uint8Array<ArrayBuffer>[] = []
  readonly #identities: readonly SoughtIdentity[]
  /** One processor is left to the reading. */
  readonly #count = Math.min(mostThreads, availableParallelism() - 1)
  readonly #waiting: { block: Promise<SearchedBlock>; use: UseRows }[] = []
  #threads: FinderThreads | undefined
  #bytes = 0

  constructor(identities: readonly SoughtIdentity[]) {
    this.#identities = identities
  }

  /** False while so little has been read that another thread would not help. */
  takes(block: Uint8Array): boolean {
    this.#bytes += block.length
    return this.#count > 0 && this.#bytes > threadsFromBytes
  }

  /** Returns once there is room for one more; `use` is called with the rows to be opened, at the latest by `drain`. */
  async add(bytes: Uint8Array<ArrayBuffer>, use: UseRows): Promise<void> {
    this.#threads ??= new FinderThreads(this.#identities, this.#count)
    const block = this.#threads.suspects(bytes)
    block.catch(() => undefined)
    this.#waiting.push({ block, use })
    while (this.#waiting.length > this.#count * 2) await this.#useFirst()
  }

  async drain(): Promise<void> {
    while (this.#waiting.length > 0) await this.#useFirst()
  }

  async close(): Promise<void> {
    await this.#threads?.close()
  }

  async #useFirst(): Promise<void> {
    const first = this.#waiting.shift()
    if (first === undefined) return
    const { bytes, ranges } = await first.block
    first.use(bytes, pairs(ranges))
    if (bytes.buffer.byteLength <= mostSpareBytes) this.spare.push(bytes)
  }
}

function* pairs(ranges: Uint32Array): Generator<{ start: number; end: number }> {
  for (let at = 0; at < ranges.length; at += 2) yield { start: ranges[at] ?? 0, end: ranges[at + 1] ?? 0 }
}
