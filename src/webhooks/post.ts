/** A message is posted once: no redirection is followed, nothing of the answer is read but its status. */
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { WebhookMessage } from './message.ts'
import { isPublic, publicOnly } from './reachable.ts'

const timeoutMs = 15_000

/** `status` of the answer; `why` where there was none: `not-public`, `not-secure`, `timeout`, `unreachable`. */
export type Posted =
  | { readonly status: number }
  | { readonly why: 'not-public' | 'not-secure' | 'timeout' | 'unreachable' }

/** `inside`: the own net may be reached, without TLS too. */
export function postMessage(url: string, { headers, body }: WebhookMessage, inside: boolean): Promise<Posted> {
  const at = new URL(url)
  if (!inside && at.protocol !== 'https:') return Promise.resolve({ why: 'not-secure' })
  const host = at.hostname.replace(/^\[|\]$/g, '')
  // A name is looked at when it is resolved; an address in figures is resolved by nobody.
  if (!inside && /^[\d.]+$|:/.test(host) && !isPublic(host)) return Promise.resolve({ why: 'not-public' })
  const request = at.protocol === 'https:' ? secureRequest : plainRequest
  return new Promise((resolve) => {
    const asked = request(at, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      ...(inside ? {} : { lookup: publicOnly }),
    })
    asked.once('response', (answer) => {
      resolve({ status: answer.statusCode ?? 0 })
      answer.destroy()
    })
    asked.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTPUBLIC') resolve({ why: 'not-public' })
      else resolve({ why: error.name === 'AbortError' || error.name === 'TimeoutError' ? 'timeout' : 'unreachable' })
    })
    asked.end(body)
  })
}
