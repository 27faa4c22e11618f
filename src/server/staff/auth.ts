import { passkey } from '@better-auth/passkey'
import { APIError, betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { staffAdapter } from './adapter.ts'
import { joiningStaff } from './invitations.ts'
import { type OidcSettings, oidcPlugin } from './oidc.ts'
import { LEAST_LENGTH, MOST_LENGTH, type PasswordCost, passwordHashes } from './passwords.ts'
import { makeRecoveryCodes, storedCodes } from './recovery-codes.ts'
import { SESSION_HOURS, sessionSecret } from './sessions.ts'
import type { StaffTables } from './tables.ts'

export interface AuthOptions {
  readonly tables: StaffTables
  /** What people type into their browser, e.g. `https://kept.example.org`; passkeys are bound to its host. */
  readonly publicAddress: string
  /** The name that an authenticator app shows. */
  readonly appName: string
  readonly oidc?: OidcSettings
  /** What a look at a password costs; default: as strong as OWASP asks. */
  readonly passwordCost?: PasswordCost
}

export type StaffAuth = ReturnType<typeof staffAuth>

/**
 * better-auth on Kept's tables. Its own routes are never mounted: the pages of this folder call what they need of it,
 * and whether a session counts is decided by `openSession` alone.
 */
export function staffAuth({ tables, publicAddress, appName, oidc, passwordCost }: AuthOptions) {
  const address = new URL(publicAddress)
  const secure = address.protocol === 'https:'
  return betterAuth({
    appName,
    baseURL: address.origin,
    basePath: '/staff/auth',
    secret: sessionSecret(tables),
    database: staffAdapter(tables.pool),
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    user: { modelName: 'staff' },
    session: { modelName: 'staff_session', expiresIn: SESSION_HOURS * 3600, disableSessionRefresh: true },
    account: {
      modelName: 'staff_account',
      updateAccountOnSignIn: false,
      // An account of elsewhere is known by issuer and subject only: no address joins it to an account here.
      accountLinking: { enabled: true, disableImplicitLinking: true, updateUserInfoOnLink: false },
    },
    verification: { modelName: 'staff_challenge', storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: LEAST_LENGTH,
      maxPasswordLength: MOST_LENGTH,
      password: passwordHashes(passwordCost),
    },
    advanced: {
      cookiePrefix: cookiePrefix(publicAddress),
      useSecureCookies: false,
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      twoFactor({
        issuer: appName,
        schema: { twoFactor: { modelName: 'staff_second_factor' } },
        // Wrong tries are counted once, by `throttle.ts`, for known and unknown addresses alike.
        accountLockout: { enabled: false },
        backupCodeOptions: { customBackupCodesGenerate: makeRecoveryCodes, storeBackupCodes: storedCodes(tables) },
      }),
      passkey({
        rpID: address.hostname,
        rpName: appName,
        origin: address.origin,
        schema: { passkey: { modelName: 'staff_passkey' } },
        advanced: { webAuthnChallengeCookie: 'passkey' },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          requireSession: false,
          // Who joins by a link has no session yet; the context is ours, signed, and never the secret of the link.
          resolveUser: async ({ context }) => {
            const invited = await joiningStaff(tables, context ?? '')
            if (invited === undefined) throw new APIError('FORBIDDEN')
            return { id: invited.staff, name: invited.email, displayName: invited.name }
          },
          afterVerification: async ({ verification }) => {
            requireUser(verification.registrationInfo?.userVerified)
            return undefined
          },
        },
        authentication: {
          afterVerification: async ({ verification }) => requireUser(verification.authenticationInfo.userVerified),
        },
      }),
      ...(oidc === undefined ? [] : [oidcPlugin(oidc, address.origin)]),
    ],
  })
}

/** A passkey counts as two factors only where its device has asked for a finger, a face or a PIN. */
function requireUser(verified: boolean | undefined): void {
  if (verified !== true) throw new APIError('UNAUTHORIZED')
}

/** `__Host-` keeps a cookie from other hosts and from plain connections (RFC 6265bis §4.1.3.2). */
function cookiePrefix(publicAddress: string): string {
  return new URL(publicAddress).protocol === 'https:' ? '__Host-kept' : 'kept'
}

/** Names of the cookies, as better-auth writes them. */
export function cookieNames(publicAddress: string) {
  const prefix = cookiePrefix(publicAddress)
  return {
    session: `${prefix}.session_token`,
    secondFactor: `${prefix}.two_factor`,
    passkey: `${prefix}.passkey`,
    state: `${prefix}.state`,
  }
}
