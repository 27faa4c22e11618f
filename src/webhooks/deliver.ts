/** What happened is told to other systems in order, each entry until it was taken; one that takes nothing for five days is left alone. */
import type { Ledger } from '../ledger.ts'
import type { LogReaders } from '../readers.ts'
import { eventOf, isWanted, messageOf } from './message.ts'
import { postMessage } from './post.ts'
import type { Webhook } from './settings.ts'

const minuteMs = 60_000
const waitsMs = [0.1, 1, 5, 30, 120, 360].map((minutes) => minutes * minuteMs)
const giveUpMs = 5 * 24 * 60 * minuteMs
const leaseMs = 5 * minuteMs

/** Under which name a webhook reads the log. */
export const readerOf = (webhook: string): string => `webhook.${webhook}`

export interface Delivered {
  readonly delivered: number
  /** Why the next message was not taken: an HTTP status, or the reason that there was none. */
  readonly failed?: string
  /** It takes nothing for five days, or said 410: started again by hand. */
  readonly stopped: boolean
}

/**
 * Posts the entries of the log that a webhook wants, from where it left off, at most `most` (default 1000). Several may call
 * it at once: one of them does the work. A message may come twice after a crash, under the same `webhook-id`.
 */
export async function deliver(
  readers: LogReaders,
  ledger: Pick<Ledger, 'entries'>,
  webhook: Webhook,
  now: () => Date = () => new Date(),
  most = 1000,
): Promise<Delivered> {
  const name = readerOf(webhook.name)
  const reader = await readers.claim(name, leaseMs)
  if (reader === undefined) return { delivered: 0, stopped: false }
  let { next, attempts, failingSince } = reader
  let delivered = 0
  let read = next
  for await (const entry of ledger.entries(next)) {
    if (delivered === most) break
    if (isWanted(webhook.events, eventOf(entry))) {
      const posted = await postMessage(webhook.url, messageOf(entry, webhook, now()), webhook.private)
      const taken = 'status' in posted && posted.status >= 200 && posted.status < 300
      if (!taken) {
        const failed = 'status' in posted ? `status ${posted.status}` : posted.why
        // What was passed over needs no second look.
        if (entry.index > next && !(await readers.moved(name, next, entry.index, leaseMs)))
          return { delivered, stopped: false }
        if (entry.index > next) [attempts, failingSince] = [0, undefined]
        const gone = 'status' in posted && posted.status === 410
        const over = now().getTime() - Date.parse(failingSince ?? now().toISOString()) > giveUpMs
        const wait = waitsMs[Math.min(attempts, waitsMs.length - 1)] ?? minuteMs
        await readers.failed(name, entry.index, new Date(now().getTime() + wait).toISOString())
        if (gone || over) await readers.stop(name, entry.index)
        return { delivered, failed, stopped: gone || over }
      }
      delivered++
      if (!(await readers.moved(name, next, entry.index + 1, leaseMs))) return { delivered, stopped: false }
      next = entry.index + 1
      ;[attempts, failingSince] = [0, undefined]
    }
    read = entry.index + 1
  }
  await readers.moved(name, next, read, 0)
  return { delivered, stopped: false }
}
