import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv } from '../../../test/connectors/csv.ts'
import { RowEncoder } from './row-encoder.ts'

type Rows = readonly (readonly (string | null)[])[]

const copyEscapes: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\\': '\\\\',
}

/** COPY text as the server writes it (PostgreSQL manual, COPY, text format). */
function copyText(rows: Rows): Buffer {
  const cell = (value: string | null) =>
    value === null ? '\\N' : value.replace(/[\b\t\n\v\f\r\\]/g, (letter) => copyEscapes[letter] ?? letter)
  return Buffer.from(rows.map((row) => `${row.map(cell).join('\t')}\n`).join(''))
}

/** Both forms, read back; pieces are copied late, as a slow writer would. */
function encode(encoder: RowEncoder, text: Buffer, chunkBytes: number) {
  const json: Buffer[] = []
  const csv: Buffer[] = []
  let rows = 0
  let last: { json: Uint8Array; csv: Uint8Array; rows: number } | undefined
  const take = (piece: typeof last) => {
    if (last !== undefined) {
      json.push(Buffer.from(last.json))
      csv.push(Buffer.from(last.csv))
      rows += last.rows
    }
    last = piece
  }
  for (let at = 0; at < text.length; at += chunkBytes) {
    for (const piece of encoder.push(text.subarray(at, at + chunkBytes))) take(piece)
  }
  for (const piece of encoder.end()) take(piece)
  take(undefined)
  return { json: JSON.parse(`[${Buffer.concat(json)}]`) as Record<string, unknown>[], csv: Buffer.concat(csv), rows }
}

const names = ['id', 'a "quoted", name', 'żółć\n']
const columns = names.map((name) => ({ name, kind: 'text' as const }))
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom('"', ',', '\n', '\r', '\t', '\\', '\0', '\x01', 'N', '.', '😀', 'é', '\u2028', ' '),
  }),
)
const cells = fc.option(hostile, { nil: null })
const tables = fc.array(fc.tuple(cells, cells, cells), { maxLength: 12 })

test('what is read back from JSON and CSV is what was stored, whatever it holds and wherever the chunks end', () => {
  fc.assert(
    fc.property(tables, fc.integer({ min: 1, max: 40 }), (rows, chunkBytes) => {
      const read = encode(new RowEncoder(columns), copyText(rows), chunkBytes)
      expect(read.rows).toBe(rows.length)
      expect(read.json).toEqual(rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]]))))
      expect(parseCsv(read.csv.toString())).toEqual(rows.map((row) => [...row]))
    }),
    { numRuns: 500 },
  )
})

test.each([1_000, 65_536, 1_000_003])(
  'cells of a megabyte pass in pieces of their own size (%i bytes a chunk)',
  (chunk) => {
    const long = ['a"b,\\\n\x01é😀', 'plain ', '"', '\x02'].map((word) =>
      word.repeat(Math.ceil(1_200_000 / Buffer.byteLength(word))),
    )
    const rows: Rows = [
      [long[0] ?? '', null, 'short'],
      ['', long[1] ?? '', long[2] ?? ''],
      ['x', 'y', long[3] ?? ''],
      [null, '', null],
    ]
    const read = encode(new RowEncoder(columns), copyText(rows), chunk)
    expect(read.json.map((row) => Object.values(row))).toEqual(rows)
    expect(parseCsv(read.csv.toString())).toEqual(rows)
  },
)

test('memory is that of its buffers, whatever the length of a cell', () => {
  const encoder = new RowEncoder(columns)
  const chunk = Buffer.alloc(65_536, 'x')
  const before = process.memoryUsage().arrayBuffers
  let bytes = 0
  let most = 0
  for (let n = 0; n < 2_000; n++) {
    for (const piece of encoder.push(chunk)) bytes += piece.csv.length
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  expect(bytes).toBeGreaterThan(120e6)
  expect(most).toBeLessThan(20e6)
})

test('numbers, truth values, instants and JSON stand in JSON as themselves', () => {
  const kinds = ['number', 'boolean', 'stamp', 'json'] as const
  const encoder = new RowEncoder(kinds.map((kind) => ({ name: kind, kind })))
  const text = [
    ['-12.50', 't', '2026-11-22 10:00:00.5+00', '{"a":\t[1,\n"x\\"y"]}'],
    ['NaN', 'f', '2026-11-22 10:00:00', '"text"'],
    ['-Infinity', null, '0044-03-15 10:00:00-05:30 BC', 'null'],
    [null, null, 'infinity', null],
    ['1e+20', 't', null, '"\\n"'],
  ]
  const read = encode(encoder, copyText(text), 7)
  expect(read.json.map((row) => Object.values(row))).toEqual([
    [-12.5, true, '2026-11-22T10:00:00.5+00:00', { a: [1, 'x"y'] }],
    ['NaN', false, '2026-11-22T10:00:00', 'text'],
    ['-Infinity', null, '0044-03-15T10:00:00-05:30 BC', null],
    [null, null, 'infinity', null],
    [1e20, true, null, '\n'],
  ])
  expect(parseCsv(read.csv.toString())[0]).toEqual([
    '-12.50',
    'true',
    '2026-11-22 10:00:00.5+00',
    '{"a":\t[1,\n"x\\"y"]}',
  ])
})

test('a copy that breaks off in the middle of a row is no table', () => {
  const encoder = new RowEncoder(columns)
  expect([...encoder.push(Buffer.from('1\t2\t3\n4\t5'))]).toEqual([])
  expect(() => [...encoder.end()]).toThrow(RangeError)
})
