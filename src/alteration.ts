/** What a store is asked when data is corrected (GDPR art. 16), or when a use of it stops (art. 21, 7(3)). */
import type { Found, RowRef } from './connector.ts'

/** `correct`: data category → its new value. `stop`: the purpose whose use of the person's data ends. */
export type Alteration =
  | { readonly is: 'correct'; readonly values: Readonly<Record<string, string>> }
  | { readonly is: 'stop'; readonly purpose: string }

/** Data category → the values that were the person's before, as their own records said them. */
export type OldValues = Readonly<Record<string, readonly string[]>>

/** One person's part of an alteration in one store. */
export interface AlterationWork {
  /** Names the marker: the same step is never carried out twice. */
  readonly step: string
  readonly found: Found
  readonly alteration: Alteration
  /** Copies of these values, in rows that are the person's, get the new one. */
  readonly old: OldValues
  /** How long a locked row is waited for; default: the store's own. */
  readonly lockTimeoutMs?: number
}

/** A cell or row that is not as an alteration wants it; without a column the whole row had to go. */
export interface Unaltered extends RowRef {
  readonly column?: string
}
