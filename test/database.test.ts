import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportPack } from '../src/database/evidence/pack.ts'
import { verifyPack } from '../src/database/evidence/verify.ts'
import type { KeptDatabase } from '../src/database/open.ts'
import { fact } from '../src/language/facts.ts'
import type { Entry } from '../src/ledger.ts'
import type { RequestRecord } from '../src/records.ts'
import { openSql } from '../src/sql/open.ts'
import { executed, newRequest, policy, received } from './database-acts.ts'
import { modes, newPlace, type Place } from './database-modes.ts'
import { secondVerifier } from './second-verifier.ts'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

async function create(database: KeptDatabase, sealed = newRequest().sealed): Promise<RequestRecord> {
  const [request] = await database.createRequests([newRequest(sealed)], (ids) => ids.map(received))
  if (request === undefined) throw new Error('one request was asked for')
  return request
}

describe.each(modes)("Kept's own database, $name", (mode) => {
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

  it('remembers a request from its receipt to its end', async () => {
    const request = await create(database)
    expect(request).toMatchObject({
      state: 'received',
      revision: 1,
      kind: 'erasure',
      policy,
      controller: database.controller,
    })
    expect(request.steps.map((step) => [step.store, step.state])).toEqual([
      ['desk', 'pending'],
      ['crm', 'pending'],
    ])
    expect(await database.request(request.id)).toEqual(request)
    const steps = [{ store: 'desk', state: 'executed', attempts: 1, result: { rows: 3 } }] as const
    const entries = await database.change(
      [
        {
          id: request.id,
          revision: 1,
          state: 'executing',
          steps,
          approval: { by: 'bo', at: request.createdAt, hash: policy },
        },
      ],
      [executed(request.id), executed(request.id, 2)],
    )
    const changed = await database.request(request.id)
    expect(changed).toMatchObject({ state: 'executing', revision: 2, steps, approval: { by: 'bo' } })
    expect(changed?.evidence).toEqual({ first: request.evidence?.first, last: entries.at(-1)?.index })
    await database.append([executed(request.id, 4)])
    expect((await database.request(request.id))?.evidence?.last).toBe((entries.at(-1) as Entry).index + 1)
    expect(await database.request('unknown')).toBeUndefined()
  })

  it('refuses a change that was decided on another revision, whole: no other change, no erased row, no entry', async () => {
    const [one, two] = [await create(database), await create(database)]
    const { size } = await database.checkpoint()
    const erased = [{ request: one.id, store: 'stale', table: 't', key: 'k', hashBytes: 4, hashes: Buffer.alloc(8) }]
    await expect(
      database.change(
        [
          { id: one.id, revision: 1, state: 'done' },
          { id: two.id, revision: 7, state: 'done' },
        ],
        [executed(one.id)],
        { erased },
      ),
    ).rejects.toMatchObject({ code: 'records.stale' })
    expect((await database.request(one.id))?.state).toBe('received')
    expect((await database.checkpoint()).size).toBe(size)
    expect(await collect(database.erasedRows('stale'))).toEqual([])
  })

  it('commits the others when one of many concurrent changes is stale', async () => {
    const requests = await Promise.all(Array.from({ length: 8 }, () => create(database)))
    const outcomes = await Promise.allSettled(
      requests.map(({ id }, at) =>
        database.change([{ id, revision: at === 3 ? 9 : 1, state: 'executing' }], [executed(id)]),
      ),
    )
    expect(outcomes.map((outcome) => outcome.status === 'rejected')).toEqual(requests.map((_, at) => at === 3))
  })

  it('refuses a fact that could hold personal data, and then records nothing of the act', async () => {
    const request = await create(database)
    const { size } = await database.checkpoint()
    const leak = { type: 'request.closed/1', body: { request: request.id, state: 'done', note: 'ada@people.example' } }
    await expect(database.change([{ id: request.id, revision: 1, state: 'done' }], [leak])).rejects.toMatchObject({
      code: 'evidence.not-allowed',
    })
    await expect(database.append([executed('ada@people.example')])).rejects.toMatchObject({
      code: 'evidence.not-allowed',
    })
    expect((await database.request(request.id))?.state).toBe('received')
    expect((await database.checkpoint()).size).toBe(size)
  })

  it('opens sealed data until the request is closed, and never again', async () => {
    const sealed = { identities: [{ kind: 'email', value: 'ada@people.example' }], note: 'Größe 😀' }
    const [kept, destroyed, closed] = [await create(database, sealed), await create(database), await create(database)]
    expect(await database.unseal(kept.id)).toEqual(sealed)
    await database.change([{ id: kept.id, revision: 1, sealed: { second: true } }], [])
    expect(await database.unseal(kept.id)).toEqual({ second: true })
    await database.change([{ id: destroyed.id, revision: 1, sealed: null }], [])
    await database.change([{ id: closed.id, revision: 1, state: 'denied' }], [])
    const open = await database.openAll?.([kept.id, destroyed.id, closed.id, 'unknown'])
    expect([...(open ?? [])].map(([id, one]) => [id, one.record.id, one.sealed]).toSorted()).toEqual(
      [
        [kept.id, kept.id, { second: true }],
        [destroyed.id, destroyed.id, undefined],
        [closed.id, closed.id, undefined],
      ].toSorted(),
    )
    expect(await database.unseal(destroyed.id)).toBeUndefined()
  })

  it('lists requests newest first, by state and page by page', async () => {
    for (let i = 0; i < 5; i++) await create(database)
    const all = await database.requests()
    expect(all.length).toBeGreaterThan(5)
    expect(all.map((request) => request.createdAt)).toEqual(
      all
        .map((request) => request.createdAt)
        .toSorted()
        .reverse(),
    )
    const first = await database.requests({ limit: 2 })
    const second = await database.requests({ limit: 2, before: first[1]?.id as string })
    expect([...first, ...second].map((request) => request.id)).toEqual(all.slice(0, 4).map((request) => request.id))
    expect((await database.requests({ states: ['done'] })).every((request) => request.state === 'done')).toBe(true)
  })

  it('keeps erased rows and the newest finding, each with its evidence', async () => {
    const request = await create(database)
    const hashes = Buffer.from(Array.from({ length: 4096 }, (_, at) => at % 256))
    const erased = [{ request: request.id, store: 'desk', table: 'public.users', key: 'k1', hashBytes: 16, hashes }]
    await database.change([], [executed(request.id)], { erased })
    const [rows] = await collect(database.erasedRows('desk'))
    expect(rows).toMatchObject({ ...erased[0], hashes: expect.anything() })
    expect(Buffer.from(rows?.hashes ?? []).equals(hashes)).toBe(true)
    const other = { request: (await create(database)).id, store: 'shop', key: 'k1', hashBytes: 4 }
    const shared = [
      { ...other, table: 'orders', hashes: Buffer.from('aaaabbbb') },
      { ...other, table: 'items', hashes: Buffer.from('cccc') },
      { ...other, table: 'orders', request: request.id, hashes: Buffer.from('dddd') },
      { ...other, table: 'orders', request: 'large', hashes: Buffer.alloc(1024 * 1024, 'e') },
    ]
    await database.change([], [executed(request.id)], { erased: shared })
    const told = (await collect(database.erasedRows('shop'))).map((row) => ({
      ...row,
      hashes: Buffer.from(row.hashes),
    }))
    expect(told.toSorted((left, right) => left.table.localeCompare(right.table))).toEqual(
      [shared[1], shared[0], shared[2], shared[3]].map((row) => ({ ...row, store: 'shop' })),
    )
    const finding = { probe: 'store.check', subject: 'desk', outcome: 'broken' } as const
    await database.change([], [], { findings: [finding] })
    await database.change([], [], { findings: [{ ...finding, outcome: 'kept', detail: { columns: 3 } }] })
    const under = { policy: 'a'.repeat(64), maps: { desk: 'b'.repeat(64) } }
    const [attested] = await database.change([], [], { findings: [{ ...finding, subject: 'shop', detail: under }] })
    expect(attested).toMatchObject({
      type: 'status.finding/2',
      body: { subject: 'shop', policy: under.policy, maps: [{ store: 'desk', sha256: under.maps.desk }] },
    })
    const newest = (await database.findings()).find(({ subject }) => subject === 'desk')
    expect(newest).toMatchObject({ ...finding, outcome: 'kept', detail: { columns: 3 } })
    const [entry] = await collect(database.entries(newest?.evidence, (newest?.evidence ?? 0) + 1))
    expect(entry).toMatchObject({ type: 'status.finding/1', body: { ...finding, outcome: 'kept' } })
  })

  it('gives a person one pseudonym until it is forgotten', async () => {
    const email = { kind: 'email', value: 'grace@people.example' }
    const id = { kind: 'id', value: '4711' }
    const pseudonym = await database.pseudonym([email])
    expect(pseudonym).toMatch(/^p[0-9a-z]{26}$/)
    expect(await database.pseudonym([id, email])).toBe(pseudonym)
    expect(await database.pseudonym([id])).toBe(pseudonym)
    expect(await database.pseudonym([{ kind: 'id', value: '4712' }])).not.toBe(pseudonym)
    await database.forget(pseudonym)
    expect(await database.pseudonym([email])).not.toBe(pseudonym)
  })

  it('appends gap-free from many writers at once, each answer the entry that stands there', async () => {
    const request = await create(database)
    const before = await database.checkpoint()
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const mine: Entry[] = []
        for (let i = 0; i < 10; i++)
          mine.push(...(await database.append([executed(request.id, i), executed(request.id, i)])))
        return mine
      }),
    )
    const entries = await collect(database.entries(before.size))
    expect(entries.map((entry) => entry.index)).toEqual(Array.from({ length: 160 }, (_, at) => before.size + at))
    const byIndex = answers.flat().sort((a, b) => a.index - b.index)
    expect(byIndex).toEqual(entries)
  })

  it('exports a pack that both verifiers accept, and that continues an older checkpoint', async () => {
    const older = await database.checkpoint()
    await database.append([executed('k7m2x9q4w8nd')])
    const file = join(place.directory, 'pack')
    const checkpoint = await exportPack(database, file)
    const verification = await verifyPack(file, { key: database.keys.verifier, since: older.note })
    expect(verification).toMatchObject({
      ok: true,
      size: checkpoint.size,
      root: checkpoint.root,
      continues: older.size,
    })
    expect(await secondVerifier(readFileSync(file), database.keys.verifier, older.note)).toBe(true)
  })

  it('holds nothing of a person in clear: not in the log, not in any row, not in any file', async () => {
    const secrets = ['ada@people.example', 'grace@people.example', '4711-xyzzy', 'Lovelace']
    const request = await create(database, { email: secrets[0] as string, name: 'Lovelace', id: '4711-xyzzy' })
    await database.pseudonym([{ kind: 'email', value: secrets[0] as string }])
    await database.change([{ id: request.id, revision: 1, state: 'done' }], [executed(request.id)])
    const lines = await collect(database.lines())
    expect(lines.length).toBeGreaterThan(100)
    const log = lines.map(([, line]) => line).join('\n')
    for (const secret of secrets) expect(log.includes(secret)).toBe(false)
    if (place.url !== undefined) {
      const sql = await openSql(place.url)
      const { rows } = await sql.query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'kept'`,
      )
      for (const { name } of rows) {
        const content = await sql.query(`SELECT string_agg(t::text, ' ') AS text FROM kept.${name} AS t`)
        for (const secret of secrets) expect(String(content.rows[0]?.text).includes(secret), name).toBe(false)
      }
      await sql.close()
    }
    const files = readdirSync(place.directory, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
    for (const file of files) {
      const content = readFileSync(join(file.parentPath, file.name))
      for (const secret of secrets) expect(content.includes(secret), `${file.name}`).toBe(false)
    }
  })

  it('is the same after it was closed and opened again', async () => {
    const request = await create(database, { still: 'here' })
    const [checkpoint, findings] = [await database.checkpoint(), await database.findings()]
    await database.close()
    database = await place.open()
    expect(await database.request(request.id)).toEqual(request)
    expect(await database.unseal(request.id)).toEqual({ still: 'here' })
    expect(await database.checkpoint()).toEqual(checkpoint)
    expect(await database.findings()).toEqual(findings)
  })

  it("keeps another controller's requests and log apart", async () => {
    const mine = await create(database)
    await database.close()
    const other = await place.open({ controller: 'Another Ltd' })
    try {
      expect(await other.request(mine.id)).toBeUndefined()
      expect(await other.requests()).toEqual([])
      expect((await collect(other.entries())).map((entry) => entry.type)).toEqual(['evidence.key/1', 'evidence.key/1'])
    } finally {
      await other.close()
      database = await place.open()
    }
  })

  it('refuses other keys than those it was made with, naming no secret', async () => {
    await database.close()
    await expect(place.open({ keys: join(place.directory, 'other-keys') })).rejects.toMatchObject({
      code: 'keys.mismatch',
    })
    database = await place.open()
    expect(JSON.stringify(database.keys)).not.toMatch(/PRIVATE|master|lookup/)
  })

  it('refuses a schema newer than it knows, and an entry that is changed past Kept is found', async () => {
    await database.close()
    const sql = await openSql(place.url ?? `pglite:${join(place.directory, 'database')}`)
    await sql.query('INSERT INTO kept.schema_version (version) VALUES (999)')
    await expect(sql.query(`UPDATE kept.entry SET line = '{}' WHERE index = 0`)).rejects.toMatchObject({
      sqlstate: 'KP003',
    })
    await sql.close()
    await expect(place.open()).rejects.toMatchObject({ code: 'database.newer' })
    const again = await openSql(place.url ?? `pglite:${join(place.directory, 'database')}`)
    await again.query('DELETE FROM kept.schema_version WHERE version = 999')
    await again.close()
    database = await place.open()
  })

  it('stays one gap-free log for several processes that write at once', async (context) => {
    if (!mode.shared) context.skip('one process only: the directory is locked')
    const others = await Promise.all([place.open(), place.open(), place.open()])
    const before = await database.checkpoint()
    await Promise.all(
      [database, ...others].map(async (one) => {
        for (let i = 0; i < 25; i++) await one.append([executed('k7m2x9q4w8nd', i), executed('k7m2x9q4w8nd', i)])
      }),
    )
    const entries = await collect(database.entries(before.size))
    expect(entries).toHaveLength(200)
    const file = join(place.directory, 'shared-pack')
    await exportPack(database, file)
    expect(await verifyPack(file, { since: before.note })).toMatchObject({ ok: true })
    await Promise.all(others.map((one) => one.close()))
  })

  it('survives killed connections: what was acknowledged is there, and only once', async (context) => {
    if (!mode.shared) return context.skip('one connection inside the process: none that could be killed')
    const sql = await openSql(place.url as string)
    const before = await database.checkpoint()
    let killing = true
    const killer = (async () => {
      while (killing) {
        await sql.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
        )
        await new Promise((resolve) => setTimeout(resolve, 15))
      }
    })()
    const acknowledged: number[] = []
    let refused = 0
    for (let i = 0; i < 300; i++) {
      try {
        const [entry] = await database.append([
          fact('store.checked/1', { store: 'desk', findings: [{ code: 'a', count: i }] }),
        ])
        acknowledged.push((entry as Entry).index)
      } catch (error) {
        refused++
        expect((error as { code: string }).code).toMatch(/^database\./)
      }
    }
    killing = false
    await killer
    await sql.close()
    const there = new Map((await collect(database.entries(before.size))).map((entry) => [entry.index, entry]))
    expect(acknowledged.every((index) => there.has(index))).toBe(true)
    expect(new Set(acknowledged).size).toBe(acknowledged.length)
    expect(there.size).toBeLessThanOrEqual(acknowledged.length + refused)
    expect(acknowledged.length).toBeGreaterThan(50)
  }, 60_000)
})
