/** Guarantee 9: rows written meanwhile are looked for a bounded number of times; what still appears leaves it open. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryOut } from '../../src/requests/carry-out.ts'
import { resultOf } from '../../src/requests/report.ts'
import { resume } from '../../src/requests/resume.ts'
import { approvedErasure, makeVendor, sabotaged, type Vendor } from './vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('current', { people: 6 })
})
afterAll(() => vendor.close())

test('rows written between preview and execution, and right after it, are erased too', async () => {
  await vendor.open(async ({ engine }) => {
    let rounds = 0
    const busy = sabotaged(engine, (store) => ({
      erase: async (batch) => {
        const results = await store.erase(batch)
        rounds += 1
        // The application still has her session: it writes by her number, and she registers anew by her address.
        if (rounds === 1) {
          await vendor.query(`INSERT INTO tickets VALUES (601, 1, 'written meanwhile');
            INSERT INTO messages VALUES (602, 601, 1, 'mail person1@example.org');
            INSERT INTO users VALUES (603, 'person1@example.org', 'Given1 Family1', NULL, NULL)`)
        }
        return results
      },
    }))
    const id = await approvedErasure(busy, { kind: 'email', value: 'person1@example.org' })
    await vendor.query("INSERT INTO tickets VALUES (600, 1, 'after the preview')")
    const [ended] = await carryOut(busy, [id])
    expect(ended?.record.state).toBe('done')
    expect(rounds).toBe(2)
    expect(ended?.record.steps.map((step) => resultOf(step)?.round)).toEqual([2])
    expect(await vendor.query('SELECT id FROM tickets WHERE user_id = 1 OR id IN (600, 601)')).toEqual([])
    expect(await vendor.query("SELECT 1 FROM users WHERE email LIKE 'person1@%'")).toEqual([])
  })
})

test('breach: a system that never stops writing leaves the request open, and it ends once that stops', async () => {
  await vendor.open(async ({ engine }) => {
    let next = 700
    const relentless = sabotaged(engine, (store) => ({
      erase: async (batch) => {
        const results = await store.erase(batch)
        next += 1
        await vendor.query(`INSERT INTO tickets VALUES (${next}, 2, 'again')`)
        return results
      },
    }))
    const id = await approvedErasure(relentless, { kind: 'email', value: 'person2@example.org' })
    const [ended] = await carryOut(relentless, [id])
    expect(ended?.record.state).toBe('open')
    expect(ended?.record.steps).toMatchObject([{ fault: 'request.still-written' }])
    expect(await vendor.query('SELECT 1 AS there FROM tickets WHERE user_id = 2')).toHaveLength(1)
    // The same kind and number of rows as were approved: no new approval is needed.
    expect((await resume(engine, id)).record.state).toBe('done')
    expect(await vendor.query('SELECT 1 FROM tickets WHERE user_id = 2')).toEqual([])
  })
})

test('breach: without looking again, a row written meanwhile would stay', async () => {
  await vendor.open(async ({ engine }) => {
    let erased = false
    const blind = sabotaged(engine, (store) => ({
      erase: async (batch) => {
        const results = await store.erase(batch)
        if (!erased) await vendor.query("INSERT INTO messages VALUES (801, 10003, 3, 'mail person3@example.org')")
        erased = true
        return results
      },
      // Looking again sees nothing: only the search of every cell is left to find it.
      preview: async (found, now) => {
        const preview = await store.preview(found, now)
        return erased ? { ...preview, tables: [] } : preview
      },
    }))
    const id = await approvedErasure(blind, { kind: 'email', value: 'person3@example.org' })
    const [ended] = await carryOut(blind, [id])
    expect(ended?.record.state).toBe('open')
    expect(ended?.sealed.proof?.residual).toMatchObject([{ class: 'missed', table: 'messages', key: '["801"]' }])
  })
})
