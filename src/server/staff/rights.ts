import { ROLES, type Role, type Staff } from '../who.ts'

/** Roles by the tenant's short name. */
export type RolesByTenant = Staff['roles']

export function isRole(word: unknown): word is Role {
  return ROLES.some((role) => role === word)
}

/** Pairs of tenant and role as a map; a word that is no role of this release gives no right. */
export function rolesOf(pairs: unknown): RolesByTenant {
  const found = (Array.isArray(pairs) ? pairs : []).flatMap((pair: unknown) => {
    const [tenant, role] = Array.isArray(pair) ? (pair as unknown[]) : []
    return typeof tenant === 'string' && isRole(role) ? [{ tenant, role }] : []
  })
  const tenants = Object.entries(Object.groupBy(found, ({ tenant }) => tenant))
  return Object.fromEntries(tenants.map(([tenant, all]) => [tenant, (all ?? []).map(({ role }) => role)]))
}
