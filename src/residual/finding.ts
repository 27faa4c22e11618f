/** An identity found in a cell. */
export interface Hit {
  /** The `id` of the identity, never its value. */
  readonly identity: string
  /** How it was written: `raw`, or the layers taken off, outermost first, as in `base64>zip:word/document.xml>tags`. */
  readonly encoding: string
  /** The address carries a +tag that the identity does not have: a hint, never a link. */
  readonly tag?: boolean
}

/** What one cell holds. */
export interface Findings {
  readonly hits: readonly Hit[]
  /** What could not be read, each beginning `unreadable: `; holds nothing of the cell's content. */
  readonly unread: readonly string[]
}
