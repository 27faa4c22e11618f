/** Kept itself comes back from a backup, and what was destroyed after the backup is destroyed again. */
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import type { Terminal } from '../src/cli/terminal.ts'
import { freshDatabase } from './postgres.ts'
import { layVendor } from './server/vendor.ts'

function terminal(folder: string, env: Record<string, string>): { terminal: Terminal; said: () => string } {
  let out = ''
  return {
    terminal: {
      cwd: folder,
      env,
      interactive: false,
      out: (text) => {
        out += text
      },
      err: (text) => {
        out += text
      },
    },
    said: () => out,
  }
}

async function kept(folder: string, env: Record<string, string>, ...words: string[]) {
  const { terminal: own, said } = terminal(folder, env)
  const code = await runCommand([...words, '--json'], own)
  const text = said()
  return { code, text, json: JSON.parse(text.slice(text.indexOf('{'))) }
}

it('restores requests that go on, and destroys again what was closed since, from either mode into the other', async () => {
  const { folder, store, env } = await layVendor(3)
  const identity = (n: number) => ['--identity', `email=person${n}@example.org`]
  const first = (await kept(folder, env, 'request', 'erasure', ...identity(1), '--preview')).json.id
  const second = (await kept(folder, env, 'request', 'erasure', ...identity(2), '--preview')).json.id
  const backup = await kept(folder, env, 'backup', '--out', 'kept.backup')
  expect(backup.code, backup.text).toBe(0)
  const inside = gunzipSync(readFileSync(join(folder, 'kept.backup'))).toString()
  expect(inside).not.toContain('person1@')
  expect(inside).not.toContain('PRIVATE KEY')
  expect((await kept(folder, env, 'backup', '--out', 'kept.backup')).code).toBe(2)

  // After the backup the first person is erased: their sealed data and pseudonym are gone, and shall stay so.
  expect((await kept(folder, env, 'request', 'approve', first, '--by', 'jo')).code).toBe(0)
  const pack = await kept(folder, env, 'evidence', 'export', '--out', 'evidence.pack')
  expect(pack.code).toBe(0)

  const server = {
    ...env,
    KEPT_DATABASE_URL: await freshDatabase('restored'),
    KEPT_KEYS: join(folder, '.kept', 'keys'),
  }
  const restored = await kept(
    folder,
    server,
    'restore',
    'kept.backup',
    '--evidence',
    'evidence.pack',
    '--key',
    pack.json.key,
  )
  expect(restored.json.evidence, restored.text).toMatchObject({ closed: 1, forgotten: 1, lost: 0 })
  const shown = await kept(folder, server, 'request', 'show', first)
  expect(shown.json).toMatchObject({ id: first, state: 'done' })
  const log = await kept(folder, server, 'evidence', 'export', '--out', 'restored.pack')
  expect(log.code).toBe(0)
  const since = await kept(
    folder,
    server,
    'evidence',
    'verify',
    'restored.pack',
    '--since',
    'evidence.pack',
    '--key',
    pack.json.key,
  )
  expect(since.json).toMatchObject({ ok: true, continues: pack.json.entries })
  expect((await kept(folder, server, 'request', 'approve', second, '--by', 'jo')).json.state).toBe('done')
  const { rows } = await store.query("SELECT count(*)::int AS left FROM users WHERE email LIKE 'person%'")
  expect(rows).toEqual([{ left: 1 }])
  expect((await kept(folder, server, 'restore', 'kept.backup')).json.faults).toMatchObject([
    { code: 'backup.not-empty' },
  ])

  // Back into the embedded database of a new folder, with the same keys.
  const moved = await kept(folder, server, 'backup', '--out', 'server.backup')
  expect(moved.code, moved.text).toBe(0)
  mkdirSync(join(folder, 'new'))
  cpSync(join(folder, '.kept', 'keys'), join(folder, 'new', 'keys'), { recursive: true })
  expect((await kept(folder, env, 'restore', 'server.backup', '--data', 'new')).code).toBe(0)
  const list = await kept(folder, env, 'request', 'list', '--data', 'new')
  expect(list.json.requests).toMatchObject([
    { id: second, state: 'done' },
    { id: first, state: 'done' },
  ])
  const stale = await kept(folder, env, 'restore', 'server.backup', '--data', 'newer', '--evidence', 'evidence.pack')
  expect(stale.json.faults).toMatchObject([{ code: 'backup.pack-elsewhere' }])
}, 180_000)

it('refuses a file that is no backup, or not whole', async () => {
  const { folder, env } = await layVendor(1)
  const url = { ...env, KEPT_DATABASE_URL: await freshDatabase('nothing'), KEPT_KEYS: join(folder, 'keys') }
  expect((await kept(folder, url, 'restore', 'kept.yaml')).json.faults).toMatchObject([{ code: 'backup.unreadable' }])
})
