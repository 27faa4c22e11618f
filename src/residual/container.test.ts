import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js'
import { describe, expect, it } from 'vitest'
import { compileFinder } from './index.ts'

const MAIL = 'marta.k@example.org'
const finder = compileFinder([
  { id: 'mail', kind: 'email', value: MAIL, strong: true },
  { id: 'name', kind: 'name', value: 'Marta Zielińska', strong: false },
])
const cell = (bytes: Buffer | string, type = 'bytes') => finder.cell(Buffer.from(bytes as string), { type })
const found = (bytes: Buffer | string, type = 'bytes') =>
  cell(bytes, type).hits.map((hit) => `${hit.identity} ${hit.encoding}`)

async function zip(files: Record<string, string>, password?: string): Promise<Buffer> {
  const writer = new ZipWriter(new BlobWriter(), password === undefined ? {} : { password })
  for (const [name, text] of Object.entries(files)) await writer.add(name, new TextReader(text))
  return Buffer.from(await (await writer.close()).arrayBuffer())
}

const pdf = (content: Buffer, dictionary = '/Filter /FlateDecode') =>
  Buffer.concat([
    Buffer.from(`%PDF-1.7\n%\xe2\xe3\n4 0 obj\n<< ${dictionary} /Length ${content.length} >>\nstream\n`, 'latin1'),
    content,
    Buffer.from('\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF'),
  ])

describe('containers', () => {
  it('opens gzip, zlib, deflate and zstd, also inside base64 and other bytes', () => {
    const text = `Dear all, ${MAIL} wrote to us`
    expect(found(gzipSync(text))).toEqual(['mail gzip'])
    expect(found(deflateSync(text))).toEqual(['mail zlib'])
    expect(found(deflateRawSync(text))).toEqual(['mail deflate'])
    expect(found(zstdCompressSync(text.repeat(20)))).toContain('mail zstd')
    expect(found(Buffer.concat([Buffer.from('header \xff'), gzipSync(text)]))).toEqual(['mail gzip'])
    expect(found(gzipSync(text).toString('base64'), 'text')).toEqual(['mail base64>gzip'])
    expect(found(deflateRawSync(text).toString('base64'), 'text')).toEqual(['mail base64>deflate'])
    expect(found(Buffer.concat([gzipSync(text), Buffer.from('and more')]))).toEqual(['mail gzip'])
    expect(found(`\\x${deflateSync(text).toString('hex')}`, 'text')).toEqual(['mail hex>zlib'])
  })

  it('opens office documents with text split over runs, and names no entry by a name of its own', async () => {
    const docx = await zip({
      '[Content_Types].xml': '<Types/>',
      'word/document.xml': `<w:p><w:r><w:t>Mar</w:t></w:r><w:r><w:t>ta</w:t></w:r><w:r><w:t xml:space="preserve"> Zieli</w:t><w:t>ńska</w:t></w:r></w:p>`,
      'Marta Zielińska.txt': `see ${MAIL}`,
    })
    expect(found(docx)).toEqual(
      expect.arrayContaining(['name zip:word/document.xml>tags', 'name zip:names', 'mail zip:entry 3']),
    )
    expect(found(docx.toString('base64').replace(/.{76}/g, '$&\n'), 'text')).toContain(
      'name base64>zip:word/document.xml>tags',
    )
    expect(JSON.stringify(cell(docx))).not.toMatch(/Zieli|txt/)
    const nested = await zip({ 'a.txt': docx.toString('base64') })
    expect(found(nested)).toContain('name zip:entry 1>base64>zip:word/document.xml>tags')
  })

  it('says that an encrypted zip and an archive of another format were not read', async () => {
    const locked = await zip({ 'secret.txt': MAIL }, 'password')
    expect(cell(locked).unread).toEqual(['unreadable: zip: entry 1 is encrypted'])
    expect(cell(Buffer.from('7z\xbc\xaf\x27\x1c\x00\x04', 'latin1')).unread).toEqual(['unreadable: 7z is not opened'])
    expect(cell(Buffer.concat([gzipSync(MAIL).subarray(0, 10), Buffer.alloc(40, 255)])).unread).toEqual([
      'unreadable: gzip: damaged',
    ])
  })

  it('reads the text of a PDF: split strings, hexadecimal, octal, other filters', () => {
    const shows = (operators: string) =>
      found(pdf(deflateSync(Buffer.from(`BT /F1 12 Tf 1 0 0 1 72 700 Tm ${operators} ET`, 'latin1'))))
    expect(shows(`(${MAIL}) Tj`)).toContain('mail pdf:stream')
    expect(shows('[(mar)-20(ta.k@ex)5(ample.org)] TJ')).toEqual(['mail pdf:text'])
    expect(shows(`<${Buffer.from(MAIL).toString('hex')}> Tj`)).toContain('mail pdf:text')
    expect(shows('(marta.k\\100example.org) Tj')).toContain('mail pdf:text')
    expect(shows('(marta.k@exam) Tj 30 0 Td (ple.org) Tj')).toEqual(['mail pdf:text'])
    expect(
      found(pdf(Buffer.from(`${Buffer.from(`(${MAIL}) Tj`).toString('hex')}>`), '/Filter /ASCIIHexDecode')),
    ).toContain('mail pdf:text')
    expect(found(pdf(Buffer.from('x'), '/Author (marta.k\\100example.org)'))).toContain('mail pdf:text')
  })

  it('reads glyph codes by the map of their font', () => {
    const codes = [...new Set('Marta Zielińska')]
    const hex = (value: number) => value.toString(16).padStart(4, '0')
    const map = codes.map((character, index) => `<${hex(index + 3)}> <${hex(character.charCodeAt(0))}>`).join('\n')
    const shown = [...'Marta Zielińska'].map((character) => hex(codes.indexOf(character) + 3)).join('')
    const file = Buffer.concat([
      pdf(deflateSync(Buffer.from(`BT <${shown}> Tj ET`))),
      pdf(deflateSync(Buffer.from(`begincmap ${codes.length} beginbfchar\n${map}\nendbfchar endcmap`))),
    ])
    expect(found(file)).toEqual(['name pdf:text'])
  })

  it('reads a message with parts of several encodings', () => {
    const message = [
      'From: =?UTF-8?Q?Marta_Zieli=C5=84ska?= <x@example.net>',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(`<p>Reply to ${MAIL}</p>`).toString('base64').replace(/.{40}/g, '$&\r\n'),
      '--b--',
    ].join('\r\n')
    expect(found(message, 'text')).toEqual(expect.arrayContaining(['name rfc2047', 'mail base64']))
    expect(found(Buffer.from(message).toString('base64'), 'text')).toEqual(
      expect.arrayContaining(['name base64>rfc2047', 'mail base64>base64']),
    )
  })
})
