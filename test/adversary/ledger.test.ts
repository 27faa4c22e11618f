/** Payroll and invoices: lawful keeps with clocks of every type, ended or not, unknown; references both ways. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { differenceOf, makeAdversary } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Zinnwald Lohn AG, country: DE, contact: privacy@zinnwald.example }
law: [eu-gdpr]
laws: { de-books: { title: Handelsgesetzbuch, source: HGB 257 } }
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  pay: { is: pd:Financial }
purposes:
  payroll: { is: dpv:FulfilmentOfContractualObligation, basis: eu-gdpr:A6-1-c, uses: [email, name, pay] }
collection:
  hiring: { from: subject, data: [email, name, pay], for: payroll }
rights:
  access: { within: P1M }
  erasure:
    within: P1M
    except:
      books: { data: [pay, name], law: de-books, keep: P6Y, from: booked }
      suppression: { data: [email], law: eu-gdpr:JustificationA17LegalClaims }
`

const CLOCKS = ['pay_date', 'pay_ts', 'pay_tz', 'pay_epoch', 'pay_epoch_ms']

const paid = (name: string) => `  ${name}:
    for: payroll
    clock: { booked: at }
    people: { payee: { key: staff_id, to: staff.id, erase: row } }
    fields: { amount: { is: pay, keep: books }, memo: { is: name, erase: redact } }
`

const MAP = `store: ledger
connect: { read: env:LEDGER, execute: env:LEDGER }
country: DE
zone: Pacific/Kiritimati
tables:
  staff:
    for: payroll
    person: { key: { email: mail, id: id }, hint: { name: name } }
    fields:
      mail: { is: email, erase: pseudonym }
      name: { is: name, erase: clear }
  contracts:
    for: payroll
    people: { employee: { key: staff_id, to: staff.id, erase: row } }
    fields: { title: { is: pay, erase: clear } }
  invoices:
    for: payroll
    clock: { booked: at }
    people: { payee: { key: staff_id, to: staff.id, erase: row } }
    fields:
      contract_id: none
      amount: { is: pay, keep: books }
      addressee: { is: name, keep: books }
  invoice_lines:
    for: payroll
    people: { payee: { key: invoice_id, to: invoices.id, erase: row } }
    fields: { what: { is: pay, erase: clear } }
${CLOCKS.map(paid).join('')}  suppressed:
    for: payroll
    person: { key: { email: address } }
    fields: { address: { is: email, keep: suppression } }
`

// Six years to the day before the store's own day, the day after, and a clock without a time.
const TABLE = (name: string, type: string, of: (days: number) => string) => `
CREATE TABLE ${name} (id serial PRIMARY KEY, staff_id int REFERENCES staff, amount numeric, memo text, at ${type});
INSERT INTO ${name} (staff_id, amount, memo, at) SELECT s, 10, 'for Person ' || s, ${of(-2)} FROM generate_series(1, 9) s;
INSERT INTO ${name} (staff_id, amount, memo, at) SELECT s, 20, 'for Person ' || s, ${of(2)} FROM generate_series(1, 9) s;
INSERT INTO ${name} (staff_id, amount, memo, at) SELECT s, 30, 'for Person ' || s, NULL FROM generate_series(1, 9) s;
`
const six = (days: number) => `(now() - interval '6 years' + interval '${days} days')`
const SQL = `
CREATE TABLE staff (id int PRIMARY KEY, mail text UNIQUE NOT NULL, name text);
INSERT INTO staff SELECT i, 'p' || i || '@zinnwald.example', 'Person ' || i FROM generate_series(1, 9) i;
CREATE TABLE contracts (id int PRIMARY KEY, staff_id int REFERENCES staff, title text);
INSERT INTO contracts SELECT i, i, 'Contract ' || i FROM generate_series(1, 9) i;
INSERT INTO contracts SELECT 10 + i, i, 'Second ' || i FROM generate_series(1, 9) i;
CREATE TABLE invoices (id int PRIMARY KEY, staff_id int REFERENCES staff, contract_id int REFERENCES contracts, amount numeric, addressee text, at date);
INSERT INTO invoices SELECT i, i, i, 5, 'Person ' || i, ${six(30)} FROM generate_series(1, 9) i;
INSERT INTO invoices SELECT 10 + i, i, 10 + i, 6, 'Person ' || i, ${six(-30)} FROM generate_series(1, 9) i;
CREATE TABLE invoice_lines (id serial PRIMARY KEY, invoice_id int REFERENCES invoices, what text);
INSERT INTO invoice_lines (invoice_id, what) SELECT id, 'line of ' || id FROM invoices;
${TABLE('pay_date', 'date', (days) => `${six(days)}::date`)}
${TABLE('pay_ts', 'timestamp', (days) => `${six(days)}::timestamp`)}
${TABLE('pay_tz', 'timestamptz', six)}
${TABLE('pay_epoch', 'int', (days) => `extract(epoch FROM ${six(days)})::int`)}
${TABLE('pay_epoch_ms', 'bigint', (days) => `(extract(epoch FROM ${six(days)}) * 1000)::bigint`)}
CREATE TABLE suppressed (address text PRIMARY KEY);
INSERT INTO suppressed SELECT 'p' || i || '@zinnwald.example' FROM generate_series(1, 9) i;
UPDATE pay_date SET at = 'infinity' WHERE staff_id = 5 AND amount = 10;
UPDATE pay_ts SET at = '-infinity' WHERE staff_id = 5 AND amount = 10;
UPDATE pay_epoch_ms SET at = 9223372036854775807 WHERE staff_id = 5 AND amount = 10;
UPDATE pay_tz SET at = '200000-01-01' WHERE staff_id = 5 AND amount = 10;
`

test('what a law keeps stays until its end, and what is referred to by it stays with it', async () => {
  const vendor = await makeAdversary('ledger', POLICY, { ledger: { sql: SQL, map: MAP } })
  try {
    expect((await vendor.run(['check'])).out).toContain('hold together')
    const before = await vendor.rows('ledger')
    const done = await vendor.request(['erase', '--identity', 'email=p4@zinnwald.example', '--approve-by', 'jo'])
    expect(done.state, summary(done)).toBe('done')
    const kept = Object.fromEntries(done.stores[0]?.kept.map((one) => [`${one.table}.${one.field}`, one]) ?? [])
    expect(kept['invoices.amount']).toMatchObject({ rows: 1, until: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) })
    // One row's clock tells nothing: that is told, and no end is claimed for the two.
    for (const table of CLOCKS) {
      expect(kept[`${table}.amount`]).toEqual({ table, field: 'amount', rows: 2, exception: 'books', undated: 1 })
    }
    expect(kept['suppressed.address']).toMatchObject({ rows: 1, exception: 'suppression' })
    expect(done.stores[0]?.shared).toEqual([{ table: 'contracts', role: 'employee', rows: 1, why: 'referenced' }])
    const changed = differenceOf(before, await vendor.rows('ledger'))
    expect(changed['public.contracts']).toEqual({ gone: ['(14,4,"Second 4")', '(4,4,"Contract 4")'], come: ['(4,4,)'] })
    expect(changed['public.invoices']).toEqual({ gone: [expect.stringMatching(/^\(14,4,14,6,/)], come: [] })
    expect(changed['public.suppressed']).toBeUndefined()
    for (const table of CLOCKS) {
      expect(changed[`public.${table}`]?.gone).toHaveLength(3)
      expect(changed[`public.${table}`]?.come).toEqual([
        expect.stringMatching(/^\(13,4,20,"for \[erased\]",/),
        '(22,4,30,"for [erased]",)',
      ])
    }
    expect(Object.values(changed).flatMap(({ gone }) => gone.filter((row) => !/4/.test(row)))).toEqual([])
    const odd = await vendor.request(['erase', '--identity', 'email=p5@zinnwald.example', '--approve-by', 'jo'])
    expect(odd.state, summary(odd)).toBe('done')
    expect(odd.stores[0]?.kept.filter(({ rows }) => rows === 3)).toHaveLength(4)
    expect((await vendor.run(['status'])).out).toMatch(/kept +rights\.erasure/)
    expect((await vendor.run(['evidence', 'export', '--out', 'pack'])).code).toBe(0)
    expect((await vendor.run(['evidence', 'verify', 'pack'])).code).toBe(0)
    expect(readFileSync(join(vendor.folder, 'pack')).toString('latin1')).not.toMatch(
      /zinnwald\.example(?!"|%)|Person 4|p4@/,
    )
  } finally {
    await vendor.close()
  }
})
