import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { POLICY } from './served-policy.ts'
import { serveVendor, until } from './vendor.ts'

const officer = 'privacy-officer'

it('tells status, tasks, policy, stores, retention and evidence, each to who may read it', async () => {
  const vendor = await serveVendor('server')
  const read = async (path: string) => {
    const { status, json, text } = await vendor.call(officer, 'GET', path)
    expect([path, status, text.length > 0]).toEqual([path, 200, true])
    return json
  }
  expect((await read('/api/v1/status')).counts).toMatchObject({ kept: 0 })
  expect((await read('/api/v1/tasks')).requests).toEqual([])
  expect((await read('/api/v1/policy')).text).toBe(POLICY)
  expect((await read('/api/v1/stores')).stores).toMatchObject([{ store: 'helpdesk', tables: 2, executes: true }])
  const shown = await read('/api/v1/stores/helpdesk')
  expect(JSON.stringify(shown.map)).not.toContain('HELPDESK')
  expect((await read('/api/v1/retention/preview')).counts).toBeInstanceOf(Array)
  expect((await read('/api/v1/evidence/entries?limit=2')).entries).toHaveLength(2)
  expect((await read('/api/v1/evidence/checkpoint')).note).toContain('Larkspur')
  expect((await read('/ready')).ok).toBe(true)
  expect((await vendor.call('', 'GET', '/metrics')).text).toContain('kept_http_request_seconds')
  expect((await vendor.call('', 'GET', '/reference')).text).toContain('requests.approve')
  expect((await vendor.call('agent', 'GET', '/api/v1/evidence/checkpoint')).status).toBe(403)
  expect((await vendor.call('privacy-officer@other', 'GET', '/api/v1/status')).status).toBe(403)
})

it('checks a map against the live store and looks for personal data in it', async () => {
  const vendor = await serveVendor('server')
  await vendor.store.query('ALTER TABLE users ADD COLUMN phone text')
  const checked = await vendor.call('store-owner', 'POST', '/api/v1/stores/helpdesk/check')
  expect(checked.json).toMatchObject({ reachable: true, faults: [{ where: { path: 'tables.users.fields' } }] })
  const found = await vendor.call('store-owner', 'POST', '/api/v1/stores/helpdesk/discover')
  expect(found.status).toBe(200)
  expect(found.json.draft).toContain('users:')
  expect(found.text).not.toContain('person1@')
})

it('takes a policy from a draft with faults to a version in force', async () => {
  const vendor = await serveVendor('server')
  const { json: before } = await vendor.call(officer, 'GET', '/api/v1/policy')
  const bad = POLICY.replace('P24M', 'two years')
  const faulty = await vendor.call('store-owner', 'POST', '/api/v1/policy/check', { text: bad })
  expect(faulty.json).toMatchObject({ ok: false, faults: [{ code: 'policy.bad-duration', where: { line: 11 } }] })
  const refused = await vendor.call(officer, 'PUT', '/api/v1/policy', { text: bad, before: before.sha256 })
  expect([refused.status, refused.json.code]).toEqual([422, 'policy.bad-duration'])
  const published = await vendor.call(officer, 'POST', '/api/v1/notice/versions', {})
  expect(published.json).toMatchObject({ isNew: true, version: { number: 1 } })
  const better = POLICY.replace('P24M', 'P12M')
  const preview = await vendor.call(officer, 'POST', '/api/v1/policy/preview', { text: better })
  expect(preview.json.files).toBeInstanceOf(Array)
  expect((await vendor.call(officer, 'PUT', '/api/v1/policy', { text: better, before: before.sha256 })).status).toBe(
    200,
  )
  expect(readFileSync(join(vendor.folder, 'kept.yaml'), 'utf8')).toBe(better)
  const late = await vendor.call(officer, 'PUT', '/api/v1/policy', { text: POLICY, before: before.sha256 })
  expect([late.status, late.json.code]).toEqual([409, 'api.edited-meanwhile'])
  const { date } = (published.json.version as { date: string }) ?? {}
  const { json: compared } = await vendor.call(officer, 'GET', `/api/v1/notice/differences?before=${date}`)
  expect(compared.counts).toMatchObject({ narrower: 1 })
  const early = await vendor.call(officer, 'POST', `/api/v1/notice/versions/${date}/activate`, { pages: [] })
  expect([early.status, early.json.code]).toEqual([422, 'notice.not-shown'])
  const { json: list } = await vendor.call('auditor', 'GET', '/api/v1/notice/versions')
  expect(list).toMatchObject({ whole: true, inForce: null, versions: [{ date, problem: null }] })
})

it('holds people, sweeps what is over, and tells when it was done', async () => {
  const vendor = await serveVendor('server', { people: 4 })
  await vendor.store.query("UPDATE tickets SET updated = now() - interval '3 years' WHERE user_id IN (1, 2)")
  const held = await vendor.call(officer, 'POST', '/api/v1/holds', {
    ground: 'legal-claims',
    until: '2099-12-31',
    identities: [{ kind: 'email', value: 'person2@example.org' }],
  })
  expect(held.status).toBe(201)
  const wanted = await vendor.call(officer, 'POST', '/api/v1/retention/sweep')
  expect(wanted.status).toBe(202)
  const { id } = wanted.json.act as { id: string }
  await until(async () => {
    const { json } = await vendor.call(officer, 'GET', `/api/v1/acts/${id}`)
    return (json.act as { state: string }).state === 'done' ? json : undefined
  })
  const { rows } = await vendor.store.query('SELECT DISTINCT user_id::int AS person FROM tickets ORDER BY 1')
  expect(rows.map(({ person }) => person)).toEqual([2, 3, 4])
  const hold = (held.json.hold as { id: string }).id
  expect((await vendor.call(officer, 'DELETE', `/api/v1/holds/${hold}`)).status).toBe(200)
  expect((await vendor.call('auditor', 'GET', '/api/v1/holds')).json).toMatchObject({
    holds: [{ id: hold, active: false }],
  })
})

it('hands out the whole log as a pack, verifies it, and finds the entries of one request', async () => {
  const vendor = await serveVendor('server')
  const { json } = await vendor.call('agent', 'POST', '/api/v1/requests', {
    kind: 'erasure',
    identities: [{ kind: 'email', value: 'person1@example.org' }],
  })
  const { id } = json.request as { id: string }
  const pack = await vendor.call('auditor', 'GET', '/api/v1/evidence/pack')
  expect([pack.status, pack.text.includes('person1')]).toEqual([200, false])
  const verified = await vendor.call('auditor', 'POST', '/api/v1/evidence/verify', {})
  expect(verified.json).toMatchObject({ ok: true, problems: [] })
  const found = await vendor.call('auditor', 'GET', `/api/v1/evidence/entries?request=${id}&type=request.received/1`)
  expect(found.json.entries).toMatchObject([{ type: 'request.received/1', body: { request: id } }])
})

it('opens policy and stores anew when the file changes, and goes on with the old one while it is half saved', async () => {
  const vendor = await serveVendor('server')
  const file = join(vendor.folder, 'kept.yaml')
  const hash = async () => (await vendor.call(officer, 'GET', '/api/v1/status')).json.policy
  const before = await hash()
  writeFileSync(file, POLICY.replace('P24M', 'P'))
  await new Promise((done) => setTimeout(done, 1100))
  expect(await hash()).toBe(before)
  writeFileSync(file, POLICY.replace('P24M', 'P23M'))
  await until(async () => ((await hash()) === before ? undefined : true), 10)
})
