type Codes = ReadonlyMap<number, string>

/** Maps from glyph codes to text that fonts carry (ToUnicode CMaps, ISO 32000-1, 9.10.3). */
function codeMaps(streams: readonly Buffer[]): Codes[] {
  const maps: Codes[] = []
  for (const stream of streams) {
    if (maps.length === 16) break
    if (!stream.includes('beginbfchar') && !stream.includes('beginbfrange')) continue
    const source = stream.toString('latin1', 0, Math.min(stream.length, 1 << 20))
    const codes = new Map<number, string>()
    const text = (hex: string) => {
      const wide = Buffer.from(hex.replace(/\s/g, ''), 'hex')
      return wide.length % 2 === 0 ? wide.swap16().toString('utf16le') : wide.toString('latin1', 0, wide.length)
    }
    for (const [, section] of source.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
      for (const [, code, to] of (section as string).matchAll(/<([0-9a-fA-F]{2,4})>\s*<([0-9a-fA-F\s]{2,64})>/g)) {
        codes.set(Number.parseInt(code as string, 16), text(to as string))
      }
    }
    for (const [, section] of source.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
      const ranges = /<([0-9a-fA-F]{2,4})>\s*<([0-9a-fA-F]{2,4})>\s*(?:<([0-9a-fA-F]{2,8})>|\[([^\]]{0,8000})\])/g
      for (const [, low, high, to, list] of (section as string).matchAll(ranges)) {
        const first = Number.parseInt(low as string, 16)
        const last = Math.min(Number.parseInt(high as string, 16), first + 65_535)
        const each =
          list === undefined ? [] : [...list.matchAll(/<([0-9a-fA-F]{2,64})>/g)].map((one) => text(one[1] as string))
        const base = to === undefined ? 0 : Number.parseInt(to, 16)
        for (let code = first; code <= last; code++) {
          codes.set(
            code,
            list === undefined
              ? String.fromCodePoint(Math.min(base + code - first, 0x10ffff))
              : (each[code - first] ?? ''),
          )
        }
      }
    }
    if (codes.size > 0) maps.push(codes)
  }
  return maps
}

/** A literal string `( … )` that begins at `at`: its bytes, and where it ends. */
function literalString(source: Buffer, at: number): [Buffer, number] {
  const out: number[] = []
  let depth = 1
  let next = at + 1
  for (; next < source.length && depth > 0; next++) {
    const byte = source[next] as number
    if (byte === 40) depth++
    else if (byte === 41 && --depth === 0) continue
    if (byte !== 92) {
      out.push(byte)
      continue
    }
    const octal = /^[0-7]{1,3}/.exec(source.toString('latin1', next + 1, next + 4))
    if (octal !== null) {
      out.push(Number.parseInt(octal[0], 8) & 255)
      next += octal[0].length
      continue
    }
    const escaped = source[++next] ?? 0
    if (escaped === 13 && source[next + 1] === 10) next++
    if (escaped === 10 || escaped === 13) continue
    out.push({ n: 10, r: 13, t: 9, b: 8, f: 12 }[String.fromCharCode(escaped)] ?? escaped)
  }
  return [Buffer.from(out), next]
}

/** Text of a string by a font's map, or as UTF-16 or Latin when there is none. */
function shown(bytes: Buffer, codes: Codes | undefined): string {
  if (codes !== undefined && bytes.length % 2 === 0 && [...codes.keys()].some((code) => code > 255 || codes.size > 0)) {
    let text = ''
    for (let at = 0; at < bytes.length; at += 2) text += codes.get(bytes.readUInt16BE(at)) ?? ''
    if (text !== '') return text
  }
  if (codes !== undefined) return Array.from(bytes, (byte) => codes.get(byte) ?? '').join('')
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0) {
    return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le')
  }
  return new TextDecoder('windows-1252').decode(bytes)
}

/** What a content stream shows: strings of one line joined (`words`: a wide gap is a space), a new line where the text moves. */
function shownText(source: Buffer, codes: Codes | undefined, gaps: 'close' | 'words' | 'apart'): string {
  const out: string[] = []
  let array = false
  for (let at = 0; at < source.length; ) {
    const byte = source[at] as number
    if (byte === 40) {
      const [bytes, next] = literalString(source, at)
      out.push(shown(bytes, codes))
      at = next
    } else if (byte === 60 && source[at + 1] !== 60) {
      const close = source.indexOf(62, at)
      if (close === -1) break
      if (close - at < 100_000) {
        const digits = source.toString('latin1', at + 1, close).replace(/[^0-9a-f]/gi, '')
        out.push(shown(Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex'), codes))
      }
      at = close + 1
    } else if (byte === 60) {
      at += 2
    } else if (byte === 91 || byte === 93) {
      array = byte === 91
      at++
    } else if (array && (byte === 45 || (byte >= 48 && byte <= 57))) {
      const number = /^-?[\d.]+/.exec(source.toString('latin1', at, at + 16))?.[0] ?? '-'
      if (gaps === 'words' && Number(number) < -150) out.push(' ')
      at += number.length
    } else if (byte >= 65 && byte <= 122) {
      const operator = /^[A-Za-z]+\*?/.exec(source.toString('latin1', at, at + 12))?.[0] ?? ' '
      if (operator === 'Td' || operator === 'TD' || operator === 'Tm') {
        const before = source.toString('latin1', Math.max(0, at - 24), at)
        const level = operator !== 'Tm' && /\s0(?:\.0+)?\s*$/.test(before)
        if (gaps !== 'close' || !level) out.push(gaps === 'apart' || level ? ' ' : '\n')
      } else if (operator === 'T*' || operator === 'ET') out.push(gaps === 'apart' ? ' ' : '\n')
      at += operator.length
    } else at++
  }
  return out.join('')
}

/** Every reading of the text that the streams of a file show, strings in its objects included. */
export function* contentTexts(streams: readonly Buffer[]): Generator<string> {
  const maps = codeMaps(streams)
  for (const stream of streams) {
    if (!stream.includes('(') && !stream.includes('<')) continue
    const shows = stream.includes('Tj') || stream.includes('TJ') || stream.includes("'")
    for (const gaps of shows ? (['close', 'words', 'apart'] as const) : (['apart'] as const)) {
      yield shownText(stream, undefined, gaps)
      if (shows) for (const codes of maps) yield shownText(stream, codes, gaps)
    }
  }
}
