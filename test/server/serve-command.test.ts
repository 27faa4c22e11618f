/** The commands themselves, as processes: they start, work for each other, and end in order. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { freshDatabase } from '../postgres.ts'
import { layVendor } from './vendor.ts'

const kept = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin/kept.js')
const started: ChildProcess[] = []
afterEach(async () => {
  for (const one of started.splice(0)) {
    if (one.exitCode !== null || one.signalCode !== null) continue
    one.kill('SIGKILL')
    await once(one, 'exit')
  }
})

function start(folder: string, env: Record<string, string>, ...words: string[]): ChildProcess {
  const child = spawn(process.execPath, [kept, ...words], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  started.push(child)
  return child
}

async function firstWords(child: ChildProcess, until: RegExp): Promise<string> {
  if (child.stdout === null) throw new Error('the process has no output')
  for await (const line of createInterface({ input: child.stdout })) if (until.test(line)) return line
  throw new Error('the process ended without it')
}

it('serves with the embedded database, runs commands of other terminals, and ends in order', {
  timeout: 180_000,
}, async () => {
  const { folder, env } = await layVendor(1)
  const server = start(folder, env, 'serve', '--port', '0')
  const line = await firstWords(server, /^Kept listens at /)
  const address = line.replace('Kept listens at ', '')
  expect(await (await fetch(`${address}/ready`)).json()).toMatchObject({ ok: true })
  expect((await fetch(`${address}/api/v1/requests`)).status).toBe(401)
  const command = start(folder, env, 'request', 'list')
  expect(await firstWords(command, /./)).toBe('No requests yet.')
  server.kill('SIGTERM')
  expect(await once(server, 'exit')).toEqual([0, null])
})

it('works with a second process on one PostgreSQL database', { timeout: 180_000 }, async () => {
  const { folder, env } = await layVendor(1)
  Object.assign(env, { KEPT_DATABASE_URL: await freshDatabase('commands'), KEPT_KEYS: join(folder, 'keys') })
  const worker = start(folder, env, 'worker')
  await firstWords(worker, /^This worker takes jobs/)
  worker.kill('SIGTERM')
  expect(await once(worker, 'exit')).toEqual([0, null])
})
