import { hash } from 'node:crypto'
import { quoteLiteral } from '../../sql/sql.ts'
import type { TableLayout } from './layout.ts'
import { typeFamily } from './values.ts'

/** Bytes of a row's hash: 96 bits, so that a billion rows still have no two alike by chance. */
export const hashBytes = 12
/** As many letters of base64: twelve bytes end with a letter. Many short texts are quicker made than many buffers. */
const base64Letters = 16

const unit = '\x1f'
const record = '\x1e'

/** The suppression key as both the server and this process put it before a row's place. */
export function hashKey(key: Uint8Array): string {
  return Buffer.from(key).toString('hex')
}

/** Keyed SHA-256 of a row's place as hex: it names the row to a restored backup without keeping the place itself. */
export function rowHashSql(table: TableLayout, key: string): string {
  // A restored backup puts rows in other places: without a key only what a row says tells it from others.
  const parts = table.live.key.length === 0 ? ['ROW(t.*)::text'] : table.key.map((column) => `t.${column.sql}::text`)
  const place = `concat_ws(E'\\x1f', ${[key, quoteLiteral(table.name), ...parts].join(', ')})`
  return `encode(substr(sha256(convert_to(${place}, 'UTF8')), 1, ${hashBytes}), 'hex')`
}

/** Keys that are numbers or UUIDs say nothing of a person: they leave the statement as they are and are hashed here, while the commit is on its way. */
function isPlain(table: TableLayout): boolean {
  return table.key.every((column) => ['number', 'uuid'].includes(typeFamily(column.base)))
}

/** What a statement returns for a row that it erased: its plain key, or its hash where the key itself may be personal. */
export function recordedKeySql(table: TableLayout, key: string): string {
  if (!isPlain(table)) return rowHashSql(table, key)
  const parts = table.key.map((column) => `t.${column.sql}::text`)
  return parts.length === 1 ? (parts[0] ?? `''`) : `concat_ws(E'\\x1f', ${parts.join(', ')})`
}

/** Several rows in one value. */
export function recordedKeysSql(column: string): string {
  return `string_agg(${column}, E'\\x1e')`
}

/** The hashes of recorded rows, concatenated. */
export function hashesOf(table: TableLayout, recorded: string, key: string): Uint8Array {
  if (recorded === '') return new Uint8Array(0)
  if (!isPlain(table)) return Buffer.from(recorded.replaceAll(record, ''), 'hex')
  const head = `${key}${unit}${table.name}${unit}`
  let hashes = ''
  for (const row of recorded.split(record)) hashes += hash('sha256', head + row, 'base64').slice(0, base64Letters)
  return Buffer.from(hashes, 'base64')
}
