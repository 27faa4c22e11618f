import type { Obstacle, Store } from '../connector.ts'
import type { Ledger } from '../ledger.ts'
import type { LiveSchema } from '../live-schema.ts'
import type { Holds, Records, RequestKind, Versions } from '../records.ts'

/** What happens while a request runs, for a progress line: names of stores and counts, no persons. */
export interface Progress {
  readonly act: 'look' | 'execute' | 'again' | 'search' | 'export' | 'replay'
  readonly store: string
  readonly done?: number
  readonly of?: number
  readonly bytes?: number
}

/**
 * All that the request engine works with. Nothing is opened or closed here: whoever builds it does that.
 * `unopened`: stores whose connection could not even be prepared (e.g. its environment variable is missing), with the fault's code.
 */
export interface Engine {
  readonly records: Records & Ledger & Pick<Versions, 'versions'> & Pick<Holds, 'holds' | 'heldIdentities'>
  readonly stores: readonly Store[]
  readonly unopened: readonly { readonly store: string; readonly code: string; readonly tables: readonly string[] }[]
  /** SHA-256 of the policy in force. */
  readonly policy: string
  /** Why the map of a store does not fit its live schema: what it says forbids every erasure there. */
  misfits?(store: Store, live: LiveSchema): readonly Obstacle[]
  /** Whether who approves an erasure may be who entered it; default one-person. */
  readonly approval?: 'one-person' | 'two-people'
  /** A staff member's id as evidence may hold it. */
  staff(who: string): string
  /** The instant until which the policy promises an answer. */
  dueAt(kind: RequestKind, from: Date): Date
  now(): Date
  progress?(progress: Progress): void
  /** Pauses before a second and third try of people who were set apart, in milliseconds. Default 250, 1000, 4000. */
  readonly retryWaitsMs?: readonly number[]
  /** People a transaction. Default 500. */
  readonly chunkPeople?: number
}

export const CHUNK_PEOPLE = 500
export const RETRY_WAITS_MS = [250, 1000, 4000] as const

/** The open store of that name, or undefined when it could not be opened. */
export function storeNamed(engine: Engine, name: string): Store | undefined {
  return engine.stores.find((store) => store.map.store === name)
}
