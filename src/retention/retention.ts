import type { Store } from '../connector.ts'
import type { ExpiryCount, TermGap } from '../expiry.ts'
import type { StoreMap } from '../language/store-map.ts'
import type { Ledger } from '../ledger.ts'
import type { Plan } from '../policy/plan.ts'
import type { Holds, Records } from '../records.ts'

/** All that preview, sweep and proof work with. Nothing is opened or closed here. */
export interface Retention {
  readonly plan: Plan
  readonly maps: readonly StoreMap[]
  /** Those that could be opened. */
  readonly stores: readonly Store[]
  readonly records: Records & Ledger & Holds
  /** A staff member's id as evidence may hold it. */
  staff(who: string): string
  now(): Date
  /** Told after each table: names and counts. */
  progress?(done: { readonly store: string; readonly table: string; readonly rows: number }): void
}

/** What hinders a term: a gap of the map, or a store in which nobody could look. */
export interface Gap extends Omit<TermGap, 'why' | 'table'> {
  readonly store?: string
  readonly table?: string
  /** Code of the store's fault. */
  readonly fault?: string
  readonly why: TermGap['why'] | 'unreachable' | 'failed' | 'not-swept' | 'hold-unread' | 'no-data'
}

/** Counts of one store. */
export interface StoreCount extends ExpiryCount {
  readonly store: string
}

/** A backup or replica: what goes from the store stays in it until its own end. */
export interface Copy {
  readonly store: string
  readonly copy: string
  /** ISO 8601 duration. */
  readonly keep: string
  /** Day by which what goes now is gone from it. */
  readonly until: string
}

/** Terms whose data a store's map holds. */
export function rulesIn(plan: Plan, map: StoreMap): string[] {
  const held = new Set(map.tables.flatMap(({ fields }) => fields.flatMap(({ is }) => is ?? [])))
  return plan.retention.filter(({ data }) => data.some((one) => held.has(one))).map(({ name }) => name)
}
