/** Quoted-printable (RFC 2045, 6.7): soft line breaks may split a word; only lines that change are written anew, at most 76 long. */
import { applyEdits, type Edit, ordered, View } from './edit.ts'
import type { Codec } from './walk.ts'

const LONGEST_LINE = 76
const EQUALS = 0x3d
const LF = 0x0a
const CR = 0x0d

/** What a hexadecimal digit stands for, or -1. */
export function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** Where a soft line break that begins at `index` (an `=`) ends, or -1. */
function softBreakEnd(cell: Uint8Array, index: number): number {
  let end = index + 1
  while (cell[end] === 0x20 || cell[end] === 0x09) end++
  if (cell[end] === CR && cell[end + 1] === LF) return end + 2
  if (cell[end] === LF || cell[end] === CR) return end + 1
  return end === cell.length ? end : -1
}

/** The decoded bytes, mapped. `underscore` reads `_` as a space (RFC 2047, 4.2). */
export function decodeQuotedPrintable(cell: Uint8Array, underscore = false): View {
  const view = new View(cell.length)
  let from = 0
  for (let index = 0; index < cell.length; index++) {
    const byte = cell[index]
    if (underscore && byte === 0x5f) {
      view.copy(cell, from, index)
      view.putByte(0x20, index, index + 1)
      from = index + 1
    }
    if (byte !== EQUALS) continue
    const high = hexValue(cell[index + 1])
    const low = hexValue(cell[index + 2])
    const end = high >= 0 && low >= 0 ? index + 3 : softBreakEnd(cell, index)
    if (end < 0) continue
    view.copy(cell, from, index)
    if (high >= 0 && low >= 0) view.putByte(high * 16 + low, index, end)
    from = end
    index = end - 1
  }
  view.copy(cell, from, cell.length)
  return view
}

function escaped(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

/** Printable ASCII as it is, everything else as `=XX`; `word` also what an encoded word may not hold. */
export function encodeQuotedPrintable(bytes: Uint8Array, word = false): Uint8Array {
  let out = ''
  for (const byte of bytes) {
    const plain = word
      ? /[A-Za-z0-9!*+/-]/.test(String.fromCharCode(byte))
      : byte >= 0x20 && byte < 0x7f && byte !== EQUALS
    out += plain ? String.fromCharCode(byte) : word && byte === 0x20 ? '_' : escaped(byte)
  }
  return Buffer.from(out)
}

/** Cuts a line that became too long, never inside `=XX`. */
function folded(line: string, newline: string): string {
  if (line.length <= LONGEST_LINE) return line
  let out = ''
  let rest = line
  while (rest.length > LONGEST_LINE) {
    let cut = LONGEST_LINE - 1
    if (rest[cut - 1] === '=') cut -= 1
    else if (rest[cut - 2] === '=') cut -= 2
    out += `${rest.slice(0, cut)}=${newline}`
    rest = rest.slice(cut)
  }
  return out + rest
}

/** Edits inside lines become edits of whole lines, folded anew where one became too long. */
function byLine(cell: Uint8Array, edits: readonly Edit[]): readonly Edit[] {
  const lines: { start: number; end: number; edits: Edit[] }[] = []
  for (const edit of ordered(edits)) {
    const start = cell.lastIndexOf(LF, edit.start - 1) + 1
    const found = cell.indexOf(LF, Math.max(edit.start, edit.end - 1))
    const end = found < 0 ? cell.length : found
    const last = lines.at(-1)
    if (last !== undefined && start <= last.end) {
      last.edits.push(edit)
      last.end = Math.max(last.end, end)
    } else lines.push({ start: edit.start === 0 ? 0 : start, end, edits: [edit] })
  }
  return lines.map(({ start, end, edits: inLine }) => {
    const own = inLine.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }))
    const changed = Buffer.from(applyEdits(cell.subarray(start, end), own)).toString('latin1')
    const newline = cell[end - 1] === CR ? '\r\n' : '\n'
    const text = changed.split('\n').map((line) => {
      const bare = line.endsWith('\r') ? line.slice(0, -1) : line
      return folded(bare, newline) + line.slice(bare.length)
    })
    return { start, end, bytes: Buffer.from(text.join('\n'), 'latin1') }
  })
}

export const quotedPrintable: Codec = (cell, at, walk) => {
  const view = decodeQuotedPrintable(cell)
  walk.spend(view.length)
  const edits = view.toSource(walk.inside(view.bytes, at, 'quoted-printable'), encodeQuotedPrintable)
  return edits.length === 0 ? edits : byLine(cell, edits)
}
