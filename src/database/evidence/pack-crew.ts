import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type CheckedChunk, type Chunk, checkChunk } from './pack-lines.ts'

/** Threads are worth their start only from this many chunks on. */
const chunksBeforeThreads = 16
const mostThreads = 8

/** Checks chunks of a pack: the first few here, then in threads; at most two chunks wait for each thread. */
export class PackCrew {
  readonly #workers: Worker[] = []
  readonly #idle: Worker[] = []
  readonly #turns: (() => void)[] = []
  #given = 0

  async check(chunk: Chunk): Promise<CheckedChunk> {
    this.#given++
    if (this.#given <= chunksBeforeThreads) return checkChunk(chunk)
    if (this.#workers.length === 0) this.#start()
    const worker = await this.#next()
    try {
      return await new Promise<CheckedChunk>((resolve, reject) => {
        worker.once('message', (checked: CheckedChunk) => {
          worker.removeListener('error', reject)
          resolve(checked)
        })
        worker.once('error', reject)
        worker.postMessage(chunk, [chunk.bytes.buffer as ArrayBuffer])
      })
    } finally {
      this.#idle.push(worker)
      this.#turns.shift()?.()
    }
  }

  /** How many chunks may be under way at once. */
  get depth(): number {
    return this.#workers.length === 0 ? 1 : this.#workers.length * 2
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  #start(): void {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    for (let i = 0; i < Math.min(availableParallelism(), mostThreads); i++) {
      const worker = new Worker(new URL(`./pack-worker.${extension}`, import.meta.url), { name: 'kept-evidence' })
      this.#workers.push(worker)
      this.#idle.push(worker)
    }
  }

  async #next(): Promise<Worker> {
    for (;;) {
      const worker = this.#idle.pop()
      if (worker !== undefined) return worker
      await new Promise<void>((resolve) => this.#turns.push(resolve))
    }
  }
}
