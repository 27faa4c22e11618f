import type { RateLimit } from './rate.ts'

/** How the HTTP side behaves; `kept.server.yaml` says it. */
export interface HttpSettings {
  /** Where people and browsers reach this server, without a path: `https://privacy.example.org`. */
  readonly publicAddress: string
  /** Addresses and networks of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
  readonly limits: {
    readonly bodyBytes: number
    readonly requestMs: number
    /** For each address, before anybody is known. */
    readonly address: RateLimit
    /** For each member of staff. */
    readonly staff: RateLimit
  }
}
