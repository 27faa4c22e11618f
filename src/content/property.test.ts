/** Whatever a cell holds: never an exception, never a change without cause, never an identifier left. */
import { deflateSync, gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CODECS, type Codec } from './codecs.ts'
import type { CodecName } from './limits.ts'
import { compileRedactor } from './redactor.ts'
import { readParts, rewrite } from './rewrite.ts'

const IDENTIFIERS = [
  ['email', 'marta.k@example.org'],
  ['name', 'Marta Zielińska'],
  ['phone', '+48 601 555 0147'],
  ['login', 'martak'],
  ['national-id', '85010112345'],
].map(([kind = '', value = '']) => ({ kind, value, strong: true }))
const REDACTOR = compileRedactor(IDENTIFIERS)
const NAMES = Object.keys(CODECS) as CodecName[]
const ALL: readonly Codec[] = [...NAMES.map((name): Codec => [name]), 'auto']

const word = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    'Dear',
    'Zażółć',
    'gęślą',
    '=',
    '%',
    '&amp;',
    '<b>',
    '\n',
    '\r\n',
    '"',
    '\\',
    ',',
    ';',
    '|',
    '@',
    '=3D',
    'ß',
    '日本',
    '+',
  ),
)
const clean = fc
  .array(word, { maxLength: 30 })
  .map((words) => words.join(' '))
  .filter((text) => !REDACTOR.matches(text))
const SPELLINGS = [
  'marta.k@example.org',
  'MARTA.K@EXAMPLE.ORG',
  'Marta Zielińska',
  'Zielińska, Marta',
  '601-555-0147',
  'martak',
  '85010112345',
]
/** Sentences with identifiers in them; `…` parts keep neighbours from making longer words. */
const sentence = fc
  .array(fc.oneof(word, fc.constantFrom(...SPELLINGS)), { maxLength: 30 })
  .map((words) => words.join(' … '))

async function leftIn(cell: Uint8Array, codec: Codec): Promise<readonly string[]> {
  const left: string[] = []
  for await (const part of readParts(cell, codec)) if (REDACTOR.matches(part.text)) left.push(part.text)
  return left
}

/** A value as PHP serializes it. */
type Value = string | number | null | readonly Value[]
function serialize(value: Value): string {
  if (value === null) return 'N;'
  if (typeof value === 'number') return `i:${value};`
  if (typeof value === 'string') return `s:${Buffer.byteLength(value)}:"${value}";`
  return `a:${value.length}:{${value.map((one, index) => `i:${index};${serialize(one)}`).join('')}}`
}
function cleared(value: Value): Value {
  if (typeof value === 'string') return REDACTOR.text(value).text
  return value === null || typeof value === 'number' ? value : value.map(cleared)
}
const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    sentence,
    fc.integer({ min: 0, max: 9999 }),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 5 }),
  ),
}))

function quotedPrintable(text: string, breaks: readonly number[]): string {
  let column = 0
  return [...Buffer.from(text)]
    .map((byte, index) => {
      const plain = byte === 10 || (byte > 32 && byte < 127 && byte !== 61)
      const unit = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
      const soft = column + unit.length > 72 || breaks[index % breaks.length] === 0
      column = byte === 10 ? 0 : soft ? unit.length : column + unit.length
      return (soft && byte !== 10 ? '=\n' : '') + unit
    })
    .join('')
}

function fromQuotedPrintable(text: string): string {
  const joined = text.replace(/=\r?\n/g, '').replace(/=$/, '')
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
}

const RUNS = { numRuns: 150 }

describe('hostile cells', () => {
  test.each(ALL.map((codec) => [codec]))('%s: random bytes never throw', async (codec) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const result = await rewrite(bytes, codec, REDACTOR)
        if (result.outcome === 'unchanged') expect(result.bytes).toBe(bytes)
        await leftIn(bytes, codec)
      }),
      RUNS,
    )
  })

  const seeds: readonly Uint8Array[] = [
    gzipSync('martak'),
    deflateSync('martak'),
    Buffer.from('050b03000000020a066d617274616b000000016b0417000000', 'hex'),
    Buffer.from('a:1:{i:0;O:1:"A":1:{s:6:"martak";C:1:"B":3:{N;}}}'),
    Buffer.from('%PDF-1.4 1 0 obj<</Length 9>>stream\n(martak)Tj\nendstream (martak) <6d> /Filter/FlateDecode'),
    Buffer.from('A: =?UTF-8?B?bWFydGFr?=\nContent-Type: multipart/x; boundary=b\n\n--b\n\nmartak\n--b--'),
    Buffer.from('BEGIN:VCARD\nFN;ENCODING=b:bWFydGFr\nN:martak;\n x\n'),
    Buffer.from('{"a":["martak\\u00",{"b":85010112345}]}'),
    Buffer.from('<a href="martak"><![CDATA[martak]]><!--'),
  ]
  test.each(ALL.map((codec) => [codec]))('%s: damaged cells never throw', async (codec) => {
    const damage = fc.record({
      seed: fc.constantFrom(...seeds),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      flips: fc.array(fc.record({ at: fc.nat(200), byte: fc.nat(255) }), { maxLength: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(damage, async ({ seed, cut, flips }) => {
        const bytes = Buffer.from(seed.subarray(0, Math.ceil(seed.length * cut)))
        for (const { at, byte } of flips) if (at < bytes.length) bytes[at] = byte
        const result = await rewrite(bytes, codec, REDACTOR)
        if (result.outcome === 'rewritten') expect(await leftIn(result.bytes, codec)).toEqual([])
      }),
      RUNS,
    )
  })

  test.each(ALL.map((codec) => [codec]))('%s: text of other people comes back as it was', async (codec) => {
    await fc.assert(
      fc.asyncProperty(clean, async (text) => {
        const bytes = Buffer.from(text)
        const result = await rewrite(bytes, codec, REDACTOR)
        if (result.outcome !== 'removed') expect(result.bytes).toBe(bytes)
        else expect(['zip', 'gzip', 'deflate', 'perl'].includes(String(codec)) || text.includes('\0')).toBe(true)
      }),
      RUNS,
    )
  })
})

describe('what comes back is what was there, less the identifiers', () => {
  test.each(
    NAMES.filter(
      (name) => !['zip', 'docx', 'xlsx', 'odt', 'pdf', 'perl', 'base64', 'hex', 'deflate', 'gzip'].includes(name),
    ),
  )('%s: no identifier is left', async (name) => {
    await fc.assert(
      fc.asyncProperty(sentence, async (text) => {
        const result = await rewrite(Buffer.from(text), [name], REDACTOR)
        if (REDACTOR.matches(text) && name === 'text') expect(result.outcome).toBe('rewritten')
        expect(await leftIn(result.bytes, [name])).toEqual([])
      }),
      RUNS,
    )
  })

  test('quoted-printable, broken anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(sentence, fc.array(fc.nat(9), { minLength: 7, maxLength: 50 }), async (text, breaks) => {
        const unix = text.replaceAll('\r', '')
        const cell = quotedPrintable(unix, breaks)
        const result = await rewrite(Buffer.from(cell), ['quoted-printable', 'text'], REDACTOR)
        const out = Buffer.from(result.bytes).toString('latin1')
        expect(fromQuotedPrintable(out)).toBe(REDACTOR.text(unix).text)
        expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(
          Math.max(76, ...cell.split('\n').map((line) => line.length)),
        )
      }),
      RUNS,
    )
  })

  test('base64, gzip and PHP inside each other', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (value) => {
        const cell = gzipSync(serialize(value)).toString('base64')
        const result = await rewrite(Buffer.from(cell), ['base64', 'gzip', 'php'], REDACTOR)
        const out = gunzipSync(Buffer.from(Buffer.from(result.bytes).toString('latin1'), 'base64')).toString()
        expect(out).toBe(serialize(cleared(value)))
      }),
      RUNS,
    )
  })

  test('JSON at any depth', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.boolean(), async (value, escaped) => {
        const plain = JSON.stringify(value, null, 1)
        const cell = escaped
          ? plain.replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          : plain
        const result = await rewrite(Buffer.from(cell), ['json'], REDACTOR)
        expect(JSON.parse(Buffer.from(result.bytes).toString())).toEqual(JSON.parse(JSON.stringify(cleared(value))))
      }),
      RUNS,
    )
  })

  test('percent-encoding', async () => {
    await fc.assert(
      fc.asyncProperty(sentence, async (text) => {
        const well = text.toWellFormed()
        const result = await rewrite(Buffer.from(encodeURIComponent(well)), ['url'], REDACTOR)
        expect(decodeURIComponent(Buffer.from(result.bytes).toString())).toBe(REDACTOR.text(well).text)
      }),
      RUNS,
    )
  })
})
