/** A stretch of text, with the commitment (or other part of the policy) that says it. */
export interface Part {
  readonly text: string
  /** Id of a commitment, e.g. `retention.tickets`; `data.email`, `controller` and `law` for what is no commitment. */
  readonly of: string
}

/** How sure a statement is: nobody but we stand for it, a gate carries it out, a probe has found it kept. */
export type Mark = 'undertaken' | 'enforced' | 'verified'

/** One commitment in words. */
export interface Statement {
  /** Id of the commitment. */
  readonly of: string
  /** Id of its own place in the document. */
  readonly anchor: string
  /** Empty where the heading above is the label. */
  readonly label: string
  readonly sentences: readonly string[]
  readonly marks: readonly { readonly mark: Mark; readonly text: string }[]
}

export interface Row {
  readonly head: string
  readonly of: string
  readonly cells: readonly (readonly Part[])[]
}

/** A heading of a section's own parts, a paragraph, the short layer, statements, or a table. */
export type Block =
  | { readonly type: 'heading'; readonly text: string; readonly anchor: string }
  | { readonly type: 'paragraph'; readonly text: string; readonly of: string }
  | { readonly type: 'facts'; readonly facts: readonly Fact[] }
  | { readonly type: 'statements'; readonly statements: readonly Statement[] }
  | {
      readonly type: 'table'
      readonly caption: string
      /** Column heads, where rows have more than one cell. */
      readonly columns: readonly string[]
      readonly rows: readonly Row[]
    }

/** A line of the short layer; `section` is where more is said. */
export interface Fact {
  readonly head: string
  readonly section: string
  readonly parts: readonly Part[]
}

export interface Section {
  readonly key: string
  readonly heading: string
  readonly blocks: readonly Block[]
}

/** A notice without a format: what every format shows, in its order. */
export interface Notice {
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly title: string
  readonly skip: string
  readonly contents: string
  readonly sections: readonly Section[]
}

/** What changed in one version, as the differences between versions tell it. */
export interface VersionChanges {
  /** ISO 8601 date from which it counts. */
  readonly date: string
  readonly changes: readonly {
    /** The commitment that changed; undefined for what is none. */
    readonly commitment?: string | undefined
    /** One sentence; it stands in notices of its language. */
    readonly text: string
    /** Language of the sentence. Default: that of the notice. In others it is told which commitment changed, and how. */
    readonly language?: string
    readonly change?: 'added' | 'removed' | 'changed'
    readonly effect: 'wider' | 'narrower' | 'neutral'
  }[]
}
