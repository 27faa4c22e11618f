/** The command line as people and machines use it: exit codes, one JSON document, and a running process that holds the data. */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from '../src/cli/listen.ts'
import { socketPath } from '../src/cli/socket.ts'
import { openDatabase } from '../src/database/open.ts'
import type { RequestDocument } from '../src/requests/report.ts'
import { makeVendor, storeMap, type Vendor } from './guarantees/vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('command_line', { people: 8 })
})
afterAll(() => vendor.close())

const COMMANDS: readonly (readonly string[])[] = [
  ['check'],
  ['store', 'list'],
  ['store', 'check'],
  ['request', 'access'],
  ['request', 'erase'],
  ['request', 'list'],
  ['request', 'show'],
  ['request', 'approve'],
  ['request', 'deny'],
  ['request', 'cancel'],
  ['request', 'resume'],
  ['request', 'replay'],
  ['evidence', 'export'],
  ['evidence', 'verify'],
  ['notice', 'build'],
  ['notice', 'diff'],
  ['notice', 'publish'],
  ['notice', 'activate'],
  ['notice', 'list'],
  ['status'],
]

test('every command tells how it is used, with an example', async () => {
  for (const words of COMMANDS) {
    const { code, out } = await vendor.call([...words, '--help'])
    expect(code, words.join(' ')).toBe(0)
    expect(out).toMatch(/\nExample:\n {2}\$ kept /)
    for (const option of ['--policy', '--data', '--json']) expect(out, words.join(' ')).toContain(option)
  }
})

test('wrong use and unreadable files end with 2', async () => {
  const wrong: readonly (readonly string[])[] = [
    ['chekc'],
    ['check', '--nothing'],
    ['check', '--policy', 'nowhere.yaml'],
    ['request', 'show'],
    ['request', 'show', 'zzzzzzzzzzzz'],
    ['request', 'erase'],
    ['request', 'erase', '--identity', 'person1@example.org'],
    ['request', 'erase', '--identity', 'email=x@example.org', '--store', 'nowhere'],
    ['request', 'approve', 'zzzzzzzzzzzz'],
    ['evidence', 'verify', 'nowhere.pack'],
    ['evidence', 'export'],
  ]
  for (const words of wrong) {
    const { code, err } = await vendor.call(words)
    expect(code, words.join(' ')).toBe(2)
    expect(err, words.join(' ')).not.toBe('')
    expect(err).not.toContain('person1@')
  }
})

test('what is found ends with 1, nothing found with 0', async () => {
  expect(await vendor.call(['check'])).toMatchObject({ code: 0 })
  expect(await vendor.call(['store', 'check', 'helpdesk'])).toMatchObject({ code: 0 })
  await vendor.query('CREATE TABLE unheard_of (address text)')
  const found = await vendor.call(['check', '--json'])
  expect(found.code).toBe(1)
  expect(JSON.parse(found.out)).toMatchObject({ ok: false, faults: [{ code: 'store.undeclared-table' }] })
  await vendor.query('DROP TABLE unheard_of')
  const down = await vendor.call(['store', 'check', '--json'], { HELPDESK: 'postgres://postgres@127.0.0.1:1/x' })
  expect(down.code).toBe(1)
  expect(JSON.parse(down.out)).toMatchObject({
    stores: [{ reachable: false, faults: [{ code: 'store.unreachable' }] }],
  })
})

test('--json is the agreed shape, one document and nothing else on stdout', async () => {
  const words = [
    'request',
    'erase',
    '--identity',
    'email=person1@example.org',
    '--approve-by',
    'jo',
    '--json',
    '--progress',
  ]
  const ran = await vendor.run(words)
  expect(ran.code).toBe(0)
  const document = JSON.parse(ran.out) as RequestDocument
  expect(document).toMatchObject({
    id: expect.stringMatching(/^[0-9a-z]{12}$/),
    kind: 'erasure',
    state: 'done',
    stores: [
      {
        store: 'helpdesk',
        tables: [
          { table: 'users', rows: 1, action: 'part', role: 'person', fields: ['email', 'name', 'phone'] },
          { table: 'tickets', rows: 1, action: 'row', role: 'requester', fields: ['subject'] },
          { table: 'messages', rows: 2, action: 'part', role: 'author', fields: ['body'] },
          { table: 'invoices', rows: 1 },
        ],
        shared: [],
        kept: [{ table: 'invoices', field: 'total', rows: 1, exception: 'tax', until: '2031-03-01' }],
        unreachable: [],
      },
    ],
    candidates: [],
    proof: { residual: [], foreignRowsTouched: 0 },
    evidence: { first: expect.any(Number), last: expect.any(Number), root: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  expect(ran.err).toContain('searching every cell of helpdesk')
  const fault = await vendor.run(['request', 'show', 'zzzzzzzzzzzz', '--json'])
  expect(JSON.parse(fault.out)).toMatchObject({ faults: [{ code: 'request.unknown' }] })
})

test('a request that leaves stores out says so; one held open tells the tables that were not visited', async () => {
  const file = join(vendor.folder, 'stores', 'shop.yaml')
  writeFileSync(file, storeMap('shop', 'SHOP'))
  const email = ['--identity', 'email=person5@example.org', '--json']
  const down = { SHOP: 'postgres://postgres@127.0.0.1:1/x' }
  const left = await vendor.call(['request', 'erase', ...email, '--store', 'helpdesk', '--preview'], down)
  expect(left.code).toBe(0)
  expect(JSON.parse(left.out)).toMatchObject({ notAsked: ['shop'] })
  const all = await vendor.call(['request', 'erase', ...email, '--preview'], down)
  expect(all.code).toBe(1)
  const shown = await vendor.call(['request', 'show', (JSON.parse(all.out) as RequestDocument).id, '--json'], down)
  const shop = (JSON.parse(shown.out) as RequestDocument).stores.find(({ store }) => store === 'shop')
  expect(shop?.unreachable).toContainEqual({ table: 'users', why: 'store.unreachable' })
  rmSync(file)
})

test('without an approver an erasure waits, and says how to approve it', async () => {
  const ran = await vendor.call(['request', 'erase', '--identity', 'email=person2@example.org'])
  expect(ran.code).toBe(0)
  expect(ran.out).toMatch(/To approve: kept request approve [0-9a-z]{12} --by WHO/)
  expect(await vendor.query("SELECT 1 AS there FROM users WHERE email = 'person2@example.org'")).toHaveLength(1)
})

test('an id goes to the store that declares ids, and names it where there are several', async () => {
  const one = await vendor.call(['request', 'erase', '--identity', 'id=3', '--json'])
  expect((JSON.parse(one.out) as RequestDocument).stores[0]?.tables[0]).toMatchObject({ table: 'users', rows: 1 })
  const file = join(vendor.folder, 'stores', 'shop.yaml')
  writeFileSync(file, storeMap('shop', 'HELPDESK'))
  const two = await vendor.call(['request', 'erase', '--identity', 'id=3'])
  expect(two.code).toBe(2)
  expect(two.err).toContain('helpdesk.id')
  const named = await vendor.call(['request', 'erase', '--identity', 'shop.id=3', '--json'])
  expect(named.code).toBe(0)
  rmSync(file)
})

test('no identity of anybody stands in the evidence', async () => {
  await vendor.call(['request', 'access', '--identity', 'email=person4@example.org', '--out', 'copy'])
  await vendor.open(async ({ database }) => {
    let log = ''
    for await (const [, line] of database.lines()) log += line
    expect(log).toContain('request.exported/1')
    for (const word of ['person', 'Given', 'Family', '7946', 'jo"']) {
      if (word === 'person') expect(log.replaceAll(/"(person|role)":"[^"]*"/g, '')).not.toContain('person1@')
      else expect(log).not.toContain(word)
    }
  })
})

test('commands work through the process that holds the data directory, only for the same user', {
  timeout: 60_000,
}, async () => {
  const inside = await makeVendor('holding', { people: 3, embedded: true })
  const directory = join(inside.folder, '.kept')
  mkdirSync(directory, { mode: 0o700 })
  const database = await openDatabase({ directory, controller: 'Larkspur Software Ltd' })
  try {
    const refused = await inside.run(['request', 'list'])
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('database.in-use')
    const end = await listen(directory, database)
    expect(statSync(socketPath(directory)).mode & 0o777).toBe(0o600)
    const words = ['request', 'erase', '--identity', 'email=person1@example.org', '--approve-by', 'jo', '--json']
    const [erased, listed] = await Promise.all([inside.run(words), inside.run(['request', 'list', '--json'])])
    expect(erased.code).toBe(0)
    expect((JSON.parse(erased.out) as RequestDocument).state).toBe('done')
    expect(listed.code).toBe(0)
    const wrong = await inside.run(['request', 'show', 'zzzzzzzzzzzz'])
    expect(wrong).toMatchObject({ code: 2, out: '' })
    expect(wrong.err).toContain('request.unknown')
    await end()
  } finally {
    await database.close()
  }
  expect((await inside.run(['request', 'list'])).code).toBe(0)
  await inside.close()
})
