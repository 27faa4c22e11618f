import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openSql } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'kept-shared-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const url = (name: string) => `pglite:${join(folder, name)}`

/** Another process that opens the database and stays until it is killed. */
async function holder(name: string): Promise<ChildProcess> {
  const module = new URL('./open.ts', import.meta.url).href
  const script = `const { openSql } = await import(${JSON.stringify(module)})
const pool = await openSql(${JSON.stringify(url(name))})
await pool.query('CREATE TABLE IF NOT EXISTS note (words text)')
console.log('open')
setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('it ended before it had opened')))
  ended.catch(() => undefined)
  await Promise.race([once(child.stdout, 'data'), ended])
  return child
}

test('several who open one folder in a process share one database, however they spell it', async () => {
  const first = await openSql(url('shared'))
  const second = await openSql(`pglite:${join(folder, 'nowhere', '..', 'shared')}`)
  await first.query('CREATE TABLE note (words text)')
  await second.query('INSERT INTO note VALUES ($1)', ['seen by both'])
  await second.close()
  await second.close()
  await expect(second.query('SELECT 1')).rejects.toMatchObject({ kind: 'unreachable' })
  expect((await first.query('SELECT words FROM note')).rows).toEqual([{ words: 'seen by both' }])
  const closing = first.close()
  const third = await openSql(url('shared'))
  await closing
  expect((await third.query('SELECT words FROM note')).rows).toEqual([{ words: 'seen by both' }])
  await third.close()
  expect(readdirSync(folder).filter((name) => name.startsWith('shared'))).toEqual(['shared'])
})

test('a second process is refused and told who holds the folder; a dead one holds nothing', async () => {
  const other = await holder('held')
  try {
    await expect(openSql(url('held'), { connectTimeoutMs: 300 })).rejects.toMatchObject({
      kind: 'unreachable',
      heldBy: expect.stringContaining(`process ${other.pid} `),
    })
    expect(existsSync(join(folder, 'held.lock'))).toBe(true)
  } finally {
    other.kill('SIGKILL')
    await once(other, 'exit')
  }
  const pool = await openSql(url('held'))
  expect((await pool.query('SELECT count(*)::int AS rows FROM note')).rows).toEqual([{ rows: 0 }])
  await pool.close()
})
