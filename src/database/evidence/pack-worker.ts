import { parentPort } from 'node:worker_threads'
import { type Chunk, checkChunk } from './pack-lines.ts'

// Checks chunks of a pack in a thread of its own.
parentPort?.on('message', (chunk: Chunk) => {
  parentPort?.postMessage(checkChunk(chunk))
})
