import type { Alteration, AlterationWork, OldValues, Unaltered } from './alteration.ts'
import type { ExpiredTable, ExpiryPreview, ExpiryWork, OverdueCount, TermGap } from './expiry.ts'
import type { Exception, RoleErasure, StoreMap } from './language/store-map.ts'
import type { LiveSchema } from './live-schema.ts'

/** What a kind of store can honestly do; a contract test asks for each flag. */
export interface Capabilities {
  readonly transactions: boolean
  /** One consistent snapshot for a whole export. */
  readonly snapshot: boolean
  readonly lockTimeout: boolean
  readonly statementTimeout: boolean
  /** A connection can be killed from outside while a statement runs. */
  readonly killable: boolean
  readonly references: boolean
  readonly access: boolean
  readonly erasure: boolean
  /** New values can be written into a person's own cells (GDPR art. 16). */
  readonly correction: boolean
  /** The use for a purpose can be ended where the map says how (GDPR art. 21, 7(3)). */
  readonly stop: boolean
}

/** Something that names a person: a kind (`email`, `id`, `phone` …) and its value. */
export interface Identity {
  readonly kind: string
  readonly value: string
}

/** A found identity: `strong` ones are keys and link records; the others only help to redact and to search. `local`: means nothing in another store. */
export interface FoundIdentity extends Identity {
  readonly strong: boolean
  readonly local?: boolean
}

/** A row: its table as the map names it, and the text values of its key columns as a JSON array. */
export interface RowRef {
  readonly table: string
  readonly key: string
}

/** One person of one request, as a store is asked about them. */
export interface Subject {
  readonly request: string
  readonly identities: readonly Identity[]
  /** Person rows that an approver accepted or rejected among the candidates. */
  readonly accept: readonly RowRef[]
  readonly reject: readonly RowRef[]
}

/** What a store knows of a subject. Plain JSON: it is kept sealed with the request, so that a resume and the proof still know whom they look for. */
export interface Found {
  readonly request: string
  /** The person's own records. */
  readonly persons: readonly RowRef[]
  /** `table.column` of a person table → values that other rows link to. */
  readonly links: Readonly<Record<string, readonly string[]>>
  /** Supplied and harvested identities, of all kinds. */
  readonly identities: readonly FoundIdentity[]
  /** Rows that hold a key identity inside a field to be redacted, without any link. */
  readonly mentions: readonly RowRef[]
  /** Tenants of the person's records, where tables of people have tenants; absent: none. */
  readonly tenants?: readonly string[]
  readonly candidates: readonly Candidate[]
}

/** A record that shares a hint with the person: shown, never linked, until a person decides. */
export interface Candidate extends RowRef {
  readonly hint: string
}

export interface PreviewRow {
  readonly table: string
  readonly role: string
  /** `correct`: gets a new value; `stop`: is set so that a use ends; `remove`: the row goes so that it ends. */
  readonly action: RoleErasure | 'kept' | 'mention' | 'correct' | 'stop' | 'remove'
  readonly rows: number
  readonly fields: readonly string[]
}

export interface SharedRow {
  readonly table: string
  readonly role: string
  readonly rows: number
  readonly why: 'other-people' | 'mention' | 'referenced'
}

export interface KeptRow {
  readonly table: string
  readonly field: string
  readonly rows: number
  readonly exception: string
  /** The latest day (ISO date) until which it is kept; undefined: no end is known. */
  readonly until?: string
  /** Of the rows, those whose clock says nothing: kept, because nobody can tell when their term ended; then there is no `until`. */
  readonly undated?: number
}

/** Something that forbids execution until the map or the store changes: a cascade, a trigger, a NOT NULL. */
export interface Obstacle {
  readonly code: string
  readonly table: string
  readonly what: string
  readonly mend: string
}

export interface StorePreview {
  readonly store: string
  readonly tables: readonly PreviewRow[]
  readonly shared: readonly SharedRow[]
  readonly kept: readonly KeptRow[]
  readonly obstacles: readonly Obstacle[]
}

/** One request's part of an erasure in one store. */
export interface ErasureWork {
  /** Names the marker: the same step is never carried out twice. */
  readonly step: string
  readonly found: Found
  /** Secret of the request: the same value becomes the same pseudonym in every store. */
  readonly salt: Uint8Array
  /** When set, only rows whose keyed hash is in this set are touched (replay after a restored backup). */
  readonly only?: ReadonlyMap<string, ReadonlySet<string>>
  /** With `only`: also cells whose stand-in cannot be told from a value, because the person is known to have come back. */
  readonly whole?: boolean
}

export interface ErasureResult {
  readonly step: string
  readonly tables: readonly PreviewRow[]
  readonly shared: readonly SharedRow[]
  readonly kept: readonly KeptRow[]
  /** Rows changed although they are neither the person's nor shared with them: 0 unless a guard failed. Counted by the store. */
  readonly foreignRows?: number
  /**
   * Rows that triggers and cascades allowed by the map wrote beyond the erasure's own, by table, as the server counted
   * them. The transaction's: people erased in one share the count, so it is never too low for any of them.
   */
  readonly reached?: readonly { readonly table: string; readonly rows: number }[]
  /** Containers that could not be rewritten and were removed whole. */
  readonly removed: readonly { readonly table: string; readonly field: string; readonly cells: number }[]
  /** Keyed hashes of the rows removed or changed, by table: `hashBytes` each, concatenated. */
  readonly erased: readonly { readonly table: string; readonly hashBytes: number; readonly hashes: Uint8Array }[]
}

/** A chunk of people whose erasure in this store is one transaction: all or nothing. */
export interface ErasureBatch {
  readonly work: readonly ErasureWork[]
  readonly now: Date
  readonly suppression: { readonly name: string; readonly key: Uint8Array }
  /** How long a locked row is waited for; default: the store's own. The search for the one locked person waits less. */
  readonly lockTimeoutMs?: number
  /**
   * Told when only the commit is left: what will have been done, and a promise of the commit. What comes after it can be
   * prepared meanwhile. Not every store tells.
   */
  readonly committing?: (results: readonly ErasureResult[], committed: Promise<void>) => void
  /**
   * Nothing is done for good before this has come true; when it is rejected nothing is changed, and `erase` is rejected
   * likewise. Given only to stores with `commitsWhenAllowed`; for others it is waited for beforehand.
   */
  readonly allowed?: Promise<void>
}

/** Why one batch failed: a code, never the store's text. `person` failures are set apart; `store` failures stop the store. */
export interface ErasureFailure {
  readonly scope: 'person' | 'store'
  readonly code:
    | 'locked'
    | 'timeout'
    | 'constraint'
    | 'raised'
    /** A trigger quietly left a row as it was. */
    | 'skipped'
    | 'permission'
    | 'unreachable'
    | 'reached-others'
    | 'drift'
    | 'conflict'
    | 'other'
  readonly table?: string
  readonly constraint?: string
}

/** A piece of an exported table in both forms; the pieces one after the other make it whole. */
export interface ExportRows {
  /** Records of RFC 4180 without the header, each with its line end; an empty string is `""`, NULL is empty. */
  readonly csv: Uint8Array
  /** Objects, one a line, with `,` between them: between `[` and `]` they are one array. */
  readonly json: Uint8Array
  /** Rows that ended in this piece. */
  readonly rows: number
  /** Cells of these rows whose codec is a container, decoded to files. */
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

/** One table of an export, streamed. */
export interface ExportTable {
  readonly table: string
  /**
   * Fields in order with their category; undefined category for keys and clocks that locate the row. `to`: the table
   * whose rows the values name.
   */
  readonly columns: readonly { readonly name: string; readonly category?: string; readonly to?: string }[]
  readonly roles: readonly string[]
  /** How other people's words in shared rows were treated: the declared rule's name. */
  readonly others: 'redacted' | 'kept' | 'none'
  /** All rows, anew at each call. The bytes of a piece are good until the next but one is asked for. */
  rows(): AsyncIterable<ExportRows>
}

/** A cell in which the proof found an identity. */
export interface CellHit extends RowRef {
  /** `schema.table` as the live store names it, where the map does not know it. */
  readonly column: string
  readonly identity: string
  readonly encoding: string
  /** The address carries a +tag that the identity does not have: it may be somebody else's, and never links. */
  readonly tag?: true
}

/** Whose a row is, by the map's roles; read anew for the proof. */
export interface RowOwner extends RowRef {
  readonly role: string
  readonly person: RowRef
  readonly erase: RoleErasure
}

/** A row of the record of erasures that stands in the store. */
export interface RestoredRow extends RowRef {
  /** Its keyed hash. */
  readonly hash?: string
  /** Whether it still holds a person; undefined where nothing in it tells. */
  readonly holds?: boolean
}

/** What the clocks of a row say, read anew for the proof. */
export interface RowClocks extends RowRef {
  /**
   * Clock of the map → `2025-03-01T00:00:00` in the store's zone, the same with `Z` for an instant, digits for a number;
   * null: it says nothing (NULL, infinity, before the year 1).
   */
  readonly clocks: Readonly<Record<string, string | null>>
}

/** One connected data system under its map. Reading needs read rights only; `erase` uses the execute connection. */
export interface Store {
  readonly map: StoreMap
  /** The policy's exceptions that fields of the map may be kept under. */
  readonly exceptions: readonly Exception[]
  readonly capabilities: Capabilities
  /** The same store, asked about somebody under a hold: what it covers is kept under its name. Is not closed by itself. */
  under(hold: Exception): Store
  describe(): Promise<LiveSchema>
  find(subjects: readonly Subject[]): Promise<readonly Found[]>
  preview(found: Found, now: Date): Promise<StorePreview>
  /** All tables of the person in one consistent snapshot; `use` is called while it is open. */
  export(
    found: Found,
    options: { readonly others: 'redact' | 'keep' },
    use: (tables: readonly ExportTable[]) => Promise<void>,
  ): Promise<void>
  /** Does beforehand what `erase` needs and its work does not decide (connection, schema, markers). `erase` tells what fails. */
  ready?(): Promise<void>
  /** One transaction for the whole batch, markers included. Rejects with an `ErasureRefusal` and changes nothing. */
  erase(batch: ErasureBatch): Promise<readonly ErasureResult[]>
  /** What the person's own records say now of these data categories: what a correction takes for outdated. */
  valuesOf?(found: Found, categories: readonly string[]): Promise<OldValues>
  /** What an alteration would change, counted; its obstacles say which new value does not fit. Writes nothing. */
  previewAlteration?(found: Found, alteration: Alteration): Promise<StorePreview>
  /** One transaction with its marker; a step that is done already rejects as `conflict`. Rejects with an `ErasureRefusal`. */
  alter?(work: AlterationWork): Promise<ErasureResult>
  /** Cells and rows of the person that are not as the alteration wants them; shares nothing with `alter`. */
  unaltered?(found: Found, alteration: Alteration, old: OldValues): Promise<readonly Unaltered[]>
  /** True where `erase` may begin before its batch is `allowed`, and commits only after. */
  readonly commitsWhenAllowed?: true
  /** Results of steps whose marker stands in the store. */
  done(steps: readonly string[], suppression: ErasureBatch['suppression']): Promise<readonly ErasureResult[]>
  /** Takes markers away once Kept has recorded them. */
  settle(steps: readonly string[]): Promise<void>
  /**
   * Rows standing in the store whose keyed hash is in `only` (table → hashes, lower-case hex): what a restored backup
   * brought back, and what an erasure changed and left there. The engine finds the people among them and erases with `ErasureWork.only`.
   */
  restored?(
    only: ReadonlyMap<string, ReadonlySet<string>>,
    suppression: { readonly name: string; readonly key: Uint8Array },
  ): Promise<readonly RestoredRow[]>
  /** Reads every cell of every table, mapped or not, once, for all finders' identities; shares nothing with `erase`. */
  search(
    identities: readonly SoughtIdentity[],
    progress?: (read: { cells: number; bytes: number }) => void,
  ): Promise<SearchResult>
  owners(rows: readonly RowRef[]): Promise<readonly RowOwner[]>
  /** The clocks of each of these rows; rows of tables without clocks are left out. */
  clocks(rows: readonly RowRef[]): Promise<readonly RowClocks[]>
  /** The tenant of each of these rows, where tables of people and the row's own have tenants; others are left out. */
  tenants(rows: readonly RowRef[]): Promise<readonly (RowRef & { readonly tenant: string | null })[]>
  /** What a sweep would do now, counted in one snapshot. */
  expiring?(work: ExpiryWork): Promise<ExpiryPreview>
  /**
   * Ends what is over, in short transactions: a row that somebody else has locked is left for the next sweep, and each
   * batch stands by itself, so that a sweep that is cut off is simply done again. `done` is waited for after each table.
   */
  expire?(work: ExpiryWork, done: (table: ExpiredTable) => Promise<void>): Promise<void>
  /** Counts what is past its term and still stands; shares nothing with `expire` and `expiring`. */
  overdue?(work: ExpiryWork): Promise<{ readonly counts: readonly OverdueCount[]; readonly gaps: readonly TermGap[] }>
  /** Every mail address that is a key of a person's own record, in blocks; one may come more than once. */
  addresses?(use: (block: readonly string[]) => Promise<void>): Promise<void>
  close(): Promise<void>
}

export interface SoughtIdentity extends FoundIdentity {
  /** Names the identity in a hit; never the value. */
  readonly id: string
}

export interface SearchResult {
  readonly hits: readonly CellHit[]
  readonly cells: number
  readonly bytes: number
  /** What could not be read: place and reason, no values. */
  readonly unread: readonly { readonly table: string; readonly column?: string; readonly why: string }[]
  /** Identities too short to be searched, by id. */
  readonly notSearched: readonly string[]
}

/** Thrown by `Store.erase`: nothing was changed. */
export class ErasureRefusal extends Error {
  readonly failure: ErasureFailure

  constructor(failure: ErasureFailure, cause?: unknown) {
    super(`erasure refused: ${failure.code}`, cause === undefined ? undefined : { cause })
    this.name = 'ErasureRefusal'
    this.failure = failure
  }
}

/** What no store map declares in a table: these columns; absent: the table itself. */
export interface UndeclaredPart {
  readonly table: string
  readonly columns?: readonly string[]
}

/** A table whose undeclared columns the store itself looks at when a row is written. */
export interface GuardedTable {
  readonly table: string
  readonly columns: readonly string[]
  /** Of the columns, those whose value at an insertion cannot be told from their default: looked at when changed. */
  readonly unsure: readonly string[]
}

/**
 * Has a store refuse, or warn of, writes to what nobody declared; `off` and whatever is declared by now are no longer
 * looked at. `connection` belongs to the owner of the tables. `statements`: what was, or with `dryRun` would be, run.
 */
export type WriteGuard = (
  store: string,
  connection: string,
  asked: {
    readonly mode: 'off' | 'warn' | 'refuse'
    readonly parts: readonly UndeclaredPart[]
    readonly dryRun?: boolean
  },
) => Promise<{
  readonly tables: readonly GuardedTable[]
  readonly statements: readonly string[]
  /** Tables that stayed as they were, with the kind of failure. */
  readonly failed: readonly { readonly table: string; readonly code: string }[]
}>

/** A kind of data system. `open` connects lazily: a store that is down fails at its first use, with a Fault `store.unreachable`. */
export interface Connector {
  readonly kind: string
  /** Absent where a store of this kind cannot look at what is written. */
  readonly guardWrites?: WriteGuard
  /** True when it understands this connection string (by its scheme). */
  accepts(connection: string): boolean
  open(
    map: StoreMap,
    exceptions: readonly Exception[],
    connections: { readonly read: string; readonly execute?: string },
    /** Data category → kind of identity its values are (`identityKind`); default: told by the category's name. */
    kinds?: Readonly<Record<string, string>>,
  ): Promise<Store>
}
