import type { Path } from '../commitments/commitment-kind.ts'

/** A key as it may be shown: one that could be a connection string in the wrong place is not. */
export const keyShown = (key: string): string => (/[=@]|:\/\//.test(key) ? '…' : key.slice(0, 80))

/** A path as people read it: `tables.users.fields.email`, with quotes where a name holds more than letters. */
export const pathText = (path: Path): string =>
  path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      const key = keyShown(part)
      if (/^[\p{L}\p{N}_-]+$/u.test(key)) return index === 0 ? key : `.${key}`
      return `[${JSON.stringify(key)}]`
    })
    .join('')

/** Line and column, both from 1. */
export interface Mark {
  readonly line: number
  readonly column: number
}

/** Where the keys and values of a file stand. */
export interface Marks {
  readonly keys: ReadonlyMap<string, Mark>
  readonly values: ReadonlyMap<string, Mark>
}

export const markKey = (path: Path): string => JSON.stringify(path)
