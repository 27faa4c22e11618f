/** A mail is parsed within bounds of depth, header, time and memory; whatever breaks one of them is no mail that people send. */
import { Worker } from 'node:worker_threads'
import PostalMime, { type Email } from 'postal-mime'
import { isOrdinary } from './shape.ts'

export const bounds = { maxNestingDepth: 20, maxHeadersSize: 1 << 17, forceRfc822Attachments: true }

// Up to this size a parser that takes the square of it is done in some hundredths of a second.
const smallBytes = 1 << 16
const timeoutMs = 20_000

/** The mail, or undefined where it breaks a bound. */
export async function parseMail(message: Uint8Array): Promise<Email | undefined> {
  if (!isOrdinary(message)) return undefined
  try {
    return message.byteLength <= smallBytes ? await PostalMime.parse(message, bounds) : await parseApart(message)
  } catch {
    return undefined
  }
}

function parseApart(message: Uint8Array): Promise<Email> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./parse-worker.${extension}`, import.meta.url), {
    workerData: message,
    name: 'kept-mail',
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 384 },
  })
  return new Promise<Email>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('a mail takes too long')), timeoutMs)
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(timer)
      reject(new Error('the thread ended'))
    })
  }).finally(() => worker.terminate())
}
