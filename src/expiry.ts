/** What a store is asked when terms end: which rows are over, what became of them, and what a proof still counts. */
import type { Found } from './connector.ts'

/** A term of the policy, as a store is asked to carry it out. */
export interface RetentionTerm {
  readonly name: string
  /** Data categories that it governs. */
  readonly data: readonly string[]
  /** Purposes; empty: whatever the purpose. */
  readonly for: readonly string[]
  /** ISO 8601 duration. */
  readonly keep: string
  /** Clock it counts from; the map says which column that is. */
  readonly from: string
  readonly end: 'erase' | 'anonymise' | 'review'
}

/** Rows that a hold leaves untouched: of this person (absent: of everybody), in tables with one of these categories (empty: any). */
export interface HeldRows {
  readonly found?: Found
  readonly data: readonly string[]
}

/** Something without which nobody can tell when a term ends, or that the store cannot do. */
export interface TermGap {
  readonly rule: string
  readonly table: string
  readonly why: 'no-clock' | 'clock-type' | 'no-purpose' | 'no-table'
}

/**
 * Rows of one table under one term. Their term is over: `erase` whole rows that go, `treat` rows whose fields go, `review`
 * rows for a person to look at; and why others stay: `held`; `referenced` by rows that stay; `kept` under an exception
 * that lasts; `stuck`, a field that takes neither NULL, nor its default, nor a stand-in, or a trigger that forbids it;
 * `undated`, the clock says nothing. A row that stays, and whose fields are treated, counts in both.
 */
export interface ExpiryCount {
  readonly rule: string
  readonly table: string
  readonly what: 'erase' | 'treat' | 'review' | 'held' | 'referenced' | 'kept' | 'stuck' | 'undated'
  readonly rows: number
}

export interface ExpiryPreview {
  readonly counts: readonly ExpiryCount[]
  readonly gaps: readonly TermGap[]
}

/** What is to end in a store at `now`. */
export interface ExpiryWork {
  readonly terms: readonly RetentionTerm[]
  readonly held: readonly HeldRows[]
  readonly now: Date
}

/** What a sweep did in one table. */
export interface ExpiredTable {
  readonly table: string
  /** `erase` and `treat` alone. */
  readonly counts: readonly ExpiryCount[]
  readonly batches: number
  /** The longest batch: as long may somebody have waited for one of its rows. */
  readonly longestMs: number
  /** Rows that could not be changed: a constraint, a lock, a time-out. */
  readonly failed: number
}

/** Rows past a term whose data still stands, counted anew for the proof. */
export interface OverdueCount {
  readonly rule: string
  readonly table: string
  readonly overdue: number
  readonly undated: number
}
