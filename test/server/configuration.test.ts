import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { Fault, Faults } from '../../src/language/fault.ts'
import { proxies, senderOf } from '../../src/server/address.ts'
import { readConfiguration } from '../../src/server/read-configuration.ts'

const folder = mkdtempSync(join(tmpdir(), 'kept-configuration-'))
afterEach(() => rmSync(join(folder, 'kept.server.yaml'), { force: true }))

async function read(text: string | undefined, env: Record<string, string> = {}) {
  if (text !== undefined) writeFileSync(join(folder, 'kept.server.yaml'), text)
  try {
    return await readConfiguration(folder, undefined, env, { policy: 'kept.yaml', data: '.kept' })
  } catch (error) {
    const faults = error instanceof Faults ? error.faults : error instanceof Fault ? [error] : []
    return faults.map(({ code, where, mend }) => [code, where.line, where.column, mend])
  }
}

it('has a default for everything, and takes the environment before the file', async () => {
  expect(await read(undefined)).toMatchObject({
    listen: { host: '127.0.0.1', port: 8080 },
    publicAddress: 'http://localhost:8080',
    data: join(folder, '.kept'),
    tenants: [{ slug: 'main', policy: join(folder, 'kept.yaml') }],
  })
  expect(
    await read('listen: { port: 1000 }', { KEPT_PORT: '2000', KEPT_ADDRESS: 'https://p.example.org' }),
  ).toMatchObject({
    listen: { port: 2000 },
    publicAddress: 'https://p.example.org',
  })
})

it('tells wrong values with their place and how to mend them', async () => {
  expect(await read('listen:\n  prot: 8080')).toMatchObject([['server.unknown-key', 2, 3, 'did you mean "port"?']])
  expect(await read('jobs: { together: many }')).toMatchObject([['server.wrong-type', 1, 19, expect.any(String)]])
  expect(await read('metrics: { token: secret-in-the-file }')).toMatchObject([
    [expect.stringMatching(/^server\./), 1, 19, expect.any(String)],
  ])
  expect(await read('address: http://privacy.example.org')).toMatchObject([
    ['server.not-secure', 1, 10, expect.any(String)],
  ])
  expect(await read('', { KEPT_PORT: 'http' })).toMatchObject([
    ['server.bad-environment', undefined, undefined, expect.any(String)],
  ])
  expect(await read('', { KEPT_PROXIES: '10.0.0.0/99' })).toMatchObject([
    ['server.bad-environment', undefined, undefined, expect.any(String)],
  ])
})

it('believes X-Forwarded-For of trusted proxies only, and counts a network of IPv6 as one caller', () => {
  const trusted = proxies(['127.0.0.1', '10.0.0.0/8', '::1'])
  expect(senderOf('203.0.113.9', '198.51.100.1', trusted)).toBe('203.0.113.9')
  expect(senderOf('127.0.0.1', '198.51.100.1, 203.0.113.7, 10.1.2.3', trusted)).toBe('203.0.113.7')
  expect(senderOf('127.0.0.1', 'not an address', trusted)).toBe('127.0.0.1')
  expect(senderOf('2001:db8:1:2:3:4:5:6', null, trusted)).toBe(senderOf('2001:db8:1:2:ffff::1', null, trusted))
})
