/** Encodings of whole byte strings: base64 (RFC 4648, RFC 2045 6.8), hexadecimal, percent-encoding (RFC 3986 2.1). */
import { applyEdits, type Edit, View } from './edit.ts'
import { hexValue } from './quoted-printable.ts'
import type { Codec } from './walk.ts'

const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d])

function isBase64(byte: number): boolean {
  return (
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2b ||
    byte === 0x2f ||
    byte === 0x2d ||
    byte === 0x5f
  )
}

/** The encoded run of a cell: where it begins and ends, its digits, and what follows it (`…@@1` in some caches). */
interface Run {
  readonly start: number
  readonly end: number
  readonly digits: string
}

function base64Run(cell: Uint8Array): Run {
  let start = 0
  while (start < cell.length && BLANK.has(cell[start] ?? 0)) start++
  const digits = Buffer.allocUnsafe(cell.length)
  let length = 0
  let end = start
  let index = start
  for (; index < cell.length; index++) {
    const byte = cell[index] ?? 0
    if (BLANK.has(byte)) continue
    if (!isBase64(byte)) break
    digits[length++] = byte
    end = index + 1
  }
  const padding = /^=(?:[ \t\r\n]{0,4}=)?/.exec(Buffer.from(cell.subarray(index, index + 6)).toString('latin1'))
  if (padding !== null && length > 0) end = index + padding[0].length
  return { start, end, digits: digits.toString('latin1', 0, length) }
}

/** Encodes as the run was encoded: alphabet, width, line ends, padding. */
function encodeLike(bytes: Uint8Array, run: Uint8Array): Uint8Array {
  const sample = Buffer.from(run.buffer, run.byteOffset, run.length).toString('latin1')
  const urlSafe = /[-_]/.test(sample) && !/[+/]/.test(sample)
  const padded = sample.endsWith('=') || (sample.replace(/\s/g, '').length % 4 === 0 && !urlSafe)
  let encoded = Buffer.from(bytes).toString(urlSafe ? 'base64url' : 'base64')
  if (!padded) encoded = encoded.replace(/=+$/, '')
  else if (urlSafe) encoded += '='.repeat((4 - (encoded.length % 4)) % 4)
  const newline = /\r?\n[ \t]*/.exec(sample)
  if (newline === null || newline.index === 0) return Buffer.from(encoded)
  const lines: string[] = []
  for (let index = 0; index < encoded.length; index += newline.index)
    lines.push(encoded.slice(index, index + newline.index))
  return Buffer.from(lines.join(newline[0]))
}

export const base64: Codec = (cell, at, walk) => {
  const asText = walk.reading ? [] : walk.text(cell, at)
  if (asText.length > 0) return asText
  const run = base64Run(cell)
  if (run.digits.length < 2) return walk.reading ? walk.text(cell, at) : []
  const decoded = Buffer.from(run.digits, 'base64')
  walk.spend(decoded.length)
  const edits = walk.inside(decoded, at)
  if (edits.length === 0) return []
  const bytes = encodeLike(applyEdits(decoded, edits), cell.subarray(run.start, run.end))
  return [{ start: run.start, end: run.end, bytes }]
}

export const hex: Codec = (cell, at, walk) => {
  const written = Buffer.from(cell.buffer, cell.byteOffset, cell.length).toString('latin1')
  const found = /^\s*(?:\\x|0x|x')?((?:[0-9a-fA-F]{2})+)/.exec(written)
  const digits = found?.[1]
  if (found === null || digits === undefined) return walk.text(cell, at)
  const decoded = Buffer.from(digits, 'hex')
  walk.spend(decoded.length)
  const edits = walk.inside(decoded, at)
  if (edits.length === 0) return []
  const encoded = Buffer.from(applyEdits(decoded, edits)).toString('hex')
  const end = found.index + found[0].length
  return [
    { start: end - digits.length, end, bytes: Buffer.from(/[A-F]/.test(digits) ? encoded.toUpperCase() : encoded) },
  ]
}

function percentView(cell: Uint8Array): View {
  const view = new View(cell.length)
  let from = 0
  for (let index = 0; index < cell.length; index++) {
    const byte = cell[index]
    if (byte === 0x2b) {
      view.copy(cell, from, index)
      view.putByte(0x20, index, index + 1)
      from = index + 1
    }
    if (byte !== 0x25) continue
    const high = hexValue(cell[index + 1])
    const low = hexValue(cell[index + 2])
    if (high < 0 || low < 0) continue
    view.copy(cell, from, index)
    view.putByte(high * 16 + low, index, index + 3)
    from = index + 3
    index += 2
  }
  view.copy(cell, from, cell.length)
  return view
}

function percentEncode(bytes: Uint8Array): Uint8Array {
  return Buffer.from(encodeURIComponent(Buffer.from(bytes).toString('utf8')))
}

/** `+` reads as a space first (forms), then as itself (a +tag address in a path). */
export const url: Codec = (cell, at, walk) => {
  const view = percentView(cell)
  walk.spend(view.length)
  const edits: readonly Edit[] = view.toSource(walk.value(view.bytes, at), percentEncode)
  if (edits.length > 0 || walk.reading) return edits
  return walk.text(cell, at)
}
