import { parentPort, workerData } from 'node:worker_threads'
import { compileFinder, type SoughtIdentity } from './index.ts'
import type { SearchedBlock } from './threads.ts'

// One finder in a thread of its own: blocks come and go with their memory, nothing is copied.
const port = parentPort
if (port === null) throw new Error('this file is the body of a worker thread')

const { identities } = workerData as { identities: readonly SoughtIdentity[] }
const finder = compileFinder(identities)

port.on('message', (bytes: Uint8Array<ArrayBuffer>) => {
  const rows = finder.suspects(bytes)
  const ranges = new Uint32Array(rows.length * 2)
  for (const [at, { start, end }] of rows.entries()) ranges.set([start, end], at * 2)
  port.postMessage({ bytes, ranges } satisfies SearchedBlock, [bytes.buffer, ranges.buffer])
})
