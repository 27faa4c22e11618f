/** Guarantee 8: killed with SIGKILL at every named place, nothing is lost, nothing done or counted twice. */
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BOUNDARIES, type Boundary } from '../../src/base/boundary.ts'
import type { RequestRecord } from '../../src/records.ts'
import { carryOut } from '../../src/requests/carry-out.ts'
import { approve } from '../../src/requests/decide.ts'
import type { Report } from '../../src/requests/report.ts'
import { resume } from '../../src/requests/resume.ts'
import type { Workspace } from '../../src/workspace/workspace.ts'
import { makeVendor, type Ran, type Vendor } from './vendor.ts'

/** Places an access request passes; all others lie on the way of an erasure, or of publishing a version, which has a test of its own. */
const OF_ACCESS: readonly Boundary[] = ['export.before-rename', 'export.after-rename']
const OF_ERASURE = BOUNDARIES.filter((name) => !OF_ACCESS.includes(name) && !name.startsWith('publish.'))
/** Kept's own database on a server: each place twice. Inside the process, where a start takes longer: once where it matters. */
const ON_SERVER = 2
const INSIDE: readonly Boundary[] = [
  'request.after-create',
  'look.after-record',
  'approve.after-record',
  'execute.in-store',
  'execute.after-store',
  'execute.before-record',
  'execute.after-record',
  'settle.after',
  'prove.before-search',
  'prove.after-search',
  'close.before-record',
  'close.after-record',
]

let server: Vendor
let embedded: Vendor

beforeAll(async () => {
  server = await makeVendor('restarted', { people: 120 })
  embedded = await makeVendor('restarted_inside', { people: 60, embedded: true })
})
afterAll(async () => {
  await server.close()
  await embedded.close()
})

interface Fact {
  readonly type: string
  readonly request?: string
  readonly attempt?: number
}

/** The facts of one request, read from the log. */
async function factsOf({ database }: Workspace, id: string): Promise<Fact[]> {
  const facts: Fact[] = []
  for await (const { type, body } of database.entries()) {
    if (body.request === id)
      facts.push({ type, ...(typeof body.attempt === 'number' ? { attempt: body.attempt } : {}) })
  }
  return facts
}

/** Goes on until the request has ended, approving where it waits. */
async function goOn({ engine, database }: Workspace, id: string): Promise<RequestRecord> {
  for (let tries = 0; tries < 4; tries += 1) {
    const record = await database.request(id)
    if (record?.state === 'done') return record
    if (record?.state === 'awaiting-approval' && tries > 0) {
      await approve(engine, id, { by: 'jo' })
      await carryOut(engine, [id])
    } else await resume(engine, id)
  }
  throw new Error('the request did not end')
}

let kills = 0

async function killAndGoOn(vendor: Vendor, number: number, place: Boundary): Promise<void> {
  const words = ['request', 'erase', '--identity', `email=person${number}@example.org`, '--approve-by', 'jo', '--json']
  const ran: Ran = await vendor.run(words, { KEPT_TEST_KILL_AT: place })
  expect(ran.signal, `${place}: ${ran.err}`).toBe('SIGKILL')
  kills += 1
  await vendor.open(async (workspace) => {
    const known = seen.get(vendor) ?? new Set<string>()
    seen.set(vendor, known)
    const added = (await workspace.database.requests()).map(({ id }) => id).filter((id) => !known.has(id))
    for (const id of added) known.add(id)
    expect(added, place).toHaveLength(place === 'request.before-create' ? 0 : 1)
    const [id] = added
    if (id !== undefined) await endsWhole(vendor, workspace, number, id, place)
  })
}

const seen = new Map<Vendor, Set<string>>()

async function endsWhole(
  vendor: Vendor,
  workspace: Workspace,
  number: number,
  id: string,
  place: Boundary,
): Promise<void> {
  const ended = await goOn(workspace, id)
  // Every row is counted exactly once, whatever was repeated.
  const report = ended.report as unknown as Report
  expect(
    report.stores[0]?.tables.map(({ table, rows, action }) => [table, rows, action]),
    place,
  ).toEqual([
    ['users', 1, 'part'],
    ['tickets', 1, 'row'],
    ['messages', 2, 'part'],
    ['invoices', 1, 'part'],
  ])
  const facts = await factsOf(workspace, id)
  const times = (type: string) => facts.filter((fact) => fact.type === type).length
  expect(times('request.received/1'), place).toBe(1)
  expect(times('request.executed/1'), place).toBe(1)
  expect(times('request.approved/1'), place).toBe(1)
  expect(facts.at(-1)?.type).toBe('request.closed/1')
  const [left] = await vendor.query(`SELECT
    (SELECT count(*) FROM users WHERE email = 'person${number}@example.org')
    + (SELECT count(*) FROM tickets WHERE user_id = ${number})
    + (SELECT count(*) FROM messages WHERE body LIKE '%person${number}@%') AS rows,
    (SELECT count(*) FROM kept_store.marker) AS markers`)
  expect(left, place).toEqual({ rows: '0', markers: '0' })
}

for (const [index, place] of OF_ERASURE.entries()) {
  test(`killed at ${place}, Kept's own database on a server`, { timeout: 120_000 }, async () => {
    for (let time = 0; time < ON_SERVER; time += 1) {
      await killAndGoOn(server, 1 + index * ON_SERVER + time, place)
    }
  })
  if (!INSIDE.includes(place)) continue
  test(`killed at ${place}, Kept's own database inside the process`, { timeout: 120_000 }, async () => {
    await killAndGoOn(embedded, 1 + index, place)
    kills += 1
  })
}

test('an interrupted export leaves no half of it under its name', { timeout: 120_000 }, async () => {
  for (const place of OF_ACCESS) {
    const words = ['request', 'access', '--identity', 'email=person119@example.org', '--out', `out-${place}`]
    const ran = await server.run(words, { KEPT_TEST_KILL_AT: place })
    expect(ran.signal).toBe('SIGKILL')
    kills += 1
    expect(existsSync(`${server.folder}/out-${place}`)).toBe(place === 'export.after-rename')
  }
})

test('at least fifty kills were survived, and the log is whole', { timeout: 60_000 }, async () => {
  expect(kills).toBeGreaterThanOrEqual(50)
  for (const vendor of [server, embedded]) {
    expect((await vendor.call(['evidence', 'export', '--out', 'evidence.pack'])).code).toBe(0)
    const verified = await vendor.call(['evidence', 'verify', 'evidence.pack', '--json'])
    expect(verified.code, verified.out).toBe(0)
  }
})

test('everybody who asked for nothing is untouched', async () => {
  const rows = await server.query("SELECT id::int AS id FROM users WHERE email LIKE 'person%' ORDER BY 1")
  const asked = new Set(OF_ERASURE.flatMap((_, index) => [1, 2].map((time) => index * ON_SERVER + time)))
  const spared = OF_ERASURE.indexOf('request.before-create')
  for (let time = 1; time <= ON_SERVER; time += 1) asked.delete(spared * ON_SERVER + time)
  const all = Array.from({ length: 120 }, (_, index) => index + 1)
  expect(rows.map((row) => row.id)).toEqual(all.filter((id) => !asked.has(id)))
})
