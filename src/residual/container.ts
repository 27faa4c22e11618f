import {
  closedFormat,
  inflateGzip,
  inflateRaw,
  inflateZlib,
  inflateZstd,
  isZlib,
  type Opened,
  unzip,
} from './archive.ts'
import { openPdf } from './pdf.ts'

const MOST_STREAMS = 64
const one = (label: string, bytes: Buffer): Opened => ({ parts: [{ label, bytes }], unread: [] })
const unread = (reason: string): Opened => ({ parts: [], unread: [reason] })

/** Zip entries get the part's name, other containers' parts their format's. */
const labelled = (format: string, opened: Opened): Opened => ({
  parts: opened.parts.map((part) => ({ label: `${format}:${part.label}`, bytes: part.bytes })),
  unread: opened.unread,
})

/** Compressed streams that begin with a magic number, anywhere in the bytes; a damaged one at the very start is named. */
function* streams(
  bytes: Buffer,
  magic: string,
  label: string,
  open: (bytes: Uint8Array, most: number) => Buffer | 'too large' | undefined,
  left: () => number,
  sure: boolean,
): Generator<Opened> {
  let tried = 0
  for (let at = bytes.indexOf(magic, 0, 'latin1'); at !== -1; at = bytes.indexOf(magic, at + 1, 'latin1')) {
    if (++tried > MOST_STREAMS) return
    const content = open(bytes.subarray(at), left())
    if (content === 'too large') yield unread(`${label}: more comes out than is read`)
    else if (content !== undefined && content.length > 0) yield one(label, content)
    else if (sure && at === 0) yield unread(`${label}: damaged`)
  }
}

/** Begins like a container that is opened: what it holds is found in there, not in its own bytes. */
export function isContainer(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, 5)
  return (
    head.startsWith('PK\x03\x04') ||
    head === '%PDF-' ||
    head.startsWith('\x1f\x8b\x08') ||
    head.startsWith('(\xb5/\xfd')
  )
}

/** Opens whatever containers the bytes are or hold. `whole`: they begin at the start of a value. */
export function* openContainers(bytes: Buffer, whole: boolean, left: () => number): Generator<Opened> {
  const closed = closedFormat(bytes)
  if (closed !== undefined) yield unread(`${closed} is not opened`)
  if (bytes.includes('PK\x03\x04', 0, 'latin1')) yield labelled('zip', unzip(bytes, left()))
  const pdf = bytes.indexOf('%PDF-', 0, 'latin1')
  if (pdf !== -1) yield labelled('pdf', openPdf(bytes.subarray(pdf), left()))
  yield* streams(bytes, '\x1f\x8b\x08', 'gzip', inflateGzip, left, true)
  yield* streams(bytes, '\x28\xb5\x2f\xfd', 'zstd', inflateZstd, left, true)
  if (isContainer(bytes)) return
  for (const magic of ['x\x9c', 'x\xda', 'x\x01', 'x\x5e'])
    yield* streams(bytes, magic, 'zlib', inflateZlib, left, false)
  if (!whole) return
  if (bytes[0] !== 0x78 && isZlib(bytes, 0)) {
    const content = inflateZlib(bytes, left())
    if (content !== undefined && content !== 'too large' && content.length > 0) yield one('zlib', content)
  }
  const raw = inflateRaw(bytes, left())
  if (raw === 'too large') yield unread('deflate: more comes out than is read')
  else if (raw !== undefined && raw.length > 3) yield one('deflate', raw)
}
