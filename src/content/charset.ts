/** Text in a declared character set (WHATWG Encoding Standard), viewed as UTF-8 with the way back. */
import { View } from './edit.ts'
import { Uncleared } from './limits.ts'

const UTF8 = /^(?:utf-?8|us-ascii|ascii|ansi_x3\.4-1968|unknown-8bit|binary|)$/i
/** Their bytes mean different things by state, so that nothing can be put in their middle. */
const STATEFUL = /^(?:iso-2022|utf-?7|hz|csiso2022)/i

function isUtf8Label(label: string): boolean {
  return UTF8.test(label.trim())
}

/** Character sets of the Encoding Standard with more than one byte a character. */
const MULTIBYTE = /^(?:gbk|gb18030|big5|euc-jp|euc-kr|shift_jis|iso-2022-jp|utf-)/
const UNKNOWN = Buffer.from('\ufffd')

/** Encodings by label, and tables by encoding: a header names the same one hundreds of times. */
const encodings = new Map<string, string | undefined>()
const tables = new Map<string, readonly Uint8Array[] | undefined>()
const MOST_LABELS = 200

function encodingOf(label: string): string | undefined {
  if (encodings.has(label)) return encodings.get(label)
  if (encodings.size > MOST_LABELS) encodings.clear()
  let encoding: string | undefined
  try {
    encoding = new TextDecoder(label).encoding
  } catch {
    // An unknown label: the text is read as UTF-8.
  }
  encodings.set(label, encoding)
  return encoding
}

export interface Transcoded {
  readonly view: View
  /** Bytes of UTF-8 in the cell's own character set; what it lacks becomes `?`. */
  readonly encode: (bytes: Uint8Array) => Uint8Array
}

function encodeUtf16(bigEndian: boolean): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => {
    const units = Buffer.from(Buffer.from(bytes).toString('utf8'), 'utf16le')
    return bigEndian ? units.swap16() : units
  }
}

function encodeAscii(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8')
  return Buffer.from([...text].map((character) => (character < '\u0080' ? character : '?')).join(''))
}

/** The text of each byte in a character set of one byte a character; `undefined` for any other. */
function singleBytes(encoding: string): readonly Uint8Array[] | undefined {
  if (MULTIBYTE.test(encoding)) return undefined
  const known = tables.get(encoding)
  if (known !== undefined) return known
  const decoder = new TextDecoder(encoding)
  const table = Array.from({ length: 256 }, (_, byte) => Buffer.from(decoder.decode(Uint8Array.of(byte))))
  tables.set(encoding, table)
  return table
}

function byTable(cell: Uint8Array, table: readonly Uint8Array[]): View {
  const view = new View(cell.length)
  let from = 0
  for (let index = 0; index < cell.length; index++) {
    const byte = cell[index] ?? 0
    if (byte < 0x80) continue
    view.copy(cell, from, index)
    view.put(table[byte] ?? UNKNOWN, index, index + 1)
    from = index + 1
  }
  view.copy(cell, from, cell.length)
  return view
}

/** Byte after byte: a character ends where the decoder lets it go. */
function streamed(cell: Uint8Array, encoding: string, everyByte: boolean): View {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  const view = new View(cell.length)
  let start = 0
  for (let index = 0; index < cell.length; index++) {
    if (!everyByte && (cell[index] ?? 0) < 0x80 && start === index) {
      view.copy(cell, index, index + 1)
      start = index + 1
      continue
    }
    const text = decoder.decode(cell.subarray(index, index + 1), { stream: true })
    if (text === '') continue
    view.put(Buffer.from(text), start, index + 1)
    start = index + 1
  }
  const rest = decoder.decode()
  if (rest !== '' && start < cell.length) view.put(Buffer.from(rest), start, cell.length)
  return view
}

/** `undefined` when the label is unknown or plain UTF-8: the cell is then read as UTF-8. */
export function transcode(cell: Uint8Array, label: string): Transcoded | undefined {
  if (isUtf8Label(label)) return undefined
  const encoding = encodingOf(label.trim().toLowerCase())
  if (encoding === undefined || encoding === 'utf-8' || encoding === 'replacement') return undefined
  const stateful = STATEFUL.test(label.trim())
  const utf16 = encoding.startsWith('utf-16')
  const table = utf16 || stateful ? undefined : singleBytes(encoding)
  const view = table === undefined ? streamed(cell, encoding, utf16 || stateful) : byTable(cell, table)
  const refuse = (): Uint8Array => {
    throw new Uncleared(`a character set that cannot be written: ${encoding}`, true)
  }
  const encode = utf16 ? encodeUtf16(encoding === 'utf-16be') : encodeAscii
  return { view, encode: stateful ? refuse : encode }
}

/** The character set a byte order mark declares (Encoding Standard, 6.1), or none. */
export function byteOrderMark(cell: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (cell[0] === 0xff && cell[1] === 0xfe) return 'utf-16le'
  if (cell[0] === 0xfe && cell[1] === 0xff) return 'utf-16be'
  return undefined
}
