import { expect, it } from 'vitest'
import { z } from 'zod'
import { type AppParts, createApp } from '../../src/server/app.ts'
import { describeRoutes } from '../../src/server/describe.ts'
import { route } from '../../src/server/route.ts'
import type { Tenant } from '../../src/server/tenant.ts'
import type { Staff } from '../../src/server/who.ts'

const facts: { type: string }[] = []
/** Only what the gate and the acts touch: the routes' own work is tested on real databases elsewhere. */
const tenant = {
  slug: 'main',
  database: {
    append: async (given: readonly { type: string }[]) => {
      facts.push(...given)
      return []
    },
    staff: (who: string) => `s${who.padEnd(26, '0')}`,
  },
} as unknown as Tenant

const staff: Staff = { id: 'jo', name: 'Jo', roles: { main: ['agent'] } }

const routes = [
  route({
    method: 'get',
    path: '/api/v1/things/{id}',
    name: 'things.show',
    summary: 'Shows a thing',
    tag: 'things',
    who: ['agent', 'auditor'],
    params: z.object({ id: z.string().max(20) }),
    answer: z.object({ id: z.string(), by: z.string() }),
    handle: async ({ params, staff: asked }) => ({ body: { id: params.id, by: asked.name } }),
  }),
  route({
    method: 'post',
    path: '/api/v1/things',
    name: 'things.make',
    summary: 'Makes a thing',
    tag: 'things',
    who: ['agent'],
    body: z.strictObject({ count: z.int().max(5) }),
    answer: z.object({ count: z.int() }),
    status: 201,
    handle: async ({ body }) => ({ body: { count: body.count } }),
  }),
  route({
    method: 'delete',
    path: '/api/v1/things/{id}',
    name: 'things.remove',
    summary: 'Removes a thing',
    tag: 'things',
    who: ['agent'],
    secondFactor: true,
    params: z.object({ id: z.string() }),
    answer: z.object({}),
    handle: async () => ({ body: {} }),
  }),
  route({
    method: 'get',
    path: '/api/v1/open',
    name: 'things.open',
    summary: 'For everybody',
    tag: 'things',
    who: 'public',
    answer: z.object({ ok: z.boolean() }),
    handle: async () => ({ body: { ok: true } }),
  }),
  route({
    method: 'get',
    path: '/api/v1/slow',
    name: 'things.slow',
    summary: 'Never answers',
    tag: 'things',
    who: 'public',
    answer: z.object({}),
    handle: () => new Promise<never>(() => undefined),
  }),
  route({
    method: 'get',
    path: '/api/v1/broken',
    name: 'things.broken',
    summary: 'Fails',
    tag: 'things',
    who: 'public',
    answer: z.object({}),
    handle: () => Promise.reject(new Error('ada@example.org is in here')),
  }),
]

const lines: object[] = []
const parts: AppParts = {
  routes,
  tenants: { named: (slug) => (slug === 'main' ? tenant : undefined), ofHost: () => tenant, all: [tenant] },
  settings: {
    publicAddress: 'https://privacy.example.org',
    trustedProxies: [],
    limits: {
      bodyBytes: 1000,
      requestMs: 50,
      address: { burst: 1000, perMinute: 1 },
      staff: { burst: 1000, perMinute: 1 },
    },
  },
  log: (line) => {
    lines.push(line)
  },
  staffOf: async (request) =>
    request.headers.get('authorization') === 'Bearer jo'
      ? staff
      : request.headers.get('authorization') === 'Bearer fresh'
        ? { ...staff, confirmedAt: new Date() }
        : undefined,
}
const app = createApp(parts)
const jo = { authorization: 'Bearer jo' }

const send = (path: string, init: RequestInit = {}, to = app) => to.request(`https://privacy.example.org${path}`, init)

it('answers who may and refuses who may not, with a problem that names the fault', async () => {
  const shown = await send('/api/v1/things/a1', { headers: jo })
  expect([shown.status, await shown.json()]).toEqual([200, { id: 'a1', by: 'Jo' }])
  const nobody = await send('/api/v1/things/a1')
  expect(nobody.status).toBe(401)
  expect(nobody.headers.get('content-type')).toBe('application/problem+json')
  const told = (await nobody.json()) as Record<string, unknown>
  expect(told).toMatchObject({ status: 401, code: 'api.not-signed-in', type: 'urn:kept:fault:api.not-signed-in' })
  expect(told.instance).toBe(`urn:kept:request:${nobody.headers.get('x-request-id')}`)
  expect((await send('/api/v1/things/a1', { method: 'DELETE', headers: jo })).status).toBe(403)
  expect(
    (await send('/api/v1/things/a1', { method: 'DELETE', headers: { authorization: 'Bearer fresh' } })).status,
  ).toBe(200)
})

it('answers 401 to every staff route of a server that has no staff', async () => {
  const { staffOf: _, ...without } = parts
  const closed = createApp(without)
  expect((await send('/api/v1/things/a1', { headers: jo }, closed)).status).toBe(401)
})

it('keeps tenants apart', async () => {
  expect((await send('/api/v1/open', { headers: { 'kept-tenant': 'other' } })).status).toBe(404)
  const other = createApp({ ...parts, tenants: { ...parts.tenants, ofHost: () => ({ ...tenant, slug: 'other' }) } })
  expect((await send('/api/v1/things/a1', { headers: jo }, other)).status).toBe(403)
})

it('writes an act to the evidence before it is done, and nothing of one that is refused', async () => {
  facts.length = 0
  const post = (body: unknown) =>
    send('/api/v1/things', {
      method: 'POST',
      headers: { ...jo, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  expect((await post({ count: 3 })).status).toBe(201)
  expect(facts).toMatchObject([{ type: 'staff.asked/1', body: { act: 'things.make' } }])
  const refused = await post({ count: 'ada@example.org' })
  expect(refused.status).toBe(422)
  const text = await refused.text()
  expect(text).toContain('body.count')
  expect(text).not.toContain('ada@')
  expect(facts.length).toBe(1)
})

it('bounds bodies, media types and time, and tells no message of an error', async () => {
  const headers = { ...jo, 'content-type': 'application/json' }
  const big = await send('/api/v1/things', { method: 'POST', headers, body: 'x'.repeat(2000) })
  expect(big.status).toBe(413)
  expect((await send('/api/v1/things', { method: 'POST', headers: jo, body: '{}' })).status).toBe(415)
  expect((await send('/api/v1/things', { method: 'POST', headers, body: '{' })).status).toBe(400)
  expect((await send('/api/v1/slow')).status).toBe(503)
  lines.length = 0
  const broken = await send('/api/v1/broken')
  expect(broken.status).toBe(500)
  expect(await broken.text()).not.toContain('ada@')
  expect(JSON.stringify(lines)).not.toContain('ada@')
  expect(lines).toMatchObject([{ event: 'failure' }, { event: 'request', route: 'things.broken', status: 500 }])
})

it('refuses a cookie from another site, and takes one from its own page', async () => {
  const post = (more: Record<string, string>) =>
    send('/api/v1/things', {
      method: 'POST',
      headers: { ...jo, 'content-type': 'application/json', cookie: 'session=1', ...more },
      body: '{"count":1}',
    })
  expect((await post({ origin: 'https://evil.example' })).status).toBe(403)
  expect((await post({ 'sec-fetch-site': 'cross-site', origin: 'https://privacy.example.org' })).status).toBe(403)
  expect((await post({})).status).toBe(403)
  expect((await post({ origin: 'https://privacy.example.org', 'sec-fetch-site': 'same-origin' })).status).toBe(201)
})

it('answers unknown addresses and wrong methods, and limits how often one address asks', async () => {
  expect((await send('/api/v1/nothing')).status).toBe(404)
  expect((await send('/api/v1/open', { method: 'PUT' })).status).toBe(405)
  const { settings } = parts
  const limits = { ...settings.limits, address: { burst: 2, perMinute: 0 } }
  const narrow = createApp({ ...parts, settings: { ...settings, limits } })
  const statuses = [1, 2, 3].map(async () => (await send('/api/v1/open', {}, narrow)).status)
  expect(await Promise.all(statuses)).toEqual([200, 200, 429])
})

it('sends security headers with every answer', async () => {
  for (const path of ['/api/v1/open', '/api/v1/nothing', '/api/v1/broken']) {
    const { headers } = await send(path)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toContain('max-age=')
  }
})

it('describes every route with who may use it', () => {
  const document = describeRoutes(routes, '0.1.0') as { paths: Record<string, Record<string, Record<string, unknown>>> }
  expect(document.paths['/api/v1/things/{id}']?.get?.['x-kept-who']).toEqual(['agent', 'auditor'])
  expect(document.paths['/api/v1/open']?.get?.security).toEqual([])
  expect(Object.values(document.paths).flatMap((methods) => Object.keys(methods)).length).toBe(routes.length)
})
