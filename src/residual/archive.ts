import { constants, crc32, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'

/** What came out of a container: parts, and what of it could not be read. */
export interface Opened {
  readonly parts: readonly { readonly label: string; readonly bytes: Buffer }[]
  readonly unread: readonly string[]
}

type Inflate = (bytes: Uint8Array, most: number) => Buffer | 'too large' | undefined

/** Decompresses at most `most` bytes; a stream that is cut off gives what there is, a broken one undefined. */
function inflater(
  run: (bytes: Uint8Array, options: { maxOutputLength: number; finishFlush: number }) => Buffer,
): Inflate {
  return (bytes, most) => {
    try {
      return run(bytes, { maxOutputLength: Math.max(1, most), finishFlush: constants.Z_SYNC_FLUSH })
    } catch (cause) {
      return (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : undefined
    }
  }
}

export const inflateRaw: Inflate = inflater(inflateRawSync)
export const inflateZlib: Inflate = inflater(inflateSync)
const inflateMembers: Inflate = inflater(gunzipSync)
/** Gzip (RFC 1952), also a whole member with other bytes behind it, which zlib itself refuses. */
export const inflateGzip: Inflate = (bytes, most) => inflateMembers(bytes, most) ?? firstMember(bytes, most)

/** The first member, where its checksum says that it is one: the magic number alone stands in other data by chance. */
function firstMember(bytes: Uint8Array, most: number): ReturnType<Inflate> {
  const start = afterGzipHeader(bytes)
  if (start === -1) return undefined
  try {
    const options = { maxOutputLength: Math.max(1, most), info: true } as const
    const { buffer, engine } = inflateRawSync(bytes.subarray(start), options) as unknown as Inflated
    const trailer = Buffer.from(bytes.buffer, bytes.byteOffset + start + engine.bytesWritten, 8)
    return trailer.readUInt32LE(0) === crc32(buffer) && trailer.readUInt32LE(4) === buffer.length ? buffer : undefined
  } catch (cause) {
    return (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : undefined
  }
}

/** What zlib gives with `info`: also how many bytes it took. */
interface Inflated {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
}

/** Where the compressed data of a gzip member begin (RFC 1952 section 2.3), or -1. */
function afterGzipHeader(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0xff
  if (bytes.length < 18 || bytes[2] !== 8 || (flags & 0xe0) !== 0) return -1
  let at = 10
  if ((flags & 4) !== 0) at += 2 + (bytes[at] as number) + ((bytes[at + 1] as number) << 8)
  for (const named of [8, 16]) {
    if ((flags & named) === 0) continue
    const end = bytes.indexOf(0, at)
    if (end === -1) return -1
    at = end + 1
  }
  if ((flags & 2) !== 0) at += 2
  return at < bytes.length ? at : -1
}
export const inflateZstd: Inflate = (bytes, most) => {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, most) })
  } catch (cause) {
    return (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : undefined
  }
}
/** A zlib header (RFC 1950): method 8, window at most 32 KiB, check bits right. */
export const isZlib = (bytes: Uint8Array, at: number): boolean => {
  const method = bytes[at] ?? 0
  return (
    (method & 15) === 8 &&
    method >> 4 <= 7 &&
    ((method << 8) | (bytes[at + 1] ?? 0)) % 31 === 0 &&
    ((bytes[at + 1] ?? 0) & 32) === 0
  )
}

const MOST_ENTRIES = 10_000
/** Names of parts that every office document has: they may stand in a finding; any other name could be a person's. */
const KNOWN_PART =
  /^(?:word|xl|ppt|docProps|customXml|META-INF)?\/?(?:worksheets\/|slides\/|_rels\/)?(?:document|content|styles|meta|settings|core|app|custom|comments|footnotes|endnotes|header\d*|footer\d*|sharedStrings|workbook|sheet\d+|slide\d+|notesSlide\d+|item\d+|manifest)\.xml(?:\.rels)?$/

/**
 * Entries of a zip (PKWARE APPNOTE 6.3) read by its local headers, sizes from the directory where they are deferred.
 * Encrypted, oddly packed or broken entries are named as unread; never more than `most` bytes come out.
 */
export function unzip(bytes: Buffer, most: number): Opened {
  const parts: { label: string; bytes: Buffer }[] = []
  const unread: string[] = []
  const sizes = directorySizes(bytes)
  let left = most
  let count = 0
  for (let at = bytes.indexOf('PK\x03\x04', 0, 'latin1'); at !== -1; at = bytes.indexOf('PK\x03\x04', at, 'latin1')) {
    if (at + 30 > bytes.length) break
    if (++count > MOST_ENTRIES) {
      unread.push('zip: too many entries')
      break
    }
    const flags = bytes.readUInt16LE(at + 6)
    const method = bytes.readUInt16LE(at + 8)
    const nameEnd = at + 30 + bytes.readUInt16LE(at + 26)
    const start = nameEnd + bytes.readUInt16LE(at + 28)
    const name = bytes.subarray(at + 30, nameEnd)
    const label = KNOWN_PART.test(name.toString('latin1', 0, name.length))
      ? name.toString('latin1', 0, name.length)
      : `entry ${count}`
    const size = (flags & 8) === 0 ? bytes.readUInt32LE(at + 18) : (sizes.get(at) ?? 0)
    const end = size === 0 || size === 0xffffffff ? bytes.length : Math.min(bytes.length, start + size)
    if (name.length > 0) parts.push({ label: 'names', bytes: Buffer.from(name) })
    at = size === 0 || end <= at ? at + 4 : Math.max(end, at + 4)
    if ((flags & 1) !== 0) {
      unread.push(`zip: ${label} is encrypted`)
      continue
    }
    const packed = bytes.subarray(start, end)
    if (packed.length === 0) continue
    const content =
      method === 0
        ? packed
        : method === 8
          ? inflateRaw(packed, left)
          : method === 93
            ? inflateZstd(packed, left)
            : undefined
    if (content === 'too large') {
      unread.push('zip: more comes out than is read')
      break
    }
    if (content === undefined) {
      if (size !== 0 || (method !== 8 && method !== 0)) unread.push(`zip: ${label} is damaged or packed in another way`)
      continue
    }
    left -= content.length
    parts.push({ label, bytes: content })
  }
  return { parts, unread }
}

/** Compressed sizes by place of the local header, from the central directory. */
function directorySizes(bytes: Buffer): Map<number, number> {
  const sizes = new Map<number, number>()
  for (
    let at = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    at !== -1 && sizes.size < MOST_ENTRIES;
    at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')
  ) {
    if (at + 46 > bytes.length) break
    sizes.set(bytes.readUInt32LE(at + 42), bytes.readUInt32LE(at + 20))
  }
  return sizes
}

/** Formats that are recognized but not opened: the finding says so. */
const CLOSED: readonly (readonly [string, string])[] = [
  ['7z\xbc\xaf\x27\x1c', '7z'],
  ['Rar!\x1a\x07', 'rar'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ\x00', 'xz'],
  ['-----BEGIN PGP MESSAGE', 'OpenPGP message'],
]

/** The name of an archive or encrypted format that cannot be opened, if the bytes begin with one. */
export function closedFormat(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 24)
  for (const [magic, name] of CLOSED) {
    if (head.startsWith(magic) && (name !== 'bzip2' || /^BZh[1-9]1AY&SY/.test(head))) return name
  }
  return undefined
}
