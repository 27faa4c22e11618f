/** Objection and withdrawal on a real PostgreSQL: the use stops in every declared place, and the proof reads it anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestDocument } from '../src/requests/report.ts'
import { checksums, makeVendor, type Vendor } from './guarantees/vendor.ts'

const MORE = `
ALTER TABLE users ADD newsletter_ok boolean NOT NULL DEFAULT true, ADD newsletter_at date DEFAULT '2025-01-01';
CREATE TABLE subscribers (id int PRIMARY KEY, list text, email text);
INSERT INTO subscribers SELECT i, 'news', 'person' || i || '@example.org' FROM generate_series(1, 5) i;
INSERT INTO subscribers VALUES (20, 'news', 'PERSON1@example.org');
CREATE FUNCTION come_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = 3 THEN NEW.newsletter_ok := true; END IF; RETURN NEW; END $$;
CREATE TRIGGER come_back BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION come_back();
`

const LIST = `  subscribers:
    for: newsletter
    people: { subscriber: { key: email, to: users.email, erase: row } }
    stop: { newsletter: { remove: row } }
    fields: { list: none, email: { is: email } }
  messages:`

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('objection', {
    people: 5,
    sql: MORE,
    map: (text) =>
      text
        .replace('email: email, id: id', 'email: { column: email, fold: true }, id: id')
        .replace(
          '    fields:\n      email',
          '    stop: { newsletter: { set: { newsletter_ok: false, newsletter_at: null } } }\n    fields:\n      newsletter_ok: none\n      newsletter_at: none\n      email',
        )
        .replace('  messages:', LIST),
  })
  const file = `${vendor.folder}/kept.yaml`
  const policy = readFileSync(file, 'utf8')
    .replace(
      '  billing: {',
      '  newsletter: { is: dpv:DirectMarketing, basis: eu-gdpr:A6-1-a, uses: [email] }\n  partners: { is: dpv:Marketing, basis: eu-gdpr:A6-1-f, uses: [email] }\n  billing: {',
    )
    .replace('  access:  { within: P1M }', '  access:  { within: P1M }\n  objection: { within: P1M }')
  writeFileSync(file, policy)
}, 60_000)
afterAll(() => vendor.close())

async function ask(kind: string, ...words: string[]) {
  const ran = await vendor.call(['request', kind, '--json', ...words])
  expect(ran.err).toBe('')
  return { code: ran.code, document: JSON.parse(ran.out) as RequestDocument }
}

test('a withdrawal switches the use off and takes the person off the list, and nobody else', async () => {
  const users = await checksums(vendor, 'users', 'id <> 1')
  const others = await checksums(vendor, 'subscribers', 'id NOT IN (1, 20)')
  const asked = await ask(
    'withdrawal',
    '--identity',
    'email=person1@example.org',
    '--purpose',
    'newsletter',
    '--approve-by',
    'jo',
  )
  expect(asked.document.state, JSON.stringify(asked.document)).toBe('done')
  expect(asked.code).toBe(0)
  expect(asked.document.stores[0]?.tables).toEqual([
    { table: 'users', role: 'person', action: 'stop', rows: 1, fields: ['newsletter_at'] },
    { table: 'users', role: 'person', action: 'stop', rows: 1, fields: ['newsletter_ok'] },
    { table: 'subscribers', role: 'subscriber', action: 'remove', rows: 2, fields: [] },
  ])
  expect(await vendor.query('SELECT newsletter_ok, newsletter_at FROM users WHERE id = 1')).toEqual([
    { newsletter_ok: false, newsletter_at: null },
  ])
  expect(await vendor.query('SELECT id FROM subscribers WHERE id IN (1, 20)')).toEqual([])
  expect(await checksums(vendor, 'users', 'id <> 1')).toEqual(users)
  expect(await checksums(vendor, 'subscribers', 'id NOT IN (1, 20)')).toEqual(others)
  const told = await vendor.call(['request', 'show', asked.document.id])
  expect(told.out).toContain('the use has stopped in every declared place')
})

test('an objection that is proven keeps the right', async () => {
  const asked = await ask(
    'objection',
    '--identity',
    'email=person2@example.org',
    '--purpose',
    'newsletter',
    '--approve-by',
    'jo',
  )
  expect(asked.document.state).toBe('done')
  const status = await vendor.call(['status', '--json'])
  const { commitments } = JSON.parse(status.out) as { commitments: { commitment: string }[] }
  const right = commitments.find(({ commitment }) => commitment === 'rights.objection')
  expect(right).toMatchObject({ status: 'kept' })
})

test('breach: a use that comes back by itself is found, and holds the request open', async () => {
  const asked = await ask(
    'withdrawal',
    '--identity',
    'email=person3@example.org',
    '--purpose',
    'newsletter',
    '--approve-by',
    'jo',
  )
  expect(asked.code).toBe(1)
  expect(asked.document.state).toBe('open')
  expect(asked.document.proof?.residual).toMatchObject([
    { class: 'missed', table: 'users', column: 'newsletter_ok', identity: 'newsletter' },
  ])
})

test('breach: a use that people may stop and that no map stops is told by check', async () => {
  const map = `${vendor.folder}/stores/helpdesk.yaml`
  const text = readFileSync(map, 'utf8')
  writeFileSync(map, text.replace('    stop: { newsletter: { remove: row } }\n', '').replace(/ {4}stop: .*\n/, ''))
  const ran = await vendor.call(['check'])
  expect(ran.out + ran.err).toContain('rights.no-place-to-stop')
  writeFileSync(map, text.replace('newsletter: { remove: row }', 'newsleter: { remove: row }'))
  const misspelt = await vendor.call(['check'])
  expect(misspelt.out + misspelt.err).toContain('did you mean "newsletter"')
  writeFileSync(map, text)
})

test('a purpose that the policy does not have is refused by name', async () => {
  const ran = await vendor.call([
    'request',
    'objection',
    '--identity',
    'email=person2@example.org',
    '--purpose',
    'newsleter',
  ])
  expect(ran.code).toBe(2)
  expect(ran.err).toContain('Did you mean newsletter?')
})
