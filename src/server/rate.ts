/** Nobody asks more often than the bucket holds; memory is bounded whoever comes. Token bucket, the oldest callers forgotten first. */
export interface RateLimit {
  /** Requests at once. */
  readonly burst: number
  readonly perMinute: number
}

interface Bucket {
  tokens: number
  at: number
}

// A caller that is forgotten starts with a full bucket: with fewer places a flood of addresses would free the flooder.
const MOST_CALLERS = 20_000

export class RateLimiter {
  readonly #limit: RateLimit
  readonly #now: () => number
  readonly #buckets = new Map<string, Bucket>()

  constructor(limit: RateLimit, now: () => number = () => performance.now()) {
    this.#limit = limit
    this.#now = now
  }

  /** Takes one; false where the caller has none left. */
  take(caller: string): boolean {
    const now = this.#now()
    const { burst, perMinute } = this.#limit
    const before = this.#buckets.get(caller) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, before.tokens + ((now - before.at) * perMinute) / 60_000)
    this.#buckets.delete(caller)
    this.#buckets.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
    if (this.#buckets.size > MOST_CALLERS) {
      const oldest = this.#buckets.keys().next()
      if (!oldest.done) this.#buckets.delete(oldest.value)
    }
    return tokens >= 1
  }

  get callers(): number {
    return this.#buckets.size
  }
}
