/** One column as it was found. `category`: `none` where nothing personal was seen. `sure`: 0 to 1. Never a value. */
export interface FoundColumn {
  readonly column: string
  readonly category: string
  readonly sure: number
  readonly why: string
}

/** Who stands in a row: `self`, where the row is a person, else the role that a column leads to. */
export interface FoundRole {
  readonly role: string
  readonly key: string
  /** `table.column` of the person's key; absent for `self`. */
  readonly to?: string
  /** The column that says of which table the key is, and its value for people. */
  readonly when?: { readonly column: string }
  readonly sure: number
  readonly why: string
}

export interface FoundTable {
  readonly table: string
  readonly columns: readonly FoundColumn[]
  readonly people: readonly FoundRole[]
  /** Clock → column: `created`, `last-change`, `last-login`, `closed`. */
  readonly clock: Readonly<Record<string, string>>
  /** Column → codec of a store map. */
  readonly codec: Readonly<Record<string, string>>
}

export interface Question {
  /** `table` or `table.column`. */
  readonly at: string
  readonly asks: string
}

export interface Discovery {
  readonly store: string
  readonly tables: readonly FoundTable[]
  readonly questions: readonly Question[]
}

/** A reference that was declared, or that names and values show. */
export interface FoundReference {
  readonly table: string
  readonly column: string
  readonly to: { readonly table: string; readonly column: string }
  readonly sure: number
  readonly why: string
  /** Column that names the kind of thing the reference leads to. */
  readonly kindColumn?: string
}

/** From here a finding is a category; below it is a question. */
export const SURE_ENOUGH = 0.5
/** Below this a category is asked for confirmation in a draft. */
export const SURE = 0.7
