import type { CryptoKey, JWK } from 'jose'
import { z } from 'zod'
import type { Identity } from '../connector.ts'
import { Fault } from '../language/fault.ts'

/** A key by which the vendor's own site signs who is signed in there. */
export interface SiteKey {
  readonly algorithm: 'ES256' | 'EdDSA' | 'HS256'
  /** A public key as PEM or JWK, or a shared secret of at least 32 bytes for HS256. */
  readonly key: string
  /** `kid` of the tokens that it signs; default: any. */
  readonly id?: string
}

export interface SiteKeys {
  /** `iss` of its tokens. */
  readonly issuer: string
  /** `aud` of its tokens: this Kept. */
  readonly audience: string
  readonly keys: readonly SiteKey[]
  /** Kind of identity that `sub` is, e.g. `helpdesk.id`; default: `sub` says nothing. */
  readonly subject?: string
}

/** A token lives this long at most: it is made when the person clicks. */
const MOST_SECONDS = 300
const SKEW_SECONDS = 30
const MOST_BYTES = 8192

const claims = z.object({
  sub: z.string().min(1).max(256).optional(),
  jti: z.string().min(16).max(128),
  iat: z.int(),
  exp: z.int(),
  email: z.email().max(254).optional(),
  email_verified: z.literal(true).optional(),
})

export interface SiteAssertion {
  readonly identities: readonly Identity[]
  /** Names the token: it is used once. */
  readonly nonce: string
  readonly expiresAt: Date
}

/**
 * Who is signed in at the vendor's site, by a token that it signed (JWS compact serialization, RFC 7515; claims of RFC 7519).
 * ES256, EdDSA or HS256 only; `iss`, `aud`, `exp`, `iat` and `jti` are required, at most five minutes lie between `iat` and
 * `exp`; `email` counts with `email_verified: true`. Fault `identity.token-refused`, which never says which check failed.
 */
export async function readSiteToken(keys: SiteKeys, token: string, now: Date): Promise<SiteAssertion> {
  if (Buffer.byteLength(token) > MOST_BYTES) throw refused()
  for (const key of keys.keys) {
    const read = await readWith(keys, key, token, now)
    if (read !== undefined) return read
  }
  throw refused()
}

async function readWith(keys: SiteKeys, key: SiteKey, token: string, now: Date): Promise<SiteAssertion | undefined> {
  const opened = await keyOf(key)
  // Loaded when a token is read: commands that read none start without it.
  const { jwtVerify } = await import('jose')
  try {
    const { payload, protectedHeader } = await jwtVerify(token, opened, {
      algorithms: [key.algorithm],
      issuer: keys.issuer,
      audience: keys.audience,
      currentDate: now,
      clockTolerance: SKEW_SECONDS,
      requiredClaims: ['exp', 'iat', 'jti'],
      maxTokenAge: MOST_SECONDS,
    })
    if (key.id !== undefined && protectedHeader.kid !== key.id) return undefined
    const { sub, jti, iat, exp, email, email_verified } = claims.parse(payload)
    if (exp - iat > MOST_SECONDS || exp <= iat) return undefined
    const identities: Identity[] = []
    if (email !== undefined && email_verified === true) identities.push({ kind: 'email', value: email.toLowerCase() })
    if (sub !== undefined && keys.subject !== undefined) identities.push({ kind: keys.subject, value: sub })
    if (identities.length === 0) return undefined
    return { identities, nonce: `${keys.issuer} ${jti}`, expiresAt: new Date((exp + SKEW_SECONDS) * 1000) }
  } catch {
    return undefined
  }
}

/** The key as the library takes it. Fault `identity.bad-key`. */
async function keyOf({ algorithm, key }: SiteKey): Promise<CryptoKey | Uint8Array> {
  try {
    if (algorithm === 'HS256') {
      const secret = new TextEncoder().encode(key.trim())
      if (secret.byteLength < 32) throw new RangeError('too short')
      return secret
    }
    if (key.trim().startsWith('{')) {
      const jwk = JSON.parse(key) as JWK
      if (jwk.d !== undefined) throw new RangeError('a private key')
      const { importJWK } = await import('jose')
      return await importJWK(jwk, algorithm)
    }
    const { importSPKI } = await import('jose')
    return await importSPKI(key, algorithm)
  } catch (cause) {
    throw new Fault({
      code: 'identity.bad-key',
      what: `A key of the vendor's site is no ${algorithm === 'HS256' ? 'secret of 32 bytes or more' : `public key for ${algorithm}`}.`,
      mend: 'Give a public key as PEM (BEGIN PUBLIC KEY) or JWK, or for HS256 a shared secret of at least 32 bytes.',
      cause,
    })
  }
}

function refused(): Fault {
  return new Fault({
    code: 'identity.token-refused',
    what: 'The token of the site does not show who is signed in.',
    mend: 'Make a new token when the person clicks; docs/identity.md names every claim it needs.',
  })
}
