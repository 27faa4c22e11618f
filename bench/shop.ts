/** A vendor with 200,000 customers whose orders have items: three linked tables with declared, indexed keys. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../src/connector.ts'
import { openPostgres } from '../src/connectors/postgres/index.ts'
import { type KeptDatabase, openDatabase } from '../src/database/open.ts'
import { compilePlan } from '../src/policy/plan.ts'
import { readPolicyBytes } from '../src/policy/policy.ts'
import { readStoreMapBytes } from '../src/policy/stores.ts'
import { casesOf } from '../src/requests/case.ts'
import { approve, present } from '../src/requests/decide.ts'
import type { Engine } from '../src/requests/engine.ts'
import { receive } from '../src/requests/receive.ts'
import { openSql } from '../src/sql/open.ts'
import type { SqlPool } from '../src/sql/sql.ts'
import { type PostgresServer, startPostgres } from '../test/postgres-server.ts'

const policyText = `
kept: 1
controller: { name: Bench Vendor, country: GB, contact: privacy@bench.example }
data: { email: { is: pd:EmailAddress }, name: { is: pd:Name }, message: { is: pd:Communication } }
purposes: { support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, message] } }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`

const mapText = `
store: shop
connect: { read: env:SHOP_READ, execute: env:SHOP_EXECUTE }
country: GB
tables:
  customers:
    person: { key: { email: email, id: id } }
    fields: { email: { is: email, erase: pseudonym }, name: { is: name, erase: clear }, phone: none }
  orders: { people: { buyer: { key: customer_id, to: customers.id, erase: row } }, fields: { note: { is: message }, placed_at: { is: message }, amount: { is: message }, paid: { is: message }, label: { is: message } } }
  items: { people: { buyer: { key: order_id, to: orders.id, erase: row } }, fields: { label: { is: message } } }
`

export const others = 200_000
const itemsPerOrder = 3

export interface Shop {
  readonly server: PostgresServer
  readonly sql: SqlPool
  readonly url: string
  readonly store: Store
  readonly database: KeptDatabase
  readonly engine: Engine
  /** As a process that did not approve what it carries out: it holds nothing and reads each request. */
  readonly elsewhere: Engine
  /** Adds people with so many rows each over the three tables; gives their ids back. */
  people(count: number, rows: number): Promise<number[]>
  /** Requests for the erasure of these people, previewed and approved: ready to be carried out. */
  approved(ids: readonly number[]): Promise<string[]>
  close(): Promise<void>
}

/** Starts a durable server (fsync on) with the vendor's database and Kept's own database beside it. */
export async function openShop(): Promise<Shop> {
  const server = await startPostgres({ durable: true })
  const url = await server.createDatabase('shop')
  const keptUrl = await server.createDatabase('kept')
  const sql = await openSql(url)
  await sql.query(`
    CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text, phone text);
    CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, note text, placed_at timestamptz DEFAULT now(),
      amount numeric(8, 2), paid boolean, label text);
    CREATE TABLE items (id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, label text);
    INSERT INTO customers SELECT g, 'customer' || g || '@example.org', 'Name ' || g, '+1555' || g FROM generate_series(1, ${others}) g;
    INSERT INTO orders (id, customer_id, note) SELECT g, g, 'note ' || g FROM generate_series(1, ${others}) g;
    INSERT INTO items SELECT g, 1 + (g % ${others}), 'label ' || g FROM generate_series(1, ${others * itemsPerOrder}) g;
    CREATE INDEX ON orders (customer_id); CREATE INDEX ON items (order_id); ANALYZE;`)
  const { policy } = readPolicyBytes('kept.yaml', Buffer.from(policyText))
  const { map } = readStoreMapBytes('stores/shop.yaml', Buffer.from(mapText), policy)
  if (map === undefined) throw new Error('the map of the measurement does not read')
  const plan = compilePlan(policy, [map])
  const store = await openPostgres(map, plan.rights.exceptions, { read: url, execute: url })
  const directory = mkdtempSync(join(tmpdir(), 'kept-bench-'))
  const database = await openDatabase({ directory, url: keptUrl, controller: plan.controller.name })
  const engine: Engine = {
    records: database,
    stores: [store],
    unopened: [],
    policy: plan.sha256,
    staff: (who) => database.staff(who),
    dueAt: (_kind, from) => new Date(from.getTime() + 30 * 86_400_000),
    now: () => new Date(),
  }
  const otherDatabase = await openDatabase({ directory, url: keptUrl, controller: plan.controller.name })
  let person = others
  let order = 10_000_000
  return {
    server,
    sql,
    url,
    store,
    database,
    engine,
    elsewhere: { ...engine, records: otherDatabase },
    async people(count, rows) {
      const orders = Math.floor((rows - 1) / (1 + itemsPerOrder))
      const first = person + 1
      await sql.query(`
        INSERT INTO customers SELECT g, 'person' || g || '@example.org', 'Person ' || g FROM generate_series(${first}, ${first + count - 1}) g;
        INSERT INTO orders (id, customer_id, note) SELECT ${order} + (g - ${first}) * ${orders} + o, g, 'note'
          FROM generate_series(${first}, ${first + count - 1}) g, generate_series(0, ${orders - 1}) o;
        INSERT INTO items SELECT (${order} + n / ${itemsPerOrder}) * 10 + n % ${itemsPerOrder}, ${order} + n / ${itemsPerOrder}, 'label'
          FROM generate_series(0, ${count * orders * itemsPerOrder - 1}) n;
        ANALYZE customers; ANALYZE orders; ANALYZE items;`)
      person += count
      order += count * orders
      return Array.from({ length: count }, (_one, index) => first + index)
    },
    async approved(ids) {
      const records = await receive(
        engine,
        ids.map((id) => ({ kind: 'erasure', identities: [{ kind: 'email', value: `person${id}@example.org` }] })),
      )
      const cases = await casesOf(
        engine,
        records.map((record) => record.id),
      )
      for (const shown of await present(engine, cases)) {
        const seen = shown.sealed.shown?.hash
        await approve(engine, shown.record.id, { by: 'bench', ...(seen === undefined ? {} : { seen }) })
      }
      return records.map((record) => record.id)
    },
    async close() {
      await store.close()
      await database.close()
      await otherDatabase.close()
      await sql.close()
      await server.stop()
    },
  }
}

/** What an engineer would write by hand for these people: one transaction, set by set. */
export async function byHand(sql: SqlPool, ids: readonly number[]): Promise<void> {
  await sql.transaction({}, async (session) => {
    await session.query(
      'DELETE FROM items WHERE order_id IN (SELECT id FROM orders WHERE customer_id = ANY($1::int8[]))',
      [ids],
    )
    await session.query('DELETE FROM orders WHERE customer_id = ANY($1::int8[])', [ids])
    const names = ids.map(() => `${randomBytes(12).toString('hex')}@erased.invalid`)
    await session.query(
      'UPDATE customers c SET email = v.email, name = NULL FROM unnest($1::int8[], $2::text[]) v(id, email) WHERE c.id = v.id',
      [ids, names],
    )
  })
}

/** What a naive tool does: it reads the rows and changes them one by one, in one transaction. */
export async function rowByRow(sql: SqlPool, id: number): Promise<void> {
  await sql.transaction({}, async (session) => {
    const orders = await session.query<{ id: string }>('SELECT id FROM orders WHERE customer_id = $1', [id])
    for (const order of orders.rows) {
      const items = await session.query<{ id: string }>('SELECT id FROM items WHERE order_id = $1', [order.id])
      for (const item of items.rows) await session.query('UPDATE items SET label = NULL WHERE id = $1', [item.id])
      await session.query('UPDATE orders SET note = NULL WHERE id = $1', [order.id])
    }
    await session.query('UPDATE customers SET email = $2, name = NULL WHERE id = $1', [
      id,
      `${randomBytes(12).toString('hex')}@erased.invalid`,
    ])
  })
}
