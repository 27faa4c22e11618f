import { hash } from 'node:crypto'

/** Bytes of a row's hash: 96 bits, so that a billion rows still have no two alike by chance. */
export const hashBytes = 12

/** Keyed SHA-256 of a row's place: it names the row to a restored backup without keeping the place itself. */
export function hashOf(key: Uint8Array, table: string, place: readonly (string | null)[]): string {
  const text = [Buffer.from(key).toString('hex'), table, ...place.map((part) => part ?? '')].join('\x1f')
  return hash('sha256', text, 'hex').slice(0, hashBytes * 2)
}
