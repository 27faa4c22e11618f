import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HeadRows, Measure, measured } from './measure.ts'

async function* chunked(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts).toString()
}

const cells = fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 3 }), { maxLength: 20 })

test('the first rows of a table read back, wherever its pieces end, and are kept although the bytes are used again', async () => {
  await fc.assert(
    fc.asyncProperty(cells, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
      const text = rows.map((row) => JSON.stringify({ row })).join(',\n')
      const head = new HeadRows(5, 1 << 20)
      for await (const piece of chunked(text, size)) {
        head.add(piece)
        piece.fill(0)
      }
      expect(head.head()).toEqual(rows.slice(0, 5).map((row) => ({ row })))
    }),
  )
})

test('no more bytes are kept than wanted, and of the last row nothing half', () => {
  const head = new HeadRows(50, 40)
  for (let row = 0; row < 10; row++) head.add(Buffer.from(`${row === 0 ? '' : ',\n'}{"row":${row}}`))
  expect(head.head()).toEqual([{ row: 0 }, { row: 1 }, { row: 2 }])
})

test('a file is measured as it passes', async () => {
  const measure = new Measure()
  expect(await drain(measured(chunked('abc', 1), measure))).toBe('abc')
  // The test vector of FIPS 180-2, B.1.
  expect(measure.result()).toEqual({
    bytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  })
})
