/** Staff sign in with a password and an app: from the first link to the last session, on a server and in the process. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeRoles, disableStaff, listStaff, staffAccount } from '../../src/server/staff/accounts.ts'
import { openInvitation } from '../../src/server/staff/invitations.ts'
import { listTokens, makeToken, revokeToken } from '../../src/server/staff/tokens.ts'
import { modes } from '../database-modes.ts'
import {
  ADDRESS,
  codeOf,
  type House,
  joined,
  type Member,
  openHouse,
  PASSWORD,
  TENANT,
  Visitor,
} from './staff-house.ts'

const HOUR = 60

describe.each(modes)('staff on Kept’s own database ($name)', { timeout: 120_000 }, (mode) => {
  let house: House
  let jo: Member
  const calledOut: string[] = []
  const realFetch = globalThis.fetch
  const cookiesOf = (visitor: Visitor) => [...visitor.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const whoIs = (visitor: Visitor) =>
    house.side.staffOf(new Request(ADDRESS, { headers: { cookie: cookiesOf(visitor) } }))
  const machine = (secret: string) =>
    house.side.staffOf(new Request(ADDRESS, { headers: { authorization: `Bearer ${secret}` } }))

  beforeAll(async () => {
    globalThis.fetch = async (input) => {
      calledOut.push(String(input))
      throw new Error('nothing calls out')
    }
    house = await openHouse(mode)
    jo = await joined(house)
  })
  afterAll(async () => {
    globalThis.fetch = realFetch
    await house.close()
    expect(calledOut).toEqual([])
  })

  it('lets the first administrator in by a link that works once', async () => {
    expect(await whoIs(jo.visitor)).toMatchObject({ name: 'Jo', roles: { [TENANT]: ['administrator'] } })
    expect((await jo.visitor.get('/staff')).status).toBe(200)
    const { rows } = await house.tables.pool.query('SELECT count(*) AS open FROM kept.staff_invitation')
    expect(rows[0]?.open).toBe('0')
    const link = await house.link({ email: 'bo@kept.example', roles: ['agent'] })
    const newer = await house.link({ email: 'bo@kept.example', roles: ['auditor'] })
    expect(await openInvitation(house.tables, link)).toBeUndefined()
    expect(await openInvitation(house.tables, newer)).toMatchObject({ email: 'bo@kept.example' })
    house.ahead = 3 * 24 * HOUR + 1
    expect((await new Visitor(house).get(`/staff/join?link=${newer}`)).status).toBe(403)
    house.ahead = 0
    const [bo] = await listStaff(house.tables)
    expect(bo).toMatchObject({ state: 'invited', roles: { [TENANT]: ['agent', 'auditor'] } })
  })

  it('opens a session with password and code, and none with anything less', async () => {
    const bo = new Visitor(house, '192.0.2.7')
    const tries = [
      { email: jo.email, password: PASSWORD, code: '' },
      { email: jo.email, password: PASSWORD, code: '000000' },
      { email: jo.email, password: 'another horse battery', code: codeOf(jo.secret, 1) },
      { email: 'nobody@kept.example', password: PASSWORD, code: codeOf(jo.secret, 1) },
    ]
    const answers = []
    for (const one of tries) {
      const start = performance.now()
      const answer = await bo.post('/staff/sign-in', one)
      // A failure is answered at the end of a span, whatever was wrong: never sooner than the first one.
      expect(performance.now() - start).toBeGreaterThan(490)
      answers.push([answer.status, await answer.text()])
      expect(await whoIs(bo)).toBeUndefined()
    }
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    const before = new Set([...jo.visitor.jar.values()])
    const code = codeOf(jo.secret, 1)
    expect((await bo.post('/staff/sign-in', { email: jo.email, password: PASSWORD, code })).status).toBe(303)
    expect(await whoIs(bo)).toMatchObject({ name: 'Jo' })
    expect([...bo.jar.values()].some((value) => before.has(value))).toBe(false)
    // The same code is good once (RFC 6238 §5.2).
    const again = await bo.post('/staff/sign-in', { email: jo.email, password: PASSWORD, code })
    expect(again.status).toBe(422)
  })

  it('lets a recovery code in once, and keeps only hashes of them', async () => {
    const [code = '', other = ''] = jo.recoveryCodes
    expect(jo.recoveryCodes).toHaveLength(10)
    const visitor = new Visitor(house, '192.0.2.11')
    const form = { email: jo.email, password: PASSWORD, code: code.toUpperCase() }
    expect((await visitor.post('/staff/sign-in', form)).status).toBe(303)
    expect((await visitor.post('/staff/sign-in', form)).status).toBe(422)
    const { rows } = await house.tables.pool.query('SELECT backup_codes FROM kept.staff_second_factor')
    const stored = JSON.stringify(rows)
    expect(stored).not.toContain(other)
    expect(stored).not.toContain(other.replaceAll('-', ''))
    // A hash out of a stolen table is no code.
    const hash = (JSON.parse(String(rows[0]?.backup_codes)) as string[])[0] ?? ''
    expect((await visitor.post('/staff/sign-in', { ...form, code: hash })).status).toBe(422)
  })

  it('lets a machine in by a token of its own, until it ends or is revoked', async () => {
    const made = await makeToken(house.tables, { name: 'ci', tenant: TENANT, roles: ['auditor'], days: 30 })
    const staff = await machine(made.secret)
    expect(staff).toMatchObject({ name: 'ci', roles: { [TENANT]: ['auditor'] } })
    expect(staff?.confirmedAt).toBeUndefined()
    expect(await machine(`${made.secret.slice(0, -1)}${made.secret.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined()
    house.ahead = 30 * 24 * HOUR + 1
    expect(await machine(made.secret)).toBeUndefined()
    house.ahead = 0
    await revokeToken(house.tables, made.id)
    expect(await machine(made.secret)).toBeUndefined()
    expect((await listTokens(house.tables)).find(({ id }) => id === made.id)).toMatchObject({ revoked: true })
    const endless = makeToken(house.tables, { name: 'ci', tenant: TENANT, roles: ['auditor'], days: 400 })
    await expect(endless).rejects.toMatchObject({ code: 'staff.bad-days' })
  })

  it('disables at once, and never the last administrator', async () => {
    const ada = await joined(house, { email: 'ada@kept.example', roles: ['administrator'] })
    const { id } = await staffAccount(house.tables, 'ada@kept.example')
    expect(await whoIs(ada.visitor)).toBeDefined()
    await disableStaff(house.tables, id)
    expect(await whoIs(ada.visitor)).toBeUndefined()
    const code = codeOf(ada.secret, 1)
    const visitor = new Visitor(house, '192.0.2.31')
    expect((await visitor.post('/staff/sign-in', { email: ada.email, password: PASSWORD, code })).status).toBe(422)
    expect(await whoIs(visitor)).toBeUndefined()
    const last = await staffAccount(house.tables, jo.email)
    await expect(disableStaff(house.tables, last.id)).rejects.toMatchObject({ code: 'staff.last-administrator' })
    const demoted = changeRoles(house.tables, last.id, TENANT, ['agent'])
    await expect(demoted).rejects.toMatchObject({ code: 'staff.last-administrator' })
    expect((await staffAccount(house.tables, last.id)).roles).toEqual({ [TENANT]: ['administrator'] })
    // A new link brings somebody back, and takes the old ways in away.
    await joined(house, { email: 'ada@kept.example', roles: ['agent'] })
    expect((await staffAccount(house.tables, id)).state).toBe('active')
  })

  it('asks for a second factor again, and only its own person can show it', async () => {
    const confirmedAt = async (visitor: Visitor) => (await whoIs(visitor))?.confirmedAt?.getTime() ?? 0
    const eve = await joined(house, { email: 'eve@kept.example', roles: ['agent'] })
    house.ahead = 10
    const before = await confirmedAt(eve.visitor)
    expect((await eve.visitor.post('/staff/confirm', { to: '/staff', code: '000000' })).status).toBe(422)
    expect(await confirmedAt(eve.visitor)).toBe(before)
    const done = await eve.visitor.post('/staff/confirm', { to: '/staff', code: codeOf(eve.secret, 1) })
    expect(done.status).toBe(303)
    expect(await confirmedAt(eve.visitor)).toBeGreaterThan(before + 9 * 60_000)
    house.ahead = 0
  })

  it('writes down who came in and who did not, without a name', async () => {
    expect(await house.facts()).toEqual(
      expect.arrayContaining(['staff.joined/1', 'staff.signed-in/1', 'staff.refused/1', 'staff.confirmed/1']),
    )
    const lines: string[] = []
    for await (const [, line] of house.database.lines()) lines.push(line)
    expect(lines.join('\n')).not.toMatch(/kept\.example|Jo"|192\.0\.2/)
  })
})
