import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SqlFailure, sqlFailure } from '../src/sql/failure.ts'
import { openSql } from '../src/sql/open.ts'
import type { SqlPool } from '../src/sql/sql.ts'
import { freshDatabase } from './postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'kept-sql-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const failureOf = async (work: Promise<unknown>): Promise<SqlFailure> =>
  work.then(() => Promise.reject(new Error('no failure')), sqlFailure)

describe.each([{ name: 'embedded' }, { name: 'server' }])('openSql, $name', ({ name }) => {
  const server = name === 'server'
  let url: string
  let pool: SqlPool
  beforeAll(async () => {
    url = server ? await freshDatabase('sql') : `pglite:${join(folder, 'database')}`
    pool = await openSql(url)
    await pool.query(
      'CREATE TABLE numbers (n integer PRIMARY KEY); INSERT INTO numbers SELECT generate_series(1, 1000)',
    )
  })
  afterAll(() => pool.close())

  it('gives values as they are: no precision, zone or byte is lost', async () => {
    const { rows } = await pool.query(
      `SELECT 9223372036854775807::bigint AS big, 1.10::numeric AS price, '\\x00ff'::bytea AS bytes, true AS yes, 1.5::float8 AS float,
        '2026-11-22 10:00:00.123456+02'::timestamptz AS at, '2026-11-22'::date AS day, 'P1M'::interval AS span,
        ARRAY[9007199254740993]::bigint[] AS bigs, ARRAY['2026-11-22'::date] AS days, ARRAY['a,b', NULL, '"'] AS texts, $1::jsonb AS json`,
      [JSON.stringify({ a: [1] })],
    )
    expect(rows[0]).toEqual({
      big: '9223372036854775807',
      price: '1.10',
      bytes: Buffer.from([0, 255]),
      yes: true,
      float: 1.5,
      at: '2026-11-22 08:00:00.123456+00',
      day: '2026-11-22',
      span: 'P1M',
      bigs: ['9007199254740993'],
      days: ['2026-11-22'],
      texts: ['a,b', null, '"'],
      json: { a: [1] },
    })
    const bytes = new Uint8Array([0, 1, 92, 39, 255])
    expect((await pool.query('SELECT $1::bytea AS bytes', [bytes])).rows[0]?.bytes).toEqual(Buffer.from(bytes))
  })

  it('sends a pipeline at once, tells its first failure, and leaves the connection usable', async () => {
    await pool.session(async (session) => {
      const answers = await session.pipeline([
        { text: 'SELECT 1 AS a' },
        { text: 'SELECT $1::int AS b', values: [2], name: 'two' },
      ])
      expect(answers.map((answer) => answer.rows[0])).toEqual([{ a: 1 }, { b: 2 }])
      const failed = session.pipeline([
        { text: 'BEGIN' },
        { text: 'SELECT 1 / $1::int', values: [0] },
        { text: 'SELECT 2' },
        { text: 'COMMIT' },
      ])
      expect(await failureOf(failed)).toMatchObject({ sqlstate: '22012' })
      expect((await session.query('SELECT 3 AS c')).rows).toEqual([{ c: 3 }])
    })
  })

  it('reads through a cursor in batches, with other statements in between, and may be left early', async () => {
    await pool.transaction({ readOnly: true }, async (session) => {
      const sizes: number[] = []
      for await (const rows of session.cursor('SELECT n FROM numbers WHERE n > $1 ORDER BY n', [100], 400)) {
        sizes.push(rows.length)
        await session.query('SELECT 1')
      }
      expect(sizes).toEqual([400, 400, 100])
      for await (const _rows of session.cursor('SELECT n FROM numbers', [], 10)) break
      expect((await session.query('SELECT count(*) AS open FROM pg_cursors')).rows[0]?.open).toBe('0')
    })
  })

  it('copies out, to the end or left in the middle, and stays usable', async () => {
    const text = await pool.session(async (session) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of session.copyOut('COPY (SELECT n FROM numbers ORDER BY n LIMIT 3) TO STDOUT'))
        chunks.push(chunk)
      expect((await session.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }])
      return Buffer.concat(chunks).toString()
    })
    expect(text).toBe('1\n2\n3\n')
    await pool.session(async (session) => {
      for await (const _chunk of session.copyOut(
        `COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000)) TO STDOUT`,
      ))
        break
    })
    const failing = pool.session(async (session) => {
      for await (const _chunk of session.copyOut('COPY (SELECT 1 / (n - 900) FROM numbers ORDER BY n) TO STDOUT'));
    })
    expect(await failureOf(failing)).toMatchObject({ sqlstate: '22012' })
    expect((await pool.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }])
  })

  it('rolls back on any error, and tells a COMMIT that was none', async () => {
    const thrown = pool.transaction({}, async (session) => {
      await session.query('INSERT INTO numbers VALUES (5000)')
      throw new Error('changed my mind')
    })
    await expect(thrown).rejects.toThrow('changed my mind')
    const swallowed = pool.transaction({}, async (session) => {
      await session.query('INSERT INTO numbers VALUES (5001)')
      await session.query('SELECT 1 / 0').catch(() => undefined)
    })
    await expect(swallowed).rejects.toMatchObject({ sqlstate: '25P02' })
    expect((await pool.query('SELECT n FROM numbers WHERE n >= 5000')).rows).toEqual([])
    const readOnly = pool.transaction({ readOnly: true }, (session) =>
      session.query('INSERT INTO numbers VALUES (5002)'),
    )
    expect((await failureOf(readOnly)).kind).toBe('permission')
  })

  it('refuses a call of the pool inside one of its sessions, and of a session after its end', async () => {
    await expect(pool.transaction({}, () => pool.query('SELECT 1'))).rejects.toThrow(/inside one of its own sessions/)
    const ended = await pool.session(async (session) => session)
    await expect(ended.query('SELECT 1')).rejects.toThrow(/has ended/)
    let later: Promise<unknown> | undefined
    await pool.session(async () => {
      later = new Promise((resolve) => setTimeout(resolve, 20)).then(() => pool.query('SELECT 1'))
    })
    await expect(later).resolves.toBeDefined()
  })

  it('tells the kind of a failure and names of the schema, never a value', async () => {
    await pool.query(
      "CREATE TABLE people (mail text CONSTRAINT one_mail UNIQUE CHECK (mail <> ''), born date NOT NULL)",
    )
    const mail = 'ada@people.example'
    await pool.query('INSERT INTO people VALUES ($1, $2)', [mail, '1815-12-10'])
    await pool.query(
      `CREATE FUNCTION refuse() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no, ${mail}' USING DETAIL = '${mail}'; END $$`,
    )
    const failures = {
      unique: await failureOf(pool.query('INSERT INTO people VALUES ($1, $2)', [mail, '1815-12-10'])),
      missing: await failureOf(pool.query('INSERT INTO people VALUES ($1, NULL)', [`x${mail}`])),
      type: await failureOf(pool.query('SELECT $1::text::integer', [mail])),
      raised: await failureOf(pool.query('SELECT refuse()')),
      syntax: await failureOf(pool.query(`SELEC '${mail}'`)),
    }
    expect(failures.unique).toMatchObject({ kind: 'constraint', table: 'people', constraint: 'one_mail' })
    expect(failures.missing).toMatchObject({ kind: 'constraint', table: 'people', column: 'born' })
    expect(failures.type).toMatchObject({ kind: 'other', sqlstate: '22P02' })
    expect(failures.raised).toMatchObject({ kind: 'raised' })
    expect(failures.syntax).toMatchObject({ kind: 'syntax', position: 1 })
    expect(inspect(failures, { depth: 9, showHidden: true })).not.toContain('ada')
  })

  it('leaves the event loop free during a long statement', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 5)
    await pool.query('SELECT count(*) FROM generate_series(1, 2000000) AS a(n) WHERE n % 7 = 3')
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(5)
  })

  it('gives up on a lock and on a slow statement in time', async (context) => {
    if (!server) context.skip('one connection: nobody to wait for, no timeouts')
    await pool.transaction({}, async (holder) => {
      await holder.query('SELECT n FROM numbers WHERE n = 1 FOR UPDATE')
      const other = await openSql(url, { lockTimeoutMs: 60 })
      expect((await failureOf(other.query('UPDATE numbers SET n = n WHERE n = 1'))).kind).toBe('lock')
      const slow = other.transaction({ statementTimeoutMs: 40 }, (session) => session.query('SELECT pg_sleep(5)'))
      expect((await failureOf(slow)).kind).toBe('timeout')
      await other.close()
    })
  })

  it('survives a connection that is killed in the middle', async (context) => {
    if (!server) context.skip('no connection that could be killed')
    const killer = await openSql(url)
    const killed = pool.transaction({}, async (session) => {
      const kill = killer.query('SELECT pg_terminate_backend($1)', [session.processId])
      await Promise.all([session.query('SELECT pg_sleep(10)'), kill])
    })
    expect((await failureOf(killed)).kind).toBe('shutdown')
    const copying = pool.session(async (session) => {
      let bytes = 0
      for await (const chunk of session.copyOut(
        `COPY (SELECT repeat('x', 1000) FROM generate_series(1, 1000000)) TO STDOUT`,
      )) {
        if (bytes === 0) await killer.query('SELECT pg_terminate_backend($1)', [session.processId])
        bytes += chunk.length
      }
    })
    expect((await failureOf(copying)).kind).toMatch(/shutdown|unreachable/)
    expect((await pool.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }])
    await killer.close()
  })
})

describe('openSql', () => {
  it('tells a server that is not there, and refuses an address it does not know', async () => {
    const pool = await openSql('postgres://nobody:secret@127.0.0.1:1/none')
    const failure = await failureOf(pool.query('SELECT 1'))
    expect(failure.kind).toBe('unreachable')
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('secret')
    await pool.close()
    await expect(openSql('mysql://x')).rejects.toThrow(TypeError)
  })

  it('makes an embedded database whole or not at all: a start cut off in the middle does no harm', async () => {
    const directory = join(folder, 'half', 'database')
    const pool = await openSql(`pglite:${directory}`)
    await pool.query('SELECT 1')
    await pool.close()
    expect(readdirSync(join(folder, 'half'))).toEqual(['database'])
  })
})
