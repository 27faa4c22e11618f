/** ZIP archives and office documents (APPNOTE 6.3): a changed entry is packed anew, every other keeps its bytes. */
import { isUtf8 } from 'node:buffer'
import { crc32, deflateRawSync } from 'node:zlib'
import { inflateEntry } from './deflate.ts'
import { applyEdits, type Edit } from './edit.ts'
import { Uncleared } from './limits.ts'
import { codecOf } from './sniff.ts'
import type { At, Codec, Walk } from './walk.ts'
import { type Archive, archiveOf, dataStart, type Entry, recordEnds } from './zip-directory.ts'

const STORED = 0
const DEFLATED = 8
const ENCRYPTED = 0x0001
const DESCRIPTOR = 0x0008

function unpacked(cell: Buffer, entry: Entry, end: number, walk: Walk): Buffer {
  if ((entry.flags & ENCRYPTED) !== 0) throw new Uncleared('an encrypted ZIP entry')
  const start = dataStart(cell, entry, end)
  const packed = cell.subarray(start, start + entry.compressed)
  if (entry.method === STORED) return packed
  if (entry.method !== DEFLATED) throw new Uncleared('a ZIP entry of an unknown compression')
  const content = inflateEntry(packed, walk)
  if (content === undefined) throw new Uncleared('a ZIP entry that is damaged')
  return content
}

/** Extra fields that repeat what changes: ZIP64 sizes and the Unicode path. */
function keptExtra(extra: Buffer, renamed: boolean): Buffer {
  const kept: Buffer[] = []
  for (let index = 0; index + 4 <= extra.length; index += 4 + extra.readUInt16LE(index + 2)) {
    const kind = extra.readUInt16LE(index)
    if (kind === 1 || (renamed && kind === 0x7075)) continue
    kept.push(extra.subarray(index, index + 4 + extra.readUInt16LE(index + 2)))
  }
  return Buffer.concat(kept)
}

interface Changed {
  readonly name: Buffer
  readonly comment: Buffer
  readonly content: Uint8Array | undefined
}

function redacted(bytes: Buffer, at: At, walk: Walk): Buffer {
  const edits = walk.text(bytes, at)
  return edits.length === 0 ? bytes : Buffer.from(applyEdits(bytes, edits))
}

function clear(cell: Buffer, entry: Entry, index: number, end: number, at: At, walk: Walk): Changed | undefined {
  const name = entry.name.toString('utf8')
  const inner: At = {
    ...at,
    layout: /\.(?:xml|rels)$/i.test(name),
    place: `${at.place}#${index}`,
    path: `${at.path}:${name}`,
  }
  let content: Uint8Array | undefined
  if (entry.size > 0 || entry.compressed > 0) {
    const edits = walk.part(
      () => {
        const plain = unpacked(cell, entry, end, walk)
        const found = at.rest.length > 0 ? walk.value(plain, inner) : walk.guessed(plain, inner, codecOf(plain, name))
        return found.length === 0 ? [] : [{ start: 0, end: 0, bytes: applyEdits(plain, found) }]
      },
      inner,
      () => [{ start: 0, end: 0, bytes: walk.replacement }],
    )
    content = edits[0]?.bytes
  }
  if (walk.reading) return undefined
  const newName = redacted(entry.name, at, walk)
  const comment = redacted(entry.comment, at, walk)
  const same = content === undefined && newName.equals(entry.name) && comment.equals(entry.comment)
  return same ? undefined : { name: newName, comment, content }
}

/** The record and the directory entry of a changed entry; an unchanged content keeps its packed bytes. */
function written(
  cell: Buffer,
  entry: Entry,
  end: number,
  change: Changed,
  offset: number,
): { record: Buffer; central: Buffer } {
  const renamed = !change.name.equals(entry.name)
  const start = dataStart(cell, entry, end)
  const store = entry.method === STORED
  const data =
    change.content === undefined
      ? cell.subarray(start, start + entry.compressed)
      : store
        ? Buffer.from(change.content)
        : deflateRawSync(change.content)
  const local = Buffer.from(cell.subarray(entry.offset, entry.offset + 30))
  const oldExtra = start - cell.readUInt16LE(entry.offset + 28)
  const extra = keptExtra(cell.subarray(oldExtra, start), renamed)
  const central = Buffer.from(entry.central.subarray(0, 46))
  const centralExtra = keptExtra(entry.extra, renamed)
  const rewritten = change.content !== undefined
  const method = rewritten ? (store ? STORED : DEFLATED) : entry.method
  const flags = entry.flags & ~(DESCRIPTOR | (rewritten ? ENCRYPTED : 0))
  const checksum = change.content === undefined ? entry.central.readUInt32LE(16) : crc32(change.content)
  const size = change.content === undefined ? entry.size : change.content.length
  for (const [header, at] of [
    [local, 6],
    [central, 8],
  ] as const) {
    header.writeUInt16LE(flags, at)
    header.writeUInt16LE(method, at + 2)
    header.writeUInt32LE(checksum, at + 8)
    header.writeUInt32LE(data.length, at + 12)
    header.writeUInt32LE(size, at + 16)
    header.writeUInt16LE(change.name.length, at + 20)
  }
  local.writeUInt16LE(extra.length, 28)
  central.writeUInt16LE(centralExtra.length, 30)
  central.writeUInt16LE(change.comment.length, 32)
  central.writeUInt32LE(offset, 42)
  return {
    record: Buffer.concat([local, change.name, extra, data]),
    central: Buffer.concat([central, change.name, centralExtra, change.comment]),
  }
}

function moved(entry: Entry, offset: number): Buffer {
  const central = Buffer.from(entry.central)
  central.writeUInt32LE(offset, 42)
  return central
}

function rebuilt(cell: Buffer, archive: Archive, changes: ReadonlyMap<Entry, Changed>, note: Buffer): Buffer {
  const ends = recordEnds(archive)
  const ordered = [...ends.keys()]
  const pieces: Buffer[] = [cell.subarray(0, ordered[0]?.offset ?? archive.directory)]
  let offset = pieces[0]?.length ?? 0
  const centrals = new Map<Entry, Buffer>()
  for (const entry of ordered) {
    const end = ends.get(entry) ?? archive.directory
    const change = changes.get(entry)
    const result =
      change === undefined
        ? { record: cell.subarray(entry.offset, end), central: moved(entry, offset) }
        : written(cell, entry, end, change, offset)
    centrals.set(entry, result.central)
    pieces.push(result.record)
    offset += result.record.length
  }
  const directory = Buffer.concat(archive.entries.map((entry) => centrals.get(entry) ?? entry.central))
  const end = Buffer.from(cell.subarray(archive.end, archive.end + 22))
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(note.length, 20)
  return Buffer.concat([...pieces, directory, end, note])
}

export const zip: Codec = (bytes, at, walk) => {
  const cell = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (cell.length < 22 || (cell.readUInt16LE(0) !== 0x4b50 && !cell.includes('PK\u0005\u0006'))) {
    if (isUtf8(cell) && !cell.includes(0)) return walk.text(cell, at)
    throw new Uncleared('no ZIP archive')
  }
  const archive = archiveOf(cell, walk)
  const ends = recordEnds(archive)
  const changes = new Map<Entry, Changed>()
  archive.entries.forEach((entry, index) => {
    const change = clear(cell, entry, index, ends.get(entry) ?? archive.directory, at, walk)
    if (change !== undefined) changes.set(entry, change)
  })
  if (walk.reading) return []
  const oldNote = cell.subarray(archive.end + 22)
  const note = redacted(oldNote, at, walk)
  if (changes.size === 0 && note.equals(oldNote)) return []
  const whole: Edit = { start: 0, end: cell.length, bytes: rebuilt(cell, archive, changes, note) }
  return [whole]
}
