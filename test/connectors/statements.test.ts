import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Found } from '../../src/connector.ts'
import { openPostgres } from '../../src/connectors/postgres/index.ts'
import { readPolicyBytes } from '../../src/policy/policy.ts'
import { readStoreMapBytes } from '../../src/policy/stores.ts'
import { openSql } from '../../src/sql/open.ts'
import type { SqlPool } from '../../src/sql/sql.ts'
import { type PostgresServer, startPostgres } from '../postgres-server.ts'

const policyText = `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data: { email: { is: pd:EmailAddress }, name: { is: pd:Name }, message: { is: pd:Communication } }
purposes: { support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, message] } }
rights: { erasure: { within: P1M } }
`
const mapText = `
store: shop
connect: { read: env:R, execute: env:E }
tables:
  customers:
    person: { key: { email: email, id: id } }
    fields: { email: { is: email, erase: pseudonym }, name: { is: name, erase: clear } }
  orders: { people: { buyer: { key: customer_id, to: customers.id, erase: row } }, fields: { note: { is: message } } }
  posts: { people: { author: { key: customer_id, to: customers.id, erase: part } }, fields: { body: { is: message, erase: redact } } }
`

let server: PostgresServer
let sql: SqlPool
let url: string

beforeAll(async () => {
  server = await startPostgres({
    settings: { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track': 'top' },
  })
  url = await server.createDatabase('counted')
  sql = await openSql(url)
  await sql.query(`CREATE EXTENSION pg_stat_statements;
    CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL UNIQUE, name text);
    CREATE TABLE orders (id serial PRIMARY KEY, customer_id int REFERENCES customers, note text);
    CREATE TABLE posts (id serial PRIMARY KEY, customer_id int REFERENCES customers, body text);
    INSERT INTO customers SELECT g, 'c' || g || '@example.org', 'Name ' || g FROM generate_series(1, 300) g;
    INSERT INTO orders (customer_id, note) SELECT 1 + g % 300, 'x' FROM generate_series(1, 600) g;
    INSERT INTO orders (customer_id, note) SELECT 7, 'x' FROM generate_series(1, 2000) g;
    INSERT INTO posts (customer_id, body) SELECT 1 + g % 300, 'by c' || (1 + g % 300) || '@example.org' FROM generate_series(1, 900) g;`)
})
afterAll(async () => {
  await sql?.close()
  await server?.stop()
})

it('statements grow with tables, not with rows or people', async () => {
  const { policy } = readPolicyBytes('kept.yaml', Buffer.from(policyText))
  const { map } = readStoreMapBytes('stores/shop.yaml', Buffer.from(mapText), policy)
  if (map === undefined) throw new Error('the map does not read')
  const store = await openPostgres(map, [], { read: url, execute: url })
  const find = (ids: readonly number[]) =>
    store.find(
      ids.map((id) => ({
        request: `r${id}`,
        identities: [{ kind: 'email', value: `c${id}@example.org` }],
        accept: [],
        reject: [],
      })),
    )
  const erase = (found: readonly Found[]) =>
    store.erase({
      work: found.map((one) => ({ step: `s-${one.request}`, found: one, salt: Buffer.alloc(32, 1) })),
      now: new Date(),
      suppression: { name: 'k', key: Buffer.alloc(32, 2) },
    })
  const counted = async (ids: readonly number[]) => {
    await sql.query('SELECT pg_stat_statements_reset()')
    const found = await find(ids)
    const finding = await calls()
    await sql.query('SELECT pg_stat_statements_reset()')
    const results = await erase(found)
    expect(results.every((result) => result.tables.some((row) => row.table === 'orders' && row.rows > 0))).toBe(true)
    return { finding, erasing: await calls() }
  }
  await counted([299])
  const one = await counted([1])
  const manyRows = await counted([7])
  const people = await counted(Array.from({ length: 40 }, (_id, index) => 20 + index))
  expect(manyRows).toEqual(one)
  expect(people.erasing).toBe(one.erasing)
  // Mentions of many people are told apart by one more statement for each table with text.
  expect(people.finding - one.finding).toBeLessThanOrEqual(map.tables.length)
  await store.close()
})

async function calls(): Promise<number> {
  const { rows } = await sql.query<{ calls: string }>(
    `SELECT sum(calls)::text AS calls FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'`,
  )
  return Number(rows[0]?.calls)
}
