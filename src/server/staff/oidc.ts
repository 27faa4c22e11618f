import { AsyncLocalStorage } from 'node:async_hooks'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { sha256Hex } from '../../base/hash.ts'
import type { Role } from '../who.ts'
import { isRole, type RolesByTenant } from './rights.ts'

/** Where staff sign in elsewhere, and what they are here for it. */
export interface OidcSettings {
  /** The issuer's address; its configuration is read from `/.well-known/openid-configuration` there. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string
  /** What the button says. */
  readonly name: string
  /** Default `openid profile email`. */
  readonly scopes?: readonly string[]
  readonly roles: {
    /** The claim of the ID token that tells roles: a text or a list of texts, e.g. `groups`. */
    readonly claim: string
    /** By value of the claim: the roles it gives, by tenant. A value that is not named gives none. */
    readonly give: Readonly<Record<string, RolesByTenant>>
  }
}

export const OIDC_CALLBACK = '/staff/oidc/callback'

/** The issuer is part of the name: after a change of issuer no subject of the old one is anybody of the new one. */
export function providerId({ issuer }: Pick<OidcSettings, 'issuer'>): string {
  return `oidc-${sha256Hex(issuer.replace(/\/$/, '')).slice(0, 16)}`
}

/** Claims of the sign-in that is under way: better-auth checks the ID token, this keeps what it says until the session stands. */
const claimsOf = new AsyncLocalStorage<{ given: Readonly<Record<string, unknown>> | undefined }>()

/** Runs a callback of the issuer and answers it with the verified claims. */
export async function withClaims<T>(
  run: () => Promise<T>,
): Promise<{ result: T; claims: Readonly<Record<string, unknown>> }> {
  const holder: { given: Readonly<Record<string, unknown>> | undefined } = { given: undefined }
  const result = await claimsOf.run(holder, run)
  return { result, claims: holder.given ?? {} }
}

export function oidcPlugin(settings: OidcSettings, origin: string) {
  return genericOAuth({
    config: [
      {
        providerId: providerId(settings),
        name: settings.name,
        discoveryUrl: `${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        clientId: settings.clientId,
        ...(settings.clientSecret === undefined ? {} : { clientSecret: settings.clientSecret }),
        ...(settings.clientSecret === undefined ? { tokenEndpointAuth: { method: 'none' as const } } : {}),
        scopes: [...(settings.scopes ?? ['openid', 'profile', 'email'])],
        pkce: true,
        redirectURI: `${origin}${OIDC_CALLBACK}`,
        mapProfileToUser: (profile) => {
          const claims: Readonly<Record<string, unknown>> = profile
          const holder = claimsOf.getStore()
          if (holder) holder.given = claims
          return { email: addressOf(settings, claims), emailVerified: true, name: nameOf(claims) }
        },
      },
    ],
  })
}

/** A verified address; without one a name of ours, which nobody can have claimed. */
function addressOf({ issuer }: OidcSettings, claims: Readonly<Record<string, unknown>>): string {
  const { email, email_verified: verified, sub } = claims
  if (typeof email === 'string' && verified === true) return email
  return `${sha256Hex(`${issuer} ${String(sub)}`).slice(0, 24)}@oidc.invalid`
}

function nameOf({ name, preferred_username: login }: Readonly<Record<string, unknown>>): string {
  const found = [name, login].find((one) => typeof one === 'string' && one.trim() !== '')
  return typeof found === 'string' ? found.slice(0, 200) : 'Staff'
}

/** The roles that verified claims give, by tenant. */
export function rolesFrom({ roles }: OidcSettings, claims: Readonly<Record<string, unknown>>): RolesByTenant {
  const claim = Object.hasOwn(claims, roles.claim) ? claims[roles.claim] : undefined
  const values = (Array.isArray(claim) ? claim : [claim]).filter((one) => typeof one === 'string')
  const given: Record<string, Role[]> = {}
  for (const value of values) {
    const byTenant = Object.hasOwn(roles.give, value) ? roles.give[value] : undefined
    for (const [tenant, some] of Object.entries(byTenant ?? {})) {
      given[tenant] = [...new Set([...(given[tenant] ?? []), ...some.filter(isRole)])]
    }
  }
  return given
}
