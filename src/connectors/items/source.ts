import type { LiveColumn } from '../../live-schema.ts'

/** One value of an item: text, bytes, several texts (the recipients of a mail, an attribute of an entry), or nothing. */
export type Cell = string | Uint8Array | readonly string[] | null

/** One thing that a store without tables holds: a mail, a file, an entry of a directory, a resource. */
export interface Item {
  /** Values of the key columns, in their order. */
  readonly key: readonly string[]
  readonly cells: Readonly<Record<string, Cell>>
}

export interface ItemColumn extends LiveColumn {
  /** Its cells hold several values. */
  readonly many?: true
}

/** A column of a source: text that is read out of something else, may be empty, and is never written, unless told otherwise. */
export function itemColumn(name: string, type: string, more: Partial<ItemColumn> = {}): ItemColumn {
  const base = ['bytes', 'json'].includes(type) ? type : 'text'
  return { name, type, base, nullable: true, hasDefault: false, generated: true, ...more }
}

/** A column that every item has. */
export const placeColumn = (name: string, type = 'text', more: Partial<ItemColumn> = {}): ItemColumn =>
  itemColumn(name, type, { nullable: false, ...more })

/** Items of one sort, as a store map names them. `generated` columns are read out of others and never written. */
export interface ItemTable {
  readonly name: string
  readonly key: readonly string[]
  readonly columns: readonly ItemColumn[]
  readonly estimatedRows: number
}

/** Which items and columns are asked for. A source may answer with more items than `where` says, never with fewer. */
export interface Ask {
  /** Default: all columns. */
  readonly columns?: readonly string[]
  readonly where?: { readonly column: string; readonly values: readonly string[]; readonly fold: boolean }
}

/** Whether a value is among those asked for. */
export function isAsked(value: string, { values, fold }: NonNullable<Ask['where']>): boolean {
  return values.some((one) => (fold ? one.toLowerCase() === value.toLowerCase() : one === value))
}

/** One stored value as the proof reads it: everything there is, mapped or not, whole or in pieces. */
export interface StoredCell {
  readonly table: string
  readonly key: readonly string[]
  readonly column: string
  /** `bytes` for what may be a container, else `text`. */
  readonly type: 'bytes' | 'text'
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>
}

/** What could not be read: place and reason, never a value. */
export interface UnreadCell {
  readonly table: string
  readonly column?: string
  readonly why: string
}

/**
 * A store of items: they can be listed, read, changed and removed one at a time; there are no joins and no transactions.
 * Everything rejects with a `SourceFailure` that says why in one word and tells no value.
 */
export interface ItemSource {
  /** e.g. `Maildir`, `OpenLDAP`. */
  readonly version: string
  tables(): Promise<readonly ItemTable[]>
  items(table: string, ask: Ask): AsyncIterable<Item>
  item(table: string, key: readonly string[]): Promise<Item | undefined>
  /** Writes cells of one item, whole or not at all; false when it is gone, or is no longer as it was read. */
  change(table: string, item: Item, cells: Readonly<Record<string, Cell>>): Promise<boolean>
  /** False when it was gone already. */
  remove(table: string, key: readonly string[]): Promise<boolean>
  /** Reads everything for the proof, by code that shares nothing with the methods above. */
  stored(): AsyncIterable<StoredCell | UnreadCell>
  close(): Promise<void>
}

export type SourceFailureKind = 'unreachable' | 'permission' | 'locked' | 'timeout' | 'refused' | 'drift'

/** Why a source could not do what it was asked. The message never holds data, secrets or the other side's words. */
export class SourceFailure extends Error {
  readonly kind: SourceFailureKind

  constructor(kind: SourceFailureKind, what: string, cause?: unknown) {
    super(what, cause === undefined ? undefined : { cause })
    this.name = 'SourceFailure'
    this.kind = kind
  }
}
