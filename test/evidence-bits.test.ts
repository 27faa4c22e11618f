import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { verifyPack } from '../src/database/evidence/verify.ts'
import { grown, packOf, sourceOf } from './evidence-packs.ts'
import { secondVerifier } from './second-verifier.ts'

/** The same bits in every run, spread over the whole pack: what is missed once is missed again. */
const bitOf = (run: number, bits: number): number =>
  Number(createHash('sha256').update(`bit ${run}`).digest().readBigUInt64BE() % BigInt(bits))

describe('a flipped bit', () => {
  it('finds every single bit flipped in a pack of 10 entries', async () => {
    const pack = await packOf(sourceOf(grown(10)))
    let found = 0
    let foundBySecond = 0
    for (let bit = 0; bit < pack.length * 8; bit++) {
      const flipped = Buffer.from(pack)
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
      if (!(await verifyPack(flipped)).ok) found++
      if (!(await secondVerifier(flipped))) foundBySecond++
    }
    expect(found).toBe(pack.length * 8)
    expect(foundBySecond).toBe(pack.length * 8)
  }, 120_000)

  it('finds 20,000 random bits flipped in a pack of 1,000 entries', async () => {
    const pack = await packOf(sourceOf(grown(1000)))
    let missed = 0
    for (let run = 0; run < 20_000; run++) {
      const bit = bitOf(run, pack.length * 8)
      pack[bit >> 3] = (pack[bit >> 3] as number) ^ (1 << (bit & 7))
      // A twentieth in full, the others by the quick way: both must find all.
      if ((await verifyPack(pack, { firstOnly: run % 20 !== 0 })).ok) missed++
      pack[bit >> 3] = (pack[bit >> 3] as number) ^ (1 << (bit & 7))
    }
    expect(missed).toBe(0)
    expect((await verifyPack(pack)).ok).toBe(true)
    expect((await verifyPack(pack, { firstOnly: true })).ok).toBe(true)
  }, 600_000)
})
