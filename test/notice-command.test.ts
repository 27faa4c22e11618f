/** `kept notice diff`, `publish`, `activate`, `list` as people and machines use them, and requests under the version in force. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { RequestDocument } from '../src/requests/report.ts'
import { makeVendor, POLICY, type Vendor } from './guarantees/vendor.ts'

let vendor: Vendor
let server: Server
let online = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    const file = join(online, String(request.url))
    if (existsSync(file)) response.end(readFileSync(file))
    else response.writeHead(404).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

beforeEach(async () => {
  vendor = await makeVendor('notice_command', { people: 4 })
  online = join(vendor.folder, 'online')
})
afterEach(() => vendor.close())

const write = (text: string) => writeFileSync(join(vendor.folder, 'kept.yaml'), text)
const today = new Date().toISOString().slice(0, 10)
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
const page = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`

const listed = async () => {
  const { out } = await vendor.call(['notice', 'list', '--json'])
  return JSON.parse(out) as {
    whole: boolean
    inForce: string | null
    versions: { date: string; problem: string | null }[]
  }
}

it('requests go by the version in force, and tell which it was', async () => {
  const before = await vendor.call([
    'request',
    'access',
    '--identity',
    'email=person1@example.org',
    '--preview',
    '--json',
  ])
  expect(JSON.parse(before.out)).toMatchObject({
    policyVersion: { date: null, number: null, sha256: expect.any(String) },
  })
  expect(await vendor.call(['notice', 'publish', '--out', online])).toMatchObject({ code: 0 })
  expect(await vendor.call(['notice', 'activate'])).toMatchObject({ code: 2 })
  expect(await vendor.call(['notice', 'activate', '--page', page(`${today}/notice.en.html`)])).toMatchObject({
    code: 0,
  })
  // The next policy takes longer and keeps more. It is written and published, and it waits.
  write(
    POLICY.replaceAll('within: P1M', 'within: P2M').replace(
      'tax: { data: [invoice]',
      'tax: { data: [invoice, message]',
    ),
  )
  expect(await vendor.call(['notice', 'publish', '--date', tomorrow])).toMatchObject({ code: 0 })
  const waits = await vendor.call(['notice', 'activate', tomorrow, '--page', page(`${tomorrow}/notice.en.html`)])
  expect(waits.code).toBe(1)
  expect(await listed()).toMatchObject({ whole: true, inForce: today, versions: [{ date: today }, { date: tomorrow }] })
  const asked = await vendor.call(['request', 'erasure', '--identity', 'email=person2@example.org', '--json'])
  expect(asked.code).toBe(0)
  expect(asked.err).toContain(`this goes by the version of ${today}`)
  const document = JSON.parse(asked.out) as RequestDocument
  expect(document.policyVersion).toMatchObject({ number: 1, date: today })
  expect(document.stores[0]?.kept).toMatchObject([{ table: 'invoices', exception: 'tax' }])
  const days = (Date.parse(document.dueAt) - Date.now()) / 86_400_000
  expect(days).toBeLessThan(32)
  const approved = await vendor.call(['request', 'approve', document.id, '--by', 'jo', '--json'])
  expect(JSON.parse(approved.out)).toMatchObject({ state: 'done', policyVersion: { date: today } })
  const shown = await vendor.call(['request', 'show', document.id, '--json'])
  expect((JSON.parse(shown.out) as RequestDocument).policyVersion).toEqual(document.policyVersion)
  const status = await vendor.call(['status', '--json'])
  expect(status.err).toContain(`this goes by the version of ${today}`)
})

it('a policy file with errors stops no request while a version is in force', async () => {
  await vendor.call(['notice', 'publish', '--out', online])
  await vendor.call(['notice', 'activate', '--page', page(`${today}/notice.de.html`)])
  write(POLICY.replace('keep: P24M', 'keep: as long as needed'))
  expect(await vendor.call(['notice', 'publish', '--date', tomorrow])).toMatchObject({ code: 2 })
  const asked = await vendor.call(['request', 'access', '--identity', 'email=person1@example.org', '--preview'])
  expect(asked).toMatchObject({ code: 0 })
})

it.each(['publish.before-record', 'publish.after-record', 'publish.before-rename', 'publish.before-rename:4'])(
  'killed at %s, a version is recorded once or not at all, and no half page goes online',
  async (place) => {
    const killed = await vendor.run(['notice', 'publish', '--out', online], { KEPT_TEST_KILL_AT: place })
    expect(killed.signal).toBe('SIGKILL')
    const { versions } = await listed()
    expect(versions).toHaveLength(place === 'publish.before-record' ? 0 : 1)
    // A page that is there is one of a recorded version, whole.
    const pages = existsSync(online) ? readdirSync(online, { recursive: true, encoding: 'utf8' }) : []
    for (const path of pages.filter((one) => one.endsWith('.html') && !one.startsWith('index')))
      expect(readFileSync(join(online, path), 'utf8')).toMatch(/<\/html>\s*$/)
    const again = await vendor.call(['notice', 'publish', '--out', online, '--json'])
    expect(again.code).toBe(0)
    expect(JSON.parse(again.out)).toMatchObject({ isNew: place === 'publish.before-record', number: 1 })
    expect(await listed()).toMatchObject({ whole: true, versions: [{ date: today, problem: null }] })
    expect(await vendor.call(['notice', 'activate', '--page', page(`${today}/notice.en.html`)])).toMatchObject({
      code: 0,
    })
  },
)

it('a version that was changed past Kept is found, and nothing goes by it', async () => {
  await vendor.call(['notice', 'publish', '--out', online])
  await vendor.call(['notice', 'activate', '--page', page(`${today}/notice.en.html`)])
  const own = new pg.Client({ connectionString: vendor.env.KEPT_DATABASE_URL })
  await own.connect()
  await own.query('ALTER TABLE kept.version DISABLE TRIGGER immutable')
  await own.query("UPDATE kept.version SET policy_text = replace(policy_text, 'tax:', 'all:')")
  await own.end()
  const found = await vendor.call(['notice', 'list'])
  expect(found.code).toBe(1)
  expect(found.out).toContain('NOT as published')
  expect(await listed()).toMatchObject({ whole: false })
  write(POLICY.replaceAll('P1M', 'P2W'))
  const asked = await vendor.call([
    'request',
    'access',
    '--identity',
    'email=person1@example.org',
    '--preview',
    '--json',
  ])
  expect(asked.code).toBe(1)
  expect(JSON.parse(asked.out)).toMatchObject({ faults: [{ code: 'notice.tampered' }] })
})

it('two processes that publish at once publish one version', async () => {
  const ran = await Promise.all([1, 2, 3].map(() => vendor.run(['notice', 'publish', '--out', online, '--json'])))
  expect(ran.map(({ code }) => code)).toEqual([0, 0, 0])
  expect(ran.map(({ out }) => (JSON.parse(out) as { isNew: boolean }).isNew).sort()).toEqual([false, false, true])
  expect(await listed()).toMatchObject({ whole: true, versions: [{ date: today }] })
})

it('kept notice diff tells policies, versions and notices apart, and ends with 1 when they differ', async () => {
  const file = (name: string, text: string) => writeFileSync(join(vendor.folder, name), text)
  file('next.yaml', POLICY.replace('keep: P24M', 'keep: P36M'))
  file('same.yaml', `# other comments\n${POLICY.replace('words: what you write to us', 'words: your letters')}`)
  const differs = await vendor.call(['notice', 'diff', 'kept.yaml', 'next.yaml', '--json'])
  expect(differs.code).toBe(1)
  expect(JSON.parse(differs.out)).toMatchObject({
    kind: 'policies',
    counts: { wider: 1, narrower: 0, neutral: 0 },
    differences: [
      {
        class: 'wider',
        commitment: 'retention.tickets',
        what: 'retention of what you write to us widened from 24 months to 36 months',
        why: 'data is kept for longer',
      },
    ],
  })
  expect(await vendor.call(['notice', 'diff', '.', 'same.yaml'])).toMatchObject({ code: 0 })
  await vendor.call(['notice', 'publish'])
  expect(await vendor.call(['notice', 'diff', today, 'kept.yaml'])).toMatchObject({ code: 0 })
  expect(await vendor.call(['notice', 'diff', today, 'next.yaml'])).toMatchObject({ code: 1 })
  expect(await vendor.call(['notice', 'diff', '2001-01-01', 'next.yaml'])).toMatchObject({ code: 2 })
  file(
    'a.md',
    'We keep your messages for 30 days.\n\nWe share your name with our hosting provider.\n\nYou may erase your data.',
  )
  file(
    'b.html',
    '<p>We keep your messages\nfor 90 days.<p>You may erase your data.<p>We share your name with our hosting provider.',
  )
  file('c.txt', '')
  const notices = await vendor.call(['notice', 'diff', 'a.md', 'b.html'])
  expect(notices.code).toBe(1)
  expect(notices.out).toContain('term changed from 30 days to 90 days')
  expect(notices.out).toContain('1 difference: 1 wider, 0 narrower, 0 neutral')
  const empty = await vendor.call(['notice', 'diff', 'a.md', 'c.txt', '--json'])
  expect(JSON.parse(empty.out)).toMatchObject({ broken: [{ document: 'after', reason: 'empty' }], differences: [] })
  expect(await vendor.call(['notice', 'diff', 'a.md', 'next.yaml'])).toMatchObject({ code: 2 })
  expect(await vendor.call(['notice', 'diff', 'a.md', 'nowhere.md'])).toMatchObject({ code: 2 })
  expect(await vendor.call(['notice', 'diff', 'a.md'])).toMatchObject({ code: 2 })
})
