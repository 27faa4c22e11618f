/** A hold stops an erasure of what it covers, and no more (GDPR art. 17(3), 18(2)). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryOut } from '../src/requests/carry-out.ts'
import type { RequestDocument } from '../src/requests/report.ts'
import { approvedErasure, checksums, makeVendor, type Vendor } from './guarantees/vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('erasure_hold', { people: 5 })
}, 60_000)
afterAll(() => vendor.close())

async function erase(...words: string[]) {
  const ran = await vendor.call(['request', 'erase', '--json', ...words])
  expect(ran.err).toBe('')
  return { code: ran.code, document: JSON.parse(ran.out) as RequestDocument }
}

async function hold(...words: string[]) {
  const ran = await vendor.call([
    'hold',
    'add',
    '--ground',
    'legal-claims',
    '--by',
    'jo',
    '--until',
    '2099-12-31',
    '--json',
    ...words,
  ])
  expect(ran.code, ran.err).toBe(0)
  return (JSON.parse(ran.out) as { hold: { id: string } }).hold.id
}

test('everything of a person is held: nothing is erased, and the preview and the answer say until when', async () => {
  await hold('--identity', 'email=PERSON1@example.org')
  const tables = ['users', 'tickets', 'messages', 'invoices']
  const before = await Promise.all(tables.map((table) => checksums(vendor, table)))
  const { document } = await erase('--identity', 'email=person1@example.org', '--approve-by', 'jo')
  expect(document.state, JSON.stringify(document.proof)).toBe('done')
  expect(document.stores[0]?.kept).toContainEqual({
    table: 'users',
    field: 'email',
    rows: 1,
    exception: 'hold-legal-claims',
    until: '2099-12-31',
  })
  expect(await Promise.all(tables.map((table) => checksums(vendor, table)))).toEqual(before)
})

test('one category is held: its rows stay, the rest goes', async () => {
  await hold('--identity', 'email=person2@example.org', '--category', 'message')
  const { document } = await erase('--identity', 'email=person2@example.org', '--approve-by', 'jo')
  expect(document.state, JSON.stringify(document)).toBe('done')
  expect(await vendor.query('SELECT name, phone FROM users WHERE id = 2')).toEqual([{ name: null, phone: null }])
  expect(await vendor.query('SELECT subject FROM tickets WHERE user_id = 2')).toEqual([
    { subject: 'Help for person2@example.org' },
  ])
  const told = await vendor.call(['request', 'show', document.id])
  expect(told.out).toContain('under hold-legal-claims, until 2099-12-31')
})

test('breach: a hold that comes after the approval stops what was approved', async () => {
  await vendor.open(async ({ engine, database }) => {
    const id = await approvedErasure(engine, { kind: 'email', value: 'person3@example.org' })
    const before = await checksums(vendor, 'users', 'id = 3')
    await database.addHold(
      {
        ground: 'legal-claims',
        by: engine.staff('jo'),
        until: '2099-12-31',
        data: [],
        stores: [],
        identities: [{ kind: 'email', value: 'person3@example.org' }],
      },
      () => ({ type: 'hold.ended/1', body: { hold: 'aaaaaaaaaaaa', by: engine.staff('jo') } }),
    )
    const [after] = await carryOut(engine, [id])
    expect(after?.record.state).toBe('open')
    expect(after?.record.steps[0]).toMatchObject({ state: 'failed', fault: 'request.held' })
    expect(await checksums(vendor, 'users', 'id = 3')).toEqual(before)
  })
})

test('somebody else, and the same person when the hold has ended, is erased', async () => {
  const id = await hold('--identity', 'email=person4@example.org')
  expect((await erase('--identity', 'email=person5@example.org', '--approve-by', 'jo')).document.state).toBe('done')
  expect(await vendor.query('SELECT name FROM users WHERE id = 5')).toEqual([{ name: null }])
  expect((await vendor.call(['hold', 'end', id, '--by', 'jo'])).code).toBe(0)
  const { document } = await erase('--identity', 'email=person4@example.org', '--approve-by', 'jo')
  expect(document.state).toBe('done')
  expect(await vendor.query('SELECT name FROM users WHERE id = 4')).toEqual([{ name: null }])
})
