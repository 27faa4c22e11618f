/** A fact in the evidence log: canonical JSON (RFC 8785) of a versioned type; never personal data, only pseudonyms and ids. */
export interface Fact {
  /** Versioned type, e.g. `request.executed/1`. */
  readonly type: string
  readonly body: { readonly [key: string]: Json }
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A fact as it stands in the log. `index` counts from 0, gap-free over all processes. */
export interface Entry extends Fact {
  readonly index: number
  /** Instant of the append, RFC 3339 in UTC. */
  readonly at: string
  readonly controller: string
  /** RFC 9162 leaf hash, hex. */
  readonly leaf: string
}

/** A signed statement of the log's size and root (C2SP signed note over an RFC 9162 tree head). */
export interface Checkpoint {
  readonly size: number
  readonly root: string
  readonly note: string
}

/** The append-only evidence log. An append has returned only when the entry is durable. */
export interface Ledger {
  append(facts: readonly Fact[]): Promise<readonly Entry[]>
  entries(from?: number, to?: number): AsyncIterable<Entry>
  checkpoint(): Promise<Checkpoint>
}
