import { createHmac, hash } from 'node:crypto'

/** SHA-256, lower-case hex. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex')
}

/** HMAC-SHA-256 as 32 bytes; the parts are separated so that no two lists of parts look alike. */
export function keyedHash(key: Uint8Array, ...parts: readonly string[]): Buffer {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(`${Buffer.byteLength(part)}:`).update(part)
  return mac.digest()
}
