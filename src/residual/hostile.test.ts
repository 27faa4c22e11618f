import { createHash } from 'node:crypto'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compileFinder } from './index.ts'

const MAIL = 'marta.k@example.org'
const SOUGHT = [
  { id: 'mail', kind: 'email', value: MAIL, strong: true },
  { id: 'name', kind: 'name', value: 'Marta Zielińska', strong: false },
  { id: 'street', kind: 'address', value: 'ul. Złota 44/12', strong: false },
  { id: 'phone', kind: 'phone', value: '+48 601 555 014', strong: false },
  { id: 'login', kind: 'login', value: 'aaa', strong: false },
]
const finder = compileFinder(SOUGHT)
const MEGABYTE = 1 << 20
/** Long enough that a quadratic path would take minutes. */
const LONG = 1 << 18

/** Milliseconds of processor time: other work on the machine does not count. */
function cost(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1_000
}

/** The same noise in every run: what fails once fails again. */
const noiseOf = (round: number, bytes: number): Buffer =>
  createHash('shake256', { outputLength: bytes }).update(`noise ${round}`).digest()

/** Two layers. A gzip inside a gzip is stored as it is, and would be seen through the outer one. */
const packed = (bytes: Buffer): Buffer => gzipSync(Buffer.from(bytes.toString('base64')))

describe('hostile cells', () => {
  it.each<[string, string]>([
    ['brackets', '('.repeat(10 * MEGABYTE)],
    ['tags that never end', '<a'.repeat(2 * LONG)],
    ['comments that never end', '<!--'.repeat(LONG)],
    ['ampersands', '&a'.repeat(2 * LONG)],
    ['backslashes', '\\'.repeat(4 * LONG)],
    ['backslashes and letters', '\\u'.repeat(2 * LONG)],
    ['encoded words that never end', '=?u?q?'.repeat(LONG / 2)],
    ['soft line ends', '=\n'.repeat(2 * LONG)],
    ['folded lines', `${'x'.repeat(50)}\n y`.repeat(LONG / 16)],
    ['digits', '6'.repeat(4 * LONG)],
    ['digits and blanks', '6 '.repeat(2 * LONG)],
    ['almost the phone', '601 555 015 '.repeat(LONG / 4)],
    ['almost the address', 'marta.k@example.orgs '.repeat(LONG / 8)],
    ['almost the name', 'marta , ; '.repeat(LONG / 4)],
    ['almost the street', 'ul ... złota ... 44 ... '.repeat(LONG / 8)],
    ['the login inside a word', 'a'.repeat(4 * LONG)],
    ['base64 of nothing', 'A'.repeat(4 * LONG)],
    ['runs of hexadecimal', '0123456789abcdef-'.repeat(LONG / 4)],
    ['words that look like zip', 'PK\x03\x04'.repeat(LONG / 4)],
    ['words that look like PDF', '%PDF-stream\n(('.repeat(LONG / 8)],
    ['quotes of a vector', "'a':1 ".repeat(LONG / 4)],
  ])(
    '%s cost little',
    (_, text) => {
      const cell = Buffer.from(text)
      const spent = cost(() => {
        expect(finder.cell(cell, { type: text.startsWith("'") ? 'tsvector' : 'text' }).hits).toEqual([])
      })
      // Far above what is spent, far below what a quadratic path would take.
      expect(spent).toBeLessThan(6_000)
    },
    60_000,
  )

  it('stops a bomb and says so', () => {
    const bomb = gzipSync(Buffer.alloc(64 * MEGABYTE))
    const small = compileFinder(SOUGHT, { decodedBytes: 8 * MEGABYTE })
    expect(small.cell(bomb, { type: 'bytes' }).unread).toEqual(['unreadable: gzip: more comes out than is read'])
    let nested: Buffer = Buffer.from(`${MAIL} `.repeat(10))
    for (let layer = 0; layer < 12; layer++) nested = packed(nested)
    expect(finder.cell(nested, { type: 'bytes' })).toEqual({ hits: [], unread: ['unreadable: more than 8 layers'] })
    const manyStreams = Buffer.concat(Array.from({ length: 200 }, () => gzipSync(Buffer.alloc(MEGABYTE))))
    const findings = small.cell(manyStreams, { type: 'bytes' })
    expect(findings.unread.length).toBeGreaterThan(0)
  })

  it('finds what lies just inside the layers', () => {
    let nested: Buffer = Buffer.from(`to ${MAIL}`)
    for (let layer = 0; layer < 4; layer++) nested = packed(nested)
    expect(finder.cell(nested, { type: 'bytes' }).hits).toHaveLength(1)
  })

  it('never throws on noise, and finds nobody in it', () => {
    // A login of three letters does stand in noise now and then, and is rightly found: only the long ones are sought.
    const long = compileFinder(SOUGHT.filter(({ kind }) => kind !== 'login'))
    for (let round = 0; round < 200; round++) {
      const noise = noiseOf(round, 1 + ((round * 37) % 4_000))
      for (const type of ['bytes', 'text', 'tsvector', 'int8']) expect(long.cell(noise, { type }).hits).toEqual([])
      expect(() => finder.cell(noise, { type: 'bytes' })).not.toThrow()
      expect(() => finder.suspects(noise)).not.toThrow()
      const broken = deflateRawSync(Buffer.from(`${MAIL} ${'x'.repeat(round)}`))
      broken[round % broken.length] = round
      expect(() =>
        finder.cell(Buffer.concat([Buffer.from('PK\x03\x04'), noise.subarray(0, 26), broken]), { type: 'bytes' }),
      ).not.toThrow()
    }
  })
})

describe('cells larger than are held at once', () => {
  const small = compileFinder(SOUGHT, { cellBytes: 256 << 10 })

  it('finds a match over the edge of two stretches', () => {
    for (const shift of [0, 1, 9, 18, 19, 40]) {
      const cell = Buffer.alloc(600 << 10, 'lorem ipsum ')
      Buffer.from(` ${MAIL} `).copy(cell, (256 << 10) - shift)
      expect(small.cell(cell, { type: 'text' }).hits).toEqual([{ identity: 'mail', encoding: 'raw' }])
    }
  })

  it('takes a large object in pieces', () => {
    const stream = small.stream({ type: 'bytes' })
    for (let piece = 0; piece < 500; piece++) stream.push(Buffer.from(`piece ${piece} ${'x '.repeat(1_000)}`))
    stream.push(Buffer.from('end: marta.k@exa'))
    stream.push(Buffer.from('mple.org'))
    const findings = stream.end()
    expect(findings.hits).toEqual([{ identity: 'mail', encoding: 'raw' }])
    expect(findings.unread).toEqual([
      'unreadable: larger than is held at once; containers over its stretches are not opened',
    ])
  })
})
