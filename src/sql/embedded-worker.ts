import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { type FromWorker, type ToWorker, windowBytes } from './embedded.ts'

// The embedded server: PostgreSQL in this thread, spoken to in its wire protocol.
const { directory, unread } = workerData as { directory: string; unread: SharedArrayBuffer }
const port = parentPort
if (port === null) throw new Error('this file is the body of a worker thread')

const counter = new Int32Array(unread)
const say = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

/** Waits while the reader is behind, so that a large answer never piles up in memory. */
function send(bytes: Uint8Array): void {
  for (;;) {
    const ahead = Atomics.load(counter, 0)
    if (ahead < windowBytes) break
    Atomics.wait(counter, 0, ahead, 1000)
  }
  const copy = bytes.slice()
  Atomics.add(counter, 0, copy.length)
  say({ kind: 'bytes', bytes: copy }, [copy.buffer as ArrayBuffer])
}

const database = await PGlite.create(directory === '' ? {} : { dataDir: directory }).catch((error: unknown) => {
  say({ kind: 'failed', reason: error instanceof Error ? error.name : 'unknown' })
  return undefined
})

if (database !== undefined) {
  let last = Promise.resolve()
  const handle = async (message: ToWorker): Promise<void> => {
    if (message.kind === 'message') {
      await database.execProtocolRawStream(message.bytes, { onRawData: send })
    } else if (message.kind === 'reset') {
      await database.exec('ROLLBACK')
      await database.exec('DISCARD ALL')
    } else {
      await database.close()
      say({ kind: 'closed' })
      port.close()
    }
  }
  port.on('message', (message: ToWorker) => {
    last = last.then(() => handle(message))
  })
  say({ kind: 'ready' })
}
