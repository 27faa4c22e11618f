/** PDF (ISO 32000-2) is read, never rewritten: its text, notes and metadata lie behind offsets, fonts and compressed streams. */

import { isUtf8 } from 'node:buffer'
import { constants, inflateSync } from 'node:zlib'
import { Uncleared } from './limits.ts'
import { type CodeTable, contentText, differences, hexString, literalString, toUnicode } from './pdf-text.ts'
import type { At, Codec, Walk } from './walk.ts'

/** Filters of pictures: no text to read behind them. */
const PICTURES = /\/(?:DCTDecode|JPXDecode|CCITTFaxDecode|JBIG2Decode)\b/
const LONGEST_DICTIONARY = 20_000
/** Without an object in sight only so much before a stream is its dictionary. */
const NEAREST_DICTIONARY = 500

interface Stream {
  /** Number of the object it is. */
  readonly number: number
  readonly dictionary: string
  readonly content: Buffer
}

function ascii85(bytes: Buffer): Buffer {
  const out: number[] = []
  let group: number[] = []
  const flush = (): void => {
    if (group.length < 2) return
    const size = group.length - 1
    let value = 0
    for (let index = 0; index < 5; index++) value = value * 85 + (group[index] ?? 84)
    for (let index = 0; index < size; index++) out.push(Math.floor(value / 256 ** (3 - index)) % 256)
    group = []
  }
  for (const byte of bytes) {
    if (byte === 0x7e) break
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0)
    else if (byte >= 0x21 && byte <= 0x75) {
      group.push(byte - 0x21)
      if (group.length === 5) flush()
    }
  }
  flush()
  return Buffer.from(out)
}

function inflated(bytes: Buffer, walk: Walk): Buffer {
  try {
    const out = inflateSync(bytes, { maxOutputLength: walk.room(bytes.length), finishFlush: constants.Z_SYNC_FLUSH })
    walk.spend(out.length)
    return out
  } catch (error) {
    if (error instanceof RangeError) throw new Uncleared('limit: unpacked size')
    if (error instanceof Uncleared) throw error
    throw new Uncleared('a PDF stream that is damaged')
  }
}

function decodedStream(dictionary: string, raw: Buffer, walk: Walk): Buffer {
  const filters = /\/Filter\s*(?:\[([^\]]*)\]|(\/\w+))/.exec(dictionary)
  let content = raw
  for (const [filter] of (filters?.[1] ?? filters?.[2] ?? '').matchAll(/\/\w+/g)) {
    if (filter === '/FlateDecode' || filter === '/Fl') content = inflated(content, walk)
    else if (filter === '/ASCIIHexDecode' || filter === '/AHx')
      content = hexString(Buffer.concat([Buffer.from('<'), content]), 0).bytes
    else if (filter === '/ASCII85Decode' || filter === '/A85') content = ascii85(content)
    else throw new Uncleared('a PDF stream of an unknown filter')
  }
  return content
}

/** Every stream with its dictionary; a dictionary ends right before the word `stream`. */
function streamsOf(cell: Buffer, walk: Walk): readonly Stream[] {
  const streams: Stream[] = []
  for (let index = cell.indexOf('stream'); index >= 0; index = cell.indexOf('stream', index + 6)) {
    if (!/>>\s*$/.test(cell.toString('latin1', Math.max(0, index - 20), index))) continue
    walk.entry()
    const near = cell.subarray(Math.max(0, index - LONGEST_DICTIONARY), index)
    const object = near.lastIndexOf(' obj')
    const opening = near.toString('latin1', Math.max(0, object - 30), Math.max(0, object))
    const number = Number(/(\d{1,8})\s{1,9}\d{1,5}$/.exec(opening)?.[1] ?? -1)
    const dictionary = near.toString('latin1', object < 0 ? Math.max(0, near.length - NEAREST_DICTIONARY) : object)
    let start = index + 6
    if (cell[start] === 13) start++
    if (cell[start] === 10) start++
    const declared = Number(/\/Length\s+(\d+)(?!\d|\s+\d+\s+R)/.exec(dictionary)?.[1] ?? Number.NaN)
    const fits = cell
      .toString('latin1', start + declared, start + declared + 12)
      .trimStart()
      .startsWith('endstream')
    const end = fits ? start + declared : cell.indexOf('endstream', start)
    if (end < 0) throw new Uncleared('a PDF stream without an end')
    if (
      !PICTURES.test(dictionary) &&
      !/\/Subtype\s*\/Image\b/.test(dictionary) &&
      !/\/Length[123]\s/.test(dictionary)
    ) {
      streams.push({ number, dictionary, content: decodedStream(dictionary, cell.subarray(start, end), walk) })
    }
    index = end
  }
  return streams
}

/** Objects by number, those inside object streams too (7.5.7). */
function objectsOf(cell: Buffer, streams: readonly Stream[]): ReadonlyMap<number, string> {
  const objects = new Map<number, string>()
  const plain = cell.toString('latin1')
  let open: { number: number; start: number } | undefined
  const close = (end: number): void => {
    if (open !== undefined)
      objects.set(open.number, plain.slice(open.start, Math.min(end, open.start + LONGEST_DICTIONARY)))
  }
  for (const match of plain.matchAll(/(?<!\d)(\d{1,8})\s{1,9}\d{1,5}\s{1,9}obj\b/g)) {
    close(match.index)
    open = { number: Number(match[1]), start: match.index + match[0].length }
  }
  close(plain.length)
  for (const { dictionary, content } of streams) {
    if (!/\/Type\s*\/ObjStm\b/.test(dictionary)) continue
    const first = Number(/\/First\s+(\d+)/.exec(dictionary)?.[1] ?? 0)
    const numbers = content.toString('latin1', 0, first).trim().split(/\s+/).map(Number)
    for (let index = 0; index + 1 < numbers.length; index += 2) {
      const start = first + (numbers[index + 1] ?? 0)
      const end = index + 3 < numbers.length ? first + (numbers[index + 3] ?? 0) : content.length
      objects.set(numbers[index] ?? 0, content.toString('latin1', start, Math.min(end, start + LONGEST_DICTIONARY)))
    }
  }
  return objects
}

function tableOf(
  font: string,
  objects: ReadonlyMap<number, string>,
  cmaps: ReadonlyMap<number, CodeTable>,
): CodeTable | undefined {
  const cmap = /\/ToUnicode\s+(\d+)\s+\d+\s+R/.exec(font)?.[1]
  if (cmap !== undefined) return cmaps.get(Number(cmap))
  const reference = /\/Encoding\s+(\d+)\s+\d+\s+R/.exec(font)?.[1]
  const encoding = reference === undefined ? font : (objects.get(Number(reference)) ?? '')
  const array = /\/Differences\s*\[([^\]]*)\]/.exec(encoding)?.[1]
  return array === undefined ? undefined : differences(array)
}

/** Names under which content streams call the fonts: `/Font << /F1 5 0 R >>`. One name for two fonts keeps the first. */
function fontsOf(cell: Buffer, streams: readonly Stream[]): ReadonlyMap<string, CodeTable> {
  const objects = objectsOf(cell, streams)
  const cmaps = new Map(
    streams
      .filter(({ content }) => content.includes('beginbf'))
      .map(({ number, content }) => [number, toUnicode(content.toString('latin1'))] as const),
  )
  const fonts = new Map<string, CodeTable>()
  const add = (dictionary: string): void => {
    for (const [, name = '', number] of dictionary.matchAll(
      /\/([^\s/<>[\]()]{1,64})\s{1,9}(\d{1,8})\s{1,9}\d{1,5}\s{1,9}R/g,
    )) {
      const table = tableOf(objects.get(Number(number)) ?? '', objects, cmaps)
      if (table !== undefined && !fonts.has(name)) fonts.set(name, table)
    }
  }
  for (const object of objects.values()) {
    for (let index = object.indexOf('/Font'); index >= 0; index = object.indexOf('/Font', index + 5)) {
      const head = /^\s{0,9}(?:<<|(\d{1,8})\s{1,9}\d{1,5}\s{1,9}R)/.exec(object.slice(index + 5, index + 50))
      if (head === null) continue
      if (head[1] !== undefined) add(objects.get(Number(head[1])) ?? '')
      else {
        const end = object.indexOf('>>', index)
        if (end < 0) break
        add(object.slice(index, end))
      }
    }
  }
  return fonts
}

/** A text string outside content: UTF-16 with its mark, UTF-8, or PDFDocEncoding read as Latin-1 (7.9.2). */
function textString(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length & ~1))
      .swap16()
      .toString('utf16le')
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')
}

/** Strings of dictionaries: title, author, notes, links, form fields. */
function looseStrings(source: Buffer): string {
  const out: string[] = []
  for (let index = 0; index < source.length; ) {
    const byte = source[index]
    if (byte === 0x28) {
      const { bytes, end } = literalString(source, index)
      out.push(textString(bytes))
      index = end
    } else if (byte === 0x3c && source[index + 1] !== 0x3c) {
      const { bytes, end } = hexString(source, index)
      out.push(textString(bytes))
      index = end
    } else if (byte === 0x3c) index += 2
    else index++
  }
  return out.join('\n')
}

/** The cell without its streams: dictionaries only. */
function outsideStreams(cell: Buffer): Buffer {
  const pieces: Buffer[] = []
  let from = 0
  for (let index = cell.indexOf('stream'); index >= 0; index = cell.indexOf('stream', from)) {
    const end = cell.indexOf('endstream', index)
    if (end < 0) break
    pieces.push(cell.subarray(from, index))
    from = end + 9
  }
  return Buffer.concat([...pieces, cell.subarray(from)])
}

function textsOf(cell: Buffer, walk: Walk): readonly string[] {
  const streams = streamsOf(cell, walk)
  const fonts = fontsOf(cell, streams)
  const texts = [looseStrings(outsideStreams(cell))]
  for (const { dictionary, content } of streams) {
    if (/\/Type\s*\/(?:XRef|Metadata)\b/.test(dictionary) || content.includes('beginbf')) {
      if (!walk.reading && !/\/Type\s*\/XRef\b/.test(dictionary)) texts.push(content.toString('utf8'))
    } else if (/\/Type\s*\/ObjStm\b/.test(dictionary)) texts.push(looseStrings(content))
    else {
      texts.push(contentText(content, fonts, true))
      if (!walk.reading) texts.push(contentText(content, fonts, false), contentText(content, new Map(), true))
    }
  }
  return texts
}

function hit(texts: readonly string[], at: At, walk: Walk): boolean {
  return texts.filter((text) => walk.visit(text.replaceAll('\0', '\u0001'), at).length > 0).length > 0
}

export const pdf: Codec = (bytes, at, walk) => {
  const cell = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (!cell.subarray(0, 1024).includes('%PDF-')) {
    if (isUtf8(cell)) return walk.text(cell, at)
    throw new Uncleared('no PDF')
  }
  if (/\/Encrypt\s+\d+\s+\d+\s+R|\/Encrypt\s*<</.test(cell.toString('latin1'))) throw new Uncleared('an encrypted PDF')
  walk.spend(cell.length)
  if (hit(textsOf(cell, walk), at, walk)) throw new Uncleared('a PDF cannot be rewritten', true)
  return []
}
