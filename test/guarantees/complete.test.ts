/** Guarantee 1: every mapped table of every store is visited, or the request says which was not and stays open. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryOut } from '../../src/requests/carry-out.ts'
import type { RequestDocument } from '../../src/requests/report.ts'
import { freshDatabase } from '../postgres.ts'
import { approvedErasure, makeVendor, peopleSql, SCHEMA, sabotaged, storeMap, type Vendor } from './vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('complete')
})
afterAll(() => vendor.close())

const json = (out: string) => JSON.parse(out) as RequestDocument

test('a store that is down leaves the request open, with every table of it named; the others go on', async () => {
  writeFileSync(join(vendor.folder, 'stores', 'shop.yaml'), storeMap('shop', 'SHOP'))
  const down = { SHOP: 'postgres://postgres@127.0.0.1:1/nothing' }
  const words = ['request', 'erase', '--identity', 'email=person1@example.org', '--approve-by', 'jo', '--json']
  const ran = await vendor.call(words, down)
  expect(ran.err).toBe('')
  expect(ran.code).toBe(1)
  const document = json(ran.out)
  expect(document.state).toBe('open')
  const shop = document.stores.find(({ store }) => store === 'shop')
  expect(shop?.unreachable.map(({ table }) => table)).toEqual(['users', 'tickets', 'messages', 'invoices'])
  expect(document.stores.find(({ store }) => store === 'helpdesk')?.state).toBe('proven')
  expect(await vendor.query("SELECT 1 FROM users WHERE email = 'person1@example.org'")).toEqual([])

  // The store comes back: what nobody has seen there waits for an approval, then the request ends.
  const url = await freshDatabase('shop')
  const client = new pg.Client(url)
  await client.connect()
  await client.query(SCHEMA + peopleSql(2))
  const up = { SHOP: url }
  const resumed = json((await vendor.call(['request', 'resume', document.id, '--json'], up)).out)
  expect(resumed.state).toBe('awaiting-approval')
  expect(resumed.stores.find(({ store }) => store === 'shop')?.tables.map(({ table }) => table)).toContain('tickets')
  const ended = await vendor.call(['request', 'approve', document.id, '--by', 'jo', '--json'], up)
  expect(json(ended.out).state).toBe('done')
  expect(ended.code).toBe(0)
  expect((await client.query("SELECT 1 FROM users WHERE email = 'person1@example.org'")).rows).toEqual([])
  await client.end()
})

test('breach: a table that the execution forgets is found by the proof', async () => {
  const id = await vendor.open(async ({ engine }) => {
    const only = { ...engine, stores: engine.stores.filter(({ map }) => map.store === 'helpdesk'), unopened: [] }
    const broken = sabotaged(only, (store) => ({
      erase: async (batch) =>
        store.erase({
          ...batch,
          work: batch.work.map((work) => ({ ...work, found: { ...work.found, links: {}, mentions: [] } })),
        }),
      // It also lies when it is asked again, so that only the search of every cell can know.
      preview: async (found, now) => ({ ...(await store.preview(found, now)), tables: [] }),
    }))
    const request = await approvedErasure(broken, { kind: 'email', value: 'person2@example.org' })
    const [ended] = await carryOut(broken, [request])
    expect(ended?.record.state).toBe('open')
    const missed = ended?.sealed.proof?.residual.filter((residual) => residual.class === 'missed') ?? []
    expect(new Set(missed.map(({ table }) => table))).toEqual(new Set(['users', 'tickets', 'messages']))
    return request
  })
  expect(id).toMatch(/^[0-9a-z]{12}$/)
})
