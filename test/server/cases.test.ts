import { expect, it } from 'vitest'
import { serveVendor, until } from './vendor.ts'

const officer = 'privacy-officer'

it('takes an erasure from a stranger through proof, decision and answer, as the person and as the staff see it', {
  timeout: 120_000,
}, async () => {
  const vendor = await serveVendor('server')
  const ask = (contact: string) =>
    vendor.call('', 'POST', '/api/v1/asked', { kind: 'erasure', contact, language: 'en' })
  const known = await ask('person1@example.org')
  const unknown = await ask('nobody@example.org')
  expect([known.status, Object.keys(known.json)]).toEqual([202, Object.keys(unknown.json)])
  expect(known.text).not.toContain('person1')

  const { json: list } = await vendor.call('agent', 'GET', '/api/v1/cases')
  const cases = list.cases as { id: string; state: string }[]
  expect(cases.map(({ state }) => state)).toEqual(['identity', 'identity'])
  expect(JSON.stringify(list)).not.toContain('person1')
  const [, own = cases[0]] = cases
  const id = own?.id ?? ''

  const [database] = vendor.server.foundation.databases
  const letters = (await database?.letters.due(10, 1000)) ?? []
  const link = letters.map(({ letter }) => letter).find(({ to }) => to === 'person1@example.org')?.text
  const secret = /\/confirm\/([0-9a-z]+)/.exec(link ?? '')?.[1] ?? ''
  const proven = await vendor.call('', 'POST', '/api/v1/proofs', { link: secret })
  expect(proven.status, proven.text).toBe(200)
  expect((await vendor.call('', 'POST', '/api/v1/proofs', { link: secret })).status).toBe(422)
  const person = { authorization: `Bearer ${proven.json.page}` }
  expect((await vendor.call('', 'GET', '/api/v1/my-case', undefined, person)).json).toMatchObject({ reference: id })
  expect((await vendor.call('', 'GET', '/api/v1/my-case')).status).toBe(401)
  expect((await vendor.call('', 'GET', `/api/v1/cases/${id}`, undefined, person)).status).toBe(401)

  const read = async () => (await vendor.call('agent', 'GET', `/api/v1/cases/${id}`)).json
  await vendor.call('agent', 'POST', `/api/v1/cases/${id}/read`, {})
  const ready = await until(async () => {
    const shown = await read()
    return (shown.case as { tasks: string[] }).tasks.includes('decide') ? shown : undefined
  })
  expect((ready.person as { contact: string }).contact).toBe('person1@example.org')
  const granted = await vendor.call(officer, 'POST', `/api/v1/cases/${id}/grant`, {})
  expect(granted.status, granted.text).toBe(200)
  await until(async () => (((await read()).case as { state: string }).state === 'closed' ? true : undefined))
  const { rows } = await vendor.store.query('SELECT id FROM tickets WHERE user_id = 1')
  expect(rows).toEqual([])
  expect(JSON.stringify(vendor.lines)).not.toContain('person1@')
})
