import { appendFileSync, cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeptDatabase } from '../src/database/open.ts'
import { executed, newRequest, received } from './database-acts.ts'
import { modes, newPlace, type Place } from './database-modes.ts'

const embedded = modes.filter((mode) => mode.journal)

async function lines(database: KeptDatabase): Promise<string[]> {
  const all: string[] = []
  for await (const [, line] of database.lines()) all.push(line)
  return all
}

async function work(database: KeptDatabase): Promise<string> {
  const [request] = await database.createRequests([newRequest()], (ids) => ids.map(received))
  if (request === undefined) throw new Error('one request was asked for')
  const hashes = Buffer.from(request.id)
  await database.change([{ id: request.id, revision: 1, state: 'open', report: { rows: 3 } }], [executed(request.id)], {
    erased: [{ request: request.id, store: 'desk', table: 'users', key: 'k', hashBytes: 12, hashes }],
    findings: [{ probe: 'store.check', subject: 'desk', outcome: 'kept' }],
  })
  await database.append([executed(request.id, 7)])
  return request.id
}

describe.each(embedded)('the evidence journal, $name', (mode) => {
  let place: Place
  const journal = () => join(place.directory, 'evidence.journal')
  const stored = () => join(place.directory, 'database')
  const backup = () => join(place.directory, 'database-before')

  beforeEach(async () => {
    place = await newPlace(mode)
  })
  afterEach(() => place.remove())

  /** Writes, puts the stored database away, writes on; then the database is as it was before, as after a power loss. */
  async function losePower(): Promise<{
    before: string
    after: string
    log: string[]
    person: string
    state: unknown[]
  }> {
    let database = await place.open()
    const before = await work(database)
    const person = await database.pseudonym([{ kind: 'email', value: 'ada@people.example' }])
    await database.close()
    cpSync(stored(), backup(), { recursive: true })
    database = await place.open()
    const after = await work(database)
    await database.change([{ id: before, revision: 2, state: 'done' }], [])
    await database.forget(person)
    const log = await lines(database)
    const state = [await database.request(before), await database.request(after), await database.findings()]
    await database.close()
    rmSync(stored(), { recursive: true })
    cpSync(backup(), stored(), { recursive: true })
    return { before, after, log, person, state }
  }

  it('puts back what a power loss took from the database: entries, requests, erased rows, findings, forgetting', async () => {
    const lost = await losePower()
    const database = await place.open()
    try {
      expect(await lines(database)).toEqual(lost.log)
      expect([
        await database.request(lost.before),
        await database.request(lost.after),
        await database.findings(),
      ]).toEqual(lost.state)
      const erased: string[] = []
      for await (const rows of database.erasedRows('desk')) erased.push(Buffer.from(rows.hashes).toString())
      expect(erased).toEqual([lost.before, lost.after])
      expect(await database.unseal(lost.before)).toBeUndefined()
      expect(await database.pseudonym([{ kind: 'email', value: 'ada@people.example' }])).not.toBe(lost.person)
      // Sealed data is never in the journal: a request that the power loss took comes back without it.
      expect(await database.unseal(lost.after)).toBeUndefined()
      await work(database)
    } finally {
      await database.close()
    }
    const again = await place.open()
    expect((await lines(again)).slice(0, lost.log.length)).toEqual(lost.log)
    await again.close()
  })

  it('holds no secret and nothing of a person', async () => {
    const database = await place.open()
    await work(database)
    await database.close()
    const content = readFileSync(journal(), 'utf8')
    expect(content.split('\n').length).toBeGreaterThan(4)
    expect(content).not.toMatch(/ada@people|sealed|wrapped/)
  })

  it('cuts off a torn last line and nothing else', async () => {
    let database = await place.open()
    await work(database)
    const log = await lines(database)
    await database.close()
    const whole = readFileSync(journal())
    appendFileSync(journal(), whole.subarray(whole.lastIndexOf(10, whole.length - 2) + 1, -20))
    database = await place.open()
    expect(await lines(database)).toEqual(log)
    expect(readFileSync(journal()).equals(whole)).toBe(true)
    await work(database)
    await database.close()
  })

  it('faults when the database is ahead of the journal, naming the entry', async () => {
    const database = await place.open()
    await work(database)
    const { size } = await database.checkpoint()
    await database.close()
    const whole = readFileSync(journal())
    const missing = expect.objectContaining({
      code: 'evidence.journal-behind',
      what: expect.stringContaining(`entry ${size - 1}`),
    })
    truncateSync(journal(), whole.lastIndexOf(10, whole.length - 2) + 1)
    await expect(place.open()).rejects.toEqual(missing)
    rmSync(journal())
    await expect(place.open()).rejects.toEqual(missing)
    writeFileSync(
      journal(),
      whole
        .toString()
        .replace('"state":"open"', '"state":"done"')
        .replace(/[0-9a-f](?= \{[^\n]*\n$)/, 'x'),
    )
    await expect(place.open()).rejects.toEqual(missing)
    writeFileSync(journal(), whole)
    await (await place.open()).close()
  })

  it('faults when a line that the database lacks was changed', async () => {
    await losePower()
    const whole = readFileSync(journal(), 'utf8')
    const place7 = whole.lastIndexOf('rows\\":7')
    const changed = `${whole.slice(0, place7)}rows\\":8${whole.slice(place7 + 8)}`
    expect(changed).toHaveLength(whole.length)
    expect(changed).not.toBe(whole)
    writeFileSync(journal(), changed)
    await expect(place.open()).rejects.toMatchObject({ code: 'evidence.journal-broken' })
  })
})

describe.each(embedded)('the lock of the data directory, $name', (mode) => {
  it('names the process that holds it, and is free again after close', async () => {
    const place = await newPlace(mode)
    const database = await place.open()
    await expect(place.open()).rejects.toMatchObject({
      code: 'database.in-use',
      what: expect.stringContaining(String(process.pid)),
    })
    await database.close()
    const again = await place.open()
    await again.close()
    place.remove()
  })
})
