import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatFault } from '../language/fault-text.ts'
import { readPolicyBytes } from './policy.ts'
import { isSecretReference, resolveSecret } from './secret.ts'
import { readStoreMapBytes } from './stores.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('connections are named, never written', () => {
  test.each(['env:HD_READ', 'file:/run/secrets/desk', 'file:desk.secret'])('%s is a name', (text) => {
    expect(isSecretReference(text)).toBe(true)
  })

  test.each([
    'postgres://app:hunter2@db/desk',
    'host=db password=hunter2',
    'env:HD READ',
    'file:postgres://app:hunter2@db/desk',
    'HD_READ',
    '',
  ])('%s is none', (text) => {
    expect(isSecretReference(text)).toBe(false)
  })

  test('what they name is read, or a fault says that it is not there', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'kept-secret-')), 'desk')
    writeFileSync(file, 'postgres://desk\n')
    expect(await resolveSecret('env:DESK', { DESK: 'postgres://desk ' })).toBe('postgres://desk')
    expect(await resolveSecret(`file:${file}`)).toBe('postgres://desk')
    await expect(resolveSecret('env:DESK', {})).rejects.toMatchObject({ code: 'store.no-secret' })
    await expect(resolveSecret(`file:${file}.none`)).rejects.toMatchObject({ code: 'store.no-secret' })
    await expect(resolveSecret('postgres://app:hunter2@db')).rejects.toMatchObject({ code: 'store.secret-in-map' })
  })

  test.each([
    'connect: { read: "postgres://app:hunter2@db/desk", bogus: 1 }',
    'connect: "postgres://app:hunter2@db/desk"',
    'connect: { postgres://app:hunter2@db/desk }',
    'connect: { read: [hunter2], application: { a: hunter2 } }',
    'connect: { "host=db password=hunter2": x }',
    'connect: { read: "host=db password=hunter2" , read: "env:hunter2 }',
    'connect: { read: env:DESK, "a@hunter2": 1, "a@hunter2": 2 }',
    'connect:\n  read: postgres://app:hunter2@db/desk: x: y',
    '? { read: hunter2@db }\n: 1',
  ])('no fault repeats one: %s', (connect) => {
    const { policy } = readPolicyBytes('kept.yaml', bytes('kept: 1\ncontroller: { name: A }\ndata: {}\n'))
    const source = `store: desk\n${connect}\ntables: {}\n`
    const { faults } = readStoreMapBytes('desk.yaml', bytes(source), policy)
    expect(faults.length).toBeGreaterThan(0)
    for (const fault of faults) {
      expect(formatFault(fault, source)).not.toContain('hunter2')
      expect(JSON.stringify([fault.what, fault.mend, fault.where])).not.toContain('hunter2')
    }
  })
})
