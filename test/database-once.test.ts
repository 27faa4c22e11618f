/** A change that waits for an act elsewhere: prepared at once, written only when that has come true, and others go on meanwhile. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeptDatabase } from '../src/database/open.ts'
import type { Fact } from '../src/ledger.ts'
import { openSql } from '../src/sql/open.ts'
import { executed, newRequest, received } from './database-acts.ts'
import { modes, newPlace, type Place } from './database-modes.ts'

describe.each(modes)('a change with `once`, $name', (mode) => {
  let place: Place
  let database: KeptDatabase
  beforeAll(async () => {
    place = await newPlace(mode)
    database = await place.open()
  })
  afterAll(async () => {
    await database.close()
    place.remove()
  })

  async function create(): Promise<string> {
    const [request] = await database.createRequests([newRequest()], (ids) => ids.map(received))
    return request?.id ?? ''
  }

  const execute = (id: string, once: Promise<void>, revision = 1) =>
    database.change([{ id, revision, state: 'executing' }], [executed(id)], { once })

  async function factsOf(id: string): Promise<string[]> {
    const types: string[] = []
    for await (const { type, body } of database.entries()) if (body.request === id) types.push(type)
    return types
  }

  it('is written when the act has come true, and not before', async () => {
    const id = await create()
    const act = Promise.withResolvers<void>()
    const change = execute(id, act.promise)
    await pause(30)
    expect((await database.request(id))?.state).toBe('received')
    expect(await factsOf(id)).toEqual(['request.received/1'])
    act.resolve()
    const [entry] = await change
    expect(entry).toMatchObject({ type: 'request.executed/1', body: { request: id } })
    expect(await database.request(id)).toMatchObject({ state: 'executing', revision: 2 })
    expect(await factsOf(id)).toEqual(['request.received/1', 'request.executed/1'])
  })

  it('is not written when the act fails, and is rejected for the same reason', async () => {
    const id = await create()
    const { size } = await database.checkpoint()
    const act = Promise.withResolvers<void>()
    const change = execute(id, act.promise)
    const refused = expect(change).rejects.toThrow('the store refused')
    await pause(20)
    act.reject(new Error('the store refused'))
    await refused
    expect((await database.request(id))?.state).toBe('received')
    expect((await database.checkpoint()).size).toBe(size)
    expect(await factsOf(id)).toEqual(['request.received/1'])
  })

  it('holds nobody up when the act takes long', async () => {
    const id = await create()
    const act = Promise.withResolvers<void>()
    const change = execute(id, act.promise)
    const others: Fact[] = [executed(await create()), executed(await create())]
    const start = performance.now()
    await database.append(others)
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(await factsOf(id)).toEqual(['request.received/1'])
    act.resolve()
    await change
    expect(await factsOf(id)).toEqual(['request.received/1', 'request.executed/1'])
    expect(await database.request(id)).toMatchObject({ state: 'executing', revision: 2 })
  })

  it('is refused when somebody else changed the request meanwhile', async () => {
    const id = await create()
    await database.change([{ id, revision: 1, state: 'awaiting-approval' }], [])
    await expect(execute(id, Promise.resolve())).rejects.toMatchObject({ code: 'records.stale' })
    expect(await factsOf(id)).toEqual(['request.received/1'])
  })

  it('is written once though its connection is cut while it waits', async ({ skip }) => {
    skip(!mode.shared, 'an embedded database has no connections that could be cut')
    const id = await create()
    const act = Promise.withResolvers<void>()
    const change = execute(id, act.promise)
    const sql = await openSql(place.url ?? '')
    let cut = 0
    for (let tries = 0; cut === 0 && tries < 100; tries += 1) {
      const { rows } = await sql.query<{ cut: boolean }>(
        `SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity
          WHERE datname = current_database() AND state = 'idle in transaction'`,
      )
      cut = rows.length
    }
    await sql.close()
    expect(cut).toBe(1)
    act.resolve()
    await change
    expect(await factsOf(id)).toEqual(['request.received/1', 'request.executed/1'])
    expect(await database.request(id)).toMatchObject({ state: 'executing', revision: 2 })
  })
})
