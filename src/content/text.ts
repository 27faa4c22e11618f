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

/** Text with bytes that are no UTF-8: each such byte reads as one replacement character, so that all others keep their place. */
function lenient(cell: Uint8Array): { text: string; offsets: Uint32Array } {
  const offsets = new Uint32Array(cell.length + 1)
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const pieces: string[] = []
  let units = 0
  const add = (text: string, start: number, perUnit: boolean): void => {
    pieces.push(text)
    for (let index = 0; index < text.length; index++) offsets[units + index] = start + (perUnit ? index : 0)
    units += text.length
  }
  let index = 0
  while (index < cell.length) {
    const byte = cell[index] ?? 0
    if (byte < 0x80) {
      let end = index + 1
      while (end < cell.length && (cell[end] ?? 0) < 0x80) end++
      add(Buffer.from(cell.buffer, cell.byteOffset + index, end - index).toString('latin1'), index, true)
      index = end
      continue
    }
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    let text = '\ufffd'
    let used = 1
    try {
      text = byte >= 0xc2 && byte < 0xf5 ? decoder.decode(cell.subarray(index, index + size)) : '\ufffd'
      used = text === '\ufffd' && byte !== 0xef ? 1 : size
    } catch {
      used = 1
    }
    add(text, index, false)
    index += used
  }
  offsets[units] = cell.length
  return { text: pieces.join(''), offsets }
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
  const { text: whole, offsets } = lenient(cell)
  const edits = walk.visit(searchable(whole), at).map(({ start, end }) => ({
    start: offsets[start] ?? 0,
    end: offsets[end] ?? cell.length,
    bytes: walk.replacement,
  }))
  if (walk.reading) return edits
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
