import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, it, vi } from 'vitest'
import { freshDatabase, loadDump, startPostgres } from './postgres.ts'
import { findOrInstallPostgres } from './postgres-programs.ts'
import { runStatement } from './postgres-server.ts'

it('gives every test an empty database of its own', async () => {
  const first = await freshDatabase('Öne; two')
  const second = await freshDatabase('Öne; two')
  await runStatement(first, 'CREATE TABLE here (id int)')
  await expect(runStatement(second, 'SELECT * FROM here')).rejects.toThrow(/does not exist/)
})

it('has the contributed extensions that the connector is tested with', async () => {
  const url = await freshDatabase()
  await runStatement(url, 'CREATE EXTENSION citext; CREATE EXTENSION hstore')
  const rows = await runStatement(url, "SELECT 'A@B'::citext = 'a@b' AS same")
  expect(rows).toEqual([{ same: true }])
})

it('loads a dump, and refuses one with an error in it', async () => {
  const url = await freshDatabase()
  const file = join(inject('runFolder'), 'dump.sql')
  writeFileSync(file, 'CREATE TABLE tickets (id int); INSERT INTO tickets VALUES (1), (2);')
  await loadDump(url, file)
  expect(await runStatement(url, 'SELECT count(*)::int AS count FROM tickets')).toEqual([{ count: 2 }])
  writeFileSync(file, 'INSERT INTO absent VALUES (1);')
  await expect(loadDump(url, file)).rejects.toThrow(/absent/)
})

it('starts a durable server of its own, and removes it', async () => {
  const server = await startPostgres({ durable: true, settings: { max_prepared_transactions: '7' } })
  try {
    const database = await server.createDatabase()
    expect(await runStatement(database, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
    expect(await runStatement(database, 'SHOW max_prepared_transactions')).toEqual([{ max_prepared_transactions: '7' }])
  } finally {
    await server.stop()
  }
  expect(existsSync(server.dataDir)).toBe(false)
  await expect(runStatement(server.url(), 'SELECT 1')).rejects.toThrow()
})

it('says what to install where there is neither a server nor an installer', async () => {
  vi.stubEnv('PATH', '')
  vi.stubEnv('KEPT_TEST_POSTGRES_BIN', '/nowhere')
  try {
    await expect(findOrInstallPostgres()).rejects.toMatchObject({
      code: 'test.postgres-missing',
      what: expect.stringContaining('/nowhere'),
      mend: expect.stringContaining('apt-get install postgresql postgresql-contrib'),
    })
  } finally {
    vi.unstubAllEnvs()
  }
})
