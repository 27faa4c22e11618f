import {
  Attribute,
  Change,
  Client,
  type Entry,
  EqualityFilter,
  OrFilter,
  ResultCodeError,
  type SearchOptions,
} from 'ldapts'
import { isLoopback } from '../../base/loopback.ts'
import type { StoreMap } from '../../language/store-map.ts'
import {
  type Ask,
  type Cell,
  type Item,
  type ItemColumn,
  type ItemSource,
  type ItemTable,
  itemColumn,
  placeColumn,
  type StoredCell,
  type UnreadCell,
} from '../items/source.ts'
import { openItems } from '../items/store.ts'
import { BYTES, CLASS, classOf, failureOf, itemOf, NO_SUCH_OBJECT, namesOf, same, textsOf, valuesOf } from './entry.ts'

const pageEntries = 500
const answerTimeoutMs = 60_000

/**
 * Entries of a directory (LDAPv3, RFC 4511): `ldaps://BIND-DN:PASSWORD@HOST/BASE-DN`, both names percent-encoded.
 * A table is a structural object class; its columns are `dn` and the attributes that its entries have.
 */
export const ldap = openItems(async (connection, map) => {
  const url = new URL(connection)
  const access = {
    url: `${url.protocol}//${url.host}`,
    base: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    // Without TLS only to this machine: anywhere else the password would be read on the way.
    upgrade: url.protocol === 'ldap:' && !isLoopback(url.hostname),
  }
  return new LdapSource(access, map)
})

interface Access {
  readonly url: string
  readonly base: string
  readonly user: string
  readonly password: string
  readonly upgrade: boolean
}

export class LdapSource implements ItemSource {
  readonly version = 'LDAPv3'
  readonly #access: Access
  readonly #map: StoreMap
  #client: Promise<Client> | undefined

  constructor(access: Access, map: StoreMap) {
    this.#access = access
    this.#map = map
  }

  /** Classes and attributes that entries have now, and those that the map names and the schema knows: entries may yet have them. */
  async tables(): Promise<readonly ItemTable[]> {
    const seen = new Map<string, { columns: Map<string, ItemColumn>; entries: number }>()
    const tableOf = (name: string) => {
      const columns = new Map([['dn', placeColumn('dn')]])
      const table = seen.get(name) ?? { columns, entries: 0 }
      seen.set(name, table)
      return table
    }
    const add = (columns: Map<string, ItemColumn>, attribute: string) => {
      const many = BYTES.includes(attribute) ? {} : ({ many: true } as const)
      const type = BYTES.includes(attribute) ? 'bytes' : 'text'
      if (!columns.has(attribute)) columns.set(attribute, itemColumn(attribute, type, { generated: false, ...many }))
    }
    const known = await this.#schema()
    for (const { table, fields } of this.#map.tables) {
      if (!known.has(table.toLowerCase())) continue
      const names = fields.map((field) => field.column.column).filter((name) => known.has(name.toLowerCase()))
      for (const name of names) add(tableOf(table).columns, name)
    }
    for await (const entry of this.#entries('(objectClass=*)', ['*', CLASS])) {
      const table = tableOf(classOf(entry))
      table.entries++
      for (const name of namesOf(entry)) if (name !== CLASS) add(table.columns, name)
    }
    return [...seen].map(([name, { columns, entries }]) => ({
      name,
      key: ['dn'],
      columns: [...columns.values()],
      estimatedRows: entries,
    }))
  }

  async *items(table: string, { where }: Ask): AsyncGenerator<Item> {
    const ofTable = new EqualityFilter({ attribute: CLASS, value: table })
    const asked =
      where === undefined || where.column === 'dn' || where.values.length > 100
        ? ofTable.toString()
        : `(&${ofTable}${new OrFilter({ filters: where.values.map((value) => new EqualityFilter({ attribute: where.column, value })) })})`
    if (where !== undefined && where.values.length === 0) return
    for await (const entry of this.#entries(asked, ['*', CLASS])) yield itemOf(entry)
  }

  async item(table: string, [dn = '']: readonly string[]): Promise<Item | undefined> {
    const entry = await this.#read(dn)
    return entry !== undefined && classOf(entry) === table ? itemOf(entry) : undefined
  }

  async change(_table: string, item: Item, cells: Readonly<Record<string, Cell>>): Promise<boolean> {
    const [dn = ''] = item.key
    const entry = await this.#read(dn)
    if (entry === undefined) return false
    const now = itemOf(entry)
    const names = Object.keys(cells)
    if (names.some((name) => !same(now.cells[name] ?? null, item.cells[name] ?? null))) return false
    const changes = names.map((name) => {
      const values = valuesOf(cells[name] ?? null)
      return new Change({ operation: 'replace', modification: new Attribute({ type: name, values }) })
    })
    return await this.#guarded(async (client) => {
      await client.modify(dn, changes)
      return true
    })
  }

  async remove(_table: string, [dn = '']: readonly string[]): Promise<boolean> {
    return await this.#guarded(async (client) => {
      await client.del(dn)
      return true
    })
  }

  async *stored(): AsyncGenerator<StoredCell | UnreadCell> {
    // Operational attributes too: who made an entry, and when, is stored as well.
    for await (const entry of this.#entries('(objectClass=*)', ['*', '+'])) {
      const table = classOf(entry)
      for (const name of ['dn', ...namesOf(entry)]) {
        const value = entry[name] ?? []
        for (const one of Array.isArray(value) ? value : [value]) {
          const bytes = typeof one === 'string' ? Buffer.from(one) : one
          yield { table, key: [entry.dn], column: name, type: typeof one === 'string' ? 'text' : 'bytes', bytes }
        }
      }
    }
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined)
    this.#client = undefined
    await client?.unbind().catch(() => undefined)
  }

  /** Pages of a search, on a connection of its own: a server keeps the place of one paged search a connection. */
  async *#entries(filter: string, attributes: readonly string[]): AsyncGenerator<Entry> {
    const client = await this.#connect()
    try {
      const options: SearchOptions = {
        scope: 'sub',
        filter,
        attributes: [...attributes],
        explicitBufferAttributes: BYTES,
        paged: { pageSize: pageEntries },
      }
      for await (const { searchEntries } of client.searchPaginated(this.#access.base, options)) yield* searchEntries
    } catch (error) {
      throw failureOf(error)
    } finally {
      await client.unbind().catch(() => undefined)
    }
  }

  /** Names of the classes and attributes that the server knows (RFC 4512 section 4.2), in small letters. */
  async #schema(): Promise<ReadonlySet<string>> {
    const found = await this.#guarded(async (client) => {
      const root = await client.search(this.#access.base, { scope: 'base', attributes: ['subschemaSubentry'] })
      const place = textsOf(root.searchEntries[0]?.subschemaSubentry)[0] ?? 'cn=Subschema'
      const attributes = ['objectClasses', 'attributeTypes']
      return await client.search(place, { scope: 'base', filter: '(objectClass=subschema)', attributes })
    })
    const entry = found === false ? undefined : found.searchEntries[0]
    const definitions = [...textsOf(entry?.objectClasses), ...textsOf(entry?.attributeTypes)]
    const names = definitions.flatMap((text) => /NAME\s+(?:'([^']+)'|\(([^)]*)\))/.exec(text)?.slice(1) ?? [])
    return new Set(names.flatMap((name) => (name ?? '').toLowerCase().match(/[\w;-]+/g) ?? []))
  }

  async #read(dn: string): Promise<Entry | undefined> {
    try {
      const found = await this.#guarded((client) =>
        client
          .search(dn, { scope: 'base', attributes: ['*', CLASS], explicitBufferAttributes: BYTES })
          .then((one) => one),
      )
      return found === false ? undefined : found.searchEntries[0]
    } catch (error) {
      throw failureOf(error)
    }
  }

  async #connect(): Promise<Client> {
    const { url, user, password, upgrade } = this.#access
    const client = new Client({ url, timeout: answerTimeoutMs, connectTimeout: 10_000 })
    try {
      if (upgrade) await client.startTLS()
      await client.bind(user, password)
      return client
    } catch (error) {
      await client.unbind().catch(() => undefined)
      throw failureOf(error)
    }
  }

  /** Runs on the connection that stays open; an entry that is not there is `false`. */
  async #guarded<T>(run: (client: Client) => Promise<T>): Promise<T | false> {
    if (this.#client !== undefined && !(await this.#client.catch(() => undefined))?.isConnected)
      this.#client = undefined
    this.#client ??= this.#connect()
    try {
      return await run(await this.#client)
    } catch (error) {
      if (error instanceof ResultCodeError && error.code === NO_SUCH_OBJECT) return false
      throw failureOf(error)
    }
  }
}
