/** Correction on a real PostgreSQL: every copy of the person's gets the new value, nobody else's cell does, and it is proven. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestDocument } from '../src/requests/report.ts'
import { checksums, makeVendor, type Vendor } from './guarantees/vendor.ts'

const MORE = `
CREATE TABLE orders (id int PRIMARY KEY, buyer bigint, contact_phone text, contact_email text, old_address text, note text);
CREATE TABLE shared (id int PRIMARY KEY, one bigint, two bigint, phone text);
CREATE TABLE log (id int PRIMARY KEY, line text);
ALTER TABLE users ADD plan varchar(20) CHECK (plan <> 'free'), ADD address varchar(12);
UPDATE users SET plan = 'basic', address = '1 Old Street' WHERE id < 4;
INSERT INTO orders SELECT i, i, u.phone, u.email, '1 Old Street', 'call ' || u.phone FROM generate_series(1, 5) i JOIN users u ON u.id = i;
INSERT INTO orders VALUES (11, 1, '+44 99 1111 1111', 'person1@example.org', NULL, NULL), (12, 2, '+44 20 7946 0001', 'other@example.org', NULL, NULL);
INSERT INTO shared VALUES (1, 1, 2, '+44 20 7946 0001'), (2, 1, NULL, '+44 20 7946 0001');
CREATE FUNCTION reset_phone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = 4 THEN NEW.phone := OLD.phone; END IF; RETURN NEW; END $$;
CREATE TRIGGER reset BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION reset_phone();
`

const TABLES = `  orders:
    people: { buyer: { key: buyer, to: users.id, erase: row } }
    fields:
      contact_phone: { is: phone }
      contact_email: { is: email }
      old_address: { is: address, correct: keep }
      note: { is: message, erase: redact }
  shared:
    people:
      one: { key: one, to: users.id, erase: part }
      two: { key: two, to: users.id, erase: part }
    fields: { phone: { is: phone } }
  log:
    fields: { line: none }
  messages:`

let vendor: Vendor

beforeAll(async () => {
  const { writeFileSync, readFileSync } = await import('node:fs')
  vendor = await makeVendor('correction', {
    people: 5,
    sql: MORE,
    map: (text) =>
      text
        .replace(
          '      note: none\n',
          '      note: none\n      plan: { is: plan, erase: clear }\n      address: { is: address, erase: clear }\n',
        )
        .replace('  messages:', TABLES),
  })
  const file = `${vendor.folder}/kept.yaml`
  const policy = readFileSync(file, 'utf8').replace(
    '  invoice: { is',
    '  plan: { is: pd:ServiceConsumptionBehaviour }\n  address: { is: pd:PhysicalAddress }\n  invoice: { is',
  )
  writeFileSync(
    file,
    policy.replace('  access:  { within: P1M }', '  access:  { within: P1M }\n  correction: { within: P1M }'),
  )
}, 60_000)
afterAll(() => vendor.close())

async function correct(...words: string[]) {
  const ran = await vendor.call(['request', 'correction', '--json', ...words])
  expect(ran.err).toBe('')
  return { code: ran.code, document: JSON.parse(ran.out) as RequestDocument }
}

test('a new phone number reaches the record and its copies, and nothing of anybody else', async () => {
  const users = await checksums(vendor, 'users', 'id <> 1')
  const orders = await checksums(vendor, 'orders', 'id NOT IN (1)')
  const { code, document } = await correct(
    '--identity',
    'email=person1@example.org',
    '--set',
    'phone=+44 20 0000 0001',
    '--approve-by',
    'jo',
  )
  expect(document.state, JSON.stringify(document.proof)).toBe('done')
  expect(code).toBe(0)
  expect(document.stores[0]?.tables).toEqual([
    { table: 'users', role: 'person', action: 'correct', rows: 1, fields: ['phone'] },
    { table: 'orders', role: 'buyer', action: 'correct', rows: 1, fields: ['contact_phone'] },
    { table: 'shared', role: 'one', action: 'correct', rows: 1, fields: ['phone'] },
  ])
  expect(await vendor.query('SELECT phone FROM users WHERE id = 1')).toEqual([{ phone: '+44 20 0000 0001' }])
  expect(await vendor.query('SELECT id, contact_phone FROM orders WHERE id IN (1, 11, 12) ORDER BY id')).toEqual([
    { id: 1, contact_phone: '+44 20 0000 0001' },
    { id: 11, contact_phone: '+44 99 1111 1111' },
    { id: 12, contact_phone: '+44 20 7946 0001' },
  ])
  expect(await checksums(vendor, 'users', 'id <> 1')).toEqual(users)
  expect(await checksums(vendor, 'orders', 'id NOT IN (1)')).toEqual(orders)
  // A row of two people says for neither whose number it is.
  expect(await vendor.query('SELECT id, phone FROM shared ORDER BY id')).toEqual([
    { id: 1, phone: '+44 20 7946 0001' },
    { id: 2, phone: '+44 20 0000 0001' },
  ])
  const classes = document.proof?.residual.map(({ table, column, class: name }) => `${table}.${column} ${name}`).sort()
  expect(classes).toEqual(['orders.contact_phone other-person', 'orders.note kept', 'shared.phone other-person'])
})

test('the evidence of it holds no value', async () => {
  const ran = await vendor.call(['evidence', 'export', '--out', 'pack'])
  expect(ran.code, ran.err).toBe(0)
  const { readdirSync, readFileSync, statSync } = await import('node:fs')
  const { join } = await import('node:path')
  const root = join(vendor.folder, 'pack')
  const files = statSync(root).isDirectory()
    ? readdirSync(root, { recursive: true, encoding: 'utf8' })
        .map((name) => join(root, name))
        .filter((name) => statSync(name).isFile())
    : [root]
  const text = files.map((name) => readFileSync(name, 'latin1')).join('\n')
  expect(text).toContain('correction')
  expect(text).not.toMatch(/7946|0000 0001|person1/)
})

test('a history stays by its rule, and the preview writes nothing', async () => {
  const before = await checksums(vendor, 'users')
  const { document } = await correct(
    '--identity',
    'email=person2@example.org',
    '--set',
    'address=2 New Road',
    '--preview',
  )
  expect(document.state).toBe('awaiting-approval')
  expect(document.stores[0]?.kept).toEqual([{ table: 'orders', field: 'old_address', rows: 1, exception: 'history' }])
  expect(await checksums(vendor, 'users')).toEqual(before)
  const approved = await vendor.call(['request', 'approve', document.id, '--by', 'jo', '--json'])
  const after = JSON.parse(approved.out) as RequestDocument
  expect(after.state).toBe('done')
  expect(after.proof?.residual.map(({ table, column, class: name }) => `${table}.${column} ${name}`)).toContain(
    'orders.old_address kept',
  )
  expect(await vendor.query('SELECT address FROM users WHERE id = 2')).toEqual([{ address: '2 New Road' }])
  expect(await vendor.query('SELECT old_address FROM orders WHERE id = 2')).toEqual([{ old_address: '1 Old Street' }])
})

test('an address of which rows are known is corrected together with them', async () => {
  const { document } = await correct(
    '--identity',
    'email=person5@example.org',
    '--set',
    'email=five@example.net',
    '--approve-by',
    'jo',
  )
  expect(document.state, JSON.stringify(document.proof)).toBe('done')
  expect(await vendor.query('SELECT contact_email FROM orders WHERE id = 5')).toEqual([
    { contact_email: 'five@example.net' },
  ])
  // Texts say what they said.
  expect(await vendor.query(`SELECT subject FROM tickets WHERE user_id = 5`)).toEqual([
    { subject: 'Help for person5@example.org' },
  ])
})

test.each([
  ['too long', 'address=1234567890123456', 'correct.too-long'],
  ['against a rule of the table', 'plan=free', 'correct.check'],
  ["somebody else's", 'email=person3@example.org', 'correct.not-unique'],
])('breach: a value that is %s is refused before anything is done', async (_name, setting, code) => {
  const before = await checksums(vendor, 'users')
  const { code: exit, document } = await correct(
    '--identity',
    'email=person2@example.org',
    '--set',
    setting,
    '--approve-by',
    'jo',
  )
  expect(document.stores[0]?.obstacles.map((one) => one.code)).toEqual([code])
  expect(document.state).toBe('awaiting-approval')
  expect(exit).toBe(1)
  expect(await checksums(vendor, 'users')).toEqual(before)
})

test('breach: a trigger that quietly puts the old value back is found by the proof, and a resume writes it again', async () => {
  const { code, document } = await correct(
    '--identity',
    'email=person4@example.org',
    '--set',
    'phone=+44 20 0000 0004',
    '--approve-by',
    'jo',
  )
  expect(code).toBe(1)
  expect(document.state).toBe('open')
  expect(document.proof?.residual).toContainEqual(
    expect.objectContaining({ class: 'missed', table: 'users', column: 'phone', identity: 'new value' }),
  )
  await vendor.query('DROP TRIGGER reset ON users')
  const resumed = await vendor.call(['request', 'resume', document.id, '--json'])
  let after = JSON.parse(resumed.out) as RequestDocument
  if (after.state === 'awaiting-approval') {
    const approved = await vendor.call(['request', 'approve', document.id, '--by', 'jo', '--json'])
    after = JSON.parse(approved.out) as RequestDocument
  }
  expect(after.state, JSON.stringify(after)).toBe('done')
  expect(await vendor.query('SELECT phone FROM users WHERE id = 4')).toEqual([{ phone: '+44 20 0000 0004' }])
})

test('breach: an old value in a table that no map mentions holds the request open', async () => {
  await vendor.query(
    `CREATE TABLE stray (id int PRIMARY KEY, said text); INSERT INTO stray VALUES (1, '+44 20 7946 0003')`,
  )
  const { code, document } = await correct(
    '--identity',
    'email=person3@example.org',
    '--set',
    'phone=+44 20 0000 0003',
    '--approve-by',
    'jo',
  )
  expect(code).toBe(1)
  expect(document.proof?.residual).toContainEqual(expect.objectContaining({ class: 'unmapped', column: 'said' }))
})
