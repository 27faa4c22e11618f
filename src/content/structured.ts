/** JSON (RFC 8259) by token, so that numbers and layout stay as written, and CSV (RFC 4180) by cell. */
import { type Edit, View } from './edit.ts'
import { Uncleared } from './limits.ts'
import { hexValue } from './quoted-printable.ts'
import type { At, Codec, Walk } from './walk.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** No character of a word and no white space: a name never runs from one string into the next. */
const BETWEEN = 0x01
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** The end of a string that begins after `start`: its closing quote, or the end of the cell. */
function stringEnd(cell: Uint8Array, start: number): number {
  for (let index = start; index < cell.length; index++) {
    if (cell[index] === BACKSLASH) index++
    else if (cell[index] === QUOTE) return index
  }
  return cell.length
}

function unitAt(cell: Uint8Array, index: number): number {
  if (cell[index] !== BACKSLASH || cell[index + 1] !== 0x75) return -1
  let unit = 0
  for (let digit = index + 2; digit < index + 6; digit++) {
    const value = hexValue(cell[digit])
    if (value < 0) return -1
    unit = unit * 16 + value
  }
  return unit
}

function addString(view: View, cell: Uint8Array, start: number, end: number): void {
  let from = start
  for (let index = start; index < end; index++) {
    if (cell[index] !== BACKSLASH) continue
    const high = unitAt(cell, index)
    const low = high >= 0xd800 && high < 0xdc00 ? unitAt(cell, index + 6) : -1
    const next = String.fromCharCode(cell[index + 1] ?? BACKSLASH)
    const read =
      high < 0
        ? (ESCAPES[next] ?? next)
        : low >= 0xdc00 && low < 0xe000
          ? String.fromCharCode(high, low)
          : String.fromCharCode(high)
    const stop = Math.min(end, index + (high < 0 ? 2 : low >= 0xdc00 && low < 0xe000 ? 12 : 6))
    if (high < 0 && (cell[index + 1] ?? 0) >= 0x80) continue
    view.copy(cell, from, index)
    view.put(Buffer.from(read), index, stop)
    from = stop
    index = stop - 1
  }
  view.copy(cell, from, end)
}

function encodeString(bytes: Uint8Array): Uint8Array {
  return Buffer.from(JSON.stringify(Buffer.from(bytes).toString('utf8')).slice(1, -1))
}

/** A number that is an identifier (a phone, a national number) becomes `null`: it has no other type to fall back to. */
const NUMBER = /[0-9]{5,}/g
const NULL = Buffer.from('null')

function numberEdits(cell: Uint8Array, start: number, end: number, at: At, walk: Walk): readonly Edit[] {
  if (end - start < 5 || walk.reading) return []
  const between = Buffer.from(cell.subarray(start, end)).toString('latin1')
  const edits: Edit[] = []
  for (const match of between.matchAll(NUMBER)) {
    const from = start + match.index
    const inside =
      /[-+.\w]/.test(between[match.index - 1] ?? ' ') || /[-+.\w]/.test(between[match.index + match[0].length] ?? ' ')
    if (inside || walk.visit(match[0], at).length === 0) continue
    walk.replaced++
    edits.push({ start: from, end: from + match[0].length, bytes: NULL })
  }
  return edits
}

export const json: Codec = (cell, at, walk) => {
  const edits: Edit[] = []
  const each = at.rest.length > 0
  let view = new View(each ? 64 : cell.length)
  let from = 0
  for (let index = cell.indexOf(QUOTE); index >= 0; index = cell.indexOf(QUOTE, index)) {
    edits.push(...numberEdits(cell, from, index, at, walk))
    const end = stringEnd(cell, index + 1)
    addString(view, cell, index + 1, end)
    if (each) {
      walk.countValue()
      edits.push(...view.toSource(walk.value(view.bytes, at), encodeString))
      view = new View(64)
    } else view.putByte(BETWEEN, end, end)
    index = end + 1
    from = index
  }
  edits.push(...numberEdits(cell, from, cell.length, at, walk))
  walk.spend(view.length)
  if (view.length > 0) edits.push(...view.toSource(walk.value(view.bytes, at), encodeString))
  if (walk.reading) return edits
  const known = edits.length > 0 ? [] : walk.text(cell, at)
  return known.length > 0 && !wellFormed(cell) ? known : edits
}

/** What is no JSON at all is changed as the text it is. */
function wellFormed(cell: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(cell).toString('utf8'))
    return true
  } catch {
    return false
  }
}

function delimiterOf(cell: Uint8Array): number {
  const line = Buffer.from(cell.subarray(0, 4096)).toString('latin1').split(/\r?\n/)[0] ?? ''
  const counts = [',', ';', '\t', '|'].map((mark) => ({ mark, count: line.split(mark).length }))
  return (counts.sort((one, other) => other.count - one.count)[0]?.mark ?? ',').charCodeAt(0)
}

/** A name in two neighbouring cells is read as one; the delimiter between them stays. */
export const csv: Codec = (cell, at, walk) => {
  const view = new View(cell.length)
  const delimiter = delimiterOf(cell)
  let from = 0
  let quoted = false
  for (let index = 0; index < cell.length; index++) {
    const byte = cell[index]
    if (byte === QUOTE) {
      const double = quoted && cell[index + 1] === QUOTE
      const opens = !quoted && index === from
      if (double) {
        view.copy(cell, from, index)
        view.putByte(QUOTE, index, index + 2)
        from = index + 2
        index++
      } else if (opens || quoted) {
        view.copy(cell, from, index)
        from = index + 1
        quoted = !quoted
      }
    } else if (byte === delimiter && !quoted) {
      view.copy(cell, from, index)
      view.putByte(0x09, index, index)
      from = index + 1
    } else if (byte === 0x0a && !quoted) {
      view.copy(cell, from, index)
      view.putByte(0x0a, index, index)
      view.putByte(BETWEEN, index, index)
      from = index + 1
    }
  }
  view.copy(cell, from, cell.length)
  walk.spend(view.length)
  return view.toSource(walk.value(view.bytes, at), (bytes) => csvCell(bytes, delimiter))
}

function csvCell(bytes: Uint8Array, delimiter: number): Uint8Array {
  if (bytes.includes(QUOTE) || bytes.includes(delimiter) || bytes.includes(0x0a)) {
    throw new Uncleared('a replacement that a CSV cell cannot hold', true)
  }
  return bytes
}
