import { Worker } from 'node:worker_threads'
import type { SoughtIdentity } from './identity.ts'

/** A block that was searched, with its bytes given back. */
export interface SearchedBlock {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Start and end of each row that must be opened, one after the other. */
  readonly ranges: Uint32Array<ArrayBuffer>
}

interface Thread {
  readonly worker: Worker
  readonly waiting: { resolve: (block: SearchedBlock) => void; reject: (error: unknown) => void }[]
  failure?: unknown
}

/** Finders for the same identities in threads of their own, so that one block is searched while the next is read. */
export class FinderThreads {
  readonly #threads: Thread[]

  constructor(identities: readonly SoughtIdentity[], count: number) {
    this.#threads = Array.from({ length: count }, () => startThread(identities))
  }

  /**
   * The rows of a block of COPY text (whole lines) that must be opened; as `Finder.suspects`. The bytes must own their
   * memory: it moves to the thread, and comes back with the answer.
   */
  async suspects(bytes: Uint8Array<ArrayBuffer>): Promise<SearchedBlock> {
    const [thread] = [...this.#threads].sort((one, other) => one.waiting.length - other.waiting.length)
    if (thread === undefined) throw new RangeError('there are no threads')
    if (thread.failure !== undefined) throw thread.failure
    return new Promise((resolve, reject) => {
      thread.waiting.push({ resolve, reject })
      thread.worker.postMessage(bytes, [bytes.buffer])
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
  }
}

function startThread(identities: readonly SoughtIdentity[]): Thread {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./suspects-worker.${extension}`, import.meta.url), {
    workerData: { identities },
    name: 'kept-search',
    // A flag of the calling process (--input-type, --test) is none of the worker's.
    execArgv: [],
  })
  const thread: Thread = { worker, waiting: [] }
  const fail = (error: unknown) => {
    thread.failure ??= error
    for (const { reject } of thread.waiting.splice(0)) reject(error)
  }
  worker.on('message', (block: SearchedBlock) => thread.waiting.shift()?.resolve(block))
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('a thread of the search ended')))
  return thread
}
