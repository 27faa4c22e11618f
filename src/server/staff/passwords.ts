import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { commonPasswords } from './common-passwords.ts'

/** NIST SP 800-63B-4 §3.1.1.2 asks for 15 where a password stands alone; here it never does. */
export const LEAST_LENGTH = 12
/** Longer ones are refused, not cut: a hostile text must not cost much. */
export const MOST_LENGTH = 128

/** What one look at a password costs; it stands in each hash, so that it can be raised later. */
export interface PasswordCost {
  /** Power of two: 15 is 32 MiB with a block size of 8. */
  readonly log2: number
  readonly times: number
}

// OWASP Password Storage Cheat Sheet, scrypt: N=2^15, r=8, p=3 is as strong as its other rows and takes 32 MiB.
const STRONG: PasswordCost = { log2: 15, times: 3 }
const BLOCK = 8
const KEY_BYTES = 32

/** Why a password is not taken, in words for the person; undefined where it is. `own`: words that stand near the person. */
export function passwordFlaw(password: string, own: readonly string[]): string | undefined {
  const text = password.normalize('NFKC')
  const length = [...text].length
  if (length < LEAST_LENGTH) return `Use at least ${LEAST_LENGTH} characters. Several words are easy to keep in mind.`
  if (length > MOST_LENGTH) return `Use at most ${MOST_LENGTH} characters.`
  const plain = text.toLowerCase()
  if (commonPasswords.has(plain)) return 'Many people use this password. Choose another one.'
  if (new Set(plain).size < 5 || isRepeated(plain)) return 'This password repeats itself. Choose another one.'
  const near = [...own.flatMap((word) => word.toLowerCase().split(/[^\p{L}\p{N}]+/u)), 'kept', 'password']
  const rest = near.filter((word) => word.length >= 4).reduce((left, word) => left.replaceAll(word, ''), plain)
  if ([...rest].length < LEAST_LENGTH / 2)
    return 'This password is made of your own name or address. Choose another one.'
  return undefined
}

/** A short text written again and again. */
function isRepeated(text: string): boolean {
  return text.length > 1 && (text + text).indexOf(text, 1) < text.length
}

/** Makes and compares hashes `scrypt$LOG2$TIMES$SALT$KEY`, the last two in base64url. */
export function passwordHashes(cost: PasswordCost = STRONG) {
  return {
    hash: async (password: string): Promise<string> => {
      const salt = randomBytes(16)
      const key = await derive(password, salt, cost)
      return ['scrypt', cost.log2, cost.times, salt.toString('base64url'), key.toString('base64url')].join('$')
    },
    verify: async ({ hash, password }: { readonly hash: string; readonly password: string }): Promise<boolean> => {
      const [, log2, times, salt = '', key = ''] = hash.split('$')
      const right = Buffer.from(key, 'base64url')
      const stored = { log2: Number(log2), times: Number(times) }
      const given = await derive(password, Buffer.from(salt, 'base64url'), stored)
      return right.length === given.length && timingSafeEqual(right, given)
    },
  }
}

function derive(password: string, salt: Buffer, { log2, times }: PasswordCost): Promise<Buffer> {
  const options = { N: 2 ** log2, r: BLOCK, p: times, maxmem: 64 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
