/** A block of a document as text, with its place in the source. */
export interface RawBlock {
  readonly type: 'heading' | 'line' | 'row'
  /** Of a heading: 1 to 6. */
  readonly level: number
  /** Text of a heading or line; cells of a row joined. */
  readonly text: string
  /** Parts of each cell of a row. */
  readonly cells: readonly (readonly string[])[]
  readonly start: number
  readonly end: number
}

/** The words of a block: what two documents in different formats have in common. */
export const rowText = (cells: readonly (readonly string[])[]): string =>
  cells.map((parts) => parts.join('\n')).join('\t')
