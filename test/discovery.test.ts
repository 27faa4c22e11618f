/** Discovery on real PostgreSQL: what is planted is found, what is hostile costs a finding, and no value leaves the process. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import type { Discovery } from '../src/discovery/index.ts'
import { ROOT } from './checkout.ts'
import { freshDatabase, loadDump } from './postgres.ts'

const FIXTURES = join(ROOT, '..', 'shared', 'fixtures')
const POLICY = `
kept: 1
controller: { name: Cookie House, country: US }
law: [eu-gdpr]
data:
  mail: { is: pd:EmailAddress }
  name: { is: pd:Name }
purposes:
  shop: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [mail, name] }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-discovery-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function statements(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

async function kept(url: string, ...args: string[]): Promise<{ code: number; output: string }> {
  let output = ''
  const write = (text: string): void => {
    output += text
  }
  const code = await runCommand(args, {
    cwd: folder,
    env: { STORE_READ: url, STORE_EXECUTE: url },
    out: write,
    err: write,
    interactive: false,
  })
  return { code, output }
}

async function discovered(url: string): Promise<{ found: Discovery; output: string }> {
  const { code, output } = await kept(url, 'store', 'discover', 'env:STORE_READ', '--json')
  expect(code, output).toBe(0)
  return { found: JSON.parse(output) as Discovery, output }
}

const columnOf = (found: Discovery, table: string, column: string) =>
  found.tables.find((one) => one.table === table)?.columns.find((one) => one.column === column)

it('finds the people of Request Tracker, which declares no key, and whom its rows lead to', async (context) => {
  const dump = join(FIXTURES, 'request-tracker', 'database.sql')
  if (!existsSync(dump)) context.skip('there is no ../shared/fixtures/request-tracker beside this checkout')
  const url = await freshDatabase('discover_request_tracker')
  await loadDump(url, dump)
  const { found, output } = await discovered(url)
  const category = (table: string, column: string) => columnOf(found, table, column)?.category
  expect(category('users', 'emailaddress')).toBe('email')
  expect(category('users', 'realname')).toBe('name')
  expect(category('users', 'mobilephone')).toBe('phone')
  expect(category('users', 'lang')).toBe('none')
  expect(category('attachments', 'content')).toBe('message')
  expect(category('attachments', 'messageid')).toBe('none')
  expect(category('transactions', 'creator')).toBe('identifier')
  expect(category('tickets', 'priority')).toBe('none')
  const tickets = found.tables.find(({ table }) => table === 'tickets')
  expect(tickets?.people.map(({ key, to }) => [key, to])).toContainEqual(['owner', 'users.id'])
  expect(tickets?.clock).toMatchObject({ created: 'created', 'last-change': 'lastupdated' })
  const values = ['kowalczyk', '85010112345', '601 555', '203.0.113', 'martak', 'Złota', 'KW-7F3A91']
  expect(values.filter((value) => output.toLowerCase().includes(value.toLowerCase()))).toEqual([])
}, 60_000)

it('finds what is planted under names that say nothing: addresses, cards, national numbers, a reference nobody declared', async () => {
  const url = await freshDatabase('discover_planted')
  await statements(
    url,
    `CREATE TABLE kunden (kunde_id uuid PRIMARY KEY, vorname text, nachname text, "E-Mail" text, geburtsdatum date);
     INSERT INTO kunden SELECT gen_random_uuid(), 'Zebulon' || i, 'Quux', 'zq' || i || '@planted.example', '1980-01-01' FROM generate_series(1, 40) i;
     CREATE TABLE t1 (a int PRIMARY KEY, b text, c text, d text, e uuid, f text, g text, h bytea, data jsonb);
     INSERT INTO t1 SELECT i, 'zq' || i || '@planted.example', '4111 1111 1111 1111', (ARRAY['85010112345','44051401359','02070803628'])[1 + i % 3],
       (SELECT kunde_id FROM kunden OFFSET i - 1 LIMIT 1), E'BEGIN:VCARD\\nFN:Zebulon\\nEND:VCARD', 'a:1:{s:4:"mail";s:20:"zq1@planted.example";}', '\\x504b030414000000080000002100', '{"billingEmail": "x"}' FROM generate_series(1, 40) i;
     CREATE TABLE t2 (id int PRIMARY KEY, subject_type text, subject_id int, colour text, size int);
     CREATE TABLE client (id int PRIMARY KEY, email text, full_name text);
     INSERT INTO client SELECT i, 'client' || i || '@planted.example', 'Zebulon Quux' FROM generate_series(1, 40) i;
     INSERT INTO t2 SELECT i, CASE WHEN i % 2 = 0 THEN 'App\\Models\\Client' ELSE 'App\\Models\\Order' END, i, 'blue', i FROM generate_series(1, 40) i;`,
  )
  const { found, output } = await discovered(url)
  const categories = Object.fromEntries(
    found.tables.find(({ table }) => table === 't1')?.columns.map(({ column, category }) => [column, category]) ?? [],
  )
  expect(categories).toMatchObject({ a: 'none', b: 'email', d: 'national-id', e: 'identifier', f: 'contact' })
  expect(categories).toMatchObject({ c: 'payment', data: 'email' })
  expect(found.tables.find(({ table }) => table === 't1')?.codec).toMatchObject({ f: 'vcard', g: 'php', h: 'zip' })
  expect(columnOf(found, 'kunden', 'geburtsdatum')?.category).toBe('date-of-birth')
  expect(columnOf(found, 'kunden', 'vorname')?.category).toBe('name')
  expect(columnOf(found, 't2', 'subject_id')?.category).toBe('identifier')
  expect(columnOf(found, 't2', 'colour')?.category).toBe('none')
  expect(columnOf(found, 't2', 'size')?.category).toBe('none')
  expect(columnOf(found, 't1', 'b')).toMatchObject({ why: expect.stringContaining('40 of 40') })
  expect(/zebulon|quux|planted\.example|4111|85010112345|1980-01-01/i.exec(output)?.[0]).toBeUndefined()
}, 60_000)

it('survives hostile rows: they cost a question, not the process', async () => {
  const url = await freshDatabase('discover_hostile')
  await statements(
    url,
    `CREATE TABLE hostile (id int PRIMARY KEY, big text, noise text, bytes bytea, deep json, "we""ird.näme" text);
     ALTER TABLE hostile ALTER big SET STORAGE EXTERNAL;
     INSERT INTO hostile VALUES (1, repeat('x', 10000000), repeat('a@', 40000) || '!', '\\xfffec0af80'::bytea || decode(repeat('ff', 5000), 'hex'),
       (repeat('[', 5000) || repeat(']', 5000))::json, 'secret@planted.example');
     INSERT INTO hostile SELECT i, repeat('((((a+)+)+)+', 100), repeat('1 ', 500), '\\x00', '{}', NULL FROM generate_series(2, 50) i;`,
  )
  const start = performance.now()
  const { found, output } = await discovered(url)
  expect(performance.now() - start).toBeLessThan(15_000)
  expect(found.questions).toContainEqual({ at: 'hostile.big', asks: expect.stringContaining('too large') })
  expect(columnOf(found, 'hostile', 'we"ird.näme')?.category).toBe('email')
  expect(output).not.toContain('planted')
  expect(output.length).toBeLessThan(10_000)
}, 60_000)

it('writes a draft that check accepts apart from its questions, in the names of the policy', async () => {
  const url = await freshDatabase('discover_draft')
  await statements(
    url,
    `CREATE TABLE customer (id int PRIMARY KEY, email text, name text, created timestamp);
     INSERT INTO customer SELECT i, 'c' || i || '@planted.example', 'Anna Quux', now() FROM generate_series(1, 20) i;
     CREATE TABLE letter (id int PRIMARY KEY, customer_id int, body text);
     INSERT INTO letter SELECT i, i, 'Dear all, this is a letter' FROM generate_series(1, 20) i;
     CREATE TABLE loose (id int PRIMARY KEY, contact_email text, street text, tenant_id int);
     CREATE TABLE member ("the id" int PRIMARY KEY, email text, full_name text);
     CREATE TABLE badge (id int PRIMARY KEY, member_id int REFERENCES member, caption text);
     CREATE TABLE product (id int PRIMARY KEY, price int);`,
  )
  writeFileSync(join(folder, 'kept.yaml'), POLICY)
  mkdirSync(join(folder, 'stores'), { recursive: true })
  const first = await kept(url, 'store', 'discover', 'env:STORE_READ', '--store', 'shop', '--out', 'stores/shop.yaml')
  expect(first.code, first.output).toBe(0)
  expect(first.output).toContain('write within: tenant_id')
  const draft = readFileSync(join(folder, 'stores', 'shop.yaml'), 'utf8')
  expect(draft).toContain('email: mail')
  expect(draft).toContain('to: customer.id')
  expect(draft).toContain('to: member."the id"')
  expect(`${draft}${first.output}`).not.toMatch(/planted|Quux/)
  const checked = JSON.parse((await kept(url, 'check', '--json')).output) as {
    faults: { code: string; severity: string }[]
  }
  const errors = checked.faults.filter(({ severity }) => severity === 'error').map(({ code }) => code)
  expect(errors.length).toBeGreaterThan(0)
  expect([...new Set(errors)]).toEqual(['store.open-question'])
  const again = await kept(url, 'store', 'discover', 'env:STORE_READ', '--out', 'stores/shop.yaml')
  expect(again).toMatchObject({ code: 2, output: expect.stringContaining('exchange.file-exists') })
}, 60_000)

it('refuses another kind of store, and a name that no map has, without repeating what was written', async () => {
  const other = await kept('', 'store', 'discover', 'imaps://anna:hunter2@mail.example')
  expect(other).toMatchObject({ code: 2, output: expect.stringContaining('store.discover-unsupported') })
  expect(other.output).not.toContain('hunter2')
  expect(await kept('', 'store', 'discover', 'nowhere')).toMatchObject({
    code: 2,
    output: expect.stringContaining('request.store-unknown'),
  })
})
