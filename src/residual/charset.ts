/** Charsets of one or two bytes that names were commonly stored in, tried where bytes are not UTF-8. */
const OLD_CHARSETS = [
  'windows-1252',
  'windows-1250',
  'iso-8859-2',
  'windows-1251',
  'koi8-r',
  'iso-8859-5',
  'windows-1253',
  'iso-8859-7',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'iso-8859-13',
  'windows-1258',
  'iso-8859-16',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
]
const MULTIBYTE = new Set(['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'])

/** Bytes in a named charset as UTF-8; as they are when the charset is unknown. */
export function decodeCharset(bytes: Buffer, charset: string): Buffer {
  if (/^(?:utf-?8|us-ascii|ascii)$/i.test(charset)) return bytes
  try {
    return Buffer.from(new TextDecoder(charset).decode(bytes))
  } catch {
    return bytes
  }
}

/** The characters beyond ASCII that a charset of one byte has. */
function repertoire(charset: string): Set<string> {
  const bytes = Uint8Array.from({ length: 128 }, (_, index) => index + 128)
  return new Set(new TextDecoder(charset).decode(bytes))
}

/** The charsets in which at least one of the values can be written, as few as cover all of them and the likely ones. */
export function charsetsFor(values: readonly string[]): string[] {
  const foreign = values
    .map((value) => [...new Set(value.normalize('NFC').replace(/[\0-\x7f]/g, ''))])
    .filter((list) => list.length > 0)
  if (foreign.length === 0) return []
  const chosen: string[] = []
  for (const charset of OLD_CHARSETS) {
    if (MULTIBYTE.has(charset)) {
      const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
      if (foreign.some((list) => list.some((character) => wide.test(character)))) chosen.push(charset)
      continue
    }
    const known = repertoire(charset)
    if (foreign.some((list) => list.every((character) => known.has(character)))) chosen.push(charset)
  }
  return chosen.slice(0, 8)
}

/** Texts that bytes may be as UTF-16 (RFC 2781): both byte orders, both offsets, as UTF-8. */
export function* wideTexts(bytes: Buffer): Generator<Buffer> {
  for (const offset of [0, 1]) {
    const even = bytes.subarray(offset, bytes.length - ((bytes.length - offset) % 2))
    if (even.length < 4) continue
    yield Buffer.from(even.toString('utf16le'))
    yield Buffer.from(Buffer.from(even).swap16().toString('utf16le'))
  }
}
