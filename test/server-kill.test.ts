import { expect, it } from 'vitest'
import { killWorkers } from './server/killing.ts'

// 60 kills take some minutes: KEPT_TEST_KILLS=60 npm test -- test/server-kill.test.ts
const KILLS = Number(process.env.KEPT_TEST_KILLS ?? 12)

it('loses nothing and does nothing twice when workers are killed at any place', { timeout: 900_000 }, async () => {
  const people = KILLS * 3 + 4
  const killed = await killWorkers(people, KILLS, 20_261_122)
  expect(killed.kills).toBeGreaterThanOrEqual(KILLS)
  expect(killed.states).toEqual({ done: people })
  expect(killed.notOnce).toEqual([])
  expect(killed.left).toEqual({ users: 1, tickets: 2, markers: 0 })
  expect(killed.others).toMatchObject({ email: `person${people + 1}@example.org` })
})
