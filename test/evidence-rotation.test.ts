/** The signing key is replaced on a real database, also while another process has it open. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { exportPack } from '../src/database/evidence/pack.ts'
import { verifyPack } from '../src/database/evidence/verify.ts'
import { openDatabase } from '../src/database/open.ts'
import { fact } from '../src/language/facts.ts'
import { freshDatabase } from './postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'kept-rotation-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const checked = fact('store.checked/1', { store: 'desk', reachable: true, findings: [] })

test('packs before and after verify with the first key; another open process signs with the new one', async () => {
  const options = { url: await freshDatabase('rotation'), keys: join(folder, 'keys'), controller: 'Larkspur Ltd' }
  const one = await openDatabase(options)
  const other = await openDatabase(options)
  const pack = (name: string) => join(folder, name)
  try {
    const first = other.keys.verifier
    const secret = readFileSync(join(folder, 'keys', 'keys.json'), 'utf8')
    await one.append([checked])
    await exportPack(one, pack('before'))
    await Promise.all([one.rotateSigningKey(), ...Array.from({ length: 20 }, () => other.append([checked]))])
    const second = one.keys.verifier
    expect(second).not.toBe(first)
    expect(other.keys.verifier).toBe(second)
    await one.rotateSigningKey()
    await other.append([checked])
    await exportPack(other, pack('after'))
    for (const key of [first, second, one.keys.verifier]) {
      expect(await verifyPack(pack('after'), { key, since: pack('before') })).toMatchObject({
        ok: true,
        signedBy: one.keys.verifier,
        earlierKeys: [first, second],
        continues: 3,
      })
    }
    // The log tells each key; the replaced private key is nowhere any more.
    const announced: string[] = []
    for await (const { type, body } of one.entries())
      if (type === 'evidence.key/1') announced.push(String(body.purpose))
    expect(announced.sort()).toEqual(['signing', 'signing', 'signing', 'suppression'])
    const pem = (JSON.parse(secret) as { signing: string }).signing.split('\n')[1] ?? ''
    expect(pem.length).toBeGreaterThan(40)
    expect(readFileSync(join(folder, 'keys', 'keys.json'), 'utf8')).not.toContain(pem.slice(20))
  } finally {
    await one.close()
    await other.close()
  }
  const again = await openDatabase(options)
  expect(again.keys.rotations).toHaveLength(2)
  await again.close()
})
