/** The innermost layer: plain text, searched as UTF-8, and where it is none also byte by byte. */
import { isUtf8 } from 'node:buffer'
import { type Edit, ordered } from './edit.ts'
import { Uncleared } from './limits.ts'
import type { Span } from './redactor.ts'
import type { At, Codec, Walk } from './walk.ts'

/** Spans of a string as edits of its UTF-8 bytes. */
function editsOf(text: string, spans: readonly Span[], walk: Walk): readonly Edit[] {
  let position = 0
  let offset = 0
  return spans.map(({ start, end }) => {
    offset += Buffer.byteLength(text.slice(position, start))
    const from = offset
    offset += Buffer.byteLength(text.slice(start, end))
    position = end
    return { start: from, end: offset, bytes: walk.replacement }
  })
}

/**
 * Spans of text with bytes that are no UTF-8 (each reads as one or more replacement characters): the same characters are
 * counted off in the text and in the bytes, because a valid sequence stands in both or in neither.
 */
function editsByContent(cell: Buffer, text: string, spans: readonly Span[], walk: Walk): readonly Edit[] {
  const plain = text.replaceAll('\u0001', '\0')
  let position = 0
  let offset = 0
  return spans.flatMap(({ start, end }) => {
    const sought = text.slice(start, end).replaceAll('\u0001', '\0')
    const bytes = Buffer.from(sought)
    let at = plain.indexOf(sought, position)
    let byte = cell.indexOf(bytes, offset)
    while (at >= 0 && at < start && byte >= 0) {
      at = plain.indexOf(sought, at + 1)
      byte = cell.indexOf(bytes, byte + 1)
    }
    if (at !== start || byte < 0) throw new Uncleared('text in several character sets', true)
    position = end
    offset = byte + bytes.length
    return [{ start: byte, end: offset, bytes: walk.replacement }]
  })
}

/** NUL is no character of a word, and no character of a PostgreSQL pattern. */
function searchable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\u0001') : text
}

/** Files whose parts are counted or summed: an edit in the middle breaks them, so a hit removes them whole. */
const OPAQUE: readonly (readonly [string, string])[] = [
  ['d0cf11e0a1b11ae1', 'an OLE document'],
  ['89504e470d0a1a0a', 'a PNG image'],
  ['ffd8ff', 'a JPEG image'],
  ['47494638', 'a GIF image'],
  ['377abcaf271c', 'a 7z archive'],
  ['526172211a07', 'a RAR archive'],
  ['49492a00', 'a TIFF image'],
  ['4d4d002a', 'a TIFF image'],
  ['53514c69746520666f726d61742033', 'an SQLite database'],
]

/** What kind of opaque file begins so, if one does. */
function opaqueKind(cell: Uint8Array): string | undefined {
  const head = Buffer.from(cell.subarray(0, 16)).toString('hex')
  return OPAQUE.find(([signature]) => head.startsWith(signature))?.[1]
}

/** Text no longer than this share of control characters; more means pictures, sound, archives. */
const MOST_CONTROLS = 0.02

function isBinary(latin: string): boolean {
  const sample = latin.slice(0, 100_000)
  let controls = 0
  for (let index = 0; index < sample.length; index++) {
    const code = sample.charCodeAt(index)
    if (code < 9 || (code > 13 && code < 32 && code !== 27) || code === 127) controls++
  }
  return controls > sample.length * MOST_CONTROLS
}

function utf8Edits(cell: Uint8Array, at: At, walk: Walk): readonly Edit[] {
  const buffer = Buffer.from(cell.buffer, cell.byteOffset, cell.length)
  if (isUtf8(buffer)) {
    const whole = searchable(buffer.toString('utf8'))
    return editsOf(whole, walk.visit(whole, at), walk)
  }
  const latin = searchable(buffer.toString('latin1'))
  if (walk.reading && isBinary(latin)) return []
  const whole = searchable(buffer.toString('utf8'))
  const spans = walk.visit(whole, at)
  if (walk.reading) return []
  const edits = editsByContent(buffer, whole, spans, walk)
  const bytewise = walk.visit(latin, at).map(({ start, end }) => ({ start, end, bytes: walk.replacement }))
  return ordered([...edits, ...bytewise])
}

/** In an opaque file identifiers also stand as UTF-16; one hit is enough. */
function opaqueEdits(cell: Uint8Array, kind: string, at: At, walk: Walk): readonly Edit[] {
  if (walk.reading) return []
  const buffer = Buffer.from(cell.buffer, cell.byteOffset, cell.length)
  const readings = [buffer.toString('latin1'), buffer.toString('utf16le'), buffer.subarray(1).toString('utf16le')]
  const hit =
    utf8Edits(cell, at, walk).length > 0 || readings.some((reading) => walk.visit(searchable(reading), at).length > 0)
  if (hit) throw new Uncleared(`${kind} cannot be rewritten`, true)
  return []
}

export const text: Codec = (cell, at, walk) => {
  const kind = opaqueKind(cell)
  if (kind !== undefined) return opaqueEdits(cell, kind, at, walk)
  const edits = utf8Edits(cell, at, walk)
  walk.replaced += edits.length
  return edits
}
