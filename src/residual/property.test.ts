import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFinder, type SoughtIdentity } from './index.ts'

const SOUGHT: SoughtIdentity[] = [
  { id: 'mail', kind: 'email', value: 'marta.k@example.org', strong: true },
  { id: 'name', kind: 'name', value: 'Marta Zielińska', strong: false },
  { id: 'phone', kind: 'phone', value: '+48 601 555 014', strong: false },
  { id: 'street', kind: 'address', value: 'ul. Złota 44/12', strong: false },
  { id: 'serial', kind: 'serial', value: 'SN-KW-7F3A91', strong: false },
]
const finder = compileFinder(SOUGHT)

/** Encodes the mark of the encoding, as a writer must, and every so many other characters, as a writer may. */
const some = (text: string, mark: string, each: number, encode: (character: string) => string) =>
  [...text]
    .map((character, index) => (index % each === 0 || character === mark ? encode(character) : character))
    .join('')
const hexadecimal = (character: string, before: string) =>
  [...Buffer.from(character)].map((byte) => before + byte.toString(16).toUpperCase().padStart(2, '0')).join('')
const unit = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

const marked = (character: string) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character

type Encoder = (bytes: Buffer, parameter: number) => Buffer
const onText =
  (encode: (text: string, parameter: number) => string): Encoder =>
  (bytes, parameter) =>
    Buffer.from(encode(bytes.toString('utf8'), parameter))

/** Encodings of text, whose result is text again. */
const TEXTUAL: Readonly<Record<string, Encoder>> = {
  base64: (bytes) => Buffer.from(bytes.toString('base64')),
  base64url: (bytes) => Buffer.from(bytes.toString('base64url')),
  'base64 in lines': (bytes) => Buffer.from(bytes.toString('base64').replace(/.{76}/g, '$&\r\n')),
  hex: (bytes) => Buffer.from(bytes.toString('hex')),
  'quoted-printable': onText((text, each) =>
    some(text, '=', (each % 3) + 1, (character) => hexadecimal(character, '=')),
  ),
  'soft line ends': onText((text, width) =>
    [...text.replaceAll('=', '=3D')]
      .map((character, index) => (index % (20 + (width % 56)) === 19 ? `${character}=\r\n` : character))
      .join(''),
  ),
  percent: onText((text, each) => some(text, '%', (each % 3) + 1, (character) => hexadecimal(character, '%'))),
  html: onText((text, each) => some(text, '&', (each % 3) + 1, (character) => `&#${character.codePointAt(0)};`)),
  json: onText((text) =>
    JSON.stringify(text)
      .replace(/[^ -~@]/g, unit)
      .replaceAll('@', '\\u0040'),
  ),
  runs: onText((text, each) =>
    [...text]
      .map((one, index) => marked(one) + (index % ((each % 5) + 2) === 0 ? '</w:t></w:r><w:r><w:t>' : ''))
      .join(''),
  ),
}
/** Encodings whose result is bytes. */
const BINARY: Readonly<Record<string, Encoder>> = {
  gzip: (bytes) => gzipSync(bytes),
  zlib: (bytes) => deflateSync(bytes),
  utf16: (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
}

/** Text around a planted value: never letters or marks that would make another value of it. */
const around = fc.string({ unit: fc.constantFrom(...'abc XYZ 0123 .,;!? \n łéß Ω 山 <>()[]{}"'), maxLength: 80 })
const step = fc.tuple(fc.constantFrom(...Object.keys(TEXTUAL), ...Object.keys(BINARY)), fc.nat(99), around, around)

function encoded(
  value: string,
  before: string,
  after: string,
  steps: readonly (readonly [string, number, string, string])[],
): Buffer {
  let bytes = Buffer.from(`${before} ${value} ${after}`)
  for (const [name, parameter, left, right] of steps) {
    const binary = BINARY[name]
    if (binary !== undefined) {
      bytes = Buffer.from(TEXTUAL.base64?.(binary(bytes, parameter), 0) ?? bytes)
      continue
    }
    bytes = Buffer.from(TEXTUAL[name]?.(bytes, parameter) ?? bytes)
    // Beside markup a bare "<" would begin a tag that swallows the first of the value.
    const plain = (text: string) => (name === 'runs' ? [...text].map(marked).join('') : text)
    bytes = Buffer.concat([Buffer.from(`${plain(left)} `), bytes, Buffer.from(` ${plain(right)}`)])
  }
  return bytes
}

describe('any identifier, in any chain of encodings, at any place', () => {
  it('is found', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SOUGHT),
        around,
        around,
        fc.array(step, { maxLength: 3 }),
        (identity, before, after, steps) => {
          const cell = encoded(identity.value, before, after, steps)
          const findings = finder.cell(cell, { type: 'text' })
          expect(findings.hits.map((hit) => hit.identity)).toContain(identity.id)
          // A block of rows must send the row of such a cell to be opened.
          const row = cell
            .toString('utf8')
            .replaceAll('\\', '\\\\')
            .replaceAll('\n', '\\n')
            .replaceAll('\r', '\\r')
            .replaceAll('\t', '\\t')
          const block = Buffer.from(`1\tclean\n2\t${row}\t\\N\n3\tclean\n`)
          expect(finder.suspects(block).map((range) => block.toString('utf8', range.start, range.start + 2))).toEqual([
            '2\t',
          ])
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is found in base64 glued to other letters', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SOUGHT),
        around,
        around,
        fc.stringMatching(/^[A-Za-z0-9]{0,9}$/),
        (identity, before, after, glue) => {
          const cell = Buffer.from(`${glue}${Buffer.from(`${before} ${identity.value} ${after}`).toString('base64')}`)
          expect(finder.cell(cell, { type: 'text' }).hits.map((hit) => hit.identity)).toContain(identity.id)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('any bytes', () => {
  it('never make it throw, and hold nobody', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2_000 }),
        fc.constantFrom('bytes', 'text', 'tsvector', 'int8', 'jsonb'),
        (bytes, type) => {
          expect(finder.cell(bytes, { type }).hits).toEqual([])
          expect(finder.suspects(bytes)).toBeInstanceOf(Array)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('are seen by a block whenever they are seen by a cell', () => {
    const piece = fc.constantFrom(
      'marta.k',
      '@',
      'example',
      '.org',
      ' ',
      '\\',
      'n',
      '=',
      '40',
      '%40',
      '&#64;',
      '601',
      ' 555',
      '-014',
      'Marta',
      'Zielińska',
      ',',
      '+48',
      '\t',
      'x',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('')
        const cell = finder.cell(Buffer.from(text), { type: 'text' })
        const row = Buffer.from(`7\t${text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t')}\n`)
        if (cell.hits.length > 0) expect(finder.suspects(row)).toHaveLength(1)
      }),
      { numRuns: 2_000 },
    )
  })
})
