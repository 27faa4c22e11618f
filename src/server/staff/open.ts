import type { KeptDatabase } from '../../database/open.ts'
import { Fault } from '../../language/fault.ts'
import { resolveSecret } from '../../policy/secret.ts'
import type { Configuration } from '../read-configuration.ts'
import type { Tenants } from '../tenant.ts'
import { ROLES } from '../who.ts'
import { hasAdministrator, setRoles } from './accounts.ts'
import type { StaffFile } from './configuration.ts'
import { invite } from './invitations.ts'
import type { OidcSettings } from './oidc.ts'
import type { StaffSide } from './staff.ts'
import type { StaffTables } from './tables.ts'

export interface OpenStaff extends StaffSide {
  readonly tables: StaffTables
  /** While nobody is administrator yet: the link by which somebody becomes it, made anew at each start. */
  readonly firstLink?: string
}

/** The staff of a server: its tables, its sign-in, and the first link. Fault `staff.unknown-tenant`. */
export async function openStaff(
  configuration: Configuration,
  tenants: Tenants,
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenStaff> {
  const database = databaseOf(tenants)
  const tables = staffTables(database)
  const { staff = {}, publicAddress } = configuration
  const oidc = staff.oidc && (await oidcSettings(staff.oidc, tenants, env))
  // Commands on staff need the tables alone, not the sign-in.
  const { staffSide } = await import('./staff.ts')
  const side = staffSide({
    tables,
    publicAddress,
    appName: staff.name ?? 'Kept',
    ...(oidc === undefined ? {} : { oidc }),
    pseudonym: (who) => database.staff(who),
    record: async (slugs, facts) => {
      const logs = slugs.flatMap((slug) => tenants.named(slug)?.database ?? [])
      for (const log of logs.length > 0 ? logs : tenants.all.map((tenant) => tenant.database)) await log.append(facts)
    },
  })
  const firstLink = (await hasAdministrator(tables)) ? undefined : await firstLinkOf(tables, tenants, publicAddress)
  return { ...side, tables, ...(firstLink === undefined ? {} : { firstLink }) }
}

export function staffTables(database: KeptDatabase): StaffTables {
  return { pool: database.pool, secretFor: (purpose) => database.secretFor(purpose), now: () => new Date() }
}

/** Where somebody who was invited joins, on the server's own address. */
export function joinPath(secret: string): string {
  return `/staff/join?${new URLSearchParams({ link: secret })}`
}

/** The staff are one for all tenants, in the one database that these share. */
function databaseOf(tenants: Tenants): KeptDatabase {
  const [first] = tenants.all
  if (first === undefined) throw new Error('a server has one tenant at least')
  return first.database
}

/** An administrator of every tenant, whose address is asked for when the link is used. */
async function firstLinkOf(tables: StaffTables, tenants: Tenants, publicAddress: string): Promise<string> {
  const [first, ...others] = tenants.all
  const invited = { email: 'administrator@kept.invalid', name: '', roles: ['administrator'] as const }
  const { secret, staff } = await invite(tables, { ...invited, tenant: first?.slug ?? '' })
  for (const { slug } of others) await setRoles(tables.pool, staff, slug, ['administrator'])
  return publicAddress + joinPath(secret)
}

async function oidcSettings(
  file: NonNullable<StaffFile['oidc']>,
  tenants: Tenants,
  env: Readonly<Record<string, string | undefined>>,
): Promise<OidcSettings> {
  const { issuer, client, secret, name, scopes, claim, roles } = file
  const slugs = Object.values(roles).flatMap((byTenant) => Object.keys(byTenant))
  const unknown = slugs.find((slug) => tenants.named(slug) === undefined)
  if (unknown !== undefined) throw unknownTenant(unknown)
  return {
    issuer,
    clientId: client,
    ...(secret === undefined ? {} : { clientSecret: await resolveSecret(secret, env) }),
    name,
    ...(scopes === undefined ? {} : { scopes: ['openid', ...scopes.filter((scope) => scope !== 'openid')] }),
    roles: { claim, give: roles },
  }
}

/** Fault for a tenant that no configuration names. */
export function unknownTenant(slug: string): Fault {
  return new Fault({
    code: 'staff.unknown-tenant',
    what: `Roles are given for ${/^[a-z][a-z0-9-]{0,31}$/.test(slug) ? slug : 'a tenant'}, which is no tenant of this server.`,
    mend: 'Write a name that stands under tenants: in kept.server.yaml; without that key the only tenant is main.',
  })
}

/** Fault for a word that is no role. */
export function unknownRole(): Fault {
  return new Fault({ code: 'staff.unknown-role', what: 'A role is none.', mend: `The roles are: ${ROLES.join(', ')}.` })
}
