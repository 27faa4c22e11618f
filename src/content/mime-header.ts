/** Mail header fields (RFC 5322 2.2, RFC 2047): unfolded, encoded words read, and written back where they stood. */
import { transcode } from './charset.ts'
import { applyEdits, type Edit, View } from './edit.ts'
import { decodeQuotedPrintable, encodeQuotedPrintable } from './quoted-printable.ts'
import type { At, Walk } from './walk.ts'

/** One field, by positions in the message; `end` is behind its last line end. */
export interface Field {
  readonly name: string
  readonly start: number
  readonly end: number
  /** Unfolded value, encoded words unread. */
  readonly value: string
}

/** Fields until the first empty line, and where the body begins. */
export function fieldsOf(message: Buffer): { fields: readonly Field[]; body: number } {
  const fields: Field[] = []
  let position = 0
  if (message.toString('latin1', 0, 5) === 'From ') position = lineEnd(message, 0)
  while (position < message.length) {
    const first = lineEnd(message, position)
    const line = message.toString('latin1', position, first)
    if (/^\r?\n$/.test(line)) return { fields, body: first }
    const name = /^([!-9;-~]{1,200})[ \t]*:/.exec(line)?.[1]
    if (name === undefined) return { fields, body: fields.length === 0 ? 0 : position }
    let end = first
    while (message[end] === 0x20 || message[end] === 0x09) end = lineEnd(message, end)
    const value = message
      .toString('latin1', position, end)
      .replace(/\r?\n(?=[ \t])/g, '')
      .trimEnd()
    fields.push({ name: name.toLowerCase(), start: position, end, value: value.slice(value.indexOf(':') + 1).trim() })
    position = end
  }
  return { fields, body: message.length }
}

export function lineEnd(message: Buffer, start: number): number {
  const found = message.indexOf(0x0a, start)
  return found < 0 ? message.length : found + 1
}

/** A value before its parameters, lower case, and one parameter, also in the forms of RFC 2231. */
export function mainValue(field: Field | undefined): string {
  return (field?.value.split(';')[0] ?? '').trim().toLowerCase()
}

export function parameterOf(field: Field | undefined, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}(?:\\*0?\\*?)?\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, 'i').exec(
    field?.value ?? '',
  )
  return (found?.[1] ?? found?.[2])?.replace(/\\(.)/g, '$1')
}

const ENCODED_WORD = /=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([QB])\?([^?\s]{0,200})\?=/gi

interface Word {
  readonly start: number
  readonly end: number
  /** Where its text stands in the view. */
  readonly from: number
  readonly to: number
}

function wordText(charset: string, encoding: string, text: string): Uint8Array {
  const bytes =
    encoding.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64')
      : decodeQuotedPrintable(Buffer.from(text, 'latin1'), true).bytes
  return transcode(bytes, charset)?.view.bytes ?? bytes
}

/** Longest encoded word (RFC 2047, 2) less its frame `=?UTF-8?Q?` `?=`. */
const LONGEST_WORD = 75 - 12

/** Encoded words that hold `bytes` (UTF-8), never cut inside a character. */
function encodedWords(bytes: Uint8Array): Uint8Array {
  const words: string[] = []
  let word = ''
  for (const character of Buffer.from(bytes).toString('utf8')) {
    const encoded = Buffer.from(encodeQuotedPrintable(Buffer.from(character), true)).toString('latin1')
    if (word.length + encoded.length > LONGEST_WORD) {
      words.push(word)
      word = ''
    }
    word += encoded
  }
  words.push(word)
  return Buffer.from(
    words
      .filter((text) => text !== '')
      .map((text) => `=?UTF-8?Q?${text}?=`)
      .join(' '),
  )
}

function addField(view: View, words: Word[], message: Buffer, { start, end }: Field): void {
  const raw = message.toString('latin1', start, end)
  let from = 0
  const fold = /\r?\n(?=[ \t])/g
  const copy = (to: number): void => {
    fold.lastIndex = from
    for (let found = fold.exec(raw); found !== null && found.index < to; found = fold.exec(raw)) {
      view.copy(message, start + from, start + found.index)
      from = fold.lastIndex
    }
    view.copy(message, start + from, start + to)
  }
  let last = -1
  for (const match of raw.matchAll(ENCODED_WORD)) {
    const [whole, charset = '', encoding = '', text = ''] = match
    // White space between two encoded words is no text (RFC 2047, 6.2).
    if (!(last === from && /^\s+$/.test(raw.slice(from, match.index)))) copy(match.index)
    const decoded = wordText(charset, encoding, text)
    words.push({
      start: start + match.index,
      end: start + match.index + whole.length,
      from: view.length,
      to: view.length + decoded.length,
    })
    view.put(decoded, start, start)
    from = match.index + whole.length
    last = from
  }
  copy(raw.length)
}

/** Parts of an edit that lie inside encoded words, and those outside; only the first of all carries the replacement. */
function divided(
  edit: Edit,
  words: readonly Word[],
  first: number,
): { inside: { word: Word; edit: Edit }[]; outside: Edit[] } {
  const inside: { word: Word; edit: Edit }[] = []
  const outside: Edit[] = []
  let from = edit.start
  let bytes = edit.bytes
  const take = (): Uint8Array => {
    const taken = bytes
    bytes = new Uint8Array(0)
    return taken
  }
  for (let index = first; index < words.length; index++) {
    const word = words[index]
    if (word === undefined || word.from >= edit.end) break
    if (word.to <= from) continue
    if (word.from > from) outside.push({ start: from, end: word.from, bytes: take() })
    const start = Math.max(from, word.from)
    const end = Math.min(edit.end, word.to)
    inside.push({ word, edit: { start, end, bytes: take() } })
    from = end
  }
  if (from < edit.end) outside.push({ start: from, end: edit.end, bytes: take() })
  return { inside, outside }
}

const ADDRESS_FIELD =
  /^(?:resent-)?(?:from|sender|reply-to|to|cc|bcc)$|^(?:delivered-to|return-path|x-original-to|errors-to)$/
/** Stands for an address where the syntax asks for one (RFC 6761, 6.4: `.invalid` never resolves). */
const NO_ADDRESS = 'erased@erased.invalid'

/** How far back quotes and parameters are looked for. */
const LONGEST_CONTEXT = 4000

/** The replacement as the field's syntax allows it: addresses stay addresses, phrases are quoted, parameters stay tokens. */
function fitting(field: Field, before: string, matched: string, replacement: string): string {
  if (/\*(?:=[\w-]*'[\w-]*'|\d+\*=)[^;\s]*$/.test(before)) return encodeURIComponent(replacement).replace(/['()*]/g, '')
  if (/;\s*[\w*-]+=[^";\s]*$/.test(before)) return replacement.replace(/[^\w!#$&+.^`{|}~-]/g, '') || 'x'
  if (!ADDRESS_FIELD.test(field.name)) return replacement
  if (/@|%40/.test(matched)) return NO_ADDRESS
  const quotes = before.replace(/\\./g, '').split('"').length - 1
  return quotes % 2 === 1 || /^[\w ]*$/.test(replacement) ? replacement : `"${replacement.replace(/["\\]/g, '\\$&')}"`
}

/** Edits of a header: identifiers in plain text, over folds, inside and across encoded words. */
export function headerEdits(message: Buffer, fields: readonly Field[], at: At, walk: Walk): readonly Edit[] {
  const view = new View(4096)
  const words: Word[] = []
  const begins = fields.map((field) => {
    const begin = view.length
    addField(view, words, message, field)
    return begin
  })
  const shown = Buffer.from(view.bytes)
  const fit = (edit: Edit): Edit => {
    const index = begins.findLastIndex((begin) => begin <= edit.start)
    const field = fields[index]
    if (field === undefined || edit.bytes.length === 0) return edit
    const before = shown.toString('utf8', Math.max(begins[index] ?? 0, edit.start - LONGEST_CONTEXT), edit.start)
    const text = fitting(
      field,
      before,
      shown.toString('utf8', edit.start, edit.end),
      Buffer.from(edit.bytes).toString(),
    )
    return { ...edit, bytes: Buffer.from(text) }
  }
  const plain: Edit[] = []
  const byWord = new Map<Word, Edit[]>()
  let next = 0
  for (const edit of walk.text(view.bytes, at)) {
    while ((words[next]?.to ?? Number.POSITIVE_INFINITY) <= edit.start) next++
    const { inside, outside } = divided(edit, words, next)
    plain.push(...outside.map(fit))
    for (const part of inside) byWord.set(part.word, [...(byWord.get(part.word) ?? []), part.edit])
  }
  const rewritten = [...byWord].map(([word, edits]) => {
    const own = edits.map((edit) => ({ ...edit, start: edit.start - word.from, end: edit.end - word.from }))
    return {
      start: word.start,
      end: word.end,
      bytes: encodedWords(applyEdits(shown.subarray(word.from, word.to), own)),
    }
  })
  return [...view.toSource(plain, (bytes) => bytes), ...rewritten]
}
