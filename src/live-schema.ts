/** What a store says of its own shape: tables, columns, keys, references, triggers and rights, as they are now. */

export interface LiveColumn {
  readonly name: string
  /** The store's own type name, e.g. `character varying(120)`. */
  readonly type: string
  /** Base type without length or domain, e.g. `varchar`, `int4`, `_text`. */
  readonly base: string
  readonly maxLength?: number
  readonly nullable: boolean
  readonly hasDefault: boolean
  readonly generated: boolean
  readonly comment?: string
}

export interface LiveReference {
  readonly name: string
  readonly columns: readonly string[]
  readonly to: { readonly table: string; readonly columns: readonly string[] }
  readonly onDelete: 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'
  readonly onUpdate: 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'
  readonly deferrable: boolean
}

export interface LiveTrigger {
  readonly name: string
  readonly on: readonly ('insert' | 'update' | 'delete' | 'truncate')[]
  /** True when its code may write to other rows or tables, or cannot be read. */
  readonly writes: boolean
  /** True when it runs before a row is written, or instead, and may leave the row as it was without a word. */
  readonly skips: boolean
}

export interface LiveTable {
  /** `table` in the default schema, else `schema.table`: the spelling that a map uses. */
  readonly name: string
  readonly kind: 'table' | 'partitioned' | 'view' | 'materialized-view' | 'foreign-table'
  readonly columns: readonly LiveColumn[]
  /** Primary key, else a unique key without NULLs, else empty. */
  readonly key: readonly string[]
  readonly uniques: readonly (readonly string[])[]
  readonly references: readonly LiveReference[]
  readonly triggers: readonly LiveTrigger[]
  /** The table this is a partition or an inheritance child of. */
  readonly partOf?: string
  /** Why the read role cannot read every row: no right, or a row security policy that applies to it. */
  readonly unreadable?: 'permission' | 'row-security'
  readonly estimatedRows: number
}

export interface LiveSchema {
  /** e.g. `PostgreSQL 15.18`. */
  readonly version: string
  /** SHA-256 over names, types, keys, references and triggers: changes when any of them does. */
  readonly sha256: string
  readonly tables: readonly LiveTable[]
  /** What the execute role may not do; absent: there is none, or it could not be asked. */
  readonly denied?: {
    /** The table in which finished steps are marked: it can neither be used nor made. */
    readonly marker: boolean
    readonly tables: ReadonlyMap<string, DeniedRights>
  }
}

/** Rights that the execute role lacks on a table. */
export interface DeniedRights {
  /** Columns that it may not read. */
  readonly select: readonly string[]
  /** Columns that it may not change. */
  readonly update: readonly string[]
  readonly delete: boolean
  /** A row security policy hides rows from it. */
  readonly rows: boolean
}

/** Values of a few rows: for looking in the process only, never for output, faults or logs. */
export interface SampledTable {
  /** Rows looked at; the cells of a column in the order of the rows, NULL left out, long ones cut. */
  readonly rows: number
  readonly cells: ReadonlyMap<string, readonly string[]>
  /** Columns with cells that were too large to be read, and how many. */
  readonly large: ReadonlyMap<string, number>
}

/** Bounded looks into the rows of a store; reading rights are enough. */
export interface LiveSamples {
  /** Up to `rows` rows; undefined: the table could not be read in time or at all. */
  sample(table: LiveTable, rows: number): Promise<SampledTable | undefined>
  /** How many of these values stand in a column; undefined: they cannot be compared, or not in time. */
  shared(table: string, column: LiveColumn, values: readonly string[]): Promise<number | undefined>
  close(): Promise<void>
}
