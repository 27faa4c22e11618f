/** Two people decide on an erasure where the policy says so, over HTTP and on the command line. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { freshDatabase } from '../postgres.ts'
import { layVendor, serveVendor, until } from './vendor.ts'

function askTwoPeople(folder: string): void {
  const file = join(folder, 'kept.yaml')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('erasure: { within: P1M }', 'erasure: { within: P1M, approval: two-people }'))
}

const rowsOf = async (store: { query(text: string): Promise<{ rows: unknown[] }> }) =>
  (await store.query(`SELECT FROM users WHERE email = 'person1@example.org'`)).rows.length

it('lets nobody approve over HTTP what they entered, and somebody else do it', { timeout: 120_000 }, async () => {
  const vendor = await serveVendor('server')
  askTwoPeople(vendor.folder)
  await vendor.restart()
  const body = { kind: 'erasure', identities: [{ kind: 'email', value: 'person1@example.org' }] }
  const made = await vendor.call('privacy-officer', 'POST', '/api/v1/requests', body)
  expect(made.status).toBe(202)
  const { id } = made.json.request as { id: string }
  const state = async () => {
    const { json } = await vendor.call('auditor', 'GET', '/api/v1/requests')
    return (json.requests as { id: string; state: string }[]).find((one) => one.id === id)?.state
  }
  await until(async () => ((await state()) === 'awaiting-approval' ? true : undefined))
  const own = await vendor.call('privacy-officer', 'POST', `/api/v1/requests/${id}/approve`, {})
  expect([own.status, own.json.code]).toEqual([403, 'request.same-person'])
  expect(await state()).toBe('awaiting-approval')
  expect(await rowsOf(vendor.store)).toBe(1)
  const other = await vendor.call('administrator', 'POST', `/api/v1/requests/${id}/approve`, {})
  expect(other.status).toBe(202)
  await until(async () => ((await state()) === 'done' ? true : undefined))
  expect(await rowsOf(vendor.store)).toBe(0)
})

it('asks on the command line who enters it, and takes the word of somebody else', { timeout: 120_000 }, async () => {
  const { folder, store, env } = await layVendor()
  Object.assign(env, { KEPT_DATABASE_URL: await freshDatabase('own'), KEPT_KEYS: join(folder, 'keys') })
  askTwoPeople(folder)
  let printed = ''
  const kept = (...words: string[]) => {
    printed = ''
    const say = (text: string) => {
      printed += text
    }
    return runCommand(words, { cwd: folder, env, interactive: false, out: say, err: say })
  }
  const erase = ['request', 'erasure', '--identity', 'email=person1@example.org']
  expect(await kept(...erase, '--approve-by', 'jo')).toBe(2)
  expect(printed).toContain('request.no-author')
  expect(await kept(...erase, '--by', 'Jo', '--approve-by', 'jo')).toBe(2)
  expect(printed).toContain('request.same-person')
  expect(await rowsOf(store)).toBe(1)
  expect(await kept(...erase, '--by', 'jo', '--approve-by', 'ada')).toBe(0)
  expect(await rowsOf(store)).toBe(0)
})
