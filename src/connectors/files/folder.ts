import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Ask,
  type Cell,
  type Item,
  type ItemSource,
  type ItemTable,
  isAsked,
  placeColumn,
  SourceFailure,
  type StoredCell,
  type UnreadCell,
} from '../items/source.ts'
import { openItems } from '../items/store.ts'
import {
  diskFailure,
  isGone,
  isPathPart,
  namesIn,
  openPattern,
  readPieces,
  readWhole,
  removeEmpty,
  removeFile,
  replaceFile,
} from './disk.ts'
import type { PathPattern } from './pattern.ts'

/** Deeper folders than this are not entered. */
const deepest = 64

/** Files of a folder: `files:/srv/uploads/{customer}`; the named parts of the path are columns that lead to people. */
export const folder = openItems(async (connection) => new FolderSource(await openPattern(connection)))

/** One table, `files`: `path` below the root, the named parts, `name`, `modified`, and `content`. */
export class FolderSource implements ItemSource {
  readonly version = 'files'
  readonly #pattern: PathPattern

  constructor(pattern: PathPattern) {
    this.#pattern = pattern
  }

  async tables(): Promise<readonly ItemTable[]> {
    const columns = [
      placeColumn('path', 'text'),
      ...this.#pattern.names.map((name) => placeColumn(name, 'text')),
      placeColumn('name', 'text'),
      placeColumn('modified', 'date-time'),
      placeColumn('content', 'bytes', { generated: false }),
    ]
    return [{ name: 'files', key: ['path'], columns, estimatedRows: 0 }]
  }

  async *items(table: string, { columns, where }: Ask): AsyncGenerator<Item> {
    if (table !== 'files') return
    const content = columns === undefined || columns.includes('content')
    for await (const path of this.#paths()) {
      const parts = this.#partsOf(path)
      const asked = where === undefined ? undefined : parts[where.column]
      if (where !== undefined && asked !== undefined && !isAsked(asked, where)) continue
      const item = await this.#read(path, parts, content)
      if (item !== undefined) yield item
    }
  }

  async item(table: string, [path]: readonly string[]): Promise<Item | undefined> {
    if (table !== 'files' || path === undefined || !path.split('/').every(isPathPart)) return undefined
    return await this.#read(path, this.#partsOf(path), true)
  }

  async change(_table: string, item: Item, cells: Readonly<Record<string, Cell>>): Promise<boolean> {
    const path = this.#place(item.key)
    const content = cells.content
    if (content === undefined) return true
    const now = await readWhole(path)
    if (!(now instanceof Buffer) || !now.equals(bytesOf(item.cells.content ?? null))) return false
    await replaceFile(path, bytesOf(content))
    return true
  }

  async remove(_table: string, key: readonly string[]): Promise<boolean> {
    const removed = await removeFile(this.#place(key))
    if (removed) await this.#leave(key[0] ?? '')
    return removed
  }

  /** A folder that is named after somebody goes when it is empty: its name is theirs. */
  async #leave(path: string): Promise<void> {
    const parts = path.split('/').slice(0, -1)
    for (; this.#pattern.depth > 0 && parts.length >= this.#pattern.depth; parts.pop()) {
      if (!(await removeEmpty(join(this.#pattern.root, ...parts)))) return
    }
  }

  async *stored(): AsyncGenerator<StoredCell | UnreadCell> {
    // Its own walk: the proof trusts no listing made for the erasure.
    const open = ['']
    for (let below = open.pop(); below !== undefined; below = open.pop()) {
      const { folders, files, links } = await namesIn(join(this.#pattern.root, below))
      if (links.length > 0) yield { table: 'files', why: 'links and special files are not followed' }
      for (const name of folders) open.push(below === '' ? name : `${below}/${name}`)
      if (below !== '' && folders.length + files.length === 0) {
        yield { table: 'files', key: [`${below}/`], column: 'path', type: 'text', bytes: Buffer.from(below) }
      }
      for (const name of files) {
        const path = below === '' ? name : `${below}/${name}`
        yield { table: 'files', key: [path], column: 'path', type: 'text', bytes: Buffer.from(path) }
        yield {
          table: 'files',
          key: [path],
          column: 'content',
          type: 'bytes',
          bytes: readPieces(join(this.#pattern.root, path)),
        }
      }
    }
  }

  async close(): Promise<void> {}

  #partsOf(path: string): Readonly<Record<string, string>> {
    return this.#pattern.match(path.split('/').slice(0, this.#pattern.depth).join('/')) ?? {}
  }

  #place(key: readonly string[]): string {
    const [path = ''] = key
    if (!path.split('/').every(isPathPart)) throw new SourceFailure('refused', 'a path leads out of the folder')
    return join(this.#pattern.root, path)
  }

  async *#paths(below = '', depth = 0): AsyncGenerator<string> {
    if (depth > deepest) throw new SourceFailure('refused', 'folders are nested too deep')
    const { folders, files } = await namesIn(join(this.#pattern.root, below))
    for (const name of files) yield below === '' ? name : `${below}/${name}`
    for (const name of folders) yield* this.#paths(below === '' ? name : `${below}/${name}`, depth + 1)
  }

  async #read(path: string, parts: Readonly<Record<string, string>>, content: boolean): Promise<Item | undefined> {
    const place = join(this.#pattern.root, path)
    try {
      const { mtime } = await lstat(place)
      const bytes = content ? await readWhole(place) : null
      if (bytes === undefined) return undefined
      const name = path.slice(path.lastIndexOf('/') + 1)
      // What is too large to be held is not rewritten: the proof, which reads in pieces, tells what is left in it.
      const held = bytes === 'large' ? null : bytes
      return { key: [path], cells: { path, ...parts, name, modified: mtime.toISOString(), content: held } }
    } catch (error) {
      if (isGone(error)) return undefined
      throw error instanceof SourceFailure ? error : diskFailure(error, 'reading a file')
    }
  }
}

export function bytesOf(cell: Cell): Buffer {
  if (cell === null) return Buffer.alloc(0)
  if (typeof cell === 'string') return Buffer.from(cell)
  return cell instanceof Uint8Array ? Buffer.from(cell) : Buffer.from(cell.join('\n'))
}
