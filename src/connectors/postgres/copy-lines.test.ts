import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countLines, lineBlocks, lineRanges } from './copy-lines.ts'

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test('blocks are whole lines in memory of their own, and together all of the text; memory given back is used again', async () => {
  const line = fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 400 }) },
    { weight: 1, arbitrary: fc.integer({ min: 900_000, max: 3_000_000 }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), fc.integer({ min: 1, max: 200 }), async (lengths, times) => {
      const rows = Array.from({ length: times }, () => lengths.slice(0, 20)).flat()
      const lines = [...lengths, ...rows.filter((length) => length < 500)].map((length, at) =>
        String(at % 10).repeat(length),
      )
      const text = Buffer.from(lines.map((one) => `${one}\n`).join(''))
      const spare: Uint8Array<ArrayBuffer>[] = []
      const parts: Buffer[] = []
      let count = 0
      for await (const block of lineBlocks(chunked(text, 65_536), spare)) {
        expect(block.at(-1)).toBe(10)
        expect(block.byteOffset).toBe(0)
        const ranges = lineRanges(block)
        expect(ranges.length).toBe(countLines(block))
        count += ranges.length
        parts.push(Buffer.from(block))
        block.fill(0)
        spare.push(block)
      }
      expect(Buffer.concat(parts).equals(text)).toBe(true)
      expect(count).toBe(lines.length)
    }),
    { numRuns: 30 },
  )
})
