/** Guarantee 6: the store is read again by code that shares nothing with the execution, and every residual is classed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErasureResult } from '../../src/connector.ts'
import { carryOut } from '../../src/requests/carry-out.ts'
import { approvedErasure, checksums, makeVendor, sabotaged, type Vendor } from './vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('proven', {
    people: 12,
    sql: `
CREATE TABLE newsletter (id bigint PRIMARY KEY, payload bytea, address text);
INSERT INTO newsletter VALUES (1, NULL, 'someone@else.example'), (2, convert_to('to: person3@example.org', 'UTF8'), NULL);
UPDATE users SET note = 'called on person4@example.org' WHERE id = 9;
INSERT INTO users VALUES (103, 'other3@example.net', 'Given5 Family5', NULL, NULL);
`,
  })
})
afterAll(() => vendor.close())

async function erase(identity: string) {
  return vendor.open(async ({ engine }) => {
    const request = await approvedErasure(engine, { kind: 'email', value: identity })
    const [ended] = await carryOut(engine, [request])
    if (!ended) throw new Error('nothing was carried out')
    return ended
  })
}

test('an erased person is gone from every cell; nobody else is touched', async () => {
  const before = await checksums(vendor, 'users', 'id <> 1')
  const messages = await checksums(vendor, 'messages', 'author_id <> 1')
  const ended = await erase('person1@example.org')
  expect(ended.record.state).toBe('done')
  expect(ended.sealed.proof?.residual).toEqual([])
  expect(ended.sealed.proof?.foreignRowsTouched).toBe(0)
  expect(await checksums(vendor, 'users', 'id <> 1')).toEqual(before)
  expect(await checksums(vendor, 'messages', 'author_id <> 1')).toEqual(messages)
})

test('breach: an execution that only says it erased is found out', async () => {
  await vendor.open(async ({ engine }) => {
    const lying = sabotaged(engine, (store) => ({
      erase: async (batch) =>
        batch.work.map(
          ({ step }): ErasureResult => ({ step, tables: [], shared: [], kept: [], removed: [], erased: [] }),
        ),
      preview: async (found, now) => ({ ...(await store.preview(found, now)), tables: [] }),
    }))
    const request = await approvedErasure(lying, { kind: 'email', value: 'person2@example.org' })
    const [ended] = await carryOut(lying, [request])
    expect(ended?.record.state).toBe('open')
    const classes = new Set(ended?.sealed.proof?.residual.map((residual) => residual.class))
    expect(classes).toEqual(new Set(['missed']))
  })
})

test('breach: a table that no map knows holds the request open, bytes or text', async () => {
  const ended = await erase('person3@example.org')
  expect(ended.record.state).toBe('open')
  expect(ended.sealed.proof?.residual).toMatchObject([
    { class: 'unmapped', store: 'helpdesk', table: 'newsletter', column: 'payload', key: '["2"]' },
  ])
})

test('breach: a column declared as none that holds an identity is unmapped', async () => {
  const ended = await erase('person4@example.org')
  expect(ended.record.state).toBe('open')
  expect(ended.sealed.proof?.residual).toMatchObject([
    { class: 'unmapped', table: 'users', column: 'note', key: '["9"]' },
  ])
})

test('a namesake is another person and holds nothing open', async () => {
  const ended = await erase('person5@example.org')
  expect(ended.record.state).toBe('done')
  expect(ended.sealed.proof?.residual).toMatchObject([
    { class: 'other-person', table: 'users', column: 'name', key: '["103"]', identity: 'name#1' },
  ])
  expect(await vendor.query('SELECT name FROM users WHERE id = 103')).toEqual([{ name: 'Given5 Family5' }])
})

test('breach: in a field that an exception keeps, a row not under it is missed, and only the kept one is kept', async () => {
  const kept = await makeVendor('proven_kept', {
    people: 3,
    map: (text) => text.replace('total: { is: invoice, keep: tax }', '$&\n      bill_to: { is: invoice, keep: tax }'),
    sql: `ALTER TABLE invoices ADD bill_to text;
      INSERT INTO invoices VALUES (50001, 1, 1, date '2024-03-01'), (50002, 1, 2, date '2010-03-01'), (50003, NULL, 3, date '2024-03-01'),
        (50004, 2, 4, date '2024-03-01'), (50005, 1, 5, NULL), (50006, 1, 6, '-infinity');
      UPDATE invoices SET bill_to = 'to person1@example.org' WHERE id > 50000;`,
  })
  try {
    await kept.open(async ({ engine }) => {
      const planting = sabotaged(engine, (store) => ({
        erase: async (batch) => {
          const results = await store.erase(batch)
          await kept.query("UPDATE invoices SET bill_to = 'to person1@example.org' WHERE id = 50002")
          return results
        },
      }))
      const request = await approvedErasure(planting, { kind: 'email', value: 'person1@example.org' })
      const [ended] = await carryOut(planting, [request])
      const found = ended?.sealed.proof?.residual.map((one) => `${one.key} ${one.class}`).sort()
      expect(found).toEqual([
        '["50001"] kept',
        '["50002"] missed',
        '["50003"] missed',
        '["50004"] other-person',
        '["50005"] kept',
        '["50006"] kept',
      ])
      expect(ended?.record.state).toBe('open')
    })
  } finally {
    await kept.close()
  }
})

test('the proof imports nothing of the execution', () => {
  const folder = new URL('../../src/requests/prove/', import.meta.url).pathname
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.test.ts')) continue
    const imports = [...readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1])
    for (const name of imports) {
      expect(name, `${file} imports ${name}`).toMatch(/^(\.\/|\.\.\/\.\.\/(base\/|connector\.ts|language\/))/)
    }
  }
})

test('breach: a table that may not be read proves nothing, and holds the request open', async () => {
  await vendor.query('CREATE TABLE secret (id bigint PRIMARY KEY, line text)')
  await vendor.open(async ({ engine }) => {
    const blind = sabotaged(engine, (store) => ({
      search: async (identities, progress) => {
        const result = await store.search(identities, progress)
        return { ...result, unread: [...result.unread, { table: 'secret', why: 'permission' }] }
      },
    }))
    const request = await approvedErasure(blind, { kind: 'email', value: 'person6@example.org' })
    const [ended] = await carryOut(blind, [request])
    expect(ended?.record.state).toBe('open')
  })
  await vendor.query('DROP TABLE secret')
})
