/** A real HTTP API of the tests' own: OAuth 2, pages, a rate limit, a server that fails in passing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { freePort } from '../free-port.ts'

// Whole journeys through the command line.
vi.setConfig({ testTimeout: 120_000 })

const policy = `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data: { email: { is: pd:EmailAddress }, name: { is: pd:Name }, note: { is: pd:Communication } }
purposes: { sales: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, note] } }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`
const map = `
store: crm
connect: { read: env:CRM, execute: env:CRM }
api:
  auth: { is: oauth2, token: /token, scope: contacts }
  rate: 1000
  retries: 3
  timeout: PT5S
  resources:
    contacts:
      key: id
      list: /contacts
      items: $.data
      page: { cursor: after, from: $.next, size: { limit: 2 } }
      find: { email: '/contacts?email={value}' }
      read: /contacts/{key}
      remove: /contacts/{key}
    deals:
      key: id
      list: /deals
      page: { number: page, first: 1 }
      read: /deals/{key}
      change: { by: patch, at: '/deals/{key}' }
tables:
  contacts:
    for: sales
    person: { key: { email: { column: email, fold: true }, id: id }, erase: row }
    fields: { email: email, name: name, id: none, tags: none }
  deals:
    for: sales
    people:
      buyer: { key: contact, to: contacts.id, erase: part }
    fields: { text: { is: note, erase: redact }, contact: none, amount: none, id: none, history: { is: note, erase: redact, codec: json } }
`

interface Store {
  contacts: Record<string, unknown>[]
  deals: Record<string, unknown>[]
}

let data: Store
let server: Server
let url: string
let folder: string
let failures: number
let asked: string[]

const start = (): Store => ({
  contacts: [
    { id: 'c1', email: 'ann@example.org', name: 'Ann Lee', tags: ['a', 'b'] },
    { id: 'c2', email: 'Marta.K@example.org', name: 'Marta Kowalska', tags: [] },
    { id: 'c3', email: 'marta.kk@example.org', name: 'Marta Kowalska', tags: null },
  ],
  deals: [
    {
      id: 'd1',
      contact: 'c2',
      amount: 12.5,
      text: 'Marta Kowalska ordered',
      history: { by: 'marta.k@example.org', steps: [1, 2] },
    },
    {
      id: 'd2',
      contact: 'c1',
      amount: 3,
      text: 'Ann Lee asked, marta.k@example.org too',
      history: { by: 'ann@example.org', steps: [] },
    },
  ],
})

interface Said {
  readonly status: number
  readonly value?: unknown
  readonly headers?: Record<string, string>
}

function answer(request: IncomingMessage, body: string): Said {
  const { pathname, searchParams } = new URL(request.url ?? '/', url)
  asked.push(`${request.method} ${pathname}`)
  const say = (status: number, value?: unknown, headers: Record<string, string> = {}): Said => ({
    status,
    value,
    headers,
  })
  if (pathname === '/api/token') {
    const [user, password] = Buffer.from((request.headers.authorization ?? '').slice(6), 'base64')
      .toString()
      .split(':')
    if (user !== 'kept' || password !== 'a%20secret' || !body.includes('scope=contacts'))
      return say(401, { error: 'invalid_client' })
    return say(200, { access_token: 'token-1', expires_in: 3600 })
  }
  if (request.headers.authorization !== 'Bearer token-1') return say(401)
  if (failures > 0) {
    failures--
    return failures % 2 === 0 ? say(503) : say(429, undefined, { 'retry-after': '0' })
  }
  const [, , name = '', id] = pathname.split('/')
  const list = data[name as keyof Store]
  const at = list.findIndex((one) => one.id === id)
  if (id !== undefined && at === -1) return say(404)
  if (request.method === 'DELETE') {
    list.splice(at, 1)
    return say(204)
  }
  if (request.method === 'PATCH') {
    Object.assign(list[at] ?? {}, JSON.parse(body))
    return say(200, list[at])
  }
  if (id !== undefined) return say(200, list[at])
  if (name === 'deals') return say(200, searchParams.get('page') === '1' ? list : [])
  const email = searchParams.get('email')?.toLowerCase()
  const found = email === undefined ? list : list.filter((one) => String(one.email).toLowerCase() === email)
  const from = Number(searchParams.get('after') ?? 0)
  const next = from + 2 < found.length ? String(from + 2) : null
  return say(200, { data: found.slice(from, from + 2), next })
}

beforeEach(async () => {
  data = start()
  failures = 0
  asked = []
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { status, value, headers } = answer(request, Buffer.concat(pieces).toString())
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(value === undefined ? '' : JSON.stringify(value))
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  folder = mkdtempSync(join(tmpdir(), 'kept-api-'))
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), policy)
  writeFileSync(join(folder, 'stores', 'crm.yaml'), map)
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

async function run(...command: string[]) {
  const said: string[] = []
  const out = (text: string) => void said.push(text)
  const env = { CRM: `${url.replace('//', '//kept:a%20secret@')}/api` }
  return {
    code: await runCommand(command, { cwd: folder, env, interactive: false, out, err: out }),
    said: said.join(''),
  }
}

const erase = ['request', 'erasure', '--identity', 'email=marta.k@example.org', '--approve-by', 'officer', '--json']

it('erases a person through an API that signs in, pages, limits and fails in passing', async () => {
  failures = 3
  const checked = await run('check')
  expect(checked.code, checked.said).toBe(0)
  const done = await run(...erase)
  expect(done.code, done.said).toBe(0)
  expect(JSON.parse(done.said).state).toBe('done')
  expect(data.contacts).toEqual([start().contacts[0], start().contacts[2]])
  expect(data.deals[0]).toEqual({
    id: 'd1',
    contact: 'c2',
    amount: 12.5,
    text: '[erased] ordered',
    history: { by: '[erased]', steps: [1, 2] },
  })
  expect(data.deals[1]).toEqual({ ...start().deals[1], text: 'Ann Lee asked, [erased] too' })
  expect(asked.filter((one) => one === 'POST /api/token').length).toBeLessThan(asked.length / 3)
})

it('an item that comes back is found by the proof, and a server that is down leaves the request open', async () => {
  data.deals.push({ id: 'd3', contact: 'c9', amount: 1, text: 'x', history: {}, secret: 'for marta.k@example.org' })
  const done = await run(...erase)
  expect(done.code, done.said).toBe(1)
  const { proof, id } = JSON.parse(done.said)
  const open = proof.residual.filter((one: { class: string }) => one.class !== 'other-person')
  expect(open[0]).toMatchObject({ class: 'unmapped', table: 'deals', column: 'secret' })
  expect(open.every((one: { column: string }) => one.column === 'secret')).toBe(true)
  delete (data.deals[2] as { secret?: string }).secret
  failures = 1000
  const down = await run('request', 'resume', id, '--json')
  expect(down.code).toBe(1)
  expect(down.said).not.toContain('secret')
  failures = 0
  const again = await run('request', 'resume', id, '--json')
  expect(again.code, again.said).toBe(0)
})

it('refuses an address without TLS on another machine, and a map that does not say how to ask', async () => {
  writeFileSync(join(folder, 'stores', 'crm.yaml'), map.replace(/api:[\s\S]*(?=tables:)/, ''))
  const silent = await run('check')
  expect(silent.code).toBe(1)
  expect(silent.said).toContain('store.failed')
})
