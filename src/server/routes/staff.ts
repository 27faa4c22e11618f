import { z } from 'zod'
import { fact } from '../../language/facts.ts'
import { Fault } from '../../language/fault.ts'
import { administering } from '../roles.ts'
import { type Route, route } from '../route.ts'
import { changeRoles, listStaff, type StaffAccount, staffAccount } from '../staff/accounts.ts'
import { invite } from '../staff/invitations.ts'
import { joinPath, staffTables } from '../staff/open.ts'
import { listTokens, type MachineToken, makeToken, revokeToken } from '../staff/tokens.ts'
import type { Tenant } from '../tenant.ts'
import { ROLES } from '../who.ts'

const roles = z.array(z.enum(ROLES)).max(ROLES.length)
const member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  state: z.enum(['invited', 'active', 'disabled']),
  roles,
})
const machine = z.object({ id: z.string(), name: z.string(), expires: z.string(), revoked: z.boolean(), roles })
const staffId = z.object({ id: z.string().regex(/^[0-9a-z]{16,32}$/i) })
const tokenId = z.object({ id: z.string().regex(/^[0-9a-z]{12}$/) })
const name = z.string().trim().min(1).max(200)

/** Who may do what for one tenant; nobody of another tenant is seen, changed or let in from here. */
export function staffRoutes(): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/staff',
      name: 'members.list',
      summary: 'The staff of this tenant and the tokens of its machines',
      tag: 'staff',
      who: administering,
      answer: z.object({ staff: z.array(member), tokens: z.array(machine) }),
      handle: async ({ tenant }) => {
        const tables = staffTables(tenant.database)
        const staff = (await listStaff(tables)).filter((one) => rolesHere(tenant, one).length > 0)
        const tokens = (await listTokens(tables)).filter((one) => rolesHere(tenant, one).length > 0)
        return {
          body: {
            staff: staff.map((one) => memberOf(tenant, one)),
            tokens: tokens.map((one) => machineOf(tenant, one)),
          },
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/staff',
      name: 'members.invite',
      summary: 'Makes a link by which somebody joins, once; it is answered here and nowhere else',
      tag: 'staff',
      who: administering,
      secondFactor: true,
      body: z.strictObject({ email: z.string().max(256), name: name.optional(), roles: roles.min(1) }),
      answer: z.object({ staff: z.string(), path: z.string(), expires: z.string() }),
      status: 201,
      handle: async ({ tenant, staff, body }) => {
        const tables = staffTables(tenant.database)
        await refuseElsewhere(tenant, body.email)
        const { email, roles: given } = body
        const made = await invite(tables, {
          email,
          tenant: tenant.slug,
          roles: given,
          ...(body.name === undefined ? {} : { name: body.name }),
        })
        const { database } = tenant
        const invited = { staff: database.staff(made.staff), by: database.staff(staff.id), roles: given }
        await database.append([fact('staff.invited/1', invited)])
        return { body: { staff: made.staff, path: joinPath(made.secret), expires: made.expiresAt.toISOString() } }
      },
    }),
    route({
      method: 'put',
      path: '/api/v1/staff/{id}/roles',
      name: 'members.change-roles',
      summary: 'Replaces the roles of somebody for this tenant; none at all closes it to them at once',
      tag: 'staff',
      who: administering,
      secondFactor: true,
      params: staffId,
      body: z.strictObject({ roles }),
      answer: z.object({ staff: member }),
      handle: async ({ tenant, staff, params: { id }, body }) => {
        const tables = staffTables(tenant.database)
        const account = await staffAccount(tables, id)
        if (rolesHere(tenant, account).length === 0) throw unknownHere()
        await changeRoles(tables, account.id, tenant.slug, body.roles)
        const { database } = tenant
        const changed = { staff: database.staff(account.id), by: database.staff(staff.id), roles: body.roles }
        await database.append([fact('staff.roles/1', changed)])
        return { body: { staff: memberOf(tenant, await staffAccount(tables, account.id)) } }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/tokens',
      name: 'tokens.make',
      summary: 'Makes a token for a machine; its secret is answered here and never again',
      tag: 'staff',
      who: administering,
      secondFactor: true,
      body: z.strictObject({ name, roles: roles.min(1), days: z.int().min(1).max(366) }),
      answer: z.object({ token: z.string(), secret: z.string(), expires: z.string() }),
      status: 201,
      handle: async ({ tenant, staff, body }) => {
        const made = await makeToken(staffTables(tenant.database), { ...body, tenant: tenant.slug })
        const { database } = tenant
        const told = { token: made.id, act: 'made' as const, by: database.staff(staff.id), roles: body.roles }
        await database.append([fact('staff.token/1', told)])
        return { body: { token: made.id, secret: made.secret, expires: made.expiresAt.toISOString() } }
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/tokens/{id}',
      name: 'tokens.revoke',
      summary: 'Ends a token at once',
      tag: 'staff',
      who: administering,
      params: tokenId,
      answer: z.object({ token: z.string() }),
      handle: async ({ tenant, staff, params: { id } }) => {
        const tables = staffTables(tenant.database)
        const found = (await listTokens(tables)).find((one) => one.id === id && rolesHere(tenant, one).length > 0)
        await revokeToken(tables, found?.id ?? '')
        const { database } = tenant
        const told = { token: id, act: 'revoked' as const, by: database.staff(staff.id), roles: [] }
        await database.append([fact('staff.token/1', told)])
        return { body: { token: id } }
      },
    }),
  ]
}

function rolesHere({ slug }: Tenant, { roles: byTenant }: Pick<StaffAccount, 'roles'>) {
  return Object.hasOwn(byTenant, slug) ? (byTenant[slug] ?? []) : []
}

function memberOf(tenant: Tenant, account: StaffAccount): z.output<typeof member> {
  const { id, name: called, email, state } = account
  return { id, name: called, email, state, roles: [...rolesHere(tenant, account)] }
}

function machineOf(tenant: Tenant, token: MachineToken): z.output<typeof machine> {
  const { id, name: called, expiresAt, revoked } = token
  return { id, name: called, expires: expiresAt.toISOString(), revoked, roles: [...rolesHere(tenant, token)] }
}

/** A new link takes the account over: one tenant's administrator must not come into another tenant by it. */
async function refuseElsewhere(tenant: Tenant, email: string): Promise<void> {
  const known = (await listStaff(staffTables(tenant.database))).find((one) => one.email === email.trim().toLowerCase())
  if (known === undefined || Object.keys(known.roles).every((slug) => slug === tenant.slug)) return
  throw new Fault({
    code: 'staff.other-tenant',
    what: 'Somebody with this address works for another tenant, too, so no new link is made from here.',
    mend: 'Let whoever runs the server do it: kept staff invite.',
  })
}

function unknownHere(): Fault {
  return new Fault({
    code: 'staff.unknown',
    what: 'Nobody of this tenant has this id.',
    mend: 'GET /api/v1/staff lists everybody.',
  })
}
