/** One entry of the evidence as a signed message: Standard Webhooks 1.0, `v1` (HMAC-SHA-256). */
import { createHmac } from 'node:crypto'
import { sha256Hex } from '../base/hash.ts'
import type { Entry } from '../ledger.ts'
import type { Webhook } from './settings.ts'

/** The type of an entry without its version: `request.closed/1` is `request.closed`. */
export const eventOf = ({ type }: Entry): string => type.replace(/\/\d+$/, '')

export function isWanted(events: readonly string[], event: string): boolean {
  return events.some((one) => one === event || (one.endsWith('.*') && event.startsWith(one.slice(0, -1))))
}

export interface WebhookMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The id is the same at every try, the time that of the try. Entries hold no personal data, so neither does the message. */
export function messageOf(entry: Entry, { key }: Webhook, now: Date): WebhookMessage {
  const body = JSON.stringify({
    type: eventOf(entry),
    timestamp: entry.at,
    data: { ...entry.body, entry: entry.index, version: Number(entry.type.split('/')[1] ?? 1) },
  })
  const id = `msg_${sha256Hex(`${entry.controller}\n${entry.index}`).slice(0, 32)}`
  const seconds = String(Math.floor(now.getTime() / 1000))
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Kept',
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature}`,
  }
  return { headers, body }
}
