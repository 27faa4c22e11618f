import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../test/postgres.ts'
import { openSql } from '../sql/open.ts'
import type { SqlPool } from '../sql/sql.ts'
import { migrate, migrations } from './migrations.ts'

describe('migrate', () => {
  let pool: SqlPool
  let url: string
  beforeAll(async () => {
    url = await freshDatabase('migrations')
    pool = await openSql(url)
  })
  afterAll(() => pool.close())

  const version = async () =>
    (await pool.query('SELECT max(version) AS version FROM kept.schema_version')).rows[0]?.version

  it('goes step by step from every earlier version, each whole or not at all', async () => {
    const next = 'CREATE TABLE kept.later (a integer); INSERT INTO kept.later VALUES (1);'
    for (let known = 1; known <= migrations.length; known++) {
      await migrate(pool, migrations.slice(0, known))
      expect(await version()).toBe(known)
    }
    await expect(migrate(pool, [...migrations, next, 'SELECT nonsense'])).rejects.toMatchObject({ kind: 'syntax' })
    expect(await version()).toBe(migrations.length)
    await migrate(pool, [...migrations, next])
    await migrate(pool, [...migrations, next])
    expect((await pool.query('SELECT count(*) AS rows FROM kept.later')).rows[0]?.rows).toBe('1')
  })

  it('refuses a schema of a newer release', async () => {
    await expect(migrate(pool)).rejects.toMatchObject({ code: 'database.newer' })
  })

  it('is done once by many processes that start at the same moment', async () => {
    const fresh = await freshDatabase('migrations_together')
    const pools = await Promise.all(Array.from({ length: 5 }, () => openSql(fresh)))
    await Promise.all(pools.map((one) => migrate(one)))
    const { rows } = await (pools[0] as SqlPool).query('SELECT version FROM kept.schema_version')
    expect(rows).toHaveLength(migrations.length)
    await Promise.all(pools.map((one) => one.close()))
  })
})
