import { hash } from 'node:crypto'

/** Bytes of a hash: 96 bits, so that a billion rows still have no two alike by chance. */
export const hashBytes = 12

/** Keyed SHA-256 of the place of a row or an item: it names it to a restored backup without keeping the place itself. */
export function hashOf(key: Uint8Array, table: string, place: readonly (string | null)[]): Buffer {
  const text = [Buffer.from(key).toString('hex'), table, ...place.map((part) => part ?? '')].join('\x1f')
  return Buffer.from(hash('sha256', text, 'hex').slice(0, hashBytes * 2), 'hex')
}
