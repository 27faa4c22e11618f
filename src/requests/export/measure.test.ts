import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CsvRecords, JsonRows, type Measure, measured } from './measure.ts'

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
const csvCell = (text: string) => `"${text.replaceAll('"', '""')}"`

test('CSV records are counted whatever the cells hold and wherever the chunks end', async () => {
  await fc.assert(
    fc.asyncProperty(cells, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
      const counter = new CsvRecords()
      const text = rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('')
      expect(await drain(counter.watch(chunked(text, size)))).toBe(text)
      expect(counter.records).toBe(rows.length)
    }),
  )
})

test('JSON rows are counted in both spellings, and the first ones read back', async () => {
  await fc.assert(
    fc.asyncProperty(cells, fc.integer({ min: 1, max: 9 }), fc.boolean(), async (rows, size, leading) => {
      const lines = rows.map((row) => JSON.stringify({ row }))
      const text = leading
        ? `[\n${lines.map((line, index) => `${index === 0 ? '' : ','}${line}\n`).join('')}]\n`
        : `[\n${lines.join(',\n')}\n]\n`
      const counter = new JsonRows(5, 1 << 20)
      expect(await drain(counter.watch(chunked(text, size)))).toBe(text)
      expect(counter.rows).toBe(rows.length)
      expect(counter.head()).toEqual(rows.slice(0, 5).map((row) => ({ row })))
    }),
  )
})

test('a file is measured as it passes', async () => {
  const measure: Measure = { bytes: 0, sha256: '' }
  await drain(measured(chunked('abc', 1), measure))
  // The test vector of FIPS 180-2, B.1.
  expect(measure).toEqual({ bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' })
})
