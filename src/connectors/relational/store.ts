import type {
  Capabilities,
  ErasureBatch,
  ErasureResult,
  ExportTable,
  Found,
  RestoredRow,
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
import { type Exception, type StoreMap, underHold } from '../../language/store-map.ts'
import type { LiveSchema } from '../../live-schema.ts'
import { SqlFailure } from '../../sql/failure.ts'
import { noExecute } from '../no-execute.ts'
import type { Catalog } from '../postgres/catalog.ts'
import { storeFault } from '../postgres/failure.ts'
import { type Layout, layOut } from '../postgres/layout.ts'
import { readAddresses } from './addresses.ts'
import { type Database, PLACE, type Session } from './dialect.ts'
import { eraseBatch } from './erase.ts'
import { exportTables } from './export.ts'
import { findPeople } from './find.ts'
import { readMarkers, removeMarkers } from './marker.ts'
import { readClocks, readOwners, readTenants } from './owners.ts'
import { previewErasure } from './preview.ts'
import { peopleReader } from './reader.ts'
import { findRestored } from './restored.ts'
import { searchStore } from './search.ts'
import { raw } from './statement.ts'

/** A database whose statements change one table each: its classes are made here, its rows are changed set by set. */
export class RelationalStore implements Store {
  readonly map: StoreMap
  readonly capabilities: Capabilities
  readonly exceptions: readonly Exception[]
  readonly #kinds: Readonly<Record<string, string>> | undefined
  readonly #read: Database
  readonly #execute: Database | undefined
  #layout: Promise<Layout> | undefined
  #markers: Promise<void> | undefined
  /** Ends with the last erasure: each begins when the one before has ended. */
  #erasing: Promise<unknown> = Promise.resolve()

  constructor(
    map: StoreMap,
    exceptions: readonly Exception[],
    kinds: Readonly<Record<string, string>> | undefined,
    read: Database,
    execute: Database | undefined,
  ) {
    this.map = map
    this.exceptions = exceptions
    this.#kinds = kinds
    this.#read = read
    this.#execute = execute
    this.capabilities = {
      transactions: true,
      snapshot: true,
      ...read.capabilities,
      references: true,
      access: true,
      erasure: execute !== undefined,
      correction: false,
      stop: false,
    }
  }

  under(hold: Exception): Store {
    return new RelationalStore(
      underHold(this.map, hold),
      [...this.exceptions, hold],
      this.#kinds,
      this.#read,
      this.#execute,
    )
  }

  /** Reads the live schema anew; what is asked afterwards uses it. */
  async describe(): Promise<LiveSchema> {
    const catalog = await this.#reading((session) => this.#read.catalog(session))
    this.#layout = Promise.resolve(catalog).then((live) => this.#layOut(live))
    this.#layout.catch(() => undefined)
    const tables = catalog.tables.map((table) => ({ ...table, key: table.key.filter((name) => name !== PLACE) }))
    return { version: catalog.version, sha256: catalog.sha256, tables }
  }

  async find(subjects: readonly Subject[]): Promise<readonly Found[]> {
    return await this.#laid((session, layout) =>
      findPeople(peopleReader(session, this.#read.dialect, layout), layout, subjects),
    )
  }

  async preview(found: Found, now: Date): Promise<StorePreview> {
    return await this.#laid((session, layout) => previewErasure(session, this.#read.dialect, layout, found, now))
  }

  async export(
    found: Found,
    options: { readonly others: 'redact' | 'keep' },
    use: (tables: readonly ExportTable[]) => Promise<void>,
  ): Promise<void> {
    await this.#laid(async (session, layout) =>
      use(await exportTables(session, this.#read.dialect, layout, found, options.others)),
    )
  }

  async ready(): Promise<void> {
    const database = this.#writing()
    await this.#laidOut()
    await this.#marking(database)
  }

  async erase(batch: ErasureBatch): Promise<readonly ErasureResult[]> {
    const database = this.#writing()
    const layout = await this.#laidOut()
    await this.#marking(database)
    const turn = this.#erasing
    const erased = turn.then(() => eraseBatch(database, layout, batch))
    this.#erasing = erased.catch(() => undefined)
    return await erased
  }

  async done(steps: readonly string[]): Promise<readonly ErasureResult[]> {
    const database = this.#writing()
    await this.#marking(database)
    return await this.#guarded(() => readMarkers(database, steps))
  }

  async settle(steps: readonly string[]): Promise<void> {
    const database = this.#writing()
    await this.#guarded(() => removeMarkers(database, steps))
  }

  async restored(
    only: ReadonlyMap<string, ReadonlySet<string>>,
    suppression: { readonly key: Uint8Array },
  ): Promise<readonly RestoredRow[]> {
    return await this.#laid((session, layout) =>
      findRestored(session, this.#read.dialect, layout, only, suppression.key),
    )
  }

  async search(
    identities: readonly SoughtIdentity[],
    progress?: (read: { cells: number; bytes: number }) => void,
  ): Promise<SearchResult> {
    return await this.#guarded(() => searchStore(this.#read, identities, progress))
  }

  async owners(rows: readonly RowRef[]): Promise<readonly RowOwner[]> {
    return await this.#laid((session, layout) => readOwners(session, this.#read.dialect, layout, rows))
  }

  async clocks(rows: readonly RowRef[]): Promise<readonly RowClocks[]> {
    return await this.#laid((session, layout) => readClocks(session, this.#read.dialect, layout, rows))
  }

  async tenants(rows: readonly RowRef[]): Promise<readonly (RowRef & { readonly tenant: string | null })[]> {
    return await this.#laid((session, layout) => readTenants(session, this.#read.dialect, layout, rows))
  }

  async addresses(use: (block: readonly string[]) => Promise<void>): Promise<void> {
    await this.#laid((session, layout) => readAddresses(session, this.#read.dialect, layout, use))
  }

  async close(): Promise<void> {
    await this.#read.close()
    if (this.#execute !== this.#read) await this.#execute?.close()
  }

  /** Made outside of every transaction: a definition would end one. */
  #marking(database: Database): Promise<void> {
    this.#markers ??= this.#guarded(() => ensureMarkers(database))
    this.#markers.catch(() => {
      this.#markers = undefined
    })
    return this.#markers
  }

  #laid<T>(run: (session: Session, layout: Layout) => Promise<T>): Promise<T> {
    return this.#guarded(async () => {
      const layout = await this.#laidOut()
      return await this.#read.reading((session) => run(session, layout))
    })
  }

  #laidOut(): Promise<Layout> {
    this.#layout ??= this.#reading(async (session) => this.#layOut(await this.#read.catalog(session)))
    const layout = this.#layout
    layout.catch(() => {
      if (this.#layout === layout) this.#layout = undefined
    })
    return layout
  }

  #layOut(catalog: Catalog): Layout {
    return layOut(this.map, this.exceptions, this.#kinds, catalog)
  }

  #writing(): Database {
    if (this.#execute !== undefined) return this.#execute
    throw noExecute(this.map.store)
  }

  #reading<T>(run: (session: Session) => Promise<T>): Promise<T> {
    return this.#guarded(() => this.#read.reading(run))
  }

  /** A store that is down is a fault of its own, by which a request stays open and is tried again. */
  async #guarded<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      throw error instanceof SqlFailure ? storeFault(this.map.store, error) : error
    }
  }
}

async function ensureMarkers(database: Database): Promise<void> {
  const { name, definition } = database.markerTable
  try {
    await database.reading((session) => session.query(raw(`SELECT 1 AS one FROM ${name} WHERE 1 = 0`)))
    return
  } catch (error) {
    if (!(error instanceof SqlFailure) || error.kind === 'unreachable' || error.kind === 'shutdown') throw error
  }
  try {
    await database.writing((session) => session.run(raw(definition)))
  } catch (error) {
    if (!(error instanceof SqlFailure) || error.kind !== 'permission') throw error
    throw new Fault({
      code: 'store.marker-missing',
      what: 'the execute role cannot make the table in which Kept marks finished steps',
      mend: `Let an administrator of the store run once: ${definition.replace(/\s+/g, ' ')}; and give the execute role SELECT, INSERT and DELETE on ${name}.`,
      cause: error,
    })
  }
}
