/** A server with staff on Kept's own database, in both of its modes, and visitors who keep cookies as browsers do. */
import { createHmac } from 'node:crypto'
import type { KeptDatabase } from '../../src/database/open.ts'
import { createApp } from '../../src/server/app.ts'
import type { Route } from '../../src/server/route.ts'
import { type Invited, invite } from '../../src/server/staff/invitations.ts'
import type { OidcSettings } from '../../src/server/staff/oidc.ts'
import { type StaffSide, staffSide } from '../../src/server/staff/staff.ts'
import type { StaffTables } from '../../src/server/staff/tables.ts'
import type { Tenant } from '../../src/server/tenant.ts'
import { type Mode, newPlace } from '../database-modes.ts'

export const ADDRESS = 'https://kept.example'
export const TENANT = 'main'

export interface House {
  readonly database: KeptDatabase
  readonly tables: StaffTables
  readonly side: StaffSide
  /** Minutes that the clock of Kept is ahead. */
  ahead: number
  fetch(request: Request): Promise<Response>
  link(invited: Partial<Invited>): Promise<string>
  /** Types of the evidence so far. */
  facts(): Promise<string[]>
  close(): Promise<void>
}

export async function openHouse(
  mode: Mode,
  options: { readonly oidc?: OidcSettings; readonly routes?: readonly Route[]; readonly address?: string } = {},
): Promise<House> {
  const place = await newPlace(mode)
  const database = await place.open()
  const publicAddress = options.address ?? ADDRESS
  const house = { ahead: 0 }
  const tables: StaffTables = {
    pool: database.pool,
    secretFor: (purpose) => database.secretFor(purpose),
    now: () => new Date(Date.now() + house.ahead * 60_000),
  }
  const side = staffSide({
    tables,
    publicAddress,
    appName: 'Kept',
    // Many sign-ins in one run; what the default costs is tested beside it.
    passwordCost: { log2: 10, times: 1 },
    ...(options.oidc === undefined ? {} : { oidc: options.oidc }),
    pseudonym: (staff) => database.staff(staff),
    record: async (_, facts) => {
      await database.append(facts)
    },
  })
  const tenant: Tenant = {
    slug: TENANT,
    database,
    use: () => Promise.reject(new Error('no route of these tests works with stores')),
    written: () => Promise.reject(new Error('no route of these tests reads the policy')),
    secret: () => Promise.reject(new Error('no route of these tests reads a secret')),
  }
  const rate = { burst: 100_000, perMinute: 100_000 }
  const app = createApp({
    routes: options.routes ?? [],
    mounts: [side.mount],
    tenants: { named: (slug) => (slug === TENANT ? tenant : undefined), ofHost: () => tenant, all: [tenant] },
    settings: {
      publicAddress,
      trustedProxies: ['127.0.0.1'],
      limits: { bodyBytes: 65_536, requestMs: 30_000, address: rate, staff: rate },
    },
    log: () => undefined,
    staffOf: side.staffOf,
    now: tables.now,
  })
  return Object.assign(house, {
    database,
    tables,
    side,
    fetch: async (request: Request) => app.fetch(request),
    link: async (invited: Partial<Invited>) => {
      const { secret } = await invite(tables, {
        email: 'jo@kept.example',
        tenant: TENANT,
        roles: ['administrator'],
        ...invited,
      })
      return secret
    },
    facts: async () => {
      const types: string[] = []
      for await (const { type } of database.entries()) types.push(type)
      return types
    },
    close: async () => {
      await database.close()
      place.remove()
    },
  })
}

/** A browser as far as cookies, origin and forms go. */
export class Visitor {
  readonly jar = new Map<string, string>()
  readonly #house: Pick<House, 'fetch'>
  readonly #address: string
  readonly #sender: string

  constructor(house: Pick<House, 'fetch'>, sender = '192.0.2.1', address = ADDRESS) {
    this.#house = house
    this.#sender = sender
    this.#address = address
  }

  get(path: string): Promise<Response> {
    return this.#send(path, { method: 'GET' })
  }

  post(path: string, form: Readonly<Record<string, string>>): Promise<Response> {
    return this.#send(path, { method: 'POST', body: new URLSearchParams(form) })
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const request = new Request(new URL(path, this.#address), init)
    request.headers.set('origin', this.#address)
    request.headers.set('x-forwarded-for', this.#sender)
    const cookies = [...this.jar].map(([name, value]) => `${name}=${value}`)
    if (cookies.length > 0) request.headers.set('cookie', cookies.join('; '))
    const response = await this.#house.fetch(request)
    for (const one of response.headers.getSetCookie()) {
      const [pair = ''] = one.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0\b/i.test(one) || at === pair.length - 1) this.jar.delete(pair.slice(0, at))
      else this.jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
}

/** The six digits of RFC 6238 for a secret in base 32, so many steps of 30 seconds from now. */
export function codeOf(secret: string, steps = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export const PASSWORD = 'correct horse battery staple'

export interface Member {
  readonly visitor: Visitor
  readonly email: string
  readonly secret: string
  readonly recoveryCodes: readonly string[]
}

/** Somebody joins with a password and an app, and is signed in. */
export async function joined(house: House, invited: Partial<Invited> = {}): Promise<Member> {
  const email = invited.email ?? 'jo@kept.example'
  const link = await house.link({ ...invited, email })
  const visitor = new Visitor(house)
  const page = await (await visitor.post('/staff/join', { link, name: 'Jo', email, password: PASSWORD })).text()
  const secret = (/id="secret">([^<]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '')
  const recoveryCodes = [...page.matchAll(/<li>([0-9a-z-]{14})<\/li>/g)].map((match) => match[1] ?? '')
  const done = await visitor.post('/staff/join/code', { link, code: codeOf(secret) })
  if (done.status !== 303) throw new Error(`joining ended with ${done.status}`)
  return { visitor, email, secret, recoveryCodes }
}
