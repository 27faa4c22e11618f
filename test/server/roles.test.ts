/** Every route with every role, with nobody, with another tenant's staff, and with an old second factor. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { readConfiguration } from '../../src/server/read-configuration.ts'
import type { Route } from '../../src/server/route.ts'
import { allRoutes, type RouteParts } from '../../src/server/routes/index.ts'
import { startServer } from '../../src/server/serve.ts'
import { staffTables } from '../../src/server/staff/open.ts'
import { makeToken } from '../../src/server/staff/tokens.ts'
import { ROLES, type Role } from '../../src/server/who.ts'
import { type Mode, modes } from '../database-modes.ts'
import { freshDatabase } from '../postgres.ts'
import { POLICY } from './served-policy.ts'
import { ADDRESS, type House, joined, openHouse, TENANT } from './staff-house.ts'
import { layVendor } from './vendor.ts'

/** The routes as they are, but for what they do: who comes through to them is the question here. */
const routes: readonly Route[] = allRoutes({ version: '0' } as RouteParts).map((route) => ({
  ...route,
  act: false,
  bodyBytes: 1000,
  run: async () => ({ body: { reached: true } }),
}))

/** What each group of roles may do is decided here once more, apart from the declarations. */
const READERS = ['get']
const MUST_NOT: Readonly<Partial<Record<Role, (route: Route) => boolean>>> = {
  auditor: ({ method, name }) => !READERS.includes(method) && name !== 'evidence-log.verify',
  agent: ({ secondFactor, tag }) => secondFactor === true || tag === 'evidence',
  'store-owner': ({ path, secondFactor }) => secondFactor === true || path.startsWith('/api/v1/requests'),
}
const ONLY_ADMINISTRATORS = /^\/api\/v1\/(staff|tokens)(\/|$)/

describe('every route', () => {
  let house: House
  const tokens = new Map<string, string>()
  const cookies = new Map<Role, string>()

  const call = async (route: Route, headers: Record<string, string>) => {
    const path = route.path.replaceAll(/\{\w+\}/g, 'k7m2x9q4w8nd')
    const request = new Request(`${ADDRESS}${path}`, {
      method: route.method.toUpperCase(),
      headers: { origin: ADDRESS, ...(route.body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(route.body ? { body: '{}' } : {}),
    })
    const response = await house.fetch(request)
    const { code } = (await response.json()) as { code?: string }
    // Whoever comes through may still have said nothing sensible: that is asked after who they are.
    return [401, 403].includes(response.status) ? `${response.status} ${code}` : 'through'
  }

  beforeAll(async () => {
    house = await openHouse(modes.find(({ shared }) => shared) as Mode, { routes })
    for (const role of ROLES) {
      const bearer = async (tenant: string) => {
        const made = await makeToken(house.tables, { name: role, tenant, roles: [role], days: 1 })
        return `Bearer ${made.secret}`
      }
      tokens.set(role, await bearer(TENANT))
      tokens.set(`${role} elsewhere`, await bearer('another'))
      const { visitor } = await joined(house, { email: `${role}@kept.example`, roles: [role] })
      cookies.set(role, [...visitor.jar].map(([name, value]) => `${name}=${value}`).join('; '))
    }
  }, 120_000)
  afterAll(() => house.close())

  it('has somebody who may use it, and is open to everybody only where that is meant', () => {
    expect(routes.length).toBeGreaterThan(40)
    const open = routes.filter(({ who }) => who === 'public').map(({ path }) => path)
    // People ask, and show who they are, before there is anything that they could be let in by.
    const forPeople = ['/api/v1/asked', '/api/v1/proofs']
    expect(open.sort()).toEqual([...forPeople, '/health', '/metrics', '/openapi.json', '/ready', '/reference'])
  })

  /** Where the server does not do what is declared, or what is declared opens more than it should. */
  const differences = async (declared: readonly Route[]) => {
    const wrong: string[] = []
    for (const route of declared) {
      const said = (who: string, found: string, expected: string) => {
        if (found !== expected) wrong.push(`${route.name} for ${who}: ${found}, not ${expected}`)
      }
      if (route.who === 'public' || route.who === 'person') continue
      said('nobody', await call(route, {}), '401 api.not-signed-in')
      said(
        'a made-up token',
        await call(route, { authorization: `Bearer kept_${'A'.repeat(43)}` }),
        '401 api.not-signed-in',
      )
      for (const role of ROLES) {
        const may = route.who.includes(role)
        const expected = may ? 'through' : '403 api.forbidden'
        said(role, await call(route, { cookie: cookies.get(role) ?? '' }), expected)
        const elsewhere = { authorization: tokens.get(`${role} elsewhere`) ?? '' }
        said(`${role} elsewhere`, await call(route, elsewhere), '403 api.forbidden')
        // A machine shows no second factor.
        const machine = await call(route, { authorization: tokens.get(role) ?? '' })
        said(`a machine as ${role}`, machine, may && route.secondFactor ? '403 api.second-factor' : expected)
        if (may && MUST_NOT[role]?.(route)) wrong.push(`${route.name} is open to ${role}`)
      }
      if (ONLY_ADMINISTRATORS.test(route.path) && route.who.join() !== 'administrator')
        wrong.push(`${route.name} is open to others than administrators`)
    }
    return wrong
  }

  it('lets through whom it names, and nobody else', { timeout: 120_000 }, async () => {
    expect(await differences(routes)).toEqual([])
  })

  it('is seen where it lets through somebody else than declared, or opens too much', async () => {
    const approve = routes.filter(({ name }) => name === 'requests.approve')
    const narrower = approve.map((route): Route => ({ ...route, who: ['privacy-officer'] }))
    expect(await differences(narrower)).toContain('requests.approve for administrator: through, not 403 api.forbidden')
    const wider = approve.map((route): Route => ({ ...route, who: ['administrator', 'privacy-officer', 'agent'] }))
    expect(await differences(wider)).toContain('requests.approve is open to agent')
  })

  it('asks for a second factor of the last five minutes where it destroys or publishes', async () => {
    const acts = routes.filter(({ secondFactor }) => secondFactor === true)
    expect(acts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['requests.approve', 'versions.activate', 'terms.sweep', 'members.invite', 'tokens.make']),
    )
    house.ahead = 6
    for (const route of acts)
      expect([route.name, await call(route, { cookie: cookies.get('administrator') ?? '' })]).toEqual([
        route.name,
        '403 api.second-factor',
      ])
    house.ahead = 0
  })
})

describe('two tenants on one server', () => {
  it('never see or change each other, nor each other’s staff', { timeout: 120_000 }, async () => {
    const { folder, env } = await layVendor()
    Object.assign(env, { KEPT_DATABASE_URL: await freshDatabase('tenants'), KEPT_KEYS: join(folder, 'keys') })
    writeFileSync(join(folder, 'other.yaml'), POLICY.replace('Larkspur Software Ltd', 'Fernweh Travel GmbH'))
    const tenants = 'tenants:\n  main: { policy: kept.yaml }\n  other: { policy: other.yaml }\n'
    writeFileSync(join(folder, 'kept.server.yaml'), tenants)
    const files = { policy: 'kept.yaml', data: '.kept', port: 0 }
    const configuration = await readConfiguration(folder, undefined, env, files)
    const surroundings = { cwd: folder, env, err: () => undefined }
    const server = await startServer({ surroundings, configuration, log: () => undefined })
    onTestFinished(() => server.close())
    expect(server.firstLink).toContain('/staff/join?link=')
    const database = server.foundation.databases[0]
    if (database === undefined) throw new Error('there is no database')
    const token = async (tenant: string, role: Role) => {
      const made = await makeToken(staffTables(database), { name: `${tenant} ${role}`, tenant, roles: [role], days: 1 })
      return `Bearer ${made.secret}`
    }
    const [ours, theirs] = [await token('main', 'administrator'), await token('other', 'administrator')]
    const ask = async (authorization: string, tenant: string, method: string, path: string, body?: unknown) => {
      const called = await fetch(server.address + path, {
        method,
        headers: { authorization, 'kept-tenant': tenant, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return [called.status, await called.text()] as const
    }
    const [made] = await ask(ours, 'main', 'POST', '/api/v1/requests', {
      kind: 'access',
      identities: [{ kind: 'email', value: 'person1@example.org' }],
    })
    expect(made).toBe(202)
    expect((await ask(theirs, 'other', 'GET', '/api/v1/requests'))[1]).toBe('{"requests":[],"next":null}')
    expect((await ask(theirs, 'main', 'GET', '/api/v1/requests'))[0]).toBe(403)
    expect((await ask(ours, 'other', 'GET', '/api/v1/evidence/entries'))[0]).toBe(403)
    const [status, list] = await ask(theirs, 'other', 'GET', '/api/v1/staff')
    expect(status).toBe(200)
    expect(list).toContain('other administrator')
    expect(list).not.toContain('main administrator')
    const ourToken = (JSON.parse((await ask(ours, 'main', 'GET', '/api/v1/staff'))[1]) as { tokens: { id: string }[] })
      .tokens[0]?.id
    expect((await ask(theirs, 'other', 'DELETE', `/api/v1/tokens/${ourToken}`))[0]).toBe(404)
    expect((await ask(ours, 'main', 'GET', '/api/v1/staff'))[0]).toBe(200)
  })
})
