/** vCard 2.1, 3, 4 (RFC 6350) and iCalendar (RFC 5545): folded lines, escapes, structured values, quoted-printable in 2.1. */
import { type Edit, View } from './edit.ts'
import type { At, Codec, Walk } from './walk.ts'

const LF = 0x0a
const CR = 0x0d
const BETWEEN = 0x01
const BACKSLASH = 0x5c
const SEMICOLON = 0x3b

/** One physical line, without its line end. */
interface Line {
  readonly start: number
  readonly end: number
}

function linesOf(cell: Uint8Array): readonly Line[] {
  const lines: Line[] = []
  for (let start = 0; start < cell.length; ) {
    const found = cell.indexOf(LF, start)
    const stop = found < 0 ? cell.length : found
    lines.push({ start, end: cell[stop - 1] === CR && stop > start ? stop - 1 : stop })
    start = stop + 1
  }
  return lines
}

/** Where the value begins: after the first `:` outside quotes, or -1. */
function valueStart(cell: Uint8Array, { start, end }: Line): number {
  let quoted = false
  for (let index = start; index < end; index++) {
    if (cell[index] === 0x22) quoted = !quoted
    else if (cell[index] === 0x3a && !quoted) return index + 1
  }
  return -1
}

/** Adds a stretch with escapes read; an unescaped `;` parts the components of a value and stays. */
function addText(view: View, cell: Uint8Array, start: number, end: number): void {
  let from = start
  for (let index = start; index < end; index++) {
    if (cell[index] === BACKSLASH && index + 1 < end) {
      const next = cell[index + 1] ?? 0
      if (next >= 0x80) continue
      view.copy(cell, from, index)
      view.putByte(next === 0x6e || next === 0x4e ? LF : next, index, index + 2)
      from = index + 2
      index++
    } else if (cell[index] === SEMICOLON) {
      view.copy(cell, from, index)
      view.putByte(SEMICOLON, index, index)
      from = index + 1
    }
  }
  view.copy(cell, from, end)
}

function encodeValue(bytes: Uint8Array): Uint8Array {
  const written = Buffer.from(bytes).toString('utf8')
  return Buffer.from(written.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n'))
}

function encodedValue(cell: Uint8Array, head: string, start: number, end: number, at: At, walk: Walk): readonly Edit[] {
  const charset = /;CHARSET="?([\w.:-]+)/i.exec(head)?.[1]
  const inner: At = { ...at, rest: [], ...(charset === undefined ? {} : { charset }) }
  const value = cell.subarray(start, end)
  const edits = /QUOTED-PRINTABLE/i.test(head)
    ? walk.open(value, { ...inner, rest: ['text'] }, 'quoted-printable')
    : walk.open(value, inner, 'base64')
  return edits.map((edit) => ({ ...edit, start: edit.start + start, end: edit.end + start }))
}

export const card: Codec = (cell, at, walk) => {
  const view = new View(cell.length)
  const edits: Edit[] = []
  const lines = linesOf(cell)
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]
    if (line === undefined) break
    const value = valueStart(cell, line)
    const head = value < 0 ? '' : Buffer.from(cell.subarray(line.start, value)).toString('latin1')
    const printable = /[;=]QUOTED-PRINTABLE/i.test(head)
    const encoded = value >= 0 && (printable || /ENCODING=(?:b|base64)[;:]|;BASE64[;:]/i.test(head))
    let end = line.end
    if (!encoded) addText(view, cell, line.start, line.end)
    else addText(view, cell, line.start, value)
    for (let next = lines[index + 1]; next !== undefined; next = lines[index + 1]) {
      const folded = cell[next.start] === 0x20 || cell[next.start] === 0x09
      const soft = printable && cell[end - 1] === 0x3d
      if (!(folded && next.end > next.start) && !soft) break
      if (!encoded) addText(view, cell, next.start + 1, next.end)
      end = next.end
      index++
    }
    if (encoded) edits.push(...encodedValue(cell, head, value, end, at, walk))
    view.putByte(LF, end, end)
    view.putByte(BETWEEN, end, end)
  }
  walk.spend(view.length)
  return [...edits, ...view.toSource(walk.value(view.bytes, at), encodeValue)]
}
