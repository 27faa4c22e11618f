/** Guarantee 3: a person in a store is erased wholly or not at all; who fails is set apart, the others go on. */
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryOut } from '../../src/requests/carry-out.ts'
import type { Engine } from '../../src/requests/engine.ts'
import { resume } from '../../src/requests/resume.ts'
import { approvedErasure, makeVendor, sabotaged, type Vendor } from './vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('whole', {
    people: 60,
    map: (text) => text.replace('  tickets:\n', '  tickets:\n    allow: { triggers: [hold] }\n'),
    sql: `
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'this ticket is under a legal hold'; END $$;
ALTER TABLE users ADD CHECK (id <> 36 OR name IS NOT NULL);
`,
  })
})
afterAll(() => vendor.close())

const quick = (engine: Engine): Engine => ({ ...engine, retryWaitsMs: [10, 20] })

async function approveAll(engine: Engine, from: number, to: number): Promise<string[]> {
  const ids: string[] = []
  for (let number = from; number <= to; number += 1) {
    ids.push(await approvedErasure(engine, { kind: 'email', value: `person${number}@example.org` }))
  }
  return ids
}

async function left(from: number, to: number): Promise<number[]> {
  const rows = await vendor.query(
    `SELECT id::int AS id FROM users WHERE id BETWEEN ${from} AND ${to} AND email LIKE 'person%' ORDER BY 1`,
  )
  return rows.map((row) => Number(row.id))
}

/** Every row of a person is as it was, or none is. */
async function isWhole(number: number): Promise<boolean> {
  const [row] = await vendor.query(`SELECT
    (SELECT count(*) FROM users WHERE email = 'person${number}@example.org')
    + (SELECT count(*) FROM tickets WHERE user_id = ${number})
    + (SELECT count(*) FROM messages WHERE author_id = ${number} AND body LIKE '%erased%') * 100 AS sum`)
  return Number(row?.sum) === 2 || Number(row?.sum) === 200
}

test('one locked row among twenty people: nineteen are erased, the one is erased when the lock is gone', async () => {
  const locker = new pg.Client(vendor.url)
  await locker.connect()
  await locker.query('BEGIN')
  await locker.query('SELECT 1 FROM tickets WHERE user_id = 7 FOR UPDATE')
  await vendor.open(async ({ engine }) => {
    // The first try waits as little as the halving, so that the test is not a minute long.
    const hasty = sabotaged(engine, (store) => ({ erase: (batch) => store.erase({ ...batch, lockTimeoutMs: 100 }) }))
    const ids = await approveAll(hasty, 1, 20)
    const ended = await carryOut(hasty, ids)
    const states = new Map(ended.map((one) => [one.record.id, one.record]))
    expect(ids.map((id) => states.get(id)?.state)).toEqual(ids.map((_, index) => (index === 6 ? 'open' : 'done')))
    expect(states.get(ids[6] ?? '')?.steps).toMatchObject([{ state: 'failed', fault: 'locked' }])
    expect(await left(1, 20)).toEqual([7])
    expect(await isWhole(7)).toBe(true)
    await locker.query('ROLLBACK')
    await locker.end()
    const again = await resume(hasty, ids[6] ?? '')
    expect(again.record.state).toBe('done')
    expect(await left(1, 20)).toEqual([])
  })
})

test('breach: a trigger that raises and a constraint that refuses stop only their own person', async () => {
  await vendor.query(
    `CREATE TRIGGER hold BEFORE DELETE ON tickets FOR EACH ROW WHEN (OLD.user_id = 33) EXECUTE FUNCTION refuse()`,
  )
  await vendor.open(async ({ engine }) => {
    // What a preview would rightly refuse is let through, so that the store itself has to refuse.
    const blind = sabotaged(quick(engine), (store) => ({
      preview: async (found, now) => ({ ...(await store.preview(found, now)), obstacles: [] }),
    }))
    const ids = await approveAll(blind, 31, 40)
    const ended = await carryOut(blind, ids)
    const states = new Map(ended.map((one) => [one.record.id, one.record]))
    const open = ids.filter((id) => states.get(id)?.state !== 'done')
    expect(open).toEqual([ids[2], ids[5]])
    expect(states.get(ids[2] ?? '')?.steps[0]).toMatchObject({ state: 'failed', fault: 'raised' })
    expect(states.get(ids[5] ?? '')?.steps[0]).toMatchObject({ state: 'failed', fault: 'constraint' })
    expect(await left(31, 40)).toEqual([33, 36])
    for (let number = 31; number <= 40; number += 1) expect(await isWhole(number), `person ${number}`).toBe(true)
  })
  await vendor.query('DROP TRIGGER hold ON tickets')
})

test('a connection killed in the middle changes nothing; the request goes on afterwards', async () => {
  await vendor.open(async ({ engine }) => {
    let killed = 0
    const locker = new pg.Client(vendor.url)
    await locker.connect()
    const cut = sabotaged(quick(engine), (store) => ({
      erase: async (batch) => {
        if (killed > 0) return store.erase(batch)
        await locker.query('BEGIN')
        await locker.query('SELECT 1 FROM messages WHERE author_id = 44 FOR UPDATE')
        const running = store.erase(batch)
        running.catch(() => undefined)
        while (killed === 0) {
          const rows = await vendor.query(
            `SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock' AND backend_xid IS NOT NULL`,
          )
          killed = rows.length
        }
        await locker.query('ROLLBACK')
        await locker.end()
        return running
      },
    }))
    const ids = await approveAll(cut, 41, 45)
    const ended = await carryOut(cut, ids)
    expect(new Set(ended.map((one) => one.record.state))).toEqual(new Set(['open']))
    expect(await left(41, 45)).toEqual([41, 42, 43, 44, 45])
    for (let number = 42; number <= 45; number += 1) expect(await isWhole(number)).toBe(true)
    for (const id of ids) expect((await resume(quick(engine), id)).record.state).toBe('done')
    expect(await left(41, 45)).toEqual([])
  })
})

test('statements grow with halvings only: one bad person of sixteen costs at most nine transactions', async () => {
  await vendor.query(
    `CREATE OR REPLACE TRIGGER hold BEFORE DELETE ON tickets FOR EACH ROW WHEN (OLD.user_id = 50) EXECUTE FUNCTION refuse()`,
  )
  await vendor.open(async ({ engine }) => {
    let transactions = 0
    const counting = sabotaged(quick(engine), (store) => ({
      preview: async (found, now) => ({ ...(await store.preview(found, now)), obstacles: [] }),
      erase: (batch) => {
        transactions += 1
        return store.erase(batch)
      },
    }))
    const ids = await approveAll(counting, 46, 60)
    await carryOut(counting, ids)
    expect(transactions).toBeLessThanOrEqual(9)
    expect(await left(46, 60)).toEqual([50])
  })
})
