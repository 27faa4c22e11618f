/** What bounds a sign-in: weak passwords, other sites, endless tries, old sessions, and what a stolen table tells. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeToken } from '../../src/server/staff/tokens.ts'
import { type Mode, modes } from '../database-modes.ts'
import { ADDRESS, type House, joined, type Member, openHouse, PASSWORD, TENANT, Visitor } from './staff-house.ts'

const HOUR = 60
const serverMode = modes.find(({ shared }) => shared) as Mode

describe('the bounds of a sign-in', { timeout: 120_000 }, () => {
  let house: House
  let jo: Member
  const cookiesOf = (visitor: Visitor) => [...visitor.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const whoIs = (visitor: Visitor) =>
    house.side.staffOf(new Request(ADDRESS, { headers: { cookie: cookiesOf(visitor) } }))
  beforeAll(async () => {
    house = await openHouse(serverMode)
    jo = await joined(house)
  })
  afterAll(() => house.close())

  it('gives cookies that no other host and no script can have', async () => {
    const link = await house.link({ email: 'cookie@kept.example' })
    const page = await new Visitor(house).post('/staff/join', { link, name: 'C', email: '', password: PASSWORD })
    const set = page.headers.getSetCookie()
    expect(set.length).toBeGreaterThan(0)
    for (const one of set) {
      expect(one).toMatch(/^__Host-kept\./)
      expect(one).toMatch(/; HttpOnly/i)
      expect(one).toMatch(/; Secure/i)
      expect(one).toMatch(/; SameSite=Lax/i)
      expect(one).toMatch(/; Path=\//i)
      expect(one).not.toMatch(/; Domain/i)
    }
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  it('takes no session of somebody who only has a password', async () => {
    const link = await house.link({ email: 'half@kept.example' })
    const half = new Visitor(house)
    expect((await half.post('/staff/join', { link, name: 'H', email: '', password: PASSWORD })).status).toBe(200)
    expect(half.jar.size).toBeGreaterThan(0)
    expect(await whoIs(half)).toBeUndefined()
    expect((await half.get('/staff')).status).toBe(303)
    const only = await half.post('/staff/sign-in', { email: 'half@kept.example', password: PASSWORD, code: '' })
    expect(only.status).toBe(422)
    expect(await whoIs(half)).toBeUndefined()
  })

  it('refuses weak passwords with a reason', async () => {
    const link = await house.link({ email: 'weak.person@kept.example' })
    const weak = [
      'short',
      '1234qwerasdfzxcv',
      'aaaaaaaaaaaaaaaa',
      'abcdeabcdeabcde',
      'weak.person.kept',
      'x'.repeat(200),
    ]
    for (const password of weak) {
      const form = { link, name: 'Weak Person', email: '', password }
      expect([password, (await new Visitor(house).post('/staff/join', form)).status]).toEqual([password, 422])
    }
  })

  it('refuses forms of another site, even before there is a cookie', async () => {
    const send = (headers: Record<string, string>) =>
      house.fetch(
        new Request(`${ADDRESS}/staff/sign-in`, {
          method: 'POST',
          headers,
          body: new URLSearchParams({ email: jo.email, password: PASSWORD, code: '000000' }),
        }),
      )
    expect((await send({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await send({ origin: ADDRESS, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send({})).status).toBe(403)
  })

  it('never sends anybody to another site', async () => {
    const page = async (to: string) =>
      (await new Visitor(house).get(`/staff/sign-in?${new URLSearchParams({ to })}`)).text()
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', '/\tevil', 'javascript:alert(1)'])
      expect(await page(to)).not.toContain('evil')
    expect(await page('/admin/requests')).toContain('value="/admin/requests"')
  })

  it('keeps nothing readable of links, codes, tokens and sessions’ signatures', async () => {
    const link = await house.link({ email: 'silent@kept.example' })
    const { secret } = await makeToken(house.tables, { name: 'ci', tenant: TENANT, roles: ['auditor'], days: 1 })
    const dump: string[] = []
    for (const table of ['', '_account', '_session', '_challenge', '_second_factor', '_invitation', '_token']) {
      dump.push(JSON.stringify((await house.tables.pool.query(`SELECT to_jsonb(t) FROM kept.staff${table} t`)).rows))
    }
    const cookie = decodeURIComponent([...jo.visitor.jar.values()][0] ?? '')
    for (const hidden of [link, secret, secret.slice(5), PASSWORD, jo.secret, cookie])
      expect(dump.join('\n')).not.toContain(hidden)
  })

  it('ends a session after half an hour without use, and after twelve hours in any case', async () => {
    const visitor = new Visitor(house, '192.0.2.12')
    const [, , code = ''] = jo.recoveryCodes
    await visitor.post('/staff/sign-in', { email: jo.email, password: PASSWORD, code })
    for (house.ahead = 0; house.ahead < 12 * HOUR; house.ahead += 29) expect(await whoIs(visitor)).toBeDefined()
    expect(await whoIs(visitor)).toBeUndefined()
    house.ahead = 0
    expect(await whoIs(visitor)).toBeUndefined()
    house.ahead = 31
    expect(await whoIs(jo.visitor)).toBeUndefined()
    house.ahead = 0
  })

  it('signs out here, and everywhere', async () => {
    const [, , , first = '', second = ''] = jo.recoveryCodes
    const [here, there] = [new Visitor(house, '192.0.2.13'), new Visitor(house, '192.0.2.14')]
    await here.post('/staff/sign-in', { email: jo.email, password: PASSWORD, code: first })
    await there.post('/staff/sign-in', { email: jo.email, password: PASSWORD, code: second })
    const kept = new Visitor(house)
    for (const [name, value] of here.jar) kept.jar.set(name, value)
    await here.post('/staff/sign-out', {})
    expect(await whoIs(kept)).toBeUndefined()
    expect(await whoIs(there)).toBeDefined()
    const another = new Visitor(house, '192.0.2.15')
    const code = jo.recoveryCodes[5] ?? ''
    await another.post('/staff/sign-in', { email: jo.email, password: PASSWORD, code })
    await another.post('/staff/sign-out/everywhere', {})
    expect(await whoIs(there)).toBeUndefined()
  })

  it('lets wrong tries wait longer and longer, for known and unknown addresses alike', async () => {
    const statuses = async (email: string, sender: string) => {
      const visitor = new Visitor(house, sender)
      const seen: number[] = []
      for (let tries = 0; tries < 7; tries++) {
        seen.push((await visitor.post('/staff/sign-in', { email, password: 'x', code: '000000' })).status)
        if (tries === 5) house.ahead += 1
      }
      return seen
    }
    const unknown = await statuses('nobody.else@kept.example', '192.0.2.21')
    expect(unknown).toEqual([422, 422, 422, 422, 422, 429, 422])
    expect(await statuses(jo.email, '192.0.2.22')).toEqual(unknown)
    // Many tries at once are counted one by one, before any of them is answered.
    const together = Array.from({ length: 12 }, () =>
      new Visitor(house, '192.0.2.24').post('/staff/sign-in', { email: 'many@kept.example', password: 'x', code: '0' }),
    )
    const answered = (await Promise.all(together)).map(({ status }) => status)
    expect(answered.filter((status) => status === 422)).toHaveLength(5)
    // While one address waits, the right password waits as well; another person does not.
    const right = { email: jo.email, password: PASSWORD, code: jo.recoveryCodes[6] ?? '' }
    expect((await new Visitor(house, '192.0.2.23').post('/staff/sign-in', right)).status).toBe(429)
    house.ahead += 20
    expect((await new Visitor(house, '192.0.2.23').post('/staff/sign-in', right)).status).toBe(303)
    house.ahead = 0
  })
})
