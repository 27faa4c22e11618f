import { randomBytes } from 'node:crypto'

/** Crockford's base 32 in lower case: no i, l, o, u, so that an id can be read aloud. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz'

/** `length` random letters of five bits each. */
export function randomId(length: number): string {
  return base32(randomBytes(length), length)
}

/** Letters for bytes, five bits of each byte; for ids of hashes take more bytes than letters. */
export function base32(bytes: Uint8Array, length: number): string {
  let id = ''
  for (let i = 0; i < length; i++) id += letters[(bytes[i] as number) & 31]
  return id
}
