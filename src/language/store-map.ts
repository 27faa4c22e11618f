/** What erasure does to a row in which a person stands in a role: the whole row goes, this person's cells go, or the link stays. */
export type RoleErasure = 'row' | 'part' | 'keep-link'

/** What erasure does to a field. `clear`: NULL, else the default; `pseudonym`: a random stand-in; `redact`: the person's identifiers go. */
export type FieldErasure = 'clear' | 'pseudonym' | 'redact'

/**
 * What a correction does to a field (GDPR art. 16). `spread`: the new value is written; `keep`: it says what was true
 * then, and stays; `none`: no correction reaches it, and where the old value stands there it is told.
 */
export type FieldCorrection = 'spread' | 'keep' | 'none'

/** What ends a purpose's use of the rows: columns that are set, or the row goes (a place on a list). */
export interface StopMap {
  readonly purpose: string
  /** The role in which the person must stand in the row. Default: any in which the row is theirs alone. */
  readonly of?: string
  readonly end: 'remove' | Readonly<Record<string, string | number | boolean | null>>
}

/** A column, optionally a place in its JSON (RFC 9535 path, e.g. `$.user.id`). */
export interface ColumnRef {
  readonly column: string
  readonly path?: string
}

/** A column of a named table. */
export interface TableColumn extends ColumnRef {
  readonly table: string
}

/** `left = right`, as written in `via`; a column without a table belongs to the table being described. */
export interface Join {
  readonly left: TableColumn
  readonly right: TableColumn
}

export interface Condition {
  readonly column: TableColumn
  /** The column equals one of these (text comparison; `null` matches NULL). */
  readonly values: readonly (string | number | boolean | null)[]
}

/** A person's own record: keys are identities that link, hints are shown to an approver and never link. */
export interface PersonMap {
  readonly keys: readonly PersonKey[]
  readonly hints: readonly { readonly identity: string; readonly column: ColumnRef }[]
  /** `row`: erasure deletes the record; `part`: its fields are treated one by one. */
  readonly erase: 'row' | 'part'
}

export interface PersonKey {
  readonly identity: string
  readonly column: ColumnRef
  /** Compared without regard to letter case. Default false: exact. */
  readonly fold: boolean
}

/** How a row leads to people, and in what role. */
export interface RoleMap {
  readonly role: string
  /** From this row to the people: either one reference, or joins over several tables; the last joined table holds or leads to people. */
  readonly link:
    | { readonly columns: readonly ColumnRef[]; readonly to: readonly TableColumn[]; readonly separator?: string }
    | { readonly via: readonly Join[] }
  readonly when: readonly Condition[]
  readonly erase: RoleErasure
  /** This role owns a row that several people share: the row goes with it. Default false. */
  readonly owns: boolean
}

/** People without a record of their own, known by an identity that items hold: as a table of people that no store has. */
export const identityTable = (identity: string): string => `@${identity}`

/** The identity that such a table stands for; undefined for a table of the store. */
export const identityOf = (table: string): string | undefined => (table.startsWith('@') ? table.slice(1) : undefined)

export interface FieldMap {
  readonly column: ColumnRef
  /** A data category of the policy, or undefined for `none`. */
  readonly is?: string
  /** Default where the row stays: `clear`. */
  readonly erase?: FieldErasure
  /** A named exception of the policy (`rights.erasure.except`); keep beats erase. */
  readonly keep?: string
  /** How the cell is encoded: one of the codecs, or the column that says so. */
  readonly codec?: { readonly name: string } | { readonly by: string }
  /** The role whose data this cell is, where a row has several people. */
  readonly of?: string
  /** Default: `spread`; `keep` under an exception; `none` for text that is redacted and cells with a codec. */
  readonly correct?: FieldCorrection
}

/** What a correction does to a field, where the map does not say it. */
export function correctionOf(field: FieldMap): FieldCorrection {
  if (field.is === undefined) return 'none'
  if (field.correct !== undefined) return field.correct
  if (field.keep !== undefined) return 'keep'
  return field.erase === 'redact' || field.codec !== undefined ? 'none' : 'spread'
}

export interface TableMap {
  /** `table` or `schema.table`, as the store writes it. */
  readonly table: string
  readonly for: readonly string[]
  /** Column of the tenant: the same identity in two tenants is two people. */
  readonly within?: string
  /** Clock name of the policy (e.g. `last-contact`) → column. */
  readonly clock: Readonly<Record<string, string>>
  readonly person?: PersonMap
  readonly people: readonly RoleMap[]
  readonly fields: readonly FieldMap[]
  readonly stops: readonly StopMap[]
  /**
   * Tables that cascades or triggers from here may reach, and triggers that may run, by name: a decision on record.
   * `permanent`: it may be written although its engine knows no transactions.
   */
  readonly allow: {
    readonly cascades: readonly string[]
    readonly triggers: readonly string[]
    readonly permanent?: boolean
  }
}

/** How the pages of a list follow one another. */
export type ApiPages =
  | 'link'
  | { readonly cursor: string; readonly from: string; readonly size?: Readonly<Record<string, number>> }
  | { readonly number: string; readonly first?: number; readonly size?: Readonly<Record<string, number>> }

/** One sort of item of an HTTP API. Paths are below the address; `{key}` and `{value}` in them are filled in, percent-encoded. */
export interface ApiResource {
  readonly key: string
  readonly list: string
  readonly items?: string
  readonly page?: ApiPages
  readonly find?: Readonly<Record<string, string>>
  readonly read?: string
  readonly change?: { readonly by: 'patch' | 'put'; readonly at: string }
  readonly remove?: string
}

/** An HTTP API as a store: `auth` says how user and password of the connection string are sent. */
export interface ApiMap {
  readonly auth?:
    | { readonly is: 'oauth2'; readonly token: string; readonly scope?: string }
    | { readonly is: 'basic' }
    | { readonly is: 'bearer' }
    | { readonly is: 'header'; readonly name: string }
  /** ISO 8601; default PT30S. */
  readonly timeout?: string
  /** Requests a second; default 10. */
  readonly rate?: number
  /** Default 4. */
  readonly retries?: number
  readonly resources: Readonly<Record<string, ApiResource>>
}

export interface StoreMap {
  readonly store: string
  /** Where this map was read from, for faults. */
  readonly file?: string
  /** Names of environment variables that hold the connection strings, never the strings. */
  readonly connect: {
    readonly read: string
    readonly execute?: string
    /** Of the owner of the tables, who may have the store look at what is written. */
    readonly guard?: string
    readonly application: readonly string[]
  }
  readonly country?: string
  /** IANA zone in which clocks without a zone are read. Default UTC. */
  readonly zone: string
  /** The vendor's part there (GDPR art. 4(7), 4(8)). Default controller. */
  readonly role: 'controller' | 'processor'
  /** Backups and replicas: kept until their own end (ISO 8601 duration), and said so. */
  readonly copies: Readonly<Record<string, { readonly keep: string }>>
  /** What the store itself does with values in columns that no map declares. Default off. */
  readonly undeclared?: 'off' | 'warn' | 'refuse'
  readonly tables: readonly TableMap[]
  /** A person does there what is asked: no program can. */
  readonly human?: { readonly owner: string; readonly within?: string; readonly words?: string }
  readonly api?: ApiMap
  /** SHA-256 of the file's bytes. */
  readonly sha256: string
}

/** A named ground to keep data beyond an erasure (`rights.erasure.except`). */
export interface Exception {
  readonly name: string
  readonly data: readonly string[]
  readonly law: string
  /** ISO 8601 duration; undefined: no end by itself. */
  readonly keep?: string
  /** Clock the duration counts from. */
  readonly from?: string
}

/**
 * The map as it is for somebody under a hold: fields of these categories, or all where none is named, are kept under its
 * name, and where everything is held no row goes.
 */
export function underHold(map: StoreMap, { name, data }: Pick<Exception, 'name' | 'data'>): StoreMap {
  const all = data.length === 0
  const tables = map.tables.map((table): TableMap => {
    const fields = table.fields.map((field) =>
      field.is !== undefined && (all || data.includes(field.is)) ? { ...field, keep: name } : field,
    )
    if (!all) return { ...table, fields }
    const people = table.people.map((role) => (role.erase === 'row' ? { ...role, erase: 'part' as const } : role))
    const person = table.person && { person: { ...table.person, erase: 'part' as const } }
    return { ...table, fields, people, ...person }
  })
  return { ...map, tables }
}
