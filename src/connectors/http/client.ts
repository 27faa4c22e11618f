import { setTimeout as pause } from 'node:timers/promises'
import { addDuration } from '../../base/duration.ts'
import { isLoopback } from '../../base/loopback.ts'
import type { ApiMap } from '../../language/store-map.ts'
import { SourceFailure } from '../items/source.ts'

/** A longer answer is not read. */
const longestAnswer = 64 << 20
const defaults = { timeoutMs: 30_000, rate: 10, retries: 4 }
/** What may pass by itself (RFC 9110): too many requests, and a server that is down. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504])
const longestWaitMs = 60_000

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The JSON of the answer; undefined where it has none. */
  readonly body: unknown
}

/** Asks an HTTP API: signed in, no faster than it may be asked, again after what passes. It never follows a redirection elsewhere. */
export class ApiClient {
  readonly #base: URL
  readonly #user: string
  readonly #password: string
  readonly #api: ApiMap
  readonly #timeoutMs: number
  #token: { readonly value: string; readonly until: number } | undefined
  #next = 0

  constructor(connection: string, api: ApiMap) {
    const url = new URL(connection)
    if (url.protocol !== 'https:' && !isLoopback(url.hostname))
      throw new SourceFailure('refused', 'an address without TLS is for this machine only')
    this.#user = decodeURIComponent(url.username)
    this.#password = decodeURIComponent(url.password)
    url.username = ''
    url.password = ''
    this.#base = url
    this.#api = api
    this.#timeoutMs = api.timeout === undefined ? defaults.timeoutMs : addDuration(new Date(0), api.timeout).getTime()
  }

  /** Rejects with a `SourceFailure`; answers 404 and 410 as they are. */
  async ask(method: string, target: string, body?: unknown, type = 'application/json'): Promise<Answer> {
    const url = this.#place(target)
    const retries = this.#api.retries ?? defaults.retries
    for (let attempt = 0; ; attempt++) {
      await this.#turn()
      const answer = await this.#send(method, url, body, type).catch((error: unknown) => error as SourceFailure)
      const again = attempt < retries
      if (answer instanceof SourceFailure) {
        if (!again || answer.kind !== 'unreachable') throw answer
        await pause(waitMs(undefined, attempt))
      } else if (answer.status === 401 && this.#token !== undefined && again) this.#token = undefined
      else if (PASSING.has(answer.status) && again) await pause(waitMs(answer.headers.get('retry-after'), attempt))
      else return judged(answer)
    }
  }

  /** A path below the address, or the whole address of a next page of the same server. */
  #place(target: string): URL {
    const url = target.startsWith('/')
      ? new URL(this.#base.pathname.replace(/\/$/, '') + target, this.#base)
      : new URL(target, this.#base)
    if (url.origin !== this.#base.origin) throw new SourceFailure('refused', 'a page leads to another server')
    return url
  }

  async #turn(): Promise<void> {
    const now = Date.now()
    const at = Math.max(now, this.#next)
    this.#next = at + 1000 / (this.#api.rate ?? defaults.rate)
    if (at > now) await pause(at - now)
  }

  async #send(method: string, url: URL, body: unknown, type: string): Promise<Answer> {
    const headers: Record<string, string> = { accept: 'application/json', ...(await this.#signIn()) }
    if (body !== undefined) headers['content-type'] = type
    return await this.#fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  }

  async #fetch(url: URL, init: RequestInit): Promise<Answer> {
    try {
      const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(this.#timeoutMs) })
      const text = await readText(response)
      return { status: response.status, headers: response.headers, body: parsed(text) }
    } catch (error) {
      if (error instanceof SourceFailure) throw error
      if ((error as Error).name === 'TimeoutError') throw new SourceFailure('timeout', 'no answer in time', error)
      throw new SourceFailure('unreachable', 'no connection', error)
    }
  }

  async #signIn(): Promise<Record<string, string>> {
    const { auth } = this.#api
    if (auth === undefined) return {}
    if (auth.is === 'bearer') return { authorization: `Bearer ${this.#password}` }
    if (auth.is === 'header') return { [auth.name]: this.#password }
    const basic = Buffer.from(`${encodeURIComponent(this.#user)}:${encodeURIComponent(this.#password)}`).toString(
      'base64',
    )
    if (auth.is === 'basic')
      return { authorization: `Basic ${Buffer.from(`${this.#user}:${this.#password}`).toString('base64')}` }
    if (this.#token === undefined || this.#token.until < Date.now()) {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        ...(auth.scope === undefined ? {} : { scope: auth.scope }),
      })
      const headers = {
        authorization: `Basic ${basic}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      }
      const { status, body } = await this.#fetch(this.#place(auth.token), {
        method: 'POST',
        headers,
        body: form.toString(),
      })
      const { access_token: value, expires_in: seconds } = (body ?? {}) as {
        access_token?: unknown
        expires_in?: unknown
      }
      if (PASSING.has(status)) throw new SourceFailure('unreachable', `status ${status}`)
      if (status !== 200 || typeof value !== 'string') throw new SourceFailure('permission', 'no token was given')
      // A token is renewed a little before its end.
      this.#token = { value, until: Date.now() + Math.max(1, (typeof seconds === 'number' ? seconds : 60) - 10) * 1000 }
    }
    return { authorization: `Bearer ${this.#token.value}` }
  }
}

function judged(answer: Answer): Answer {
  const { status } = answer
  if (status < 300 || status === 404 || status === 410) return answer
  if (status === 401 || status === 403) throw new SourceFailure('permission', `status ${status}`)
  if (status === 409 || status === 412 || status === 423) throw new SourceFailure('locked', `status ${status}`)
  if (PASSING.has(status)) throw new SourceFailure('unreachable', `status ${status}`)
  throw new SourceFailure('refused', `status ${status}`)
}

/** As long as the server asks for (RFC 9110 section 10.2.3), else growing; never longer than a minute. */
function waitMs(retryAfter: string | null | undefined, attempt: number): number {
  const seconds = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined
  const until = retryAfter && seconds === undefined ? Date.parse(retryAfter) - Date.now() : undefined
  const asked = seconds === undefined ? until : seconds * 1000
  return Math.min(longestWaitMs, Math.max(0, asked !== undefined && !Number.isNaN(asked) ? asked : 250 * 2 ** attempt))
}

async function readText(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    if (length > longestAnswer) throw new SourceFailure('refused', 'an answer is larger than is read')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
