import { describe, expect, it } from 'vitest'
import { type ServedVendor, serveVendor, until } from './vendor.ts'

async function inState(vendor: ServedVendor, id: string, state: string): Promise<Record<string, unknown>> {
  return until(async () => {
    const { json } = await vendor.call('privacy-officer', 'GET', `/api/v1/requests/${id}`)
    return json.state === state ? json : undefined
  })
}

async function ask(vendor: ServedVendor, kind: string, value: string): Promise<string> {
  const { status, json } = await vendor.call('agent', 'POST', '/api/v1/requests', {
    kind,
    identities: [{ kind: 'email', value }],
  })
  expect(status).toBe(202)
  return (json.request as { id: string }).id
}

describe.each(['embedded', 'server'] as const)('requests over HTTP, own tables %s', (mode) => {
  it('takes an erasure, shows it, refuses another preview, carries it out and proves it', async () => {
    const vendor = await serveVendor(mode)
    const id = await ask(vendor, 'erasure', 'person1@example.org')
    const shown = await inState(vendor, id, 'awaiting-approval')
    const approve = (seen: string) => vendor.call('privacy-officer', 'POST', `/api/v1/requests/${id}/approve`, { seen })
    expect((await approve('0'.repeat(64))).json.code).toBe('api.not-seen')
    const stale = await vendor.call('privacy-officer:stale', 'POST', `/api/v1/requests/${id}/approve`, {})
    expect([stale.status, stale.json.code]).toEqual([403, 'api.second-factor'])
    expect((await approve(String(shown.approvalHash))).status).toBe(202)
    const done = await inState(vendor, id, 'done')
    expect(JSON.stringify(done)).not.toContain('person1@')
    const { rows } = await vendor.store.query("SELECT id FROM tickets WHERE user_id = 1 OR subject LIKE '%person1@%'")
    expect(rows).toEqual([])
    const { rows: others } = await vendor.store.query('SELECT count(*)::int AS count FROM tickets')
    expect(others).toEqual([{ count: 4 }])
    const list = await vendor.call('auditor', 'GET', '/api/v1/requests?state=done')
    expect(list.json).toMatchObject({ requests: [{ id, kind: 'erasure', state: 'done' }], next: null })
  })

  it('copies a person into a zip that staff fetch, and says so in the evidence', async () => {
    const vendor = await serveVendor(mode)
    const id = await ask(vendor, 'access', 'person2@example.org')
    await inState(vendor, id, 'awaiting-approval')
    expect((await vendor.call('agent', 'GET', `/api/v1/requests/${id}/export`)).status).toBe(404)
    expect((await vendor.call('privacy-officer', 'POST', `/api/v1/requests/${id}/approve`, {})).status).toBe(202)
    await inState(vendor, id, 'done')
    const copy = await vendor.call('agent', 'GET', `/api/v1/requests/${id}/export`)
    expect([copy.status, copy.text.slice(0, 2)]).toEqual([200, 'PK'])
    const acts: unknown[] = []
    for await (const { type, body } of vendor.server.foundation.databases[0]?.entries() ?? [])
      if (type === 'staff.asked/1') acts.push([body.act, body.subject])
    expect(acts).toEqual([
      ['requests.create', undefined],
      ['requests.export', id],
      ['requests.approve', id],
      ['requests.export', id],
    ])
    expect(JSON.stringify(vendor.lines)).not.toContain('person2')
  })

  it('does an act once for its idempotency key, also after a restart', async () => {
    const vendor = await serveVendor(mode)
    const body = { kind: 'access', identities: [{ kind: 'email', value: 'person3@example.org' }] }
    const key = { 'idempotency-key': 'first-of-all' }
    const first = await vendor.call('agent', 'POST', '/api/v1/requests', body, key)
    await vendor.restart()
    const again = await vendor.call('agent', 'POST', '/api/v1/requests', body, key)
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([202, first.text, 'true'])
    const other = await vendor.call('agent', 'POST', '/api/v1/requests', { ...body, kind: 'erasure' }, key)
    expect([other.status, other.json.code]).toEqual([422, 'api.key-reused'])
    const list = await vendor.call('agent', 'GET', '/api/v1/requests')
    expect((list.json.requests as unknown[]).length).toBe(1)
  })
})

it('pages through requests with a cursor, newest first', async () => {
  const vendor = await serveVendor('server', { people: 7 })
  const ids: string[] = []
  for (let n = 1; n <= 7; n += 1) ids.unshift(await ask(vendor, 'access', `person${n}@example.org`))
  const seen: string[] = []
  let next = ''
  do {
    const { json } = await vendor.call(
      'agent',
      'GET',
      `/api/v1/requests?limit=3${next === '' ? '' : `&cursor=${next}`}`,
    )
    seen.push(...(json.requests as { id: string }[]).map(({ id }) => id))
    next = (json.next as string | null) ?? ''
  } while (next !== '')
  expect(seen).toEqual(ids)
})
