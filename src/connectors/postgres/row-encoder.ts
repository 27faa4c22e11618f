import type { ExportRows } from '../../connector.ts'

/** How a cell becomes JSON: its own text where that is JSON already, else a string. */
export type CellKind = 'number' | 'boolean' | 'stamp' | 'json' | 'text'

const [tab, newline, space, quote, plus, comma, minus, colon, backslash] = [9, 10, 32, 34, 43, 44, 45, 58, 92] as const
const [letterN, letterT, stampT, brace, digitZero, digitNine] = [78, 116, 84, 125, 48, 57] as const
const encoder = new TextEncoder()
const nothing = new Uint8Array(0)
const nullText = encoder.encode('null')
const trueText = encoder.encode('true')
const falseText = encoder.encode('false')

/** Bytes that ask for more than being copied: control characters, `"`, `,` and `\`. */
const special = new Uint8Array(256).fill(1, 0, 32)
for (const byte of [quote, comma, backslash]) special[byte] = 1

/** The byte that `\b`, `\t` … of COPY text stand for (PostgreSQL manual, COPY, text format). */
const unescaped = Uint8Array.from({ length: 256 }, (_one, byte) => byte)
for (const [letter, byte] of Object.entries({ b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 })) {
  unescaped[letter.charCodeAt(0)] = byte
}

/** How a byte is written in a JSON string (RFC 8259, section 7); those from 128 on are parts of UTF-8 and stay. */
const jsonEscapes = Array.from({ length: 256 }, (_one, byte) =>
  byte < 128 ? encoder.encode(JSON.stringify(String.fromCharCode(byte)).slice(1, -1)) : Uint8Array.of(byte),
)

const bufferBytes = 1 << 20
/** A cell that has not ended after so many bytes goes through in pieces: memory does not grow with it. */
const longCellBytes = 1 << 16
/** Most bytes that one byte of a cell becomes: `\u0001`. */
const growth = 6
/** Room for what stands around a cell: quotes, a line end, `null`. */
const margin = 16

interface Buffers {
  readonly json: Uint8Array
  readonly csv: Uint8Array
}

/**
 * Makes JSON and CSV of COPY text (UTF-8) in one pass over its bytes. Memory does not grow with rows or cells: two pairs
 * of buffers take turns, so a piece is good until the next but one is asked for.
 */
export class RowEncoder {
  readonly #kinds: readonly CellKind[]
  /** What stands before each cell in JSON; the first row opens without a comma. */
  readonly #prefixes: Uint8Array[]
  readonly #rowStart: Uint8Array
  readonly #pairs: readonly Buffers[]
  #pair = 0
  #json = 0
  #csv = 0
  #rows = 0
  #column = 0
  #full = false
  #inLongCell = false
  #held: Uint8Array = nothing

  /** `columns`: in the order of the text, at least one. */
  constructor(columns: readonly { readonly name: string; readonly kind: CellKind }[]) {
    if (columns.length === 0) throw new RangeError('rows have at least one column')
    this.#kinds = columns.map((column) => column.kind)
    const names = columns.map(({ name }) => JSON.stringify(name))
    this.#prefixes = names.map((name, index) => encoder.encode(`${index === 0 ? '{' : ','}${name}:`))
    this.#rowStart = encoder.encode(`,\n{${names[0]}:`)
    const size = bufferBytes + Math.max(...this.#prefixes.map((prefix) => prefix.length))
    this.#pairs = [0, 1].map(() => ({ json: new Uint8Array(size), csv: new Uint8Array(size) }))
  }

  /** Takes the next bytes of the text, wherever they end; yields what is full. */
  *push(chunk: Uint8Array): Generator<ExportRows> {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    let at = 0
    for (;;) {
      this.#full = false
      if (this.#inLongCell) {
        at = this.#longCell(bytes, at)
        if (this.#full) yield this.#take()
        else if (this.#inLongCell) break
        continue
      }
      at = this.#cells(bytes, at)
      const left = bytes.length - at
      if (this.#full && this.#json > 0) yield this.#take()
      else if (this.#full || (left >= longCellBytes && this.#isString())) {
        if (this.#json > 0) yield this.#take()
        this.#openLongCell()
      } else break
    }
    this.#held = at === bytes.length ? nothing : new Uint8Array(bytes.subarray(at))
  }

  /** What is left after the last bytes. Throws a RangeError when they ended in the middle of a row. */
  *end(): Generator<ExportRows> {
    if (this.#held.length > 0 || this.#column > 0 || this.#inLongCell) throw new RangeError('the rows end in mid-row')
    if (this.#json > 0) yield this.#take()
  }

  #take(): ExportRows {
    const { json, csv } = this.#pairs[this.#pair] as Buffers
    const taken = { json: json.subarray(0, this.#json), csv: csv.subarray(0, this.#csv), rows: this.#rows }
    this.#pair = 1 - this.#pair
    this.#json = 0
    this.#csv = 0
    this.#rows = 0
    return taken
  }

  #isString(): boolean {
    const kind = this.#kinds[this.#column]
    return kind === 'text' || kind === 'json'
  }

  /** Encodes whole cells; gives the place of the first that does not end, or has no room. */
  #cells(bytes: Uint8Array, from: number): number {
    for (let at = from; ; ) {
      const next = this.#cell(bytes, at)
      if (next === at) return at
      at = next
    }
  }

  /** One cell and the tab or line end after it; gives the place behind, or the same place where it could not be taken. */
  #cell(bytes: Uint8Array, from: number): number {
    const { json, csv } = this.#pairs[this.#pair] as Buffers
    const kind = this.#kinds[this.#column] as CellKind
    const prefix = this.#prefixes[this.#column] as Uint8Array
    const room = Math.floor((json.length - Math.max(this.#json + prefix.length, this.#csv) - margin) / growth)
    const stop = Math.min(bytes.length, from + room)
    const start = put(json, this.#json, prefix)
    const csvStart = this.#csv
    let at = from
    let j = start
    let c = csvStart
    let quoted = false
    if (kind === 'text' || kind === 'stamp') json[j++] = quote
    while (at < stop) {
      let byte = bytes[at++] as number
      if (special[byte] === 0) {
        json[j++] = byte
        csv[c++] = byte
        continue
      }
      if (byte === tab || byte === newline) {
        if (at - from === 3 && bytes[from] === backslash && bytes[from + 1] === letterN) {
          j = put(json, start, nullText)
          c = csvStart
        } else {
          if (quoted || c === csvStart) c = inQuotes(csv, csvStart, c)
          if (kind === 'text') json[j++] = quote
          else if (kind === 'stamp') j = asStamp(json, start, j)
          else if (kind === 'number' && !isNumber(bytes, from)) j = asString(json, start, j)
          else if (kind === 'boolean') {
            const text = bytes[from] === letterT ? trueText : falseText
            j = put(json, start, text)
            c = put(csv, csvStart, text)
          }
        }
        this.#endCell(j, c, byte)
        return at
      }
      if (byte === backslash) {
        if (at === stop) break
        byte = unescaped[bytes[at++] as number] as number
      }
      quoted = true
      if (byte === quote) csv[c++] = quote
      csv[c++] = byte
      if (kind === 'json') json[j++] = byte < 32 ? space : byte
      else j = put(json, j, jsonEscapes[byte] as Uint8Array)
    }
    this.#full = stop < bytes.length
    return from
  }

  /** Ends a cell in both forms, and with the last one its row. */
  #endCell(json: number, csv: number, byte: number): void {
    const buffers = this.#pairs[this.#pair] as Buffers
    this.#json = json
    this.#csv = csv
    buffers.csv[this.#csv++] = byte === tab ? comma : newline
    this.#column++
    if (byte === tab) return
    buffers.json[this.#json++] = brace
    this.#prefixes[0] = this.#rowStart
    this.#column = 0
    this.#rows++
  }

  #openLongCell(): void {
    if (!this.#isString()) throw new RangeError('a number or a time has no end')
    const { json, csv } = this.#pairs[this.#pair] as Buffers
    this.#json = put(json, this.#json, this.#prefixes[this.#column] as Uint8Array)
    if (this.#kinds[this.#column] === 'text') json[this.#json++] = quote
    csv[this.#csv++] = quote
    this.#inLongCell = true
  }

  /** Goes on with a cell that comes in pieces, until it ends, the bytes end, or there is no room. */
  #longCell(bytes: Uint8Array, from: number): number {
    const { json, csv } = this.#pairs[this.#pair] as Buffers
    const isText = this.#kinds[this.#column] === 'text'
    const limit = json.length - growth - margin
    let at = from
    let j = this.#json
    let c = this.#csv
    while (at < bytes.length) {
      if (j > limit || c > limit) {
        this.#full = true
        break
      }
      let byte = bytes[at++] as number
      if (special[byte] === 0) {
        json[j++] = byte
        csv[c++] = byte
        continue
      }
      if (byte === tab || byte === newline) {
        if (isText) json[j++] = quote
        csv[c++] = quote
        this.#inLongCell = false
        this.#endCell(j, c, byte)
        return at
      }
      if (byte === backslash) {
        if (at === bytes.length) {
          at--
          break
        }
        byte = unescaped[bytes[at++] as number] as number
      }
      if (byte === quote) csv[c++] = quote
      csv[c++] = byte
      if (isText) j = put(json, j, jsonEscapes[byte] as Uint8Array)
      else json[j++] = byte < 32 ? space : byte
    }
    this.#json = j
    this.#csv = c
    return at
  }
}

function put(target: Uint8Array, at: number, bytes: Uint8Array): number {
  for (let index = 0; index < bytes.length; index++) target[at + index] = bytes[index] as number
  return at + bytes.length
}

/** Puts what stands from `start` to `end` in quotes; gives its new end. */
function inQuotes(target: Uint8Array, start: number, end: number): number {
  target.copyWithin(start + 1, start, end)
  target[start] = quote
  target[end + 1] = quote
  return end + 2
}

const asString = inQuotes

/** `NaN` and `Infinity` are no numbers of JSON. */
function isNumber(bytes: Uint8Array, from: number): boolean {
  const first = bytes[from] as number
  const digit = first === minus ? (bytes[from + 1] as number) : first
  return digit >= digitZero && digit <= digitNine
}

/** An instant as the server's own JSON writes it (RFC 3339): `T` between day and time, minutes in the zone. */
function asStamp(json: Uint8Array, start: number, end: number): number {
  let blank = start
  while (blank < end && json[blank] !== space) blank++
  if (blank < end) json[blank] = stampT
  const sign = json[end - 3]
  let at = end
  if (sign === plus || sign === minus) {
    for (const byte of [colon, digitZero, digitZero]) json[at++] = byte
  }
  json[at++] = quote
  return at
}
