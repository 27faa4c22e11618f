/** Letters that are due are sent; what passes is tried again with growing waits until five days are over (RFC 5321 section 4.5.4.1). */
import type { Fault } from '../language/fault.ts'
import type { DueLetter, Letters } from '../letters.ts'
import { composeLetter, type Sender } from './compose.ts'
import type { MailTransport } from './transport.ts'

const minuteMs = 60_000
/** After the first try, the second …; the last one stays. */
const waitsMs = [1, 5, 15, 60, 180, 360].map((minutes) => minutes * minuteMs)
const giveUpMs = 5 * 24 * 60 * minuteMs
/** Long enough for a slow server, so that no letter is sent by two at the same time. */
const leaseMs = 10 * minuteMs
const atOnce = 4

export interface SentLetters {
  readonly accepted: number
  /** Refused or given up for good. */
  readonly failed: number
  readonly retried: number
  /** Why no letter gets through at present. */
  readonly down?: Fault
}

/** When a letter is tried again after this many tries; undefined where its time is over. */
export function nextTry(attempts: number, createdAt: string, now: Date): Date | undefined {
  const wait = waitsMs[Math.min(Math.max(attempts, 1), waitsMs.length) - 1] ?? minuteMs
  const at = now.getTime() + wait
  return at - Date.parse(createdAt) > giveUpMs ? undefined : new Date(at)
}

/**
 * Sends up to `limit` due letters (default 100), four at a time. Any number may do so at once: a letter is handed out to
 * one of them. A crash after the server took a letter sends it again under the same Message-ID, which receivers drop.
 */
export async function sendDue(
  letters: Letters,
  transport: MailTransport,
  sender: Sender,
  now: () => Date = () => new Date(),
  limit = 100,
): Promise<SentLetters> {
  const sent = { accepted: 0, failed: 0, retried: 0 }
  let down: Fault | undefined
  for (let left = limit; left > 0 && down === undefined; ) {
    const due = await letters.due(Math.min(left, atOnce), leaseMs)
    if (due.length === 0) break
    left -= due.length
    for (const outcome of await Promise.all(due.map((one) => sendOne(letters, transport, sender, now, one)))) {
      sent[outcome.is]++
      down ??= outcome.down
    }
  }
  return down === undefined ? sent : { ...sent, down }
}

interface Outcome {
  readonly is: 'accepted' | 'failed' | 'retried'
  readonly down?: Fault
}

async function sendOne(
  letters: Letters,
  transport: MailTransport,
  sender: Sender,
  now: () => Date,
  { record, letter }: DueLetter,
): Promise<Outcome> {
  const message = await composeLetter(letter, record, sender, now()).catch(() => undefined)
  if (message === undefined) {
    // No address or too large: no time mends that.
    await letters.failed(record.id)
    return { is: 'failed' }
  }
  const sent = await transport.send(message)
  if (sent.is === 'accepted') {
    await letters.accepted(record.id, sent.reply)
    return { is: 'accepted' }
  }
  const again = sent.is === 'refused' ? undefined : nextTry(record.attempts, record.createdAt, now())
  const down = sent.is === 'down' ? { down: sent.fault } : {}
  if (again === undefined) await letters.failed(record.id, sent.reply)
  else await letters.retry(record.id, again.toISOString(), sent.reply)
  return { is: again === undefined ? 'failed' : 'retried', ...down }
}
