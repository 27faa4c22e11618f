/** gzip (RFC 1952), zlib (RFC 1950) and raw deflate (RFC 1951), unpacked within the limits. */
import { isUtf8 } from 'node:buffer'
import { deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { applyEdits } from './edit.ts'
import { Uncleared } from './limits.ts'
import type { Codec, Walk } from './walk.ts'

type Unpack = (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer

/** Unpacks with a bound on the output; `undefined` when the bytes are none of this format. */
function unpack(cell: Uint8Array, walk: Walk, how: Unpack): Buffer | undefined {
  try {
    const unpacked = how(cell, { maxOutputLength: walk.room(cell.length) })
    walk.spend(unpacked.length)
    return unpacked
  } catch (error) {
    if (
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    ) {
      throw new Uncleared('limit: unpacked size')
    }
    if (error instanceof Uncleared) throw error
    return undefined
  }
}

/** Raw deflate for archives. */
export function inflateEntry(cell: Uint8Array, walk: Walk): Buffer | undefined {
  return cell.length === 0 ? Buffer.alloc(0) : unpack(cell, walk, inflateRawSync)
}

/** The header's file name and comment (RFC 1952, 2.3): they may hold a name although the content does not. */
function gzipNotes(cell: Buffer): string {
  const flags = cell[3] ?? 0
  let start = 10
  if ((flags & 4) !== 0) start += 2 + (cell[10] ?? 0) + 256 * (cell[11] ?? 0)
  const notes: string[] = []
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue
    const end = cell.indexOf(0, start)
    if (end < 0) break
    notes.push(cell.toString('latin1', start, end))
    start = end + 1
  }
  return notes.join('\n')
}

export const gzip: Codec = (cell, at, walk) => {
  const buffer = Buffer.from(cell.buffer, cell.byteOffset, cell.length)
  if (buffer[0] !== 0x1f || buffer[1] !== 0x8b) {
    if (isUtf8(buffer)) return walk.text(cell, at)
    throw new Uncleared('no gzip data')
  }
  const unpacked = unpack(buffer, walk, gunzipSync)
  if (unpacked === undefined) throw new Uncleared('gzip data that is cut off or damaged')
  const edits = walk.inside(unpacked, at)
  const named = !walk.reading && walk.visit(gzipNotes(buffer), at).length > 0
  if (edits.length === 0 && !named) return []
  if (named) walk.replaced++
  const packed = gzipSync(applyEdits(unpacked, edits))
  buffer.copy(packed, 4, 4, 10)
  return [{ start: 0, end: cell.length, bytes: packed }]
}

export const deflate: Codec = (cell, at, walk) => {
  const zlib = unpack(cell, walk, inflateSync)
  const unpacked = zlib ?? unpack(cell, walk, inflateRawSync)
  if (unpacked === undefined) {
    if (isUtf8(cell)) return walk.text(cell, at)
    throw new Uncleared('no deflate data')
  }
  const edits = walk.inside(unpacked, at)
  if (edits.length === 0) return []
  const changed = applyEdits(unpacked, edits)
  return [{ start: 0, end: cell.length, bytes: zlib === undefined ? deflateRawSync(changed) : deflateSync(changed) }]
}
