/** Numbers that mean two things: ids of two tables beside each other, ids in lists, rows that two roles own. */
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { differenceOf, makeAdversary } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Numeri Ltd, country: MT, contact: privacy@numeri.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  text: { is: pd:Communication }
purposes:
  product: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [email, text] }
collection:
  signup: { from: subject, data: [email, text], for: product }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`
const MAP = `store: numeri
connect: { read: env:NUMERI, execute: env:NUMERI }
country: MT
tables:
  customers:
    for: product
    person: { key: { email: mail, id: id } }
    fields: { mail: { is: email, erase: pseudonym } }
  leads:
    for: product
    person: { key: { email: mail, lead: no } }
    fields: { mail: { is: email, erase: pseudonym } }
  lists:
    for: product
    people: { listed: { key: customers, separator: ",", to: customers.id, erase: part } }
    fields: { customers: { is: text, erase: redact }, what: none }
  teams:
    for: product
    people: { member: { key: members, to: customers.id, erase: part } }
    fields: { members: { is: text, erase: redact }, no: none }
  notes:
    for: product
    people: { customer: { key: customer, to: customers.id, erase: part } }
    fields: { body: { is: text, erase: redact }, amount: none }
  follows:
    for: product
    people:
      follower: { key: a, to: customers.id, erase: row, owns: true }
      followed: { key: b, to: customers.id, erase: row }
`
// She is customer 54321 and lead 11111; somebody else is customer 11111, lead 54321.
const SQL = `
CREATE TABLE customers (id int PRIMARY KEY, mail text UNIQUE NOT NULL);
INSERT INTO customers VALUES (54321, 'ada@numeri.example'), (11111, 'bob@numeri.example'), (543210, 'cid@numeri.example');
CREATE TABLE leads (no int PRIMARY KEY, mail text);
INSERT INTO leads VALUES (11111, 'ada@numeri.example'), (54321, 'bob@numeri.example'), (7, 'eve@numeri.example');
CREATE TABLE lists (id int PRIMARY KEY, customers text, what text);
INSERT INTO lists VALUES (1, '11111,54321', 'both'), (2, '11111, 543210', 'neither'), (3, '54321', 'she');
CREATE TABLE teams (no int PRIMARY KEY, members int[]);
INSERT INTO teams VALUES (1, '{11111,54321,54321,NULL}'), (2, '{11111}'), (3, '{54321}'), (4, NULL);
CREATE TABLE notes (id int PRIMARY KEY, customer int, body text, amount int);
INSERT INTO notes VALUES (1, 54321, 'called about 11111 and 54321', 54321), (2, 11111, 'paid 54321 in cash', 11111);
CREATE TABLE follows (a int, b int, PRIMARY KEY (a, b));
INSERT INTO follows VALUES (54321, 11111), (11111, 54321), (11111, 543210);
`

test('a number is hers only where the map says so', async () => {
  const vendor = await makeAdversary('numeri', POLICY, { numeri: { sql: SQL, map: MAP } })
  try {
    expect((await vendor.run(['check'])).out).toContain('hold together')
    const before = await vendor.rows('numeri')
    const done = await vendor.request(['erase', '--identity', 'email=ada@numeri.example', '--approve-by', 'jo'])
    expect(done.state, summary(done)).toBe('done')
    const left = new Set(done.proof?.residual.map((one) => one.class))
    expect(left).toEqual(new Set(['kept', 'other-person']))
    const stand = expect.stringMatching(/^\(\d+,[0-9a-f]+@erased\.invalid\)$/)
    expect(differenceOf(before, await vendor.rows('numeri'))).toEqual({
      'public.customers': { gone: ['(54321,ada@numeri.example)'], come: [stand] },
      'public.leads': { gone: ['(11111,ada@numeri.example)'], come: [stand] },
      // Bob is customer 11111, as Ada is lead 11111: he stays in the lists of customers.
      'public.lists': {
        gone: ['(1,"11111,54321",both)', '(3,54321,she)'],
        come: ['(1,"11111,[erased]",both)', '(3,[erased],she)'],
      },
      'public.teams': {
        gone: ['(1,"{11111,54321,54321,NULL}")', '(3,{54321})'],
        come: ['(1,"{11111,NULL}")', '(3,{})'],
      },
      'public.notes': {
        gone: ['(1,54321,"called about 11111 and 54321",54321)'],
        come: ['(1,54321,"called about [erased] and [erased]",54321)'],
      },
      // Who follows owns the row; being followed alone takes nobody's row away.
      'public.follows': { gone: ['(54321,11111)'], come: [] },
    })
  } finally {
    await vendor.close()
  }
})
