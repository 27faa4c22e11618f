/** Staff of an organisation with a sign-in of its own, which is a real OpenID provider on loopback. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listStaff } from '../../src/server/staff/accounts.ts'
import type { OidcSettings } from '../../src/server/staff/oidc.ts'
import { type Mode, modes } from '../database-modes.ts'
import { ADDRESS, type House, joined, openHouse, TENANT, Visitor } from './staff-house.ts'

interface Claims {
  readonly email: string
  readonly email_verified: boolean
  readonly name: string
  readonly groups: readonly string[]
}

/** Whom the provider knows; it lets in whoever is named as the login. */
const people = new Map<string, Claims>()
const person = (login: string, groups: readonly string[], more: Partial<Claims> = {}) =>
  people.set(login, { email: `${login}@corp.example`, email_verified: true, name: login, groups, ...more })

let server: Server
let issuer: string
let house: House

beforeAll(async () => {
  server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'kept',
        client_secret: 'a secret of the test only',
        redirect_uris: [`${ADDRESS}/staff/oidc/callback`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people.get(id) }) }),
    cookies: { keys: ['a key of the test only'] },
  })
  server.on('request', provider.callback())
  const oidc: OidcSettings = {
    issuer,
    clientId: 'kept',
    clientSecret: 'a secret of the test only',
    name: 'Corp',
    roles: {
      claim: 'groups',
      give: { 'kept-officers': { [TENANT]: ['privacy-officer'] }, 'kept-audit': { [TENANT]: ['auditor'] } },
    },
  }
  house = await openHouse(modes.find(({ shared }) => shared) as Mode, { oidc })
})
afterAll(async () => {
  await house.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Goes through the provider's own pages as a browser would, and comes back with what it was sent back with. */
async function throughProvider(start: string, login: string): Promise<string> {
  const jar = new Map<string, string>()
  let url = start
  let init: RequestInit = {}
  for (let step = 0; step < 12; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie, ...init.headers } })
    for (const one of response.headers.getSetCookie()) {
      const [pair = ''] = one.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = response.headers.get('location')
    init = {}
    if (location !== null) {
      url = new URL(location, url).href
      if (url.startsWith(ADDRESS)) return url.slice(ADDRESS.length)
      continue
    }
    const page = await response.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    if (action === undefined) throw new Error(`the provider shows no form: ${page.slice(0, 300)}`)
    url = new URL(action, url).href
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'login'
    const form = { prompt, ...(prompt === 'login' ? { login, password: 'any' } : {}) }
    init = { method: 'POST', body: new URLSearchParams(form) }
  }
  throw new Error('the provider leads round and round')
}

async function start(visitor: Visitor, query = ''): Promise<URL> {
  const answer = await visitor.get(`/staff/oidc${query}`)
  expect(answer.status).toBe(303)
  return new URL(answer.headers.get('location') ?? '')
}

async function signIn(login: string, visitor = new Visitor(house)): Promise<{ to: string; visitor: Visitor }> {
  const back = await throughProvider((await start(visitor, '?to=/staff')).href, login)
  const answer = await visitor.get(back)
  expect(answer.status).toBe(303)
  return { to: answer.headers.get('location') ?? '', visitor }
}

const FAILED = '/staff/sign-in?failed=oidc'
const whoIs = (visitor: Visitor) => {
  const cookie = [...visitor.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return house.side.staffOf(new Request(ADDRESS, { headers: { cookie } }))
}

it('lets staff in with the roles that their claims give, and takes them back with the claims', async () => {
  const started = Date.now()
  person('ida', ['kept-officers', 'kept-audit', 'others'])
  const first = await signIn('ida')
  expect(first.to).toBe('/staff')
  expect((await whoIs(first.visitor))?.roles).toEqual({ [TENANT]: ['auditor', 'privacy-officer'] })
  // The provider told when it asked: the sign-in counts as a second factor from then on.
  const confirmedAt = (await whoIs(first.visitor))?.confirmedAt?.getTime() ?? 0
  expect(confirmedAt).toBeGreaterThanOrEqual(started - 1000)
  person('ida', ['kept-audit'])
  const again = await signIn('ida')
  expect((await whoIs(again.visitor))?.roles).toEqual({ [TENANT]: ['auditor'] })
  // What was taken away is gone for the older session as well.
  expect((await whoIs(first.visitor))?.roles).toEqual({ [TENANT]: ['auditor'] })
  person('ida', [])
  const none = await signIn('ida')
  expect(none.to).toBe(FAILED)
  expect(await whoIs(none.visitor)).toBeUndefined()
})

it('uses a code with PKCE, state and nonce, each another one every time', async () => {
  const [one, other] = [await start(new Visitor(house)), await start(new Visitor(house))]
  for (const url of [one, other]) {
    expect(url.searchParams.get('response_type')).toBe('code')
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
  }
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(one.searchParams.get(name)?.length).toBeGreaterThan(20)
    expect(one.searchParams.get(name)).not.toBe(other.searchParams.get(name))
  }
})

it('refuses an answer that belongs to another browser, and one that was used', async () => {
  person('mallory', ['kept-audit'])
  const mallory = new Visitor(house)
  const back = await throughProvider((await start(mallory)).href, 'mallory')
  const victim = new Visitor(house)
  await start(victim)
  expect((await victim.get(back)).headers.get('location')).toBe(FAILED)
  expect(await whoIs(victim)).toBeUndefined()
  expect((await mallory.get('/staff/oidc/callback?code=made-up&state=made-up')).headers.get('location')).toBe(FAILED)
  const honest = new Visitor(house)
  const once = await throughProvider((await start(honest)).href, 'mallory')
  expect((await honest.get(once)).headers.get('location')).toBe('/staff')
  expect((await honest.get(once)).headers.get('location')).toBe(FAILED)
})

it('never joins an account here to one elsewhere by its address', async () => {
  const jo = await joined(house, { email: 'jo@corp.example' })
  person('jo', ['kept-officers'], { email: 'jo@corp.example', email_verified: true })
  const verified = await signIn('jo')
  expect(verified.to).toBe(FAILED)
  expect(await whoIs(verified.visitor)).toBeUndefined()
  person('trent', ['kept-officers'], { email: 'jo@corp.example', email_verified: false })
  const trent = await signIn('trent')
  // An address that the provider has not verified is not taken: trent is somebody of his own.
  expect(await whoIs(trent.visitor)).toMatchObject({ roles: { [TENANT]: ['privacy-officer'] } })
  const staff = await listStaff(house.tables)
  expect(staff.filter(({ email }) => email === jo.email)).toHaveLength(1)
  expect(staff.find(({ email }) => email === jo.email)?.roles).toEqual({ [TENANT]: ['administrator'] })
  expect(staff.some(({ email }) => email.endsWith('@oidc.invalid'))).toBe(true)
})

it('lets nobody in whose claims give no role', async () => {
  person('guest', ['visitors'])
  const { to, visitor } = await signIn('guest')
  expect((await listStaff(house.tables)).some(({ email }) => email.startsWith('guest'))).toBe(false)
  expect(to).toBe(FAILED)
  expect(await whoIs(visitor)).toBeUndefined()
})
