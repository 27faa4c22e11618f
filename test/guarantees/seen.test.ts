/** Guarantee 5: nothing is done that was not shown; an approval holds only for what was shown. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestDocument } from '../../src/requests/report.ts'
import { makeVendor, type Vendor } from './vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('seen', {
    people: 9,
    sql: `INSERT INTO users VALUES (101, 'home1@example.net', 'Given1 Family1', NULL, NULL);
      INSERT INTO tickets VALUES (10101, 101, 'from home');`,
  })
})
afterAll(() => vendor.close())

async function run(...words: string[]) {
  const ran = await vendor.call([...words, '--json'])
  return { ...ran, document: JSON.parse(ran.out) as RequestDocument }
}

const preview = (number: number) =>
  run('request', 'erase', '--identity', `email=person${number}@example.org`, '--preview')
const sum = async () =>
  (await vendor.query("SELECT md5(string_agg(u::text, '' ORDER BY id)) AS sum FROM users u"))[0]?.sum

test('a preview counts, names what is kept and why, and changes nothing', async () => {
  const before = await sum()
  const { document, code } = await preview(2)
  expect(code).toBe(0)
  expect(document.state).toBe('awaiting-approval')
  expect(document.stores[0]?.tables).toMatchObject([
    { table: 'users', rows: 1, action: 'part', role: 'person', fields: ['email', 'name', 'phone'] },
    { table: 'tickets', rows: 1, action: 'row', role: 'requester' },
    { table: 'messages', rows: 2, action: 'part', role: 'author' },
    { table: 'invoices', rows: 1, role: 'payer' },
  ])
  expect(document.stores[0]?.kept).toMatchObject([
    { table: 'invoices', field: 'total', rows: 1, exception: 'tax', until: '2031-03-01' },
  ])
  expect(document.proof).toBe(null)
  expect(await sum()).toBe(before)
})

test('breach: data, map, schema or policy changed after the preview: the approval is refused and the new one shown', async () => {
  const plants: (readonly [string, () => unknown])[] = [
    ['data', () => vendor.query("INSERT INTO tickets VALUES (77, 3, 'one more')")],
    ['schema', () => vendor.query('ALTER TABLE invoices ADD COLUMN memo text')],
    ['map', () => appendTo('stores/helpdesk.yaml')],
    ['policy', () => appendTo('kept.yaml')],
  ]
  for (const [what, plant] of plants) {
    const { document } = await preview(3)
    await plant()
    const refused = await run('request', 'approve', document.id, '--by', 'jo')
    expect(refused.code, what).toBe(1)
    expect(refused.err, what).toContain('request.changed')
    expect(refused.document.state, what).toBe('awaiting-approval')
    expect(refused.document.approval, what).toBe(null)
    expect(await vendor.query("SELECT 1 AS there FROM users WHERE email = 'person3@example.org'")).toHaveLength(1)
  }
})

function appendTo(file: string): void {
  const path = join(vendor.folder, file)
  writeFileSync(path, `${readFileSync(path, 'utf8')}\n# a person changed this\n`)
}

test('what was shown and is unchanged is approved and carried out', async () => {
  const { document } = await preview(4)
  const ended = await run('request', 'approve', document.id, '--by', 'jo')
  expect(ended.document).toMatchObject({ state: 'done', approval: { by: 'jo' } })
  expect(ended.code).toBe(0)
  const [entries] = [ended.document.evidence]
  expect(entries.first).not.toBe(null)
  const twice = await vendor.call(['request', 'approve', document.id, '--by', 'jo'])
  expect(twice.code).toBe(2)
  expect(twice.err).toContain('request.closed')
})

test('an accepted candidate adds rows nobody has seen, so it is shown before it can be approved', async () => {
  const { document } = await preview(1)
  expect(document.candidates).toEqual([{ hint: 'name', store: 'helpdesk', table: 'users', key: '["101"]' }])
  const accept = ['request', 'approve', document.id, '--by', 'jo', '--accept', 'helpdesk.users:101']
  const shown = await run(...accept)
  expect(shown.code).toBe(1)
  expect(shown.document.state).toBe('awaiting-approval')
  expect(shown.document.stores[0]?.tables[0]).toMatchObject({ table: 'users', rows: 2 })
  const ended = await run('request', 'approve', document.id, '--by', 'jo')
  expect(ended.document.state).toBe('done')
  expect(await vendor.query("SELECT 1 FROM users WHERE name = 'Given1 Family1'")).toEqual([])
})

const NOT_NULL = "UPDATE users SET phone = '-' WHERE phone IS NULL; ALTER TABLE users ALTER phone SET NOT NULL"

test('breach: what check calls an error in a store forbids every erasure there, whoever it is of, until it is mended', async () => {
  const { document } = await preview(8)
  await vendor.query(NOT_NULL)
  try {
    const nobody = await run('request', 'erase', '--identity', 'email=nobody@example.org', '--approve-by', 'jo')
    expect([nobody.code, nobody.document.state]).toEqual([1, 'awaiting-approval'])
    expect(nobody.document.stores[0]?.obstacles).toMatchObject([{ code: 'store.clear-not-null', table: 'users' }])
    const refused = await vendor.call(['request', 'approve', document.id, '--by', 'jo'])
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('request.changed')])
    const again = await vendor.call(['request', 'approve', document.id, '--by', 'jo'])
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('request.obstacle')])
    expect(await vendor.query("SELECT 1 FROM users WHERE email = 'person8@example.org'")).toHaveLength(1)
    const copy = await vendor.call(['request', 'access', '--identity', 'email=person8@example.org', '--out', 'copy8'])
    expect(copy.code, copy.err).toBe(0)
  } finally {
    await vendor.query('ALTER TABLE users ALTER phone DROP NOT NULL')
  }
  await run('request', 'resume', document.id)
  expect((await run('request', 'approve', document.id, '--by', 'jo')).document.state).toBe('done')
})

test('breach: an approval given before the error does not carry it out', async () => {
  const { document } = await preview(9)
  await vendor.open(async ({ engine }) => {
    const { approve } = await import('../../src/requests/decide.ts')
    await approve(engine, document.id, { by: 'jo' })
  })
  await vendor.query(NOT_NULL)
  const resumed = await run('request', 'resume', document.id)
  expect(resumed.document.state).toBe('awaiting-approval')
  expect(await vendor.query("SELECT 1 FROM users WHERE email = 'person9@example.org'")).toHaveLength(1)
  await vendor.query('ALTER TABLE users ALTER phone DROP NOT NULL')
})

test('a candidate is asked about once: accepting or rejecting it again changes nothing and approves', async () => {
  await vendor.query(`INSERT INTO users VALUES (102, 'home2@example.net', 'Given2 Family2', NULL, NULL), (103, 'two@example.net', 'Given2 Family2', '+44 20 7946 7777', NULL),
    (104, 'phone@example.net', 'Somebody Else', '+44 20 7946 7777', NULL)`)
  const { document } = await preview(2)
  expect(document.candidates.map(({ key }) => key)).toEqual(['["102"]', '["103"]'])
  const decide = (...words: string[]) => run('request', 'approve', document.id, '--by', 'jo', ...words)
  const decided = ['--accept', 'helpdesk.users:102', '--reject', 'helpdesk.users:103']
  const shown = await decide(...decided)
  expect([shown.code, shown.document.state, shown.document.candidates]).toEqual([1, 'awaiting-approval', []])
  // The data changes meanwhile: what is new is shown, what is decided is not asked again.
  await vendor.query("INSERT INTO tickets VALUES (10102, 102, 'one more')")
  const again = await decide(...decided)
  expect([again.code, again.document.state, again.document.candidates]).toEqual([1, 'awaiting-approval', []])
  const done = await decide(...decided)
  expect([done.code, done.document.state]).toEqual([0, 'done'])
  expect(await vendor.query('SELECT id::int, name FROM users WHERE id IN (102, 103) ORDER BY 1')).toEqual([
    { id: 102, name: null },
    { id: 103, name: 'Given2 Family2' },
  ])
})

test('a candidate that was never shown cannot be accepted', async () => {
  const { document } = await preview(5)
  const refused = await vendor.call(['request', 'approve', document.id, '--by', 'jo', '--accept', 'helpdesk.users:6'])
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('request.candidate-unknown')
})

test('a denied request names its ground and forgets the person; a cancelled one too', async () => {
  const one = (await preview(6)).document
  const wrong = await vendor.call(['request', 'deny', one.id, '--by', 'jo', '--ground', 'legal-claim'])
  expect(wrong.code).toBe(2)
  expect(wrong.err).toContain('legal-claims')
  const denied = await run('request', 'deny', one.id, '--by', 'jo', '--ground', 'legal-claims')
  expect(denied.document).toMatchObject({ state: 'denied', closing: { by: 'jo', ground: 'legal-claims' } })
  const two = (await preview(7)).document
  expect((await run('request', 'cancel', two.id)).document.state).toBe('cancelled')
  expect((await vendor.call(['request', 'resume', two.id])).code).toBe(2)
})
