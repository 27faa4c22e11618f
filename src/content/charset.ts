/** Text in a declared character set (WHATWG Encoding Standard), viewed as UTF-8 with the way back. */
import { View } from './edit.ts'
import { Uncleared } from './limits.ts'

const UTF8 = /^(?:utf-?8|us-ascii|ascii|ansi_x3\.4-1968|unknown-8bit|binary|)$/i
/** Their bytes mean different things by state, so that nothing can be put in their middle. */
const STATEFUL = /^(?:iso-2022|utf-?7|hz|csiso2022)/i

/** Whether a label needs no decoding of its own. */
export function isUtf8Label(label: string): boolean {
  return UTF8.test(label.trim())
}

function decoderOf(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label.trim(), { ignoreBOM: true })
  } catch {
    return undefined
  }
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

/** `undefined` when the label is unknown or plain UTF-8: the cell is then read as UTF-8. */
export function transcode(cell: Uint8Array, label: string): Transcoded | undefined {
  if (isUtf8Label(label)) return undefined
  const decoder = decoderOf(label)
  if (decoder === undefined || decoder.encoding === 'utf-8' || decoder.encoding === 'replacement') return undefined
  const view = new View(cell.length)
  const stateful = STATEFUL.test(label.trim())
  const utf16 = decoder.encoding.startsWith('utf-16')
  let start = 0
  for (let index = 0; index < cell.length; index++) {
    if (!utf16 && !stateful && (cell[index] ?? 0) < 0x80 && start === index) {
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
  const refuse = (): Uint8Array => {
    throw new Uncleared(`a character set that cannot be written: ${decoder.encoding}`, true)
  }
  const encode = utf16 ? encodeUtf16(decoder.encoding === 'utf-16be') : encodeAscii
  return { view, encode: stateful ? refuse : encode }
}

/** The character set a byte order mark declares (Encoding Standard, 6.1), or none. */
export function byteOrderMark(cell: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (cell[0] === 0xff && cell[1] === 0xfe) return 'utf-16le'
  if (cell[0] === 0xfe && cell[1] === 0xff) return 'utf-16be'
  return undefined
}
