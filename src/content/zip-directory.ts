/** The directory of a ZIP archive (APPNOTE 6.3, 4.3): entries, where each record lies, nothing over anything else. */
import { Uncleared } from './limits.ts'
import type { Walk } from './walk.ts'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const WIDE = 0xffffffff

/** One entry as the central directory declares it. */
export interface Entry {
  readonly central: Buffer
  readonly flags: number
  readonly method: number
  readonly compressed: number
  readonly size: number
  readonly offset: number
  readonly name: Buffer
  readonly extra: Buffer
  readonly comment: Buffer
}

export interface Archive {
  readonly entries: readonly Entry[]
  readonly directory: number
  readonly end: number
}

/** Sizes and offset that did not fit stand in the ZIP64 extra field, in this order (APPNOTE 4.5.3). */
function wide(extra: Buffer, values: readonly number[]): readonly number[] {
  for (let index = 0; index + 4 <= extra.length; index += 4 + extra.readUInt16LE(index + 2)) {
    if (extra.readUInt16LE(index) !== 1) continue
    let position = index + 4
    return values.map((value) => {
      if (value !== WIDE || position + 8 > extra.length) return value
      position += 8
      return Number(extra.readBigUInt64LE(position - 8))
    })
  }
  return values
}

function entryAt(cell: Buffer, at: number): Entry {
  if (at + 46 > cell.length || cell.readUInt32LE(at) !== CENTRAL)
    throw new Uncleared('a ZIP archive without its directory')
  const nameEnd = at + 46 + cell.readUInt16LE(at + 28)
  const extraEnd = nameEnd + cell.readUInt16LE(at + 30)
  const end = extraEnd + cell.readUInt16LE(at + 32)
  if (end > cell.length) throw new Uncleared('a ZIP archive that is cut off')
  const extra = cell.subarray(nameEnd, extraEnd)
  const declared = [cell.readUInt32LE(at + 24), cell.readUInt32LE(at + 20), cell.readUInt32LE(at + 42)]
  const [size = 0, compressed = 0, offset = 0] = wide(extra, declared)
  return {
    central: cell.subarray(at, end),
    flags: cell.readUInt16LE(at + 8),
    method: cell.readUInt16LE(at + 10),
    compressed,
    size,
    offset,
    name: cell.subarray(at + 46, nameEnd),
    extra,
    comment: cell.subarray(extraEnd, end),
  }
}

export function archiveOf(cell: Buffer, walk: Walk): Archive {
  let end = -1
  for (let index = cell.length - 22; index >= 0 && index >= cell.length - 22 - 65_535; index--) {
    if (cell[index] === 0x50 && cell.readUInt32LE(index) === END) {
      end = index
      break
    }
  }
  if (end < 0) throw new Uncleared('a ZIP archive without its end')
  const count = cell.readUInt16LE(end + 10)
  const directory = cell.readUInt32LE(end + 16)
  if (count === 0xffff || directory === WIDE) throw new Uncleared('a ZIP archive beyond 65,535 entries or 4 GB')
  const entries: Entry[] = []
  for (let index = 0, at = directory; index < count; index++) {
    walk.entry()
    const entry = entryAt(cell, at)
    entries.push(entry)
    at += entry.central.length
  }
  return { entries, directory, end }
}

/** Where an entry's record ends: at the next record, so that its descriptor stays with it. */
export function recordEnds(archive: Archive): ReadonlyMap<Entry, number> {
  const ordered = [...archive.entries].sort((one, other) => one.offset - other.offset)
  return new Map(ordered.map((entry, index) => [entry, ordered[index + 1]?.offset ?? archive.directory]))
}

export function dataStart(cell: Buffer, entry: Entry, end: number): number {
  const { offset, compressed } = entry
  if (offset + 30 > end || cell.readUInt32LE(offset) !== LOCAL) throw new Uncleared('a ZIP entry without its header')
  const start = offset + 30 + cell.readUInt16LE(offset + 26) + cell.readUInt16LE(offset + 28)
  if (start + compressed > end) throw new Uncleared('ZIP entries that lie over each other')
  return start
}
