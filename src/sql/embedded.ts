import { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { SqlFailure } from './failure.ts'
import { cachedSnapshot } from './snapshot.ts'
import { type FromWorker, MessageFrames, type ToWorker } from './wire.ts'

export interface EmbeddedServer {
  /** A connection as a byte stream, as `pg` wants it; one at a time. */
  connect(): Duplex
  close(): Promise<void>
}

/** Starts PostgreSQL in a worker thread: a long statement never holds up this thread. Empty `directory`: in memory. */
export async function startEmbedded(directory: string): Promise<EmbeddedServer> {
  const unread = new SharedArrayBuffer(4)
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./embedded-worker.${extension}`, import.meta.url), {
    workerData: { directory, unread, snapshot: cachedSnapshot() },
    name: 'kept-database',
    // A flag of the calling process (--input-type, --test) is none of the worker's.
    execArgv: [],
  })
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve()
      else reject(new SqlFailure({ kind: 'unreachable' }))
    })
    worker.once('error', () => reject(new SqlFailure({ kind: 'unreachable' })))
  })
  try {
    await ready
  } catch (error) {
    await worker.terminate()
    throw error
  }
  let current: WorkerStream | undefined
  let stopped = false
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'bytes') current?.receive(message.bytes)
  })
  worker.on('error', () => undefined)
  worker.once('exit', () => {
    stopped = true
    current?.destroy()
  })
  return {
    connect() {
      current = new WorkerStream(worker, new Int32Array(unread), stopped)
      return current
    },
    async close() {
      if (stopped) return
      const exited = new Promise<void>((resolve) => {
        worker.once('exit', () => resolve())
      })
      worker.postMessage({ kind: 'close' } satisfies ToWorker)
      await exited
    },
  }
}

/** The wire protocol to the worker as a socket-like stream; back-pressure through a shared count of unread bytes. */
class WorkerStream extends Duplex {
  readonly #worker: Worker
  readonly #unread: Int32Array
  readonly #stopped: boolean
  readonly #frames = new MessageFrames()
  #waiting: Uint8Array[] = []

  constructor(worker: Worker, unread: Int32Array, stopped: boolean) {
    super({ allowHalfOpen: false })
    this.#worker = worker
    this.#unread = unread
    this.#stopped = stopped
  }

  connect(): this {
    if (this.#stopped) {
      process.nextTick(() => this.destroy(Object.assign(new Error('stopped'), { code: 'ECONNREFUSED' })))
      return this
    }
    this.#worker.postMessage({ kind: 'reset' } satisfies ToWorker)
    process.nextTick(() => this.emit('connect'))
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    this.#worker.ref()
    return this
  }

  unref(): this {
    this.#worker.unref()
    return this
  }

  receive(bytes: Uint8Array): void {
    if (this.destroyed) {
      this.#consumed(bytes.length)
      return
    }
    if (this.#waiting.length > 0) this.#waiting.push(bytes)
    else this.#pass(bytes)
  }

  override _read(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (let i = 0; i < waiting.length; i++) {
      if (!this.#pass(waiting[i] as Uint8Array)) {
        this.#waiting = waiting.slice(i + 1).concat(this.#waiting)
        return
      }
    }
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#forward(chunk)
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#forward(
      chunks.length === 1 ? (chunks[0]?.chunk ?? Buffer.alloc(0)) : Buffer.concat(chunks.map((one) => one.chunk)),
    )
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    for (const bytes of this.#waiting) this.#consumed(bytes.length)
    this.#waiting = []
    done(error)
  }

  #forward(chunk: Buffer): void {
    const message = this.#frames.take(chunk)
    if (message !== undefined) this.#worker.postMessage({ kind: 'message', bytes: message } satisfies ToWorker)
  }

  #pass(bytes: Uint8Array): boolean {
    const more = this.push(bytes)
    this.#consumed(bytes.length)
    return more
  }

  #consumed(count: number): void {
    Atomics.sub(this.#unread, 0, count)
    Atomics.notify(this.#unread, 0)
  }
}
