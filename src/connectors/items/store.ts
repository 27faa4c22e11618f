import { createHash } from 'node:crypto'
import type {
  Capabilities,
  Connector,
  ErasureBatch,
  ErasureResult,
  ExportTable,
  Found,
  RowClocks,
  RowOwner,
  RowRef,
  SearchResult,
  SoughtIdentity,
  Store,
  StorePreview,
  Subject,
} from '../../connector.ts'
import { Fault } from '../../language/fault.ts'
import { identityKind } from '../../language/identity-kind.ts'
import { type Exception, type StoreMap, underHold } from '../../language/store-map.ts'
import type { LiveSchema } from '../../live-schema.ts'
import { noExecute } from '../no-execute.ts'
import { hashOf } from '../place-hash.ts'
import { valuesAt } from './cell-value.ts'
import { eraseBatch } from './erase.ts'
import { exportTables } from './export.ts'
import { findPeople } from './find.ts'
import { type Layout, layOut } from './layout.ts'
import { readClocks, readOwners } from './owners.ts'
import { previewErasure } from './preview.ts'
import { searchStore } from './search.ts'
import { type ItemSource, SourceFailure } from './source.ts'

/** Opens a source; `write` is false for the connection that only reads. */
type OpenSource = (connection: string, map: StoreMap, write: boolean) => Promise<ItemSource>

/** How a store of items is opened: everything a request does, over a source that lists, reads, changes and removes. */
export function openItems(open: OpenSource): Connector['open'] {
  return async (map, exceptions, connections, kinds) => {
    try {
      const read = await open(connections.read, map, false)
      const execute = connections.execute === undefined ? undefined : await open(connections.execute, map, true)
      return new ItemStore(map, exceptions, kinds, read, execute)
    } catch (error) {
      throw error instanceof SourceFailure ? storeFault(map.store, error) : error
    }
  }
}

class ItemStore implements Store {
  readonly map: StoreMap
  readonly capabilities: Capabilities
  readonly exceptions: readonly Exception[]
  readonly #kinds: Readonly<Record<string, string>> | undefined
  readonly #read: ItemSource
  readonly #execute: ItemSource | undefined
  #layout: Promise<Layout> | undefined

  constructor(
    map: StoreMap,
    exceptions: readonly Exception[],
    kinds: Readonly<Record<string, string>> | undefined,
    read: ItemSource,
    execute: ItemSource | undefined,
  ) {
    this.map = map
    this.exceptions = exceptions
    this.#kinds = kinds
    this.#read = read
    this.#execute = execute
    this.capabilities = {
      transactions: false,
      snapshot: false,
      lockTimeout: false,
      statementTimeout: false,
      killable: false,
      references: false,
      access: true,
      erasure: execute !== undefined,
      correction: false,
      stop: false,
    }
  }

  under(hold: Exception): Store {
    return new ItemStore(underHold(this.map, hold), [...this.exceptions, hold], this.#kinds, this.#read, this.#execute)
  }

  async describe(): Promise<LiveSchema> {
    return await this.#guarded(async () => {
      const tables = (await this.#read.tables()).map((table) => ({
        ...table,
        kind: 'table' as const,
        uniques: [],
        references: [],
        triggers: [],
      }))
      const shape = tables.map(({ name, key, columns }) => ({ name, key, columns }))
      const sha256 = createHash('sha256').update(JSON.stringify(shape)).digest('hex')
      this.#layout = undefined
      return { version: this.#read.version, sha256, tables }
    })
  }

  async find(subjects: readonly Subject[]): Promise<readonly Found[]> {
    return await this.#laidOut((layout) => findPeople(this.#read, layout, subjects))
  }

  async preview(found: Found, now: Date): Promise<StorePreview> {
    return await this.#laidOut((layout) => previewErasure(this.#read, layout, found, now))
  }

  async export(
    found: Found,
    options: { readonly others: 'redact' | 'keep' },
    use: (tables: readonly ExportTable[]) => Promise<void>,
  ): Promise<void> {
    await this.#laidOut(async (layout) => use(await exportTables(this.#read, layout, found, options.others)))
  }

  async erase(batch: ErasureBatch): Promise<readonly ErasureResult[]> {
    const source = this.#writing()
    return await this.#laidOut((layout) => eraseBatch(source, layout, batch))
  }

  /** There are no markers: what was interrupted is done again from what is left. */
  async done(): Promise<readonly ErasureResult[]> {
    return []
  }

  async settle(): Promise<void> {}

  async restored(
    only: ReadonlyMap<string, ReadonlySet<string>>,
    suppression: { readonly key: Uint8Array },
  ): Promise<readonly RowRef[]> {
    return await this.#laidOut(async (layout) => {
      const rows: RowRef[] = []
      for (const { name, live } of layout.tables) {
        const wanted = only.get(name)
        if (wanted === undefined || wanted.size === 0) continue
        for await (const { key } of this.#read.items(name, { columns: live.key })) {
          if (wanted.has(hashOf(suppression.key, name, key).toString('hex')))
            rows.push({ table: name, key: JSON.stringify(key) })
        }
      }
      return rows
    })
  }

  async search(
    identities: readonly SoughtIdentity[],
    progress?: (read: { cells: number; bytes: number }) => void,
  ): Promise<SearchResult> {
    return await this.#guarded(() => searchStore(this.#read, identities, progress))
  }

  async owners(rows: readonly RowRef[]): Promise<readonly RowOwner[]> {
    return await this.#laidOut((layout) => readOwners(this.#read, layout, rows))
  }

  async clocks(rows: readonly RowRef[]): Promise<readonly RowClocks[]> {
    return await this.#laidOut((layout) => readClocks(this.#read, layout, rows))
  }

  async tenants(): Promise<readonly (RowRef & { readonly tenant: string | null })[]> {
    return []
  }

  async addresses(use: (block: readonly string[]) => Promise<void>): Promise<void> {
    await this.#guarded(async () => {
      for (const { table, person } of this.map.tables) {
        const columns = (person?.keys ?? []).flatMap(({ identity, column }) =>
          identityKind(identity) === 'email' ? [column] : [],
        )
        if (columns.length === 0) continue
        for await (const item of this.#read.items(table, {})) {
          const found = columns.flatMap((column) => valuesAt(item, column))
          if (found.length > 0) await use(found)
        }
      }
    })
  }

  async close(): Promise<void> {
    await this.#read.close()
    await this.#execute?.close()
  }

  #laidOut<T>(run: (layout: Layout) => Promise<T>): Promise<T> {
    return this.#guarded(async () => {
      this.#layout ??= this.#read.tables().then((tables) => layOut(this.map, this.exceptions, this.#kinds, tables))
      const layout = this.#layout
      layout.catch(() => {
        if (this.#layout === layout) this.#layout = undefined
      })
      return await run(await layout)
    })
  }

  #writing(): ItemSource {
    if (this.#execute !== undefined) return this.#execute
    throw noExecute(this.map.store)
  }

  async #guarded<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      throw error instanceof SourceFailure ? storeFault(this.map.store, error) : error
    }
  }
}

function storeFault(store: string, failure: SourceFailure): Fault {
  const faults = {
    unreachable: [
      'store.unreachable',
      'cannot be reached',
      'Start it, or correct the connection in the environment; then `kept request resume`.',
    ],
    permission: [
      'store.permission',
      'refuses access',
      'Grant the right that is missing to the account of the connection.',
    ],
    drift: ['store.failed', 'is not as its map says', 'Hold the map against the store: kept store check.'],
    locked: ['store.failed', 'holds a lock', 'Try again when the other program has let go.'],
    timeout: ['store.failed', 'did not answer in time', 'Try again; if it stays, look at the load of that system.'],
    refused: ['store.failed', 'refused an operation', 'Hold the map against the store: kept store check.'],
  } as const
  const [code, what, mend] = faults[failure.kind]
  return new Fault({ code, what: `store ${store} ${what} (${failure.message})`, mend, cause: failure })
}
