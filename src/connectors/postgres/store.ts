import type { Alteration, AlterationWork, OldValues, Unaltered } from '../../alteration.ts'
import type {
  Capabilities,
  Connector,
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
import type { ExpiredTable, ExpiryPreview, ExpiryWork } from '../../expiry.ts'
import { type Exception, type StoreMap, underHold } from '../../language/store-map.ts'
import type { LiveSchema } from '../../live-schema.ts'
import { SqlFailure } from '../../sql/failure.ts'
import { openSql } from '../../sql/open.ts'
import type { SqlPool, SqlSession } from '../../sql/sql.ts'
import { noExecute } from '../no-execute.ts'
import { readAddresses } from './addresses.ts'
import { alterIn, previewAlteration } from './alter.ts'
import { findUnaltered, readValues } from './alteration-values.ts'
import { type Catalog, readCatalog } from './catalog.ts'
import { eraseBatch } from './erase.ts'
import { expireTables } from './expire.ts'
import { previewExpiry } from './expiry-preview.ts'
import { exportTables } from './export.ts'
import { storeFault } from './failure.ts'
import { findPeople } from './find.ts'
import { type Layout, layOut } from './layout.ts'
import { ensureMarkers, hashed, readMarkers, removeMarkers } from './marker.ts'
import { countOverdue } from './overdue.ts'
import { readClocks, readOwners, readTenants } from './owners.ts'
import { previewErasure } from './preview.ts'
import { findRestored } from './restored.ts'
import { readDenied } from './rights.ts'
import { hashKey } from './row-hash.ts'
import { searchStore } from './search.ts'

const lockTimeoutMs = 5_000
const statementTimeoutMs = 600_000

/** PostgreSQL 15 and later on a server, or in the process (`pglite:DIR`). */
export const openPostgres: Connector['open'] = async (map, exceptions, connections, kinds) => {
  const options = { applicationName: 'kept', maxConnections: 4, lockTimeoutMs, statementTimeoutMs }
  try {
    const read = await openSql(connections.read, options)
    const same = connections.execute === connections.read
    const execute =
      connections.execute === undefined ? undefined : same ? read : await openSql(connections.execute, options)
    return new PostgresStore(map, exceptions, kinds, read, execute)
  } catch (error) {
    throw error instanceof SqlFailure ? storeFault(map.store, error) : error
  }
}

class PostgresStore implements Store {
  readonly map: StoreMap
  readonly capabilities: Capabilities
  readonly exceptions: readonly Exception[]
  readonly commitsWhenAllowed = true
  readonly #kinds: Readonly<Record<string, string>> | undefined
  readonly #read: SqlPool
  readonly #execute: SqlPool | undefined
  #layout: Promise<Layout> | undefined
  #markers: Promise<void> | undefined
  /** Ends with the last erasure: each begins when the one before has ended, so that it sees what that one did. */
  #erasing: Promise<unknown> = Promise.resolve()

  constructor(
    map: StoreMap,
    exceptions: readonly Exception[],
    kinds: Readonly<Record<string, string>> | undefined,
    read: SqlPool,
    execute: SqlPool | undefined,
  ) {
    this.map = map
    this.exceptions = exceptions
    this.#kinds = kinds
    this.#read = read
    this.#execute = execute
    this.capabilities = {
      transactions: true,
      snapshot: true,
      lockTimeout: !read.embedded,
      statementTimeout: !read.embedded,
      killable: !read.embedded,
      references: true,
      access: true,
      erasure: execute !== undefined,
      correction: execute !== undefined,
      stop: execute !== undefined,
    }
  }

  under(hold: Exception): Store {
    return new PostgresStore(
      underHold(this.map, hold),
      [...this.exceptions, hold],
      this.#kinds,
      this.#read,
      this.#execute,
    )
  }

  /** Reads the live schema anew; what is asked afterwards uses it. */
  async describe(): Promise<LiveSchema> {
    const catalog = await this.#reading((session) => readCatalog(session))
    this.#layout = Promise.resolve(catalog).then((live) => this.#layOut(live))
    this.#layout.catch(() => undefined)
    const denied = await this.#denied(catalog)
    return denied === undefined ? catalog : { ...catalog, denied }
  }

  /** The rights of the execute role; unknown where it cannot be asked: erasing then fails with that as its reason. */
  async #denied(catalog: Catalog): Promise<LiveSchema['denied']> {
    const pool = this.#execute
    try {
      return await pool?.session((session) => readDenied(session, catalog))
    } catch (error) {
      if (error instanceof SqlFailure) return undefined
      throw error
    }
  }

  async find(subjects: readonly Subject[]): Promise<readonly Found[]> {
    const layout = await this.#laidOut()
    return await this.#reading((session) => findPeople(session, layout, subjects))
  }

  async preview(found: Found, now: Date): Promise<StorePreview> {
    const layout = await this.#laidOut()
    return await this.#reading((session) => previewErasure(session, layout, found, now))
  }

  async export(
    found: Found,
    options: { readonly others: 'redact' | 'keep' },
    use: (tables: readonly ExportTable[]) => Promise<void>,
  ): Promise<void> {
    const layout = await this.#laidOut()
    await this.#reading((session) => use(exportTables(session, layout, found, options.others)))
  }

  async ready(): Promise<void> {
    const pool = this.#executePool()
    await this.#laidOut()
    await this.#marking(pool)
    // The connection is opened while the statement is made. An erasure that cannot have one says so itself.
    this.#erasing = Promise.allSettled([this.#erasing, pool.query('')])
  }

  async erase(batch: ErasureBatch): Promise<readonly ErasureResult[]> {
    const pool = this.#executePool()
    const layout = await this.#laidOut()
    await this.#marking(pool)
    const options = { lockTimeoutMs: batch.lockTimeoutMs ?? lockTimeoutMs, statementTimeoutMs }
    const erased = eraseBatch(pool, layout, batch, options, this.#erasing)
    this.#erasing = erased.catch(() => undefined)
    return await erased
  }

  async valuesOf(found: Found, categories: readonly string[]): Promise<OldValues> {
    const layout = await this.#laidOut()
    return await this.#reading((session) => readValues(session, layout, found, categories))
  }

  async previewAlteration(found: Found, alteration: Alteration): Promise<StorePreview> {
    const layout = await this.#laidOut()
    return await this.#reading(async (session) => {
      const old =
        alteration.is === 'correct' ? await readValues(session, layout, found, Object.keys(alteration.values)) : {}
      return await previewAlteration(session, layout, found, alteration, old)
    })
  }

  async alter(work: AlterationWork): Promise<ErasureResult> {
    const pool = this.#executePool()
    const layout = await this.#laidOut()
    await this.#marking(pool)
    const options = { lockTimeoutMs: work.lockTimeoutMs ?? lockTimeoutMs, statementTimeoutMs }
    const marked = await alterIn(pool, layout, work, options)
    return { ...marked, erased: [] }
  }

  async unaltered(found: Found, alteration: Alteration, old: OldValues): Promise<readonly Unaltered[]> {
    const layout = await this.#laidOut()
    return await this.#reading((session) => findUnaltered(session, layout, found, alteration, old))
  }

  async done(steps: readonly string[], suppression: { readonly key: Uint8Array }): Promise<readonly ErasureResult[]> {
    const pool = this.#executePool()
    const marked = await this.#guarded(() => readMarkers(pool, steps))
    if (marked.length === 0) return []
    const layout = await this.#laidOut()
    return marked.map((one) => hashed(layout, one, hashKey(suppression.key)))
  }

  async settle(steps: readonly string[]): Promise<void> {
    const pool = this.#executePool()
    await this.#guarded(() => removeMarkers(pool, steps))
  }

  async restored(
    only: ReadonlyMap<string, ReadonlySet<string>>,
    suppression: { readonly key: Uint8Array },
  ): Promise<readonly RestoredRow[]> {
    const layout = await this.#laidOut()
    return await this.#reading((session) => findRestored(session, layout, only, suppression.key))
  }

  async search(
    identities: readonly SoughtIdentity[],
    progress?: (read: { cells: number; bytes: number }) => void,
  ): Promise<SearchResult> {
    return await this.#guarded(() => searchStore(this.#read, identities, progress))
  }

  async owners(rows: readonly RowRef[]): Promise<readonly RowOwner[]> {
    const layout = await this.#laidOut()
    return await this.#reading((session) => readOwners(session, layout, rows))
  }

  async clocks(rows: readonly RowRef[]): Promise<readonly RowClocks[]> {
    const layout = await this.#laidOut()
    return await this.#reading((session) => readClocks(session, layout, rows))
  }

  async tenants(rows: readonly RowRef[]): Promise<readonly (RowRef & { readonly tenant: string | null })[]> {
    const layout = await this.#laidOut()
    return await this.#reading((session) => readTenants(session, layout, rows))
  }

  async expiring(work: ExpiryWork): Promise<ExpiryPreview> {
    const layout = await this.#laidOut()
    return await this.#reading((session) => previewExpiry(session, layout, work))
  }

  async expire(work: ExpiryWork, done: (table: ExpiredTable) => Promise<void>): Promise<void> {
    const pool = this.#executePool()
    const layout = await this.#laidOut()
    await this.#guarded(() => expireTables(pool, layout, work, done))
  }

  async overdue(work: ExpiryWork): ReturnType<NonNullable<Store['overdue']>> {
    const layout = await this.#laidOut()
    return await this.#reading((session) => countOverdue(session, layout, work))
  }

  async addresses(use: (block: readonly string[]) => Promise<void>): Promise<void> {
    await this.#reading((session) => readAddresses(session, this.map, use))
  }

  async close(): Promise<void> {
    await this.#read.close()
    if (this.#execute !== this.#read) await this.#execute?.close()
  }

  #marking(pool: SqlPool): Promise<void> {
    this.#markers ??= this.#guarded(() => ensureMarkers(pool))
    this.#markers.catch(() => {
      this.#markers = undefined
    })
    return this.#markers
  }

  #laidOut(): Promise<Layout> {
    this.#layout ??= this.#reading(async (session) => this.#layOut(await readCatalog(session)))
    const layout = this.#layout
    layout.catch(() => {
      if (this.#layout === layout) this.#layout = undefined
    })
    return layout
  }

  #layOut(catalog: Catalog): Layout {
    return layOut(this.map, this.exceptions, this.#kinds, catalog)
  }

  #executePool(): SqlPool {
    if (this.#execute !== undefined) return this.#execute
    throw noExecute(this.map.store)
  }

  /** Everything that only reads happens in one read-only snapshot, with row security raising instead of hiding rows. */
  #reading<T>(run: (session: SqlSession) => Promise<T>): Promise<T> {
    return this.#guarded(() =>
      this.#read.transaction({ isolation: 'repeatable read', readOnly: true }, async (session) => {
        await session.query('SET LOCAL row_security = off')
        return await run(session)
      }),
    )
  }

  /** A store that is down is a fault of its own, by which a request stays open and is tried again. */
  async #guarded<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof SqlFailure)) throw error
      throw storeFault(this.map.store, error)
    }
  }
}
