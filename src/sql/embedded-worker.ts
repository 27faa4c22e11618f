import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { gunzipSync } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { layOut, readSnapshot, writeSnapshot } from './snapshot.ts'
import { type FromWorker, type ToWorker, windowBytes } from './wire.ts'

// The embedded server: PostgreSQL in this thread, spoken to in its wire protocol.
const { directory, unread, snapshot } = workerData as { directory: string; unread: SharedArrayBuffer; snapshot: string }
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

/** An empty database as an archive: from the snapshot; without a usable one initialised, and the snapshot made for the next. */
async function emptyDatabase(): Promise<Buffer> {
  const known = readSnapshot(snapshot)
  if (known !== undefined) return known
  const database = await PGlite.create()
  const packed = new Uint8Array(await (await database.dumpDataDir('gzip')).arrayBuffer())
  await database.close()
  writeSnapshot(snapshot, packed)
  return gunzipSync(packed)
}

/** The database in `directory`, laid out beside it first: a kill in the middle never leaves half of one in its place. */
async function open(): Promise<PGlite> {
  if (directory === '') return PGlite.create({ loadDataDir: new Blob([new Uint8Array(await emptyDatabase())]) })
  if (!existsSync(join(directory, 'PG_VERSION'))) {
    const unfinished = `${directory}.unfinished`
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(dirname(directory), { recursive: true, mode: 0o700 })
    layOut(await emptyDatabase(), unfinished)
    renameSync(unfinished, directory)
  }
  return PGlite.create({ dataDir: directory })
}

try {
  const database = await open()
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
} catch {
  say({ kind: 'failed' })
}
