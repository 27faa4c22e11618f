/** Guarantee 7: after a backup is restored, exactly the rows of the record are erased again. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Replay } from '../../src/requests/replay.ts'
import { checksums, makeVendor, peopleSql, SCHEMA, type Vendor } from './vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('replayed', { people: 6 })
})
afterAll(() => vendor.close())

const RESTORE = 'DROP TABLE users, tickets, messages, invoices'

test('what a restored backup brought back is erased again, and nothing else', async () => {
  for (const number of [1, 2]) {
    const words = ['request', 'erase', '--identity', `email=person${number}@example.org`, '--approve-by', 'jo']
    expect((await vendor.call(words)).code).toBe(0)
  }
  await vendor.query(`${RESTORE}; ${SCHEMA} ${peopleSql(6)}`)
  // Person 2 came back lawfully, under the old address and with new rows; person 1 wrote once more before the restore.
  await vendor.query(`
    INSERT INTO tickets VALUES (500, 1, 'written after the erasure');
    INSERT INTO users VALUES (200, 'PERSON2@example.org', 'Given2 Family2', NULL, NULL);
    INSERT INTO tickets VALUES (501, 200, 'I am back')`)
  const others = await checksums(vendor, 'users', 'id NOT IN (1, 2)')
  const messages = await checksums(vendor, 'messages', 'author_id NOT IN (1, 2)')

  const ran = await vendor.call(['request', 'replay', '--store', 'helpdesk', '--json'])
  expect(ran.err).toBe('')
  const replay = JSON.parse(ran.out) as Replay
  expect(replay.requests).toBe(2)
  expect(replay.erased).toContainEqual({ table: 'users', rows: 2 })
  expect(replay.erased).toContainEqual({ table: 'tickets', rows: 2 })
  expect(replay.reported).toContainEqual({ table: 'tickets', rows: 1 })
  expect(ran.code).toBe(0)

  expect(await vendor.query("SELECT email FROM users WHERE id IN (1, 2) AND email NOT LIKE '%.invalid'")).toEqual([])
  expect(await vendor.query('SELECT id::int AS id FROM tickets WHERE user_id IN (1, 2, 200) ORDER BY 1')).toEqual([
    { id: 500 },
    { id: 501 },
  ])
  expect(await vendor.query("SELECT 1 FROM messages WHERE author_id IN (1, 2) AND body LIKE '%person%'")).toEqual([])
  expect(await checksums(vendor, 'users', 'id NOT IN (1, 2)')).toEqual(others)
  expect(await checksums(vendor, 'messages', 'author_id NOT IN (1, 2)')).toEqual(messages)
})

test('breach: a person whose rows no record names is left alone', async () => {
  const before = await checksums(vendor, 'users', 'id = 3')
  const ran = await vendor.call(['request', 'replay', '--store', 'helpdesk', '--json'])
  expect((JSON.parse(ran.out) as Replay).restored.find(({ table }) => table === 'users')?.rows).toBe(2)
  expect(await checksums(vendor, 'users', 'id = 3')).toEqual(before)
})
