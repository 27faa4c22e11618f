/** HTML and XML: text with the tags left out and entities read, then the insides of the tags (HTML Living Standard, 13). */
import { View } from './edit.ts'
import { NAMED_CHARACTERS } from './letter.ts'
import type { Codec } from './walk.ts'

/** Elements whose end is the end of a line; any other may stand inside a word. Local names of HTML and office documents. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body br c caption cell center comment cr dd div dl dt fieldset figcaption footer form ' +
    'h h1 h2 h3 h4 h5 h6 head header hr html is legend li line-break list-item main nav ol option p pre row section select ' +
    'si tab table table-cell table-row tbody td textarea tfoot th thead title tr ul v f'
  ).split(' '),
)
const RAW = new Set(['script', 'style'])
/** Longest entity worth reading: `&#x0010FFFF;`, `&CounterClockwiseContourIntegral;` is no letter of a name. */
const LONGEST_ENTITY = 14
const LF = 0x0a
const BETWEEN_TAGS = 0x01

function entityText(name: string): string | undefined {
  const number = /^#(?:x([0-9a-f]{1,8})|(\d{1,8}))$/i.exec(name)
  if (number === null) return NAMED_CHARACTERS.get(name)
  const point = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
  return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : undefined
}

/** Copies `start`–`end` with entities read. */
function copyText(view: View, source: Uint8Array, start: number, end: number): void {
  let from = start
  for (let index = start; index < end; index++) {
    if (source[index] !== 0x26) continue
    const limit = Math.min(end, index + LONGEST_ENTITY)
    let stop = index + 1
    while (stop < limit && source[stop] !== 0x3b && source[stop] !== 0x26) stop++
    if (source[stop] !== 0x3b || stop >= end) continue
    const read = entityText(Buffer.from(source.subarray(index + 1, stop)).toString('latin1'))
    if (read === undefined) continue
    view.copy(source, from, index)
    view.put(Buffer.from(read), index, stop + 1)
    from = stop + 1
  }
  view.copy(source, from, end)
}

interface Tag {
  readonly start: number
  readonly end: number
  /** Lower-case local name; empty for comments and declarations. */
  readonly name: string
  readonly closing: boolean
  /** CDATA: its inside is text. */
  readonly data?: { readonly start: number; readonly end: number }
}

/** The end of a tag that begins at `start`: the first `>` outside quotes. */
function tagEnd(source: Uint8Array, start: number): number {
  let quote = 0
  for (let index = start; index < source.length; index++) {
    const byte = source[index]
    if (quote !== 0) {
      if (byte === quote) quote = 0
    } else if (byte === 0x22 || byte === 0x27) quote = source[index - 1] === 0x3d ? byte : 0
    else if (byte === 0x3e) return index + 1
  }
  const plain = source.indexOf(0x3e, start)
  return plain < 0 ? source.length : plain + 1
}

function tagAt(source: Buffer, start: number): Tag | undefined {
  const head = source.toString('latin1', start + 1, start + 80)
  if (head.startsWith('!--')) {
    const end = source.indexOf('-->', start + 4)
    return { start, end: end < 0 ? source.length : end + 3, name: '', closing: false }
  }
  if (head.startsWith('![CDATA[')) {
    const end = source.indexOf(']]>', start + 9)
    const stop = end < 0 ? source.length : end
    return {
      start,
      end: Math.min(source.length, stop + 3),
      name: '',
      closing: false,
      data: { start: start + 9, end: stop },
    }
  }
  const found = /^(\/?)(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)|^[!?]/.exec(head)
  if (found === null) return undefined
  return { start, end: tagEnd(source, start + 1), name: found[2]?.toLowerCase() ?? '', closing: found[1] === '/' }
}

/** Two views of one document: its text, and the insides of its tags. They share no byte of the source. */
function views(source: Buffer, layout: boolean): { text: View; tags: View } {
  const text = new View(source.length)
  const tags = new View(1024)
  let from = 0
  const add = (end: number): void => {
    if (end <= from) return
    const blank = layout && source.toString('latin1', from, Math.min(end, from + 200)).trim() === '' && end - from < 200
    if (!(blank && source.subarray(from, end).includes(LF))) copyText(text, source, from, end)
  }
  for (let index = source.indexOf(0x3c); index >= 0; index = source.indexOf(0x3c, index)) {
    const tag = tagAt(source, index)
    if (tag === undefined) {
      index++
      continue
    }
    add(tag.start)
    if (tag.data !== undefined) text.copy(source, tag.data.start, tag.data.end)
    else {
      if (BLOCKS.has(tag.name)) text.putByte(LF, tag.start, tag.start)
      copyText(tags, source, tag.start, tag.end)
      tags.putByte(BETWEEN_TAGS, tag.end, tag.end)
    }
    from = tag.end
    index = tag.end
    if (RAW.has(tag.name) && !tag.closing) {
      const close = source.indexOf(`</${tag.name}`, tag.end)
      const end = close < 0 ? source.length : close
      tags.copy(source, tag.end, end)
      tags.putByte(BETWEEN_TAGS, end, end)
      from = end
      index = end
    }
  }
  add(source.length)
  return { text, tags }
}

function escapeMarkup(bytes: Uint8Array): Uint8Array {
  const written = Buffer.from(bytes).toString('utf8')
  return Buffer.from(
    written
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  )
}

export const html: Codec = (cell, at, walk) => {
  const { text, tags } = views(Buffer.from(cell.buffer, cell.byteOffset, cell.length), at.layout === true)
  walk.spend(text.length + tags.length)
  const edits = text.toSource(walk.value(text.bytes, at), escapeMarkup)
  if (walk.reading || tags.length === 0) return edits
  const inTags = tags.toSource(walk.text(tags.bytes, at), escapeMarkup)
  return [...edits, ...inTags]
}
