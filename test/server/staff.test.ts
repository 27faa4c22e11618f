/** Staff sign in with a password and an app: from the first link to a session, on a server and in the process. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openInvitation } from '../../src/server/staff/invitations.ts'
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

describe.each(modes)('staff on Kept’s own database ($name)', (mode) => {
  let house: House
  let jo: Member
  const whoIs = async (visitor: Visitor) => {
    const cookie = [...visitor.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    return house.side.staffOf(new Request(ADDRESS, { headers: { cookie } }))
  }
  beforeAll(async () => {
    house = await openHouse(mode)
    jo = await joined(house)
  })
  afterAll(() => house.close())

  it('lets the first administrator in by a link that works once', async () => {
    expect(await whoIs(jo.visitor)).toMatchObject({ name: 'Jo', roles: { [TENANT]: ['administrator'] } })
    expect((await jo.visitor.get('/staff')).status).toBe(200)
    const link = await house.link({ email: 'bo@kept.example', roles: ['agent'] })
    expect(await openInvitation(house.tables, link)).toMatchObject({ email: 'bo@kept.example' })
    house.ahead = 3 * 24 * 60 + 1
    expect(await openInvitation(house.tables, link)).toBeUndefined()
    expect((await new Visitor(house).get(`/staff/join?link=${link}`)).status).toBe(403)
    house.ahead = 0
    expect(await house.facts()).toEqual(expect.arrayContaining(['staff.joined/1', 'staff.signed-in/1']))
  })

  it('opens a session with password and code, and none with anything less', async () => {
    const bo = new Visitor(house, '192.0.2.7')
    const tries = [
      { email: jo.email, password: PASSWORD, code: '' },
      { email: jo.email, password: PASSWORD, code: '000000' },
      { email: jo.email, password: 'another horse battery', code: codeOf(jo.secret) },
      { email: 'nobody@kept.example', password: PASSWORD, code: codeOf(jo.secret) },
    ]
    const answers = []
    for (const one of tries) {
      const answer = await bo.post('/staff/sign-in', one)
      answers.push([answer.status, await answer.text()])
      expect(await whoIs(bo)).toBeUndefined()
    }
    // Nothing tells what was wrong.
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    const good = await bo.post('/staff/sign-in', { email: jo.email, password: PASSWORD, code: codeOf(jo.secret) })
    expect(good.status).toBe(303)
    expect(await whoIs(bo)).toMatchObject({ name: 'Jo' })
  })
})
