import { inflateRaw, inflateZlib, type Opened } from './archive.ts'
import { contentTexts } from './pdf-text.ts'

const MOST_STREAMS = 20_000

/** ASCII85 (PDF 32000-1, 7.4.3). */
function ascii85(bytes: Buffer): Buffer {
  const out: number[] = []
  let group: number[] = []
  const flush = (count: number) => {
    while (group.length < 5) group.push(84)
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0) >>> 0
    out.push(...[value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].slice(0, count))
    group = []
  }
  for (const byte of bytes) {
    if (byte === 126) break
    if (byte === 122 && group.length === 0) out.push(0, 0, 0, 0)
    else if (byte >= 33 && byte <= 117) {
      group.push(byte - 33)
      if (group.length === 5) flush(4)
    }
  }
  if (group.length > 1) flush(group.length - 1)
  return Buffer.from(out)
}

/** Takes the filters of a stream off, in order; undefined when one is not known or the data is broken. */
function unfilter(bytes: Buffer, dictionary: string, most: number): Buffer | 'too large' | undefined {
  let content = bytes
  for (const [, filter] of dictionary.matchAll(
    /\/(FlateDecode|Fl|ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|Crypt)\b/g,
  )) {
    if (filter === 'FlateDecode' || filter === 'Fl') {
      const plain = inflateZlib(content, most)
      const inflated = plain === undefined ? inflateRaw(content.subarray(2), most) : plain
      if (inflated === undefined || inflated === 'too large') return inflated
      content = inflated
    } else if (filter === 'ASCIIHexDecode' || filter === 'AHx') {
      content = Buffer.from(content.toString('latin1', 0, content.length).replace(/[^0-9a-f]/gi, ''), 'hex')
    } else if (filter === 'ASCII85Decode' || filter === 'A85') {
      content = ascii85(content)
    } else {
      return undefined
    }
  }
  return content
}

/** Reads the streams of a PDF (ISO 32000-1) in the order of the file, without its cross-reference table; at most `most` bytes. */
export function openPdf(bytes: Buffer, most: number): Opened {
  const parts: { label: string; bytes: Buffer }[] = []
  const unread: string[] = []
  const contents: Buffer[] = []
  const objects: Buffer[] = []
  let outside = 0
  let left = most
  let count = 0
  if (bytes.includes('/Encrypt')) unread.push('pdf: encrypted')
  for (let at = bytes.indexOf('stream'); at !== -1; at = bytes.indexOf('stream', at)) {
    if (++count > MOST_STREAMS) {
      unread.push('pdf: too many streams')
      break
    }
    let start = at + 6
    if (bytes[start] === 13) start++
    if (bytes[start] === 10) start++
    const found = bytes.indexOf('endstream', start)
    const end = found === -1 ? bytes.length : found
    const head = bytes.toString('latin1', Math.max(0, at - 2_000), at)
    const dictionary = head.slice(head.lastIndexOf(' obj') + 1)
    objects.push(bytes.subarray(outside, at))
    at = found === -1 ? bytes.length : found + 9
    outside = at
    if (/\/Subtype\s*\/Image/.test(dictionary)) continue
    const content = unfilter(bytes.subarray(start, end), dictionary, left)
    if (content === 'too large') {
      unread.push('pdf: more comes out than is read')
      break
    }
    if (content === undefined) {
      if (unread.length === 0) unread.push('pdf: a stream is packed in another way or damaged')
      continue
    }
    left -= content.length
    contents.push(content)
    parts.push({ label: 'stream', bytes: content })
  }
  for (const text of contentTexts([Buffer.concat([...objects, bytes.subarray(outside)]), ...contents]))
    parts.push({ label: 'text', bytes: Buffer.from(text) })
  return { parts, unread }
}
