import type { DatabaseSync } from 'node:sqlite'
import { valuesAt } from '../items/cell-value.ts'

/** Functions that statements call: letter case beyond ASCII, places in JSON (RFC 9535), parts of a list, patterns. */
export function addFunctions(database: DatabaseSync): void {
  const text = (value: unknown): string | null =>
    value === null || value === undefined
      ? null
      : value instanceof Uint8Array
        ? Buffer.from(value).toString('utf8')
        : String(value)
  const patterns = new Map<string, RegExp>()
  database.function('kept_lower', { deterministic: true }, (value) => text(value)?.toLowerCase() ?? null)
  database.function('kept_values', { deterministic: true }, (value, path) => {
    const cell = text(value)
    const steps = text(path) ?? '$'
    return JSON.stringify(cell === null ? [] : valuesAt({ key: [], cells: { cell } }, { column: 'cell', path: steps }))
  })
  database.function('kept_parts', { deterministic: true }, (value, separator) =>
    JSON.stringify(text(value)?.split(text(separator) || ',') ?? []),
  )
  database.function('kept_matches', { deterministic: true }, (value, pattern) => {
    const source = text(pattern) ?? ''
    const known = patterns.get(source) ?? new RegExp(source, 'iu')
    patterns.set(source, known)
    const cell = text(value)
    return cell !== null && known.test(cell) ? 1 : 0
  })
}
