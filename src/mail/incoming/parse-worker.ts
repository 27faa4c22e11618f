/** Parses one mail in a thread of its own: what takes too long there is ended, and stops nobody else. */
import { parentPort, workerData } from 'node:worker_threads'
import PostalMime from 'postal-mime'
import { bounds } from './parse.ts'

parentPort?.postMessage(await PostalMime.parse(workerData as Uint8Array, bounds))
