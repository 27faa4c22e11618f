import { randomBytes } from 'node:crypto'
import { keyedHash } from '../../base/hash.ts'
import { base32 } from '../../base/ids.ts'
import type { StaffTables } from './tables.ts'

const CODES = 10
const HASHED = 'h:'

/** Ten codes of 60 bits, in three groups that can be read aloud. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => {
    const letters = base32(randomBytes(12), 12)
    return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`
  })
}

/** A code as it is compared: hashed, however it was typed. */
export function hashedCode(tables: StaffTables, typed: string): string {
  const key = tables.secretFor('staff recovery')
  const plain = typed.toLowerCase().replaceAll(/[^0-9a-z]/g, '')
  return HASHED + keyedHash(key, plain).toString('base64url')
}

/**
 * How better-auth stores the codes: it encrypts a list and compares what it decrypts. Here the list holds hashes and
 * stays so; what is compared with it is hashed before it is handed over (`hashedCode`).
 */
export function storedCodes(tables: StaffTables) {
  return {
    encrypt: async (list: string) => {
      const codes = JSON.parse(list) as string[]
      return JSON.stringify(codes.map((code) => (code.startsWith(HASHED) ? code : hashedCode(tables, code))))
    },
    decrypt: async (stored: string) => stored,
  }
}
