/** Guarantee 8, in one process: a lost answer, a lying marker, two at once. Nothing is recorded twice. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Fault } from '../../src/language/fault.ts'
import { carryOut, executeApproved } from '../../src/requests/carry-out.ts'
import { approve } from '../../src/requests/decide.ts'
import type { Engine } from '../../src/requests/engine.ts'
import { resultOf } from '../../src/requests/report.ts'
import { resume } from '../../src/requests/resume.ts'
import { approvedErasure, makeVendor, sabotaged, type Vendor } from './vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('counted_once', { people: 12 })
})
afterAll(() => vendor.close())

/** Kept's own commit fails once, right after the store's. */
function losingRecord(engine: Engine): Engine {
  let lost = false
  const records = new Proxy(engine.records, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (name !== 'change' || typeof value !== 'function')
        return typeof value === 'function' ? value.bind(target) : value
      return (...given: unknown[]) => {
        const states = given[0] as readonly { state?: string }[]
        if (!lost && states.some(({ state }) => state === 'proving')) {
          lost = true
          throw new Fault({ code: 'database.unreachable', what: 'lost', mend: 'again' })
        }
        return value.apply(target, given)
      }
    },
  })
  return { ...engine, records }
}

async function executedFacts(id: string): Promise<number> {
  return vendor.open(async ({ database }) => {
    let facts = 0
    for await (const { type, body } of database.entries()) {
      if (type === 'request.executed/1' && body.request === id) facts += 1
    }
    return facts
  })
}

test('what the store did and Kept could not record is recorded by the resume, once', async () => {
  await vendor.open(async ({ engine }) => {
    const id = await approvedErasure(engine, { kind: 'email', value: 'person1@example.org' })
    await expect(carryOut(losingRecord(engine), [id])).rejects.toThrow('lost')
    expect(await vendor.query("SELECT 1 FROM users WHERE email = 'person1@example.org'")).toEqual([])
    const ended = await resume(engine, id)
    expect(ended.record.state).toBe('done')
    expect(resultOf(ended.record.steps[0] ?? { store: '', state: 'pending', attempts: 0 })?.tables).toMatchObject([
      { table: 'users', rows: 1 },
      { table: 'tickets', rows: 1 },
      { table: 'messages', rows: 2 },
      { table: 'invoices', rows: 1 },
    ])
    expect(await executedFacts(id)).toBe(1)
    for await (const rows of engine.records.erasedRows('helpdesk')) expect(rows.hashes.length).toBeGreaterThan(0)
  })
})

test('breach: a store that forgets its markers cannot make a request done', async () => {
  await vendor.open(async ({ engine }) => {
    const id = await approvedErasure(engine, { kind: 'email', value: 'person2@example.org' })
    await expect(carryOut(losingRecord(engine), [id])).rejects.toThrow('lost')
    const forgetful = sabotaged(engine, () => ({ done: async () => [] }))
    let ended = await resume(forgetful, id)
    if (ended.record.state === 'awaiting-approval') {
      await approve(forgetful, id, { by: 'jo' })
      ended = (await carryOut(forgetful, [id]))[0] ?? ended
    }
    expect(ended.record.state).toBe('open')
    expect(ended.record.steps).toMatchObject([{ state: 'failed', fault: 'conflict' }])
    expect(await executedFacts(id)).toBe(0)
  })
})

test('two processes that carry out the same requests record each of them once', async () => {
  await vendor.open(({ engine: one }) =>
    vendor.open(async ({ engine: other }) => {
      const ids: string[] = []
      for (const number of [3, 4, 5, 6]) {
        ids.push(await approvedErasure(one, { kind: 'email', value: `person${number}@example.org` }))
      }
      const both = [one, other].map((engine) => carryOut({ ...engine, retryWaitsMs: [50, 200, 500] }, ids))
      await Promise.all(both)
      for (const id of ids) {
        expect((await one.records.request(id))?.state).toBe('done')
        expect(await executedFacts(id)).toBe(1)
      }
    }),
  )
})

test('what the store did for many and Kept could not record is found by one question, nobody is erased again', async () => {
  await vendor.open(async ({ engine }) => {
    const ids: string[] = []
    for (const number of [9, 10, 11, 12]) {
      ids.push(await approvedErasure(engine, { kind: 'email', value: `person${number}@example.org` }))
    }
    await expect(executeApproved(losingRecord(engine), ids.slice(0, 3))).rejects.toThrow('lost')
    const calls = { erase: 0, done: 0 }
    const counting = sabotaged(engine, (store) => ({
      erase: (batch) => {
        calls.erase += 1
        return store.erase(batch)
      },
      done: (steps, suppression) => {
        calls.done += 1
        return store.done(steps, suppression)
      },
    }))
    const executed = await executeApproved(counting, ids)
    expect(executed.map(({ record }) => record.state)).toEqual(ids.map(() => 'proving'))
    expect(calls).toEqual({ erase: 2, done: 1 })
    for (const id of ids) expect(await executedFacts(id)).toBe(1)
  })
})

test('execution alone costs one commit of Kept a chunk', async () => {
  await vendor.open(async ({ engine }) => {
    const ids = [
      await approvedErasure(engine, { kind: 'email', value: 'person7@example.org' }),
      await approvedErasure(engine, { kind: 'email', value: 'person8@example.org' }),
    ]
    let commits = 0
    const records = new Proxy(engine.records, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target)
        if (typeof value !== 'function') return value
        return (...given: unknown[]) => {
          if (['change', 'append', 'forget', 'createRequests', 'pseudonym'].includes(String(name))) commits += 1
          return value.apply(target, given)
        }
      },
    })
    await executeApproved({ ...engine, records }, ids)
    expect(commits).toBe(1)
  })
})
