import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveIn } from '../../src/requests/prove/prove.ts'
import { type Opened, openShop } from './shop.ts'

const policy = `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  login: { is: pd:Username }
  national-id: { is: pd:OfficialID }
  message: { is: pd:Communication }
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, login, national-id, message] }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`

const map = `
store: shop
connect: { read: env:SHOP_READ, execute: env:SHOP_EXEC }
tables:
  users:
    for: support
    person: { key: { email: { column: email, case: fold }, login: login, id: id }, erase: part }
    fields: { email: { is: email, erase: pseudonym }, login: { is: login, erase: pseudonym } }
  extra:
    people:
      number: { key: user_id, to: users.id, when: { field: national-id }, erase: part }
      other:  { key: user_id, to: users.id, when: { field: [colour] }, erase: part }
    fields:
      field: none
      value:
        - { is: national-id, of: number, erase: clear }
        - { is: message, erase: redact }
  posts:
    people: { author: { key: user_id, to: users.id, erase: part } }
    fields:
      body: { is: message, erase: redact }
      words: { is: message, erase: redact }
  sessions:
    fields: { data: { is: message, erase: redact } }
`

const schema = `
CREATE TABLE users (id int PRIMARY KEY, email text, login text);
CREATE TABLE extra (id int PRIMARY KEY, user_id int, field text, value text);
CREATE TABLE posts (id int PRIMARY KEY, user_id int, body text, words tsvector);
CREATE TABLE sessions (id char(4) PRIMARY KEY, data text);
INSERT INTO sessions VALUES ('s1', 'user=ada@example.org'), ('s2', 'user=bo@example.org');
INSERT INTO users VALUES (1, 'ada@example.org', 'ada'), (2, 'bo@example.org', 'bob');
INSERT INTO extra VALUES (1, 1, 'national-id', '85010112345'), (2, 1, 'colour', 'green, says ada'), (3, 2, 'national-id', '90020254321');
INSERT INTO posts VALUES
  (10, 1, 'my number is 850101-12345', to_tsvector('simple', 'my number is 85010112345')),
  (11, 2, E'ada said: https://x.example/u?e=ada%40example.org&t=1\\nada again', to_tsvector('simple', 'ada said https://x.example/u?e=ada%40example.org&t=1')),
  (12, 2, 'ask ada about 85010112345', to_tsvector('simple', 'ask ada about 85010112345')),
  (13, 2, 'write to ada+shop@example.org', NULL),
  (14, 1, 'write to ada+shop@example.org', NULL);
`

describe('what is found of a person outside their own record', () => {
  let shop: Opened
  beforeAll(async () => {
    shop = await openShop(schema, policy, map)
  })
  afterAll(() => shop?.close())

  it('harvests fields that the map calls theirs, redacts an address inside a longer word, and spares a short login elsewhere', async () => {
    const found = await shop.find({ email: 'ada@example.org' })
    const harvested = found.identities.filter(({ kind }) => kind === 'national-id')
    expect(harvested).toEqual([{ kind: 'national-id', value: '85010112345', strong: false }])
    const result = await shop.erase(found)
    const { rows } = await shop.sql.query<{ id: number; body: string; words: string }>(
      'SELECT id, body, words::text AS words FROM posts ORDER BY id',
      [],
    )
    expect(rows.map(({ body }) => body)).toEqual([
      'my number is [erased]',
      '[erased] said: https://x.example/u?e=[erased]&t=1\nada again',
      'ask ada about 85010112345',
      'write to ada+shop@example.org',
      'write to ada+shop@example.org',
    ])
    expect(rows[0]?.words).not.toContain('85010112345')
    expect(rows[1]?.words).not.toMatch(/ada%40/)
    expect(rows[2]?.words).toContain("'ada'")
    const sessions = await shop.sql.query<{ data: string }>('SELECT data FROM sessions ORDER BY id', [])
    expect(sessions.rows.map(({ data }) => data)).toEqual(['user=[erased]', 'user=bo@example.org'])
    const values = await shop.sql.query<{ value: string | null }>('SELECT value FROM extra ORDER BY id', [])
    expect(values.rows.map(({ value }) => value)).toEqual([null, 'green, says [erased]', '90020254321'])
    const proofs = await proveIn(shop.store, [{ request: 'r1', found, kept: result.kept, approvedAt: new Date() }])
    const residual = proofs.get('r1')?.residual ?? []
    const places = residual.map((one) => `${one.class} ${one.column} ${one.key} ${one.identity}`)
    expect([...new Set(places)].sort()).toEqual([
      'ambiguous body ["14"] email#1',
      'other-person body ["11"] login#1',
      'other-person body ["12"] login#1',
      'other-person body ["12"] national-id#1',
      'other-person body ["13"] email#1',
      'other-person words ["11"] login#1',
      'other-person words ["12"] login#1',
      'other-person words ["12"] national-id#1',
    ])
  })
})
