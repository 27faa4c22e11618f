/** Other systems are told what happened: in order, signed, again after what passes, never inside the own net. */
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { KeptDatabase } from '../src/database/open.ts'
import { deliver } from '../src/webhooks/deliver.ts'
import { openWebhooks, type Webhook } from '../src/webhooks/settings.ts'
import { executed, received } from './database-acts.ts'
import { newPlace, type Place } from './database-modes.ts'

const secret = Buffer.alloc(32, 7)
let now = new Date('2026-11-22T12:00:00Z')
let place: Place
let database: KeptDatabase
let server: Server
let url: string
let answer = 204
let got: { readonly headers: Readonly<Record<string, unknown>>; readonly body: string }[] = []
let asked = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      asked++
      if (answer < 300) got.push({ headers: request.headers, body })
      response.writeHead(answer, answer === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('x'.repeat(10))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(async () => {
  place = await newPlace({ name: 'server', shared: true, journal: false })
  database = await place.open({ clock: { now: () => now } })
  answer = 204
  asked = 0
  got = []
})
afterEach(async () => {
  await database.close()
  place.remove()
})

const hook = (more: Partial<Webhook> = {}): Webhook => ({
  name: 'desk',
  url,
  key: secret,
  events: ['request.*'],
  private: true,
  ...more,
})
const run = (webhook = hook(), by = database) => deliver(by.readers, by, webhook, () => now)
const after = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}
const a = '0123456789ab'

it('posts what happens from now on, signed, each once', async () => {
  await database.append([received(a)])
  expect(await run()).toEqual({ delivered: 0, stopped: false })
  await database.append([received(a), executed(a)])
  expect(await run(hook({ events: ['request.executed'] }))).toEqual({ delivered: 1, stopped: false })
  expect(await run()).toEqual({ delivered: 0, stopped: false })
  const [message] = got
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = message?.headers ?? {}
  const expected = createHmac('sha256', secret).update(`${id}.${time}.${message?.body}`).digest('base64')
  expect(signature).toBe(`v1,${expected}`)
  expect(Number(time)).toBe(Math.floor(now.getTime() / 1000))
  expect(JSON.parse(message?.body ?? '')).toMatchObject({ type: 'request.executed', data: { request: a, version: 1 } })
})

it('tries again with growing waits, in order, under the same id', async () => {
  await run()
  await database.append([received(a), executed(a)])
  answer = 503
  expect(await run()).toEqual({ delivered: 0, failed: 'status 503', stopped: false })
  expect(await run()).toEqual({ delivered: 0, stopped: false })
  expect(asked).toBe(1)
  after(1)
  expect(await run()).toMatchObject({ failed: 'status 503' })
  answer = 302
  after(2)
  expect(await run()).toMatchObject({ failed: 'status 302' })
  answer = 200
  after(10)
  expect(await run()).toEqual({ delivered: 2, stopped: false })
  expect(got.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
    'request.received',
    'request.executed',
  ])
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(2)
})

it('leaves alone who takes nothing for five days, or is gone, until it is started again', async () => {
  await run()
  await database.append([received(a)])
  answer = 500
  for (let days = 0; days < 8; days++) {
    await run()
    after(24 * 60)
  }
  expect(asked).toBeLessThan(8)
  answer = 200
  expect(await run()).toEqual({ delivered: 0, stopped: false })
  await database.readers.start('webhook.desk')
  expect(await run()).toEqual({ delivered: 1, stopped: false })
  answer = 410
  await database.append([received(a)])
  expect(await run()).toEqual({ delivered: 0, failed: 'status 410', stopped: true })
})

it('is done by one of two who begin at once', async () => {
  await run()
  await database.append(Array.from({ length: 30 }, () => received(a)))
  const other = await place.open({ clock: { now: () => now } })
  const [one, two] = await Promise.all([run(), run(hook(), other)])
  await other.close()
  expect((one?.delivered ?? 0) + (two?.delivered ?? 0)).toBe(30)
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(30)
  expect(got).toHaveLength(30)
})

it('reaches no address of the own net, by figures, by name or without TLS', async () => {
  await run()
  await database.append([received(a)])
  const port = new URL(url).port
  const tried = [
    [`https://127.0.0.1:${port}/`, 'not-public'],
    [`https://[::ffff:127.0.0.1]:${port}/`, 'not-public'],
    [`https://2130706433:${port}/`, 'not-public'],
    [`https://localhost:${port}/`, 'not-public'],
    [url, 'not-secure'],
  ] as const
  for (const [to, why] of tried) {
    expect(await run(hook({ url: to, private: false }))).toMatchObject({ failed: why })
    after(24 * 60)
  }
  expect(asked).toBe(0)
})

it('takes a secret only from where it is named, and of the right form', async () => {
  const given = { desk: { url: 'https://desk.example/', secret: 'env:HOOK', events: ['case.*'] } }
  const open = (value: string) => openWebhooks(given, '/tmp/kept.server.yaml', { HOOK: value })
  expect(await open(`whsec_${secret.toString('base64')}`)).toMatchObject([{ name: 'desk', private: false }])
  await expect(open('hunter2')).rejects.toMatchObject({ code: 'webhook.bad-secret' })
  await expect(open('hunter2')).rejects.not.toThrow(/hunter2/)
})
