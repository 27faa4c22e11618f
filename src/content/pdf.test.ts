import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compileRedactor } from './redactor.ts'
import { readParts, rewrite } from './rewrite.ts'

const REDACTOR = compileRedactor(
  [
    ['email', 'marta.k@example.org'],
    ['name', 'Marta Zielińska'],
  ].map(([kind = '', value = '']) => ({ kind, value, strong: true })),
)

const stream = (dictionary: string, content: string | Buffer, packed = true): string => {
  const bytes = packed ? deflateSync(content) : Buffer.from(content)
  return `<<${dictionary}${packed ? '/Filter/FlateDecode' : ''}/Length ${bytes.length}>>\nstream\n${bytes.toString('latin1')}\nendstream`
}
const pdf = (...objects: string[]): Buffer =>
  Buffer.from(
    `%PDF-1.7\n${objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer<</Root 1 0 R>>\n%%EOF`,
    'latin1',
  )

const FONT = '<</Type/Page/Resources<</Font<</F1 2 0 R>>>>>>'
const WIDE = `/CIDInit begincodespacerange <0000><ffff> endcodespacerange
2 beginbfrange <0001> <001a> <0061> <0021> <003a> <0041> endbfrange
2 beginbfchar <0100> <0144> <0101> <0020> endbfchar`
/** Letters as two-byte codes of a subset font: nothing of the name stands in the file. */
const coded = (text: string): string =>
  [...text]
    .map((letter) => {
      const code =
        letter === 'ń'
          ? 0x100
          : letter === ' '
            ? 0x101
            : letter >= 'a'
              ? letter.charCodeAt(0) - 0x60
              : letter.charCodeAt(0) - 0x20
      return code.toString(16).padStart(4, '0')
    })
    .join('')

const HITS: readonly (readonly [string, Buffer])[] = [
  ['a compressed page', pdf(stream('', 'BT /F1 12 Tf 72 720 Td (Dear marta.k@example.org) Tj ET'))],
  ['kerned pieces', pdf(stream('', 'BT [(ma) -20 (rta.k@) 15 (example) -3 (.org)] TJ ET'))],
  ['pieces placed one by one', pdf(stream('', 'BT (marta.k@) Tj 40.5 0 Td (example.org) Tj ET'))],
  [
    'a subset font',
    pdf(
      FONT,
      '<</Type/Font/ToUnicode 3 0 R>>',
      stream('', WIDE),
      stream('', `BT /F1 9 Tf <${coded('Marta Zieli')}> Tj <${coded('ńska')}> Tj ET`),
    ),
  ],
  [
    'renamed codes',
    pdf(
      FONT,
      '<</Type/Font/Encoding<</Differences[128/nacute]>>>>',
      stream('', Buffer.from('BT /F1 9 Tf (Marta Zieli\x80ska) Tj ET', 'latin1')),
    ),
  ],
  ['lines', pdf(stream('', 'BT (Marta) Tj T* (x) Tj ET BT (marta.k\\100example\\056org) Tj ET'))],
  [
    'hexadecimal over ASCII85',
    pdf(
      `<</Filter[/ASCIIHexDecode]/Length 60>>\nstream\n${Buffer.from('(marta.k@example.org) Tj').toString('hex')}>\nendstream`,
    ),
  ],
  [
    'the title',
    pdf(
      `<</Title <feff${[...'Marta Zielińska'].map((letter) => letter.charCodeAt(0).toString(16).padStart(4, '0')).join('')}>>>`,
    ),
  ],
  ['a link', pdf('<</Type/Annot/A<</S/URI/URI(mailto:marta.k@example.org)>>>>')],
  ['an object stream', pdf(stream('/Type/ObjStm/N 1/First 4', '9 0 <</Author(marta.k@example.org)>>'))],
  ['metadata', pdf(stream('/Type/Metadata/Subtype/XML', '<dc:creator>marta.k@example.org</dc:creator>', false))],
]

test.each(HITS)('an identifier in %s removes the file', async (_, cell) => {
  expect(await rewrite(cell, ['pdf'], REDACTOR)).toMatchObject({ outcome: 'removed', why: 'a PDF cannot be rewritten' })
})

test('the text is read for an export', async () => {
  const cell = HITS.find(([name]) => name === 'a subset font')?.[1] ?? Buffer.alloc(0)
  const parts: string[] = []
  for await (const { text } of readParts(cell, ['pdf'])) parts.push(text)
  expect(parts.join('')).toContain('Marta Zielińska')
})

test('another person stays, byte for byte', async () => {
  const cell = pdf(
    stream('', 'BT (notmarta.k@example.org) Tj ET'),
    stream('/Subtype/Image', 'marta.k@example.org'),
    stream('/Subtype /Image/Filter/DCTDecode', 'pixels', false),
  )
  expect(await rewrite(cell, ['pdf'], REDACTOR)).toMatchObject({ outcome: 'unchanged', bytes: cell })
})

test.each([
  ['an encrypted PDF', Buffer.from('%PDF-1.7\ntrailer<</Encrypt 5 0 R/Root 1 0 R>>')],
  ['a PDF stream of an unknown filter', pdf('<</Filter/LZWDecode/Length 4>>\nstream\nabcd\nendstream')],
  ['a PDF stream that is damaged', pdf('<</Filter/FlateDecode/Length 4>>\nstream\nabcd\nendstream')],
])('%s cannot be cleared', async (why, cell) => {
  expect(await rewrite(cell, ['pdf'], REDACTOR)).toMatchObject({ outcome: 'removed', why })
  expect(await rewrite(cell, 'auto', REDACTOR)).toMatchObject({ outcome: 'unchanged', why })
})
