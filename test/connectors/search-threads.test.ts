import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Opened, openShop } from './shop.ts'

const policyText = `
kept: 1
controller: { name: Search, country: GB, contact: privacy@search.example }
data: { email: { is: pd:EmailAddress } }
purposes: { support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email] } }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`
const mapText = `
store: shop
connect: { read: env:R, execute: env:E }
country: GB
tables:
  customers: { person: { key: { email: email, id: id } }, fields: { email: { is: email } } }
`

let shop: Opened

beforeAll(async () => {
  // Some 40 MB in two tables: far more than is searched before other threads help.
  shop = await openShop(
    `CREATE TABLE customers (id int PRIMARY KEY, email text);
     CREATE TABLE notes (id int PRIMARY KEY, body text);
     CREATE TABLE logs (id int PRIMARY KEY, body text, words tsvector);
     INSERT INTO notes SELECT g, repeat('the order ' || g || ' was sent, thank you. ', 30) FROM generate_series(1, 40000) g;
     INSERT INTO logs SELECT g, repeat('line ' || g || ' of the log. ', 20), 'a:1 b:2' FROM generate_series(1, 20000) g;
     UPDATE notes SET body = body || 'from marta@example.org' WHERE id % 10000 = 7;
     UPDATE notes SET body = translate(encode(convert_to(body || 'marta@example.org and more words', 'UTF8'), 'base64'), E'\\n', '') WHERE id = 39999;
     UPDATE notes SET body = repeat('x', 3000000) || ' marta@example.org' WHERE id = 20000;
     UPDATE logs SET words = to_tsvector('simple', 'sent by marta@example.org today') WHERE id IN (3, 19998);`,
    policyText,
    mapText,
  )
})

afterAll(async () => {
  await shop.close()
})

test('every planted cell is found, whichever thread met it; all that was read is counted', {
  timeout: 60_000,
}, async () => {
  const result = await shop.store.search([{ id: 'e', kind: 'email', value: 'marta@example.org', strong: true }])
  const places = result.hits.map(({ table, key, column }) => `${table}${key}.${column}`)
  expect([...new Set(places)].sort()).toEqual([
    'logs["19998"].words',
    'logs["3"].words',
    'notes["10007"].body',
    'notes["20000"].body',
    'notes["20007"].body',
    'notes["30007"].body',
    'notes["39999"].body',
    'notes["7"].body',
  ])
  expect(result.unread).toEqual([])
  expect(result.cells).toBe(40_000 * 2 + 20_000 * 3)
  expect(result.bytes).toBeGreaterThan(35e6)
})
