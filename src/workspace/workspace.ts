import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { addDuration } from '../base/duration.ts'
import type { Store } from '../connector.ts'
import { connectors } from '../connectors/index.ts'
import { type KeptDatabase, type OpenDatabaseOptions, openDatabase } from '../database/open.ts'
import { Fault, Faults } from '../language/fault.ts'
import { identityKind } from '../language/identity-kind.ts'
import type { StoreMap } from '../language/store-map.ts'
import { misfits } from '../policy/check.ts'
import { compilePlan, type Plan } from '../policy/plan.ts'
import { type Policy, readPolicy } from '../policy/policy.ts'
import { resolveSecret } from '../policy/secret.ts'
import { readStoreMaps, storesDirectory } from '../policy/stores.ts'
import type { Engine, Progress } from '../requests/engine.ts'
import { inForce } from './policy-in-force.ts'
import type { Surroundings } from './surroundings.ts'

/** Options that every command takes. */
export interface CommonOptions {
  readonly policy: string
  readonly data: string
  readonly json?: boolean
  readonly progress?: boolean
}

/** The policy and its maps as files say them. */
export interface ReadFiles {
  readonly policy: Policy
  readonly maps: readonly StoreMap[]
  /** What could be read of maps with errors: to be checked, never carried out. */
  readonly partial: readonly StoreMap[]
  readonly plan: Plan
  readonly faults: readonly Fault[]
}

/** Stores that are connected, and those whose connection could not even be prepared. */
export interface Connected {
  readonly stores: readonly Store[]
  readonly unopened: readonly { readonly store: string; readonly fault: Fault; readonly tables: readonly string[] }[]
}

/** Reads the policy and the maps beside it; faults are returned, not thrown. */
export async function readFiles(surroundings: Surroundings, options: CommonOptions): Promise<ReadFiles> {
  const file = resolve(surroundings.cwd, options.policy)
  const { policy, faults } = await readPolicy(file)
  const read = await readStoreMaps(storesDirectory(file), policy)
  const plan = compilePlan(policy, read.maps)
  return { policy, maps: read.maps, partial: read.partial, plan, faults: [...faults, ...read.faults] }
}

/** The same, where errors in the files forbid to go on. Throws `Faults`. */
export async function readFaultless(surroundings: Surroundings, options: CommonOptions): Promise<ReadFiles> {
  const files = await readFiles(surroundings, options)
  const errors = files.faults.filter((fault) => fault.severity === 'error')
  if (errors.length > 0) throw new Faults(errors)
  return files
}

/** Opens every store of the maps; connecting itself waits for the first use. */
export async function connect(surroundings: Surroundings, { maps, plan, policy }: ReadFiles): Promise<Connected> {
  const stores: Store[] = []
  const unopened: { store: string; fault: Fault; tables: readonly string[] }[] = []
  for (const map of maps) {
    try {
      const read = await resolveSecret(map.connect.read, surroundings.env)
      const execute = map.connect.execute && (await resolveSecret(map.connect.execute, surroundings.env))
      const connector = connectors.find((one) => one.accepts(read))
      if (!connector) throw unknownKind(map.store)
      const connections = execute === undefined ? { read } : { read, execute }
      stores.push(await connector.open(map, plan.rights.exceptions, connections, kindsOf(plan)))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      unopened.push({ store: map.store, fault: error, tables: map.tables.map(({ table }) => table) })
    }
  }
  if (stores.length === 0 && unopened.length === 0) throw noStores(policy.file)
  return { stores, unopened }
}

/** What kind of identity each data category's values are, by its DPV term. */
function kindsOf(plan: Plan): Record<string, string> {
  const kinds = plan.data.map(({ name, is }) => [name, identityKind(name, is)] as const)
  return Object.fromEntries(kinds.flatMap(([name, kind]) => (kind === undefined ? [] : [[name, kind]])))
}

/** Kept's own database: the one the running process holds, or opened here. */
export async function openOwn(
  surroundings: Surroundings,
  options: CommonOptions,
  plan: Plan,
): Promise<{ readonly database: KeptDatabase; close(): Promise<void> }> {
  const directory = resolve(surroundings.cwd, options.data)
  const held = surroundings.database
  if (held && held.directory === directory && held.opened.controller === plan.controller.name) {
    return { database: held.opened, close: async () => {} }
  }
  const url = surroundings.env.KEPT_DATABASE_URL
  const keys = surroundings.env.KEPT_KEYS
  const database = await openPatiently({
    directory,
    controller: plan.controller.name,
    ...(url ? { url } : {}),
    ...(keys ? { keys: resolve(surroundings.cwd, keys) } : {}),
  })
  return { database, close: () => database.close() }
}

// Another command of the same folder is usually over in a moment; a long one is told as what it is.
const IN_USE_WAIT_MS = 5000

async function openPatiently(options: OpenDatabaseOptions): Promise<KeptDatabase> {
  const deadline = Date.now() + IN_USE_WAIT_MS
  for (;;) {
    try {
      return await openDatabase(options)
    } catch (error) {
      const inUse = error instanceof Fault && error.code === 'database.in-use'
      if (!inUse || Date.now() > deadline) throw error
      await pause(200)
    }
  }
}

/** Everything a request needs, open for the time of `use`. */
export interface Workspace extends ReadFiles {
  readonly engine: Engine
  readonly database: KeptDatabase
  /** Faults of stores that could not be opened, by store. */
  readonly unopened: ReadonlyMap<string, Fault>
}

export interface WorkspaceOptions {
  readonly progress?: (progress: Progress) => void
  /** False for commands that only look at what Kept remembers. Default true. */
  readonly stores?: boolean
  /** The policy as its file says it, instead of the version in force. Default false. */
  readonly asWritten?: boolean
}

/** Opens policy, stores and database, and closes them whatever happens. */
export async function withWorkspace<T>(
  surroundings: Surroundings,
  options: CommonOptions,
  opening: WorkspaceOptions,
  use: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const asWritten = opening.asWritten ?? false
  const written = asWritten ? await readFaultless(surroundings, options) : await readFiles(surroundings, options)
  const own = await openOwn(surroundings, options, written.plan)
  try {
    const { workspace, close } = await openWorkspace(surroundings, options, own.database, written, opening)
    try {
      return await use(workspace)
    } finally {
      await close()
    }
  } finally {
    await own.close()
  }
}

/**
 * Policy and stores on a database that is open already; `close` lets go of the stores only. Throws `Faults` of the files.
 * `written`: the policy and its maps as their files say them.
 */
export async function openWorkspace(
  surroundings: Surroundings,
  options: CommonOptions,
  database: KeptDatabase,
  written: ReadFiles,
  { progress, stores = true, asWritten = false }: WorkspaceOptions,
): Promise<{ readonly workspace: Workspace; close(): Promise<void> }> {
  const files = asWritten ? written : await inForce(surroundings, options, written, database)
  const connected: Connected = stores ? await connect(surroundings, files) : { stores: [], unopened: [] }
  const engine: Engine = {
    records: database,
    stores: connected.stores,
    unopened: stores
      ? connected.unopened.map(({ store, fault, tables }) => ({ store, code: fault.code, tables }))
      : files.maps.map(({ store, tables }) => ({
          store,
          code: 'store.not-opened',
          tables: tables.map(({ table }) => table),
        })),
    policy: files.policy.sha256,
    misfits: ({ map, capabilities }, live) => misfits(files.plan, map, live, capabilities),
    approval: files.plan.rights.approval,
    staff: (who) => database.staff(who),
    dueAt: (kind, from) => addDuration(from, files.plan.terms[kind]),
    now: () => new Date(),
    ...(progress ? { progress } : {}),
  }
  const unopened = new Map(connected.unopened.map(({ store, fault }) => [store, fault]))
  return {
    workspace: { ...files, engine, database, unopened },
    close: async () => {
      for (const store of connected.stores) await store.close().catch(() => undefined)
    },
  }
}

function unknownKind(store: string): Fault {
  const kinds = connectors.map((one) => one.kind).join(', ')
  return new Fault({
    code: 'store.unknown-kind',
    what: `The connection string of store ${store} is of a kind that no connector understands.`,
    mend: `The connectors are: ${kinds}. A PostgreSQL address begins with postgres://.`,
  })
}

function noStores(file: string): Fault {
  return new Fault({
    code: 'store.none',
    what: 'There is no store map, so no request can find anybody.',
    mend: `Write one in the folder stores beside the policy.`,
    where: { file },
  })
}
