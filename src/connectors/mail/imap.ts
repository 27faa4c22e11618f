import { readFile } from 'node:fs/promises'
import type { ImapFlow } from 'imapflow'
import { isLoopback } from '../../base/loopback.ts'
import {
  type Ask,
  type Cell,
  type Item,
  type ItemSource,
  type ItemTable,
  placeColumn,
  SourceFailure,
  type StoredCell,
  type UnreadCell,
} from '../items/source.ts'
import { openItems } from '../items/store.ts'
import { type Access, failureOf, ImapConnections } from './imap-connections.ts'
import { messageCells, messageColumns } from './message.ts'

/** A mail longer than this is not held: the proof says that it was not read. */
const longestMessage = 64 << 20

/**
 * Mailboxes on a server (IMAP4rev1 with UIDPLUS, RFC 3501 and 4315). `imaps://USER:PASSWORD@HOST` is that account's own;
 * with `?accounts=FILE` (one address a line) USER is an administrator who may act for each of them (RFC 4616, authzid).
 */
export const imap = openItems(async (connection) => {
  const url = new URL(connection)
  const file = url.searchParams.get('accounts')
  const text = file === null ? undefined : await readFile(file, 'utf8').catch(() => undefined)
  if (file !== null && text === undefined) throw new SourceFailure('unreachable', 'the list of accounts cannot be read')
  const listed = text?.split(/\r?\n/).map((line) => line.trim().toLowerCase())
  const user = decodeURIComponent(url.username)
  return new ImapSource({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (url.protocol === 'imaps:' ? 993 : 143) : Number(url.port),
    secure: url.protocol === 'imaps:',
    // Without TLS only to this machine: anywhere else the password and the mails would be read on the way.
    plain: isLoopback(url.hostname),
    user,
    password: decodeURIComponent(url.password),
    accounts: listed?.filter((line) => line !== '' && !line.startsWith('#')) ?? [
      (url.searchParams.get('address') ?? user).toLowerCase(),
    ],
    acts: listed !== undefined,
  })
})

/**
 * Tables: `mailboxes` (an account's address), `folders` (all but the inbox), `messages`. An account itself is not removed by IMAP: removing its
 * row removes all that is in it. A mail that is rewritten is added anew with its flags and date, and the old one expunged.
 */
export class ImapSource implements ItemSource {
  readonly version = 'IMAP'
  readonly #access: Access
  readonly #connections: ImapConnections

  constructor(access: Access) {
    this.#access = access
    this.#connections = new ImapConnections(access)
  }

  async tables(): Promise<readonly ItemTable[]> {
    const address = placeColumn('address')
    return [
      { name: 'mailboxes', key: ['address'], columns: [address], estimatedRows: this.#access.accounts.length },
      { name: 'folders', key: ['address', 'folder'], columns: [address, placeColumn('folder')], estimatedRows: 0 },
      {
        name: 'messages',
        key: ['address', 'folder', 'uid'],
        columns: [address, placeColumn('folder'), placeColumn('uid'), ...messageColumns],
        estimatedRows: 0,
      },
    ]
  }

  async *items(table: string, { columns, where }: Ask): AsyncGenerator<Item> {
    for (const address of this.#access.accounts) {
      if (where?.column === 'address' && !where.values.some((value) => value.toLowerCase() === address)) continue
      if (table === 'mailboxes') yield { key: [address], cells: { address } }
      else if (table === 'folders') {
        const named = (await this.#folders(address)).filter((folder) => !isInbox(folder))
        for (const folder of named) yield { key: [address, folder], cells: { address, folder } }
      } else if (table === 'messages') {
        const asked =
          columns === undefined
            ? 'source'
            : columns.includes('message')
              ? 'source'
              : columns.some(isHeader)
                ? 'headers'
                : 'none'
        for (const folder of await this.#folders(address)) yield* this.#messages(address, folder, asked)
      }
    }
  }

  async item(table: string, key: readonly string[]): Promise<Item | undefined> {
    const [address = '', folder = '', uid = ''] = key
    if (!this.#access.accounts.includes(address)) return undefined
    if (table === 'mailboxes') return { key, cells: { address } }
    if (table === 'folders')
      return (await this.#folders(address)).includes(folder) ? { key, cells: { address, folder } } : undefined
    for await (const item of this.#messages(address, folder, 'source', uid)) return item
    return undefined
  }

  async change(_table: string, { key }: Item, cells: Readonly<Record<string, Cell>>): Promise<boolean> {
    const [address = '', folder = '', place = ''] = key
    const message = cells.message
    if (!(message instanceof Uint8Array)) return true
    return await this.#in(address, folder, async (client, validity) => {
      const uid = uidOf(place, validity)
      const old =
        uid === undefined ? false : await client.fetchOne(uid, { flags: true, internalDate: true }, { uid: true })
      if (uid === undefined || old === false) return false
      const flags = [...(old.flags ?? [])].filter((flag) => flag !== '\\Recent')
      const added = await client.append(folder, Buffer.from(message), flags, old.internalDate)
      if (added === false) throw new SourceFailure('refused', 'the server took no new mail')
      return await client.messageDelete(uid, { uid: true })
    })
  }

  async remove(table: string, key: readonly string[]): Promise<boolean> {
    const [address = '', folder = '', place = ''] = key
    if (!this.#access.accounts.includes(address)) return false
    if (table === 'mailboxes') return await this.#empty(address)
    if (table === 'folders') return await this.#removeFolder(address, folder)
    return await this.#in(address, folder, async (client, validity) => {
      const uid = uidOf(place, validity)
      if (uid === undefined || (await client.fetchOne(uid, { uid: true }, { uid: true })) === false) return false
      return await client.messageDelete(uid, { uid: true })
    })
  }

  async *stored(): AsyncGenerator<StoredCell | UnreadCell> {
    for (const address of this.#access.accounts) {
      const client = await this.#connections.to(address)
      for (const { path, flags } of await client.list()) {
        yield { table: 'folders', key: [address, path], column: 'folder', type: 'text', bytes: Buffer.from(path) }
        if (flags.has('\\Noselect') || flags.has('\\NonExistent')) continue
        const lock = await client.getMailboxLock(path, { readOnly: true })
        try {
          const validity = validityOf(client)
          // Every folder is asked for all it has, by number and not by what a listing said before.
          for await (const found of client.fetch(
            '1:*',
            { uid: true, source: { maxLength: longestMessage }, size: true },
            { uid: true },
          )) {
            const place = { table: 'messages', key: [address, path, `${validity}.${found.uid}`], column: 'message' }
            if ((found.size ?? 0) > longestMessage)
              yield { table: 'messages', column: 'message', why: 'unreadable: larger than is held at once' }
            if (found.source !== undefined) yield { ...place, type: 'bytes', bytes: found.source }
          }
        } catch (error) {
          throw failureOf(error)
        } finally {
          lock.release()
        }
      }
    }
  }

  async close(): Promise<void> {
    await this.#connections.close()
  }

  async #folders(account: string): Promise<string[]> {
    try {
      const list = await (await this.#connections.to(account)).list()
      return list
        .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
        .map(({ path }) => path)
        .sort()
    } catch (error) {
      throw failureOf(error)
    }
  }

  async #in<T>(account: string, folder: string, run: (client: ImapFlow, validity: string) => Promise<T>): Promise<T> {
    try {
      const client = await this.#connections.to(account)
      const lock = await client.getMailboxLock(folder)
      try {
        return await run(client, validityOf(client))
      } finally {
        lock.release()
      }
    } catch (error) {
      throw failureOf(error)
    }
  }

  async *#messages(
    address: string,
    folder: string,
    asked: 'source' | 'headers' | 'none',
    only?: string,
  ): AsyncGenerator<Item> {
    // Numbers first, mails one by one: what is done with one may take a connection of its own meanwhile.
    const { uids, validity } = await this.#in(address, folder, async (client, now) => {
      const one = only === undefined ? undefined : uidOf(only, now)
      if (only !== undefined && one === undefined) return { uids: [], validity: now }
      const found = await client.search(one === undefined ? { all: true } : { uid: one }, { uid: true })
      return { uids: found || [], validity: now }
    })
    for (const uid of uids) {
      const key = [address, folder, `${validity}.${uid}`]
      const cells = { address, folder, uid: `${validity}.${uid}` }
      if (asked === 'none') {
        yield { key, cells }
        continue
      }
      const found = await this.#in(address, folder, (client) =>
        client.fetchOne(
          `${uid}`,
          asked === 'source' ? { source: { maxLength: longestMessage + 1 } } : { headers: true },
          { uid: true },
        ),
      )
      if (found === false) continue
      const bytes = asked === 'source' ? found.source : found.headers
      const held = bytes === undefined || bytes.length > longestMessage ? undefined : bytes
      const { message, ...headers } = held === undefined ? { message: null } : await messageCells(held)
      yield { key, cells: { ...cells, ...headers, ...(asked === 'source' ? { message: message ?? null } : {}) } }
    }
  }

  async #empty(address: string): Promise<boolean> {
    let any = false
    for (const folder of await this.#folders(address)) any = (await this.#removeFolder(address, folder)) || any
    return any
  }

  /** A folder with all its mails; the inbox and folders the server keeps stay, empty. */
  async #removeFolder(address: string, folder: string): Promise<boolean> {
    const emptied = await this.#in(address, folder, async (client) => {
      const uids = await client.search({ all: true }, { uid: true })
      return !uids || uids.length === 0 ? false : await client.messageDelete('1:*', { uid: true })
    })
    if (isInbox(folder)) return emptied
    try {
      const client = await this.#connections.to(address)
      await client.mailboxClose()
      await client.mailboxDelete(folder)
      return true
    } catch (error) {
      throw failureOf(error)
    }
  }
}

/** The one folder that every account has, and that cannot be removed. */
const isInbox = (folder: string): boolean => folder.toUpperCase() === 'INBOX'

const isHeader = (name: string): boolean => messageColumns.some((one) => one.name === name)

function validityOf(client: ImapFlow): string {
  return client.mailbox === false ? '' : String(client.mailbox?.uidValidity ?? '')
}

/** The number of a mail, as long as the folder still numbers as it did. */
function uidOf(place: string, validity: string): string | undefined {
  const [before, uid] = place.split('.')
  return before === validity && uid !== undefined && /^\d+$/.test(uid) ? uid : undefined
}
