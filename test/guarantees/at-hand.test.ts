/** Guarantees 5 and 8 for what is carried out without being read again: nothing is done for good unless it still stands so. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Store } from '../../src/connector.ts'
import { Fault } from '../../src/language/fault.ts'
import { carryOut, executeApproved } from '../../src/requests/carry-out.ts'
import { cancel } from '../../src/requests/decide.ts'
import type { Engine } from '../../src/requests/engine.ts'
import { approvedErasure, makeVendor, sabotaged, type Vendor } from './vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('at_hand', { people: 12 })
})
afterAll(() => vendor.close())

/** Counts how often requests are read, and, where `trust` is given, takes what is held without asking whether it stands. */
function watched(engine: Engine, trust = false): { engine: Engine; reads: () => number } {
  let reads = 0
  const records = new Proxy(engine.records, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        if (name === 'openAll') reads += 1
        const answer: unknown = value.apply(target, given)
        if (name !== 'held' || !trust || answer === undefined) return answer
        return { ...(answer as object), current: Promise.resolve() }
      }
    },
  })
  return { engine: { ...engine, records }, reads: () => reads }
}

const emailOf = (number: number) => ({ kind: 'email', value: `person${number}@example.org` })

const stands = async (number: number) =>
  (await vendor.query(`SELECT 1 FROM users WHERE email = 'person${number}@example.org'`)).length === 1

test('what this process approved is carried out without reading it, and ends like any other', async () => {
  await vendor.open(async ({ engine }) => {
    const id = await approvedErasure(engine, emailOf(1))
    const { engine: watching, reads } = watched(engine)
    const [one] = await executeApproved(watching, [id])
    expect(reads()).toBe(0)
    expect(one?.record).toMatchObject({ state: 'proving', steps: [{ state: 'executed' }] })
    expect(await stands(1)).toBe(false)
    const { revision, evidence, steps } = (await engine.records.request(id)) ?? {}
    expect(one?.record).toMatchObject({ revision, steps })
    expect(evidence?.first).toBe(one?.record.evidence?.first)
  })
})

test('it is handed over once: the next execution reads it', async () => {
  await vendor.open(async ({ engine }) => {
    const id = await approvedErasure(engine, emailOf(2))
    expect(engine.records.held?.([id, 'unknown'])).toBeUndefined()
    const held = engine.records.held?.([id])
    expect(held?.requests.get(id)?.record.state).toBe('approved')
    await held?.current
    expect(engine.records.held?.([id])).toBeUndefined()
    const { engine: watching, reads } = watched(engine)
    const [ended] = await carryOut(watching, [id])
    expect(reads()).toBe(1)
    expect(ended?.record.state).toBe('done')
  })
})

test('another process cancels meanwhile: nothing is erased', async () => {
  await vendor.open(({ engine: one }) =>
    vendor.open(async ({ engine: other }) => {
      const ids = [await approvedErasure(one, emailOf(3)), await approvedErasure(one, emailOf(4))]
      await cancel(other, ids[1] ?? '')
      await expect(executeApproved(one, ids)).rejects.toMatchObject({ code: 'request.closed' })
      expect([await stands(3), await stands(4)]).toEqual([true, true])
      const [ended] = await carryOut(one, [ids[0] ?? ''])
      expect(ended?.record.state).toBe('done')
      expect(await stands(4)).toBe(true)
    }),
  )
})

test('another process cancels while the store is at work: it is rolled back', async () => {
  await vendor.open(({ engine: one }) =>
    vendor.open(async ({ engine: other }) => {
      const id = await approvedErasure(one, emailOf(5))
      let written = 0
      const atWork = sabotaged(one, (store) => ({
        erase: (batch) => {
          const allowed = untilWritten(5).then(async (rows) => {
            written = rows
            await cancel(other, id)
            await batch.allowed
            throw new Fault({ code: 'records.stale', what: 'cancelled', mend: 'again' })
          })
          allowed.catch(() => undefined)
          return store.erase({ ...batch, allowed })
        },
      }))
      await executeApproved(atWork, [id]).catch(() => undefined)
      expect(written).toBe(1)
      expect(await stands(5)).toBe(true)
    }),
  )
})

/** Waits until the erasure holds the person's row, which it does only once its statement has run. */
async function untilWritten(number: number): Promise<number> {
  for (;;) {
    const free = await vendor.query(`SELECT 1 FROM users WHERE id = ${number} FOR UPDATE SKIP LOCKED`)
    if (free.length === 0) return 1
    await pause(5)
  }
}

test('another process carried it out meanwhile: it is not done twice', async () => {
  await vendor.open(({ engine: one }) =>
    vendor.open(async ({ engine: other }) => {
      const ids = [await approvedErasure(one, emailOf(6)), await approvedErasure(one, emailOf(7))]
      await executeApproved(other, [ids[0] ?? ''])
      const after = await executeApproved(one, ids)
      expect(after.map(({ record }) => record.state)).toEqual(['proving', 'proving'])
      expect([await stands(6), await stands(7)]).toEqual([false, false])
      const done: unknown[] = []
      for await (const { type, body } of one.records.entries())
        if (type === 'request.executed/1') done.push(body.request)
      expect(done.filter((id) => ids.includes(String(id))).toSorted()).toEqual(ids.toSorted())
    }),
  )
})

test('breach: an execution that trusts what is held erases a person whose request was cancelled', async () => {
  await vendor.open(({ engine: one }) =>
    vendor.open(async ({ engine: other }) => {
      const id = await approvedErasure(one, emailOf(8))
      await cancel(other, id)
      await executeApproved(watched(one, true).engine, [id]).catch(() => undefined)
      expect(await stands(8)).toBe(false)
    }),
  )
})

test('a store that cannot wait with its commit begins when the request is known to stand', async () => {
  await vendor.open(({ engine: one }) =>
    vendor.open(async ({ engine: other }) => {
      const id = await approvedErasure(one, emailOf(9))
      await cancel(other, id)
      let asked = 0
      const plain = withoutWaiting(one, (store) => ({
        erase: ({ allowed: _ignored, ...batch }) => {
          asked += 1
          return store.erase(batch)
        },
      }))
      await expect(executeApproved(plain, [id])).rejects.toMatchObject({ code: 'request.closed' })
      expect(asked).toBe(0)
      expect(await stands(9)).toBe(true)
    }),
  )
})

/** Stores that know nothing of `allowed`. */
function withoutWaiting(engine: Engine, change: (store: Store) => Partial<Store>): Engine {
  const changed = sabotaged(engine, change)
  const stores = changed.stores.map(
    (store) =>
      new Proxy(store, {
        get: (target, name) => (name === 'commitsWhenAllowed' ? undefined : Reflect.get(target, name, target)),
      }),
  )
  return { ...changed, stores }
}
