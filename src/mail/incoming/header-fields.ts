/** Fields of a mail's header, read under bounds (RFC 5322 section 2.2); of a hostile header only its beginning is read. */

/** A longer header block is a hostile one. */
const longestHead = 1 << 17
const mostFields = 1000

export interface HeaderField {
  /** In small letters. */
  readonly name: string
  readonly value: string
}

/** The bytes up to the empty line, at most 128 kB. */
export function headOf(message: Uint8Array): Buffer {
  const start = Buffer.from(message.buffer, message.byteOffset, Math.min(message.byteLength, longestHead))
  const ends = ['\r\n\r\n', '\n\n'].map((end) => start.indexOf(end)).filter((at) => at !== -1)
  return ends.length === 0 ? start : start.subarray(0, Math.min(...ends))
}

/** Unfolded fields in their order; lines that are no field are left out. */
export function headerFields(head: string): readonly HeaderField[] {
  const fields: { name: string; value: string }[] = []
  for (const line of head.split(/\r?\n/)) {
    const last = fields.at(-1)
    if (/^[\t ]/.test(line) && last !== undefined) last.value += ` ${line.trim()}`
    else if (fields.length < mostFields) {
      const colon = line.indexOf(':')
      if (colon > 0 && colon < 80)
        fields.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() })
    }
  }
  return fields
}

/** Values of the fields of a name. */
export function valuesOf(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name === name).map(({ value }) => value)
}

/** Message-IDs in the order they stand, with their brackets, each once, the newest fifty. */
export function messageIds(text: string): string[] {
  const found = text.slice(0, 20_000).match(/<[^<>\s]{3,250}>/g) ?? []
  return [...new Set(found)].slice(-50)
}
