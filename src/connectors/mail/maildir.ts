import { lstat, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  diskFailure,
  isGone,
  isPathPart,
  namesIn,
  openPattern,
  readPieces,
  readWhole,
  removeFile,
  replaceFile,
} from '../files/disk.ts'
import { bytesOf } from '../files/folder.ts'
import type { PathPattern } from '../files/pattern.ts'
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
import { baseOf, placeOf, renamed } from './maildir-names.ts'
import { messageCells, messageColumns } from './message.ts'

/** What an index of a mail server remembers of messages: it is made anew from them when it is gone. */
const INDEX = /^dovecot\.(index|list\.index|fts)|^dovecot-(keywords-cache|attachments)|^\.imap\.index/

/** Mailboxes on disk (Maildir, as Dovecot and Courier lay it out): `maildir:/var/mail/%d/%n`, `maildir:/home/{user}/Maildir`. */
export const maildir = openItems(async (connection) => new MaildirSource(await openPattern(connection)))

interface Mailbox {
  readonly path: string
  readonly address: string
}

interface Place extends Mailbox {
  /** `INBOX`, or the name of a folder as it stands on disk, such as `.Sent`. */
  readonly folder: string
}

/**
 * Tables: `mailboxes` (a person's own), `messages` (one row a mail and mailbox), `files` (all else in a mailbox: rules,
 * subscriptions, indexes). A mail that is rewritten gets a new name, so that no index or client keeps its old text.
 */
export class MaildirSource implements ItemSource {
  readonly version = 'Maildir'
  readonly #pattern: PathPattern

  constructor(pattern: PathPattern) {
    this.#pattern = pattern
  }

  async tables(): Promise<readonly ItemTable[]> {
    const parts = this.#pattern.names.filter((name) => name !== 'address').map((name) => placeColumn(name, 'text'))
    const place = [placeColumn('mailbox', 'text'), placeColumn('address', 'text'), ...parts]
    return [
      { name: 'mailboxes', key: ['mailbox'], columns: place, estimatedRows: 0 },
      {
        name: 'messages',
        key: ['mailbox', 'folder', 'file'],
        columns: [...place, placeColumn('folder', 'text'), placeColumn('file', 'text'), ...messageColumns],
        estimatedRows: 0,
      },
      {
        name: 'files',
        key: ['mailbox', 'path'],
        columns: [...place, placeColumn('path', 'text'), placeColumn('content', 'bytes', { generated: false })],
        estimatedRows: 0,
      },
    ]
  }

  async *items(table: string, ask: Ask): AsyncGenerator<Item> {
    for await (const mailbox of this.#mailboxes()) {
      const cells = this.#cellsOf(mailbox)
      if (ask.where !== undefined && !mayMatch(cells, ask.where)) continue
      if (table === 'mailboxes') yield { key: [mailbox.path], cells }
      else if (table === 'messages') yield* this.#messages(mailbox, cells, ask.columns)
      else if (table === 'files') yield* this.#files(mailbox, cells, ask.columns)
    }
  }

  async item(table: string, key: readonly string[]): Promise<Item | undefined> {
    const [path, second, file] = key
    const mailbox = path === undefined || !path.split('/').every(isPathPart) ? undefined : this.#mailboxOf(path)
    if (mailbox === undefined) return undefined
    const cells = this.#cellsOf(mailbox)
    if (table === 'mailboxes') return (await this.#isMailbox(mailbox.path)) ? { key, cells } : undefined
    if (table === 'files') return second === undefined ? undefined : await this.#file(mailbox, cells, second, true)
    if (second === undefined || file === undefined) return undefined
    return await this.#message({ ...mailbox, folder: second }, cells, file, true)
  }

  async change(table: string, item: Item, cells: Readonly<Record<string, Cell>>): Promise<boolean> {
    const name = table === 'messages' ? 'message' : 'content'
    const next = cells[name]
    if (next === undefined) return true
    const path = await this.#pathOf(table, item.key)
    const now = path === undefined ? undefined : await readWhole(path)
    if (path === undefined || !(now instanceof Buffer) || !now.equals(bytesOf(item.cells[name] ?? null))) return false
    if (table === 'files') await replaceFile(path, bytesOf(next))
    else await replaceFile(path, bytesOf(next), renamed(path, bytesOf(next)))
    await this.#forget(item.key)
    return true
  }

  async remove(table: string, key: readonly string[]): Promise<boolean> {
    if (table === 'mailboxes') {
      const [path = ''] = key
      if (!(await this.#isMailbox(path))) return false
      await rm(this.#root(path), { recursive: true, force: true })
      return true
    }
    const path = await this.#pathOf(table, key)
    const removed = path !== undefined && (await removeFile(path))
    if (removed && table === 'messages') await this.#forget(key)
    return removed
  }

  async *stored(): AsyncGenerator<StoredCell | UnreadCell> {
    // Its own walk over every file below the root, by what stands on disk.
    const open = ['']
    for (let below = open.pop(); below !== undefined; below = open.pop()) {
      const { folders, files, links } = await namesIn(join(this.#pattern.root, below))
      if (links.length > 0) yield { table: 'files', why: 'links and special files are not followed' }
      for (const name of folders) open.push(below === '' ? name : `${below}/${name}`)
      for (const name of files) {
        const path = below === '' ? name : `${below}/${name}`
        const place = placeOf(path, this.#pattern.depth)
        yield { ...place, column: place.table === 'messages' ? 'file' : 'path', type: 'text', bytes: Buffer.from(path) }
        const column = place.table === 'messages' ? 'message' : 'content'
        yield { ...place, column, type: 'bytes', bytes: readPieces(join(this.#pattern.root, path)) }
      }
    }
  }

  async close(): Promise<void> {}

  #root(path: string): string {
    if (!path.split('/').every(isPathPart)) throw new SourceFailure('refused', 'a path leads out of the mailboxes')
    return join(this.#pattern.root, path)
  }

  #mailboxOf(path: string): Mailbox | undefined {
    const parts = this.#pattern.match(path)
    if (parts === undefined) return undefined
    const { address, user, domain } = parts
    const whole = address ?? (user !== undefined && domain !== undefined ? `${user}@${domain}` : (user ?? path))
    return { path, address: whole.toLowerCase() }
  }

  #cellsOf(mailbox: Mailbox): Record<string, Cell> {
    return { ...this.#pattern.match(mailbox.path), mailbox: mailbox.path, address: mailbox.address }
  }

  async #isMailbox(path: string): Promise<boolean> {
    return (
      (await namesIn(join(this.#root(path), 'cur'))).files.length > 0 || (await exists(join(this.#root(path), 'cur')))
    )
  }

  async *#mailboxes(below = '', depth = 0): AsyncGenerator<Mailbox> {
    if (depth === this.#pattern.depth) {
      const mailbox = this.#mailboxOf(below)
      if (mailbox !== undefined && (await exists(join(this.#pattern.root, below, 'cur')))) yield mailbox
      return
    }
    for (const name of (await namesIn(join(this.#pattern.root, below))).folders) {
      yield* this.#mailboxes(below === '' ? name : `${below}/${name}`, depth + 1)
    }
  }

  /** Folders of a mailbox: its inbox, and Maildir++ folders beside it (`.Sent`, `.Archive.2024`). */
  async #folders(path: string): Promise<string[]> {
    const { folders } = await namesIn(this.#root(path))
    return ['INBOX', ...folders.filter((name) => name.startsWith('.'))]
  }

  async *#messages(mailbox: Mailbox, cells: Record<string, Cell>, columns?: readonly string[]): AsyncGenerator<Item> {
    const content = columns === undefined || messageColumns.some(({ name }) => columns.includes(name))
    for (const folder of await this.#folders(mailbox.path)) {
      for (const part of ['cur', 'new']) {
        for (const name of (await namesIn(join(this.#folder({ ...mailbox, folder }), part))).files) {
          const item = await this.#message({ ...mailbox, folder }, cells, baseOf(name), content, join(part, name))
          if (item !== undefined) yield item
        }
      }
    }
  }

  async #message(
    place: Place,
    cells: Record<string, Cell>,
    file: string,
    content: boolean,
    known?: string,
  ): Promise<Item | undefined> {
    const key = [place.path, place.folder, file]
    const path = known === undefined ? await this.#pathOf('messages', key) : join(this.#folder(place), known)
    if (path === undefined) return undefined
    const bytes = content ? await readWhole(path) : undefined
    if (content && bytes === undefined) return undefined
    // What is too large to be held is not rewritten: the proof, which reads in pieces, tells what is left in it.
    const read = bytes instanceof Buffer ? await messageCells(bytes) : {}
    return { key, cells: { ...cells, folder: place.folder, file, ...read } }
  }

  async *#files(
    mailbox: Mailbox,
    cells: Record<string, Cell>,
    columns?: readonly string[],
    below = '',
  ): AsyncGenerator<Item> {
    const { folders, files } = await namesIn(join(this.#root(mailbox.path), below))
    const content = columns === undefined || columns.includes('content')
    for (const name of files) {
      const item = await this.#file(mailbox, cells, below === '' ? name : `${below}/${name}`, content)
      if (item !== undefined) yield item
    }
    for (const name of folders) {
      if (!['cur', 'new', 'tmp'].includes(name))
        yield* this.#files(mailbox, cells, columns, below === '' ? name : `${below}/${name}`)
    }
  }

  async #file(
    mailbox: Mailbox,
    cells: Record<string, Cell>,
    path: string,
    content: boolean,
  ): Promise<Item | undefined> {
    if (!path.split('/').every(isPathPart)) return undefined
    const bytes = content ? await readWhole(join(this.#root(mailbox.path), path)) : null
    if (bytes === undefined) return undefined
    return { key: [mailbox.path, path], cells: { ...cells, path, content: bytes === 'large' ? null : bytes } }
  }

  #folder({ path, folder }: Place): string {
    if (folder !== 'INBOX' && !isPathPart(folder))
      throw new SourceFailure('refused', 'a folder leads out of the mailbox')
    return folder === 'INBOX' ? this.#root(path) : join(this.#root(path), folder)
  }

  /** Where a mail stands now: its flags, and with them its name, change while it is read. */
  async #pathOf(table: string, [path = '', second = '', file = '']: readonly string[]): Promise<string | undefined> {
    if (table === 'files') return second.split('/').every(isPathPart) ? join(this.#root(path), second) : undefined
    const folder = this.#folder({ path, address: '', folder: second })
    for (const part of ['cur', 'new']) {
      const name = (await namesIn(join(folder, part))).files.find((one) => baseOf(one) === file)
      if (name !== undefined) return join(folder, part, name)
    }
    return undefined
  }

  /** Takes away what indexes remember of a folder's messages. */
  async #forget([path = '', folder = '']: readonly string[]): Promise<void> {
    for (const place of new Set([
      this.#root(path),
      this.#folder({ path, address: '', folder: isPathPart(folder) ? folder : 'INBOX' }),
    ])) {
      for (const name of (await namesIn(place)).files) if (INDEX.test(name)) await removeFile(join(place, name))
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory()
  } catch (error) {
    if (isGone(error)) return false
    throw diskFailure(error, 'reading a folder')
  }
}

function mayMatch(cells: Record<string, Cell>, where: NonNullable<Ask['where']>): boolean {
  const value = cells[where.column]
  return typeof value !== 'string' || isAsked(value, where)
}
