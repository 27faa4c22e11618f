/** Many tenants: composite keys, one e-mail in two tenants, partitioned events, JSON with ids in nested paths and names of keys. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { differenceOf, makeAdversary, rowsWith } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Tansy Cloud AB, country: SE, contact: privacy@tansy.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  usage: { is: pd:Behavioural }
  content: { is: pd:Communication }
purposes:
  product: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [email, name, usage, content] }
collection:
  signup: { from: subject, data: [email, name, usage, content], for: product }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

const MAP = `store: saas
connect: { read: env:SAAS, execute: env:SAAS }
country: SE
role: processor
tables:
  users:
    for: product
    within: tenant_id
    person: { key: { email: { column: email, fold: true }, id: user_id }, hint: { name: display } }
    fields:
      email: { is: email, erase: pseudonym }
      display: { is: name, erase: clear }
      settings: { is: usage, erase: redact }
  projects:
    for: product
    within: tenant_id
    people:
      owner: { key: [tenant_id, owner_id], to: [users.tenant_id, users.user_id], erase: part }
      member: { key: member_ids, to: users.user_id, erase: part }
    fields:
      project_id: none
      title: { is: content, erase: redact }
      member_ids: { is: usage, erase: redact }
  tasks:
    for: product
    within: tenant_id
    people:
      assignee: { key: assignee, to: users.user_id, erase: keep-link }
      creator: { key: [tenant_id, creator], to: [users.tenant_id, users.user_id], erase: row }
    fields:
      project_id: none
      task_id: none
      body: { is: content, erase: redact }
  comments:
    for: product
    people:
      creator: { key: [tenant_id, project_id, task_id], to: [tasks.tenant_id, tasks.project_id, tasks.task_id], erase: row, owns: true }
      author: { key: [tenant_id, author], to: [users.tenant_id, users.user_id], erase: row }
    fields:
      id: none
      body: { is: content, erase: redact }
  events:
    for: product
    within: tenant_id
    people:
      actor: { key: { column: payload, path: $.actor.id }, to: users.user_id, erase: row }
      target: { key: { column: payload, path: "$.targets[*].user" }, to: users.user_id, erase: part }
    fields:
      at: none
      payload: { is: usage, erase: redact }
`

const SQL = `
CREATE TABLE users (tenant_id int, user_id int, email text NOT NULL, display text, settings jsonb, PRIMARY KEY (tenant_id, user_id), UNIQUE (tenant_id, email));
CREATE TABLE projects (tenant_id int, project_id int, owner_id int, title text, member_ids int[], PRIMARY KEY (tenant_id, project_id), FOREIGN KEY (tenant_id, owner_id) REFERENCES users);
CREATE TABLE tasks (tenant_id int, project_id int, task_id int, creator int, assignee int, body text, PRIMARY KEY (tenant_id, project_id, task_id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects ON DELETE CASCADE);
CREATE TABLE comments (id bigserial PRIMARY KEY, tenant_id int, project_id int, task_id int, author int, body text,
  FOREIGN KEY (tenant_id, project_id, task_id) REFERENCES tasks ON DELETE CASCADE);
CREATE TABLE events (tenant_id int, at timestamptz, payload jsonb) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
INSERT INTO users SELECT t, u, CASE WHEN u <= 3 THEN 'shared' || u || '@tansy.example' ELSE 'u' || t || '.' || u || '@tansy.example' END,
  'User ' || t || ' ' || u, jsonb_build_object('theme', 'dark', 'mail', 'u' || u) FROM generate_series(1, 3) t, generate_series(1, 10) u;
UPDATE users SET settings = '{"replyTo": "Shared2@tansy.example", "pinned": {"shared2@tansy.example": true}}' WHERE user_id = 2;
INSERT INTO projects SELECT t, p, 1 + p % 10, 'Project ' || p, ARRAY[1 + p % 10, 2, 5] FROM generate_series(1, 3) t, generate_series(1, 6) p;
INSERT INTO tasks SELECT t, 1 + k % 6, k, 1 + k % 10, 1 + (k * 3) % 10, 'task ' || k || CASE WHEN k = 7 THEN ' call shared2@tansy.example' ELSE '' END FROM generate_series(1, 3) t, generate_series(1, 30) k;
INSERT INTO comments (tenant_id, project_id, task_id, author, body) SELECT t, 1 + k % 6, k, 1 + (k * 7 + c) % 10, 'comment ' || c FROM generate_series(1, 3) t, generate_series(1, 30) k, generate_series(1, 2) c;
INSERT INTO events SELECT 1 + i % 3, timestamptz '2025-06-01' + i * interval '5 days', jsonb_build_object('actor', jsonb_build_object('id', 1 + i % 10), 'targets', jsonb_build_array(jsonb_build_object('user', 1 + (i * 3) % 10), jsonb_build_object('user', 1 + (i * 7) % 10))) FROM generate_series(1, 150) i;
INSERT INTO events SELECT t, '2026-05-05', '{"actor": {"id": 9}, "targets": [], "seen": {"shared2@tansy.example": 1}, "mails": ["x", "SHARED2@tansy.example"]}' FROM generate_series(1, 3) t;
`

const PHONES =
  SQL +
  `
UPDATE users SET settings = '{"phone": 46701234567, "tels": [46701234567, 46701234568], "t": "call 46701234567, thanks", "n": {"0701234567": 1}}' WHERE (tenant_id, user_id) = (2, 2);
ALTER TABLE users ADD phone text;
UPDATE users SET phone = '+46 70 123 45 67' WHERE user_id = 2;
`

const HERS = ['erase', '--identity', 'email=shared2@tansy.example']

test('one address in two tenants is two people', async () => {
  const vendor = await makeAdversary('saas', POLICY, { saas: { sql: SQL, map: MAP } })
  try {
    expect((await vendor.run(['check'])).out).toContain('hold together')
    const before = await vendor.rows('saas')
    const unclear = await vendor.request([...HERS, '--preview'])
    expect(unclear.candidates.map(({ hint }) => hint)).toEqual(['tenant', 'tenant', 'tenant'])
    expect(unclear.stores[0]?.tables).toEqual([])
    const asked = ['--identity', 'email=shared2@tansy.example', '--identity', 'tenant=2']
    const access = await vendor.run(['request', 'access', ...asked, '--out', 'out'])
    expect(access.code, access.err).toBe(0)
    const users = readFileSync(join(vendor.folder, 'out', 'data', 'saas', 'users.csv'), 'utf8')
      .trim()
      .split('\n')
    expect(users).toHaveLength(2)
    const tasks = readFileSync(join(vendor.folder, 'out', 'data', 'saas', 'tasks.csv'), 'utf8')
      .trim()
      .split('\n')
    expect(tasks.slice(1).every((line) => line.startsWith('2,'))).toBe(true)
    const done = await vendor.request(['erase', ...asked, '--approve-by', 'jo'])
    expect(done.state, summary(done)).toBe('done')
    expect(new Set(done.proof?.residual.map((one) => one.class))).toEqual(new Set(['other-person']))
    const after = await vendor.rows('saas')
    const changed = differenceOf(before, after)
    expect(Object.keys(changed)).toEqual([
      'public.comments',
      'public.events_2026',
      'public.projects',
      'public.tasks',
      'public.users',
    ])
    // She goes out of the arrays of members, in her tenant alone.
    for (const row of changed['public.projects']?.come ?? []) expect(row).toMatch(/^\(2,.*"?\{(\d+,)*5\}"?\)$/)
    expect(changed['public.projects']?.come.some((row) => /\{2,|\{\d+,2,/.test(row))).toBe(false)
    for (const { gone } of Object.values(changed)) for (const row of gone) expect(row).toMatch(/^\(2,|^\(\d+,2,/)
    expect(changed['public.events_2026']?.come).toEqual([expect.stringContaining('""seen"": {""[erased]"": 1}')])
    expect(rowsWith(after, ['shared2@']).every((row) => /\([13],/.test(row))).toBe(true)
  } finally {
    await vendor.close()
  }
})

const MAP_WITH_PHONE = MAP.replace('hint: { name: display }', 'hint: { name: display, phone: phone }').replace(
  'settings: {',
  'phone: { is: name, erase: clear }\n      settings: {',
)

test('JSON stays JSON where an identifier stands as a bare number; a candidate in a tenant is taken alone', async () => {
  const vendor = await makeAdversary('saas_phone', POLICY, { saas: { sql: PHONES, map: MAP_WITH_PHONE } })
  try {
    await vendor.query('saas', 'UPDATE users SET email = $1 WHERE user_id = 2 AND tenant_id = 3', [
      'else@tansy.example',
    ])
    const before = await vendor.rows('saas')
    const shown = await vendor.request([...HERS, '--preview'])
    const hers = shown.candidates.find(({ key }) => key === '["2","2"]')
    expect(hers).toBeDefined()
    // Nobody says in which tenant she is: nothing is done, and the request stays open.
    const blind = await vendor.request([...HERS, '--approve-by', 'jo'])
    expect(blind.state, summary(blind)).toBe('open')
    expect(differenceOf(before, await vendor.rows('saas'))).toEqual({})
    const accepted = ['approve', shown.id, '--by', 'jo', '--accept', 'saas.users:["2","2"]']
    // Rows that nobody has seen are shown before they are approved.
    expect((await vendor.run(['request', ...accepted])).code).toBe(1)
    const done = await vendor.request(['approve', shown.id, '--by', 'jo'])
    expect(done.state, summary(done)).toBe('done')
    const changed = differenceOf(before, await vendor.rows('saas'))
    for (const { gone } of Object.values(changed)) for (const row of gone) expect(row).toMatch(/^\(2,|^\(\d+,2,/)
    expect(changed['public.users']?.gone).toHaveLength(1)
    const [settings] = await vendor.query('saas', 'SELECT settings FROM users WHERE (tenant_id, user_id) = (2, 2)')
    expect(settings).toEqual({
      settings: { phone: null, tels: [null, 46701234568], t: 'call [erased], thanks', n: { '[erased]': 1 } },
    })
  } finally {
    await vendor.close()
  }
})
