/** One vendor's shop, the same in every database: what an erasure must do there, and what it must leave alone. */
import { expect } from 'vitest'
import type { Found, Store } from '../../src/connector.ts'

export const policy = `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  phone: { is: pd:TelephoneNumber }
  address: { is: pd:PhysicalAddress }
  message: { is: pd:Communication }
  invoice: { is: pd:Financial }
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, phone, address, message, invoice] }
rights:
  access: { within: P1M }
  erasure:
    within: P1M
    except:
      tax: { data: [invoice], law: gb-tax, keep: P6Y, from: invoice-date }
`

export const map = `
store: shop
connect: { read: env:SHOP_READ, execute: env:SHOP_EXEC }
country: GB
zone: UTC
tables:
  customers:
    for: support
    person: { key: { email: email, id: id }, hint: { phone: phone, name: name } }
    fields:
      email: { is: email, erase: pseudonym }
      name: { is: name, erase: clear }
      phone: { is: phone, erase: clear }
      lang: none
      address_id: { is: address, erase: clear }
  addresses:
    people: { resident: { via: [customers.address_id = id], erase: row } }
    fields: { street: { is: address } }
  orders:
    people: { buyer: { key: customer_id, to: customers.id, erase: row } }
    fields: { note: { is: message } }
  items:
    people: { buyer: { key: order_id, to: orders.id, erase: row } }
    fields: { label: { is: message } }
  invoices:
    clock: { invoice-date: issued }
    people: { payer: { key: customer_id, to: customers.id, erase: row } }
    fields:
      amount: { is: invoice, keep: tax }
      remark: { is: message, erase: redact }
  tickets:
    people:
      requester: { via: [ticket_people.ticket_id = id, customers.id = ticket_people.customer_id], when: { ticket_people.role: requester }, erase: row }
      watcher: { via: [ticket_people.ticket_id = id, customers.id = ticket_people.customer_id], when: { ticket_people.role: watcher }, erase: part }
    fields:
      subject: { is: message, erase: redact }
  ticket_people:
    people: { party: { key: customer_id, to: customers.id, erase: row } }
    fields: { role: none }
  comments:
    people:
      author: { key: author_id, to: customers.id, erase: row }
    fields: { body: { is: message, erase: redact } }
  notes:
    people: { staff: { key: staff_id, to: customers.id, erase: keep-link } }
    fields: { body: { is: message, erase: redact } }
`

export const schema = `
CREATE TABLE addresses (id int PRIMARY KEY, street text NOT NULL);
CREATE TABLE customers (id int PRIMARY KEY, email varchar(120) NOT NULL UNIQUE, name text, phone text, lang text DEFAULT 'en',
  address_id int REFERENCES addresses (id));
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers (id), note text);
CREATE TABLE items (id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders (id), label text);
CREATE TABLE invoices (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers (id), amount numeric, remark text, issued date);
CREATE TABLE tickets (id int PRIMARY KEY, subject text NOT NULL);
CREATE TABLE ticket_people (id int PRIMARY KEY, ticket_id int NOT NULL REFERENCES tickets (id), customer_id int NOT NULL REFERENCES customers (id), role text);
CREATE TABLE comments (id int PRIMARY KEY, parent_id int REFERENCES comments (id), author_id int REFERENCES customers (id), body text NOT NULL);
CREATE TABLE notes (id int PRIMARY KEY, staff_id int REFERENCES customers (id), body text);
INSERT INTO addresses VALUES (1, 'Shared Street 1'), (2, 'Own Street 2'), (3, 'Third Street 3');
INSERT INTO customers VALUES
  (1, 'marta@example.org', 'Marta Kowal', '+48 601 555 0147', 'pl', 2),
  (2, 'm.kowal@example.net', 'Marta Kowal', '+48 602 555 0199', 'pl', 3),
  (3, 'notmarta@example.org', 'Jan Nowak', '+48 601 555 0147', 'pl', 1),
  (4, 'marta@example.org.uk', 'Desk', NULL, 'en', 1);
INSERT INTO orders VALUES (10, 1, 'a'), (11, 1, 'b'), (12, 2, 'c');
INSERT INTO items VALUES (100, 10, 'x'), (101, 11, 'y'), (102, 12, 'z');
INSERT INTO invoices VALUES (20, 1, 10, 'for Marta Kowal, marta@example.org', '2024-01-31'), (21, 1, 11, 'old marta@example.org', '2010-05-05'), (22, 2, 12, 'x', '2024-02-02');
INSERT INTO tickets VALUES (30, 'Help marta@example.org please'), (31, 'Both Marta Kowal and Jan'), (32, 'Watched by marta@example.org'), (33, 'notmarta@example.org asks');
INSERT INTO ticket_people VALUES (1, 30, 1, 'requester'), (2, 31, 1, 'requester'), (3, 31, 3, 'requester'), (4, 32, 3, 'requester'), (5, 32, 1, 'watcher'), (6, 33, 3, 'requester');
INSERT INTO comments VALUES (40, NULL, 1, 'top by marta@example.org'), (41, 40, 3, 'reply of jan'), (42, NULL, 1, 'alone'), (43, 42, 1, 'own reply');
INSERT INTO notes VALUES (50, 3, 'Call marta@example.org and marta@example.org.uk'), (51, 1, 'staff note by her'), (52, 3, 'nothing');
`

/** A database with this schema under this map. */
export interface OpenedShop {
  readonly store: Store
  find(identities: Record<string, string>): Promise<Found>
  erase(found: Found): Promise<Awaited<ReturnType<Store['erase']>>[number]>
  /** A sum of each row of a table, by its id: to see who was touched. */
  rows(table: string): Promise<Map<string, string>>
  /** The text of the first cell that a query gives. */
  cell(text: string): Promise<string | null>
}

/** Previews and erases one customer: shared rows, kept fields, replies and notes of others included. */
export async function erasesOneCustomer(shop: OpenedShop): Promise<void> {
  const found = await shop.find({ email: 'marta@example.org' })
  expect(found.persons).toEqual([{ table: 'customers', key: '["1"]' }])
  expect(found.candidates.map((one) => [one.hint, one.key]).sort()).toEqual([
    ['name', '["2"]'],
    ['phone', '["3"]'],
  ])
  const preview = await shop.store.preview(found, new Date('2026-11-22T12:00:00Z'))
  expect(preview.obstacles).toEqual([])
  const counts = preview.tables.map((row) => `${row.table} ${row.role} ${row.action} ${row.rows}`).sort()
  expect(counts).toEqual([
    'addresses resident row 1',
    'comments author part 1',
    'comments author row 2',
    'customers person part 1',
    'invoices payer part 1',
    'invoices payer row 1',
    'items buyer row 2',
    'notes mention mention 1',
    'notes staff keep-link 1',
    'orders buyer row 2',
    'ticket_people party row 3',
    'tickets requester part 1',
    'tickets requester row 1',
    'tickets watcher part 1',
  ])
  expect(preview.kept).toEqual([{ table: 'invoices', field: 'amount', rows: 1, exception: 'tax', until: '2030-01-31' }])
  const before = new Map<string, Map<string, string>>()
  for (const table of ['customers', 'orders', 'items', 'invoices', 'tickets', 'comments', 'notes', 'addresses']) {
    before.set(table, await shop.rows(table))
  }
  const result = await shop.erase(found)
  expect(result.tables.map((row) => `${row.table} ${row.role} ${row.action} ${row.rows}`).sort()).toEqual(counts)
  const touched = async (table: string) => {
    const now = await shop.rows(table)
    const was = before.get(table) ?? new Map<string, string>()
    return [...was].filter(([key, sum]) => now.get(key) !== sum).map(([key]) => `${key}${now.has(key) ? '' : ' gone'}`)
  }
  expect(await touched('customers')).toEqual(['1'])
  expect(await touched('orders')).toEqual(['10 gone', '11 gone'])
  expect(await touched('items')).toEqual(['100 gone', '101 gone'])
  expect(await touched('invoices')).toEqual(['20', '21 gone'])
  expect(await touched('tickets')).toEqual(['30 gone', '31', '32'])
  expect(await touched('comments')).toEqual(['40', '42 gone', '43 gone'])
  expect(await touched('notes')).toEqual(['50'])
  expect(await touched('addresses')).toEqual(['2 gone'])
  expect(await shop.cell('SELECT body FROM notes WHERE id = 50')).toBe('Call [erased] and marta@example.org.uk')
  const search = await shop.store.search(found.identities.map((one, index) => ({ ...one, id: `i${index}` })))
  const strong = search.hits.filter((hit) => found.identities[Number(hit.identity.slice(1))]?.strong === true)
  expect(strong).toEqual([])
}
