import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { controller, entryLine, grown, newSigner, packOf, signer, sourceOf } from '../../../test/evidence-packs.ts'
import { secondVerifier } from '../../../test/second-verifier.ts'
import { exportPack } from './pack.ts'
import { verifyPack } from './verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'kept-pack-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The pack with its lines changed and its signature and header left alone. */
async function withLines(size: number, change: (lines: string[]) => string[]): Promise<Buffer> {
  const [header, ...lines] = (await packOf(sourceOf(grown(size)))).toString().trimEnd().split('\n') as [
    string,
    ...string[],
  ]
  return Buffer.from(`${[header, ...change(lines)].join('\n')}\n`)
}

const codes = async (pack: Uint8Array, options = {}) =>
  (await verifyPack(pack, options)).problems.map((problem) => problem.code)

describe('verifyPack', () => {
  it('accepts packs of many sizes, as the second verifier does', async () => {
    for (const size of [0, 1, 2, 3, 10, 1023, 1024, 1025, 3000]) {
      const pack = await packOf(sourceOf(grown(size)))
      const verification = await verifyPack(pack, { key: signer.key })
      expect(verification).toMatchObject({ ok: true, size, controller, signedBy: signer.key, problems: [] })
      expect(await secondVerifier(pack, signer.key)).toBe(true)
    }
  })

  it('reads a large pack from a file through threads', async () => {
    const lines = grown(40_000)
    const file = join(folder, 'large')
    await exportPack(sourceOf(lines), file)
    const since = (await sourceOf(lines, signer, 20_001).checkpoint()).note
    expect(await verifyPack(file, { since })).toMatchObject({ ok: true, size: 40_000, continues: 20_001 })
    const bytes = readFileSync(file)
    bytes[bytes.length - 2_000_000] = (bytes[bytes.length - 2_000_000] as number) ^ 1
    writeFileSync(file, bytes)
    expect((await verifyPack(file)).ok).toBe(false)
  })

  it('finds removed, inserted, reordered and duplicated entries and a truncated pack', async () => {
    const removed = await withLines(20, (lines) => lines.toSpliced(7, 1))
    const removedLast = await withLines(20, (lines) => lines.slice(0, -1))
    const inserted = await withLines(20, (lines) => lines.toSpliced(7, 0, entryLine(7, 99)))
    const added = await withLines(20, (lines) => [...lines, entryLine(20)])
    const reordered = await withLines(
      20,
      (lines) => [...lines.slice(0, 3), lines[4], lines[3], ...lines.slice(5)] as string[],
    )
    const duplicated = await withLines(20, (lines) => lines.toSpliced(7, 0, lines[7] as string))
    const changed = await withLines(20, (lines) => lines.with(7, entryLine(7, 99)))
    const cut = (await packOf(sourceOf(grown(20)))).subarray(0, -30)
    expect(await codes(removed)).toEqual(expect.arrayContaining(['index', 'count']))
    expect(await codes(removedLast)).toEqual(['count'])
    expect(await codes(inserted)).toEqual(expect.arrayContaining(['index', 'count']))
    expect(await codes(added)).toEqual(['count'])
    expect(await codes(reordered)).toEqual(['index', 'index', 'root'])
    expect(await codes(duplicated)).toEqual(expect.arrayContaining(['index', 'count']))
    expect(await codes(changed)).toEqual(['root'])
    expect(await codes(cut)).toEqual(expect.arrayContaining(['form', 'count']))
    for (const pack of [removed, removedLast, inserted, added, reordered, duplicated, changed, cut]) {
      expect(await secondVerifier(pack)).toBe(false)
    }
  })

  it('finds a history rewritten under the same key only by an older checkpoint, and says so without one', async () => {
    const since = (await sourceOf(grown(20)).checkpoint()).note
    const rewritten = await packOf(sourceOf(grown(30).with(7, entryLine(7, 99))))
    const shortened = await packOf(sourceOf(grown(15)))
    const honest = await packOf(sourceOf(grown(30)))
    const without = await verifyPack(rewritten, { key: signer.key })
    expect(without.ok).toBe(true)
    expect(without.cannotShow.join(' ')).toMatch(/rewritten or cut off.*--since/)
    expect(await codes(rewritten, { since })).toEqual(['rewritten'])
    expect(await codes(shortened, { since })).toEqual(['cut-off'])
    expect(await verifyPack(honest, { since, key: signer.key })).toMatchObject({ ok: true, continues: 20 })
    expect(await secondVerifier(rewritten, signer.key, since)).toBe(false)
    expect(await secondVerifier(honest, signer.key, since)).toBe(true)
    const kept = join(folder, 'since')
    writeFileSync(kept, since)
    expect(await codes(rewritten, { since: kept })).toEqual(['rewritten'])
    await exportPack(sourceOf(grown(20)), kept)
    expect(await codes(rewritten, { since: kept })).toEqual(['rewritten'])
    expect(await codes(honest, { since: kept })).toEqual([])
  })

  it('refuses an older checkpoint that somebody else signed or that is none', async () => {
    const pack = await packOf(sourceOf(grown(30)))
    const forged = (await sourceOf(grown(20), newSigner()).checkpoint()).note
    expect(await codes(pack, { since: forged })).toEqual(['since'])
    expect(await codes(pack, { since: 'nothing\nat all\n' })).toEqual(['since'])
    await expect(verifyPack(pack, { since: join(folder, 'absent') })).rejects.toMatchObject({
      code: 'evidence.cannot-read',
    })
  })

  it('finds a pack signed by another key than the pinned one, and says what it cannot show without', async () => {
    const pack = await packOf(sourceOf(grown(5), newSigner()))
    expect(await codes(pack, { key: signer.key })).toEqual(['key'])
    const without = await verifyPack(pack)
    expect(without.ok).toBe(true)
    expect(without.cannotShow.join(' ')).toMatch(/--key/)
    await expect(verifyPack(pack, { key: 'nonsense' })).rejects.toMatchObject({ code: 'evidence.bad-key' })
  })

  it('refuses what is no pack, without end or without measure', async () => {
    for (const bytes of [
      '',
      '\n',
      '{}\n',
      '[]\n',
      'null\n',
      '{"kept":"evidence-pack/2"}\n',
      `${'['.repeat(100_000)}\n`,
    ]) {
      expect((await verifyPack(Buffer.from(bytes))).ok).toBe(false)
    }
    const endless = await withLines(2, (lines) => [...lines, 'x'.repeat(9 * 1024 * 1024)])
    expect((await verifyPack(endless)).ok).toBe(false)
    const deep = await withLines(2, (lines) => [...lines, '['.repeat(200_000) + ']'.repeat(200_000)])
    expect((await verifyPack(deep)).ok).toBe(false)
    await expect(verifyPack(join(folder, 'absent'))).rejects.toMatchObject({ code: 'evidence.cannot-read' })
  })
})
