/** What differs between databases without data-modifying common table expressions; everything else is built on it. */
import type { Catalog, CatalogTable } from '../postgres/catalog.ts'
import type { Sql } from './statement.ts'

/** Names a row of a table that has no key. No column of a vendor's is called so. */
export const PLACE = '(row)'

/** A column of rows that a statement carries along: of the type of a column of a table, or one of its own. */
export type Carried = { readonly table: CatalogTable; readonly column: string } | 'number' | 'text' | 'long'

/** An expression with the column it comes from; without one it is text. */
export interface Typed {
  readonly sql: Sql
  readonly table?: CatalogTable
  readonly column?: string
}

export type Value = string | number | null

export interface Dialect {
  /** A column under an alias, `PLACE` included. */
  column(alias: string, table: CatalogTable, name: string): Sql
  /** A cell as text in UTF-8; bytes as `0x` and hexadecimal digits. */
  text(cell: Typed): Sql
  /** A cell as the process rewrites it: bytes as they are, all else as text. */
  content(cell: Typed): Sql
  /** The text at a place of JSON (RFC 9535). */
  jsonText(cell: Sql, path: string): Sql
  /** An element of an unfolded cell, without the blanks around it. */
  element(alias: string): Sql
  /** The values of a cell that holds several, as a table of elements; it reads tables named before it. */
  unfold(cell: Sql, alias: string, list: { readonly path?: string; readonly separator?: string }): Sql
  /** Rows of values as a table with the columns c0, c1 …, bound as one value. */
  rows(alias: string, columns: readonly Carried[], rows: readonly (readonly Value[])[]): Sql
  /** Carried rows and the table whose rows they name, read in this order: `FROM` and what follows. */
  named(carried: Sql, table: Sql, on: Sql): Sql
  /** A column equals a carried value of its type, exactly, or without regard to letter case. */
  same(cell: Typed, carried: Sql, fold?: boolean): Sql
  /** Two columns hold the same, exactly, or without regard to letter case. */
  equal(left: Typed, right: Typed, fold?: boolean): Sql
  /** True where such a value can be compared with the column at all. */
  fits(table: CatalogTable, column: string, value: string): boolean
  update(table: CatalogTable, carried: Sql, on: Sql, set: readonly { column: string; value: Sql }[]): Sql
  remove(table: CatalogTable, carried: Sql, on: Sql): Sql
  /** A carried text as the column takes it: bytes from hexadecimal digits. */
  written(table: CatalogTable, column: string, carried: Sql): Sql
  /** The column's default as a value. */
  defaultOf(alias: string, table: CatalogTable, column: string): Sql
  /** Columns that an update would change by itself, to be set to what they are. */
  moving(table: CatalogTable): readonly string[]
  /** A plain test that sets most texts aside before the process looks at them; undefined: all are looked at. */
  mayHold(cell: Sql, loose: string): Sql | undefined
  /** Behind a SELECT: takes the rows' locks. */
  readonly locking: Sql
  /** Writes to this table stay even when the transaction is rolled back. */
  isPermanent(table: CatalogTable): boolean
  /** What a clock column says (see `RowClocks`). */
  clock(cell: Typed): Sql
}

export type Row = Readonly<Record<string, unknown>>

/** One connection, in one transaction. */
export interface Session {
  query<R extends Row = Row>(statement: Sql): Promise<R[]>
  /** The rows in pieces; no other statement may run meanwhile. */
  stream<R extends Row = Row>(statement: Sql, batchRows: number): AsyncIterable<R[]>
  /** Rows that the statement found to change or remove. */
  run(statement: Sql): Promise<number>
  /**
   * Rows that this connection has written so far, as far as the store counts what triggers and references write:
   * all of them, and of these where it tells them apart, removed and added ones.
   */
  written(): Promise<{ readonly all: number; readonly removed?: number; readonly added?: number }>
  /** Lets references be broken until they are put right; the rows were checked before. */
  unreferenced<T>(run: () => Promise<T>): Promise<T>
}

/** A relation as the proof reads it. */
export interface SearchedTable {
  readonly name: string
  /** Names a row as the map's side does. */
  readonly key: readonly Sql[]
  readonly from: Sql
  /** `text` and, where the stored bytes may be another spelling of it, `bytes`. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly cells: readonly Sql[] }[]
}

/** A database of such a kind. */
export interface Database {
  readonly dialect: Dialect
  readonly capabilities: {
    readonly killable: boolean
    readonly lockTimeout: boolean
    readonly statementTimeout: boolean
  }
  /** One consistent snapshot that only reads. */
  reading<T>(run: (session: Session) => Promise<T>): Promise<T>
  /** One transaction: rolled back when `run` rejects. */
  writing<T>(run: (session: Session) => Promise<T>, lockTimeoutMs?: number): Promise<T>
  catalog(session: Session): Promise<Catalog>
  /** Every table that holds rows of its own, asked anew. */
  searched(session: Session): Promise<readonly SearchedTable[]>
  /** The table of markers, made where it is not there yet. */
  readonly markerTable: { readonly name: string; readonly definition: string }
  close(): Promise<void>
}
