import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, systemClock } from '../base/clock.ts'
import type { Cases } from '../cases.ts'
import { Fault } from '../language/fault.ts'
import type { Ledger } from '../ledger.ts'
import type { Letters } from '../letters.ts'
import type { LogReaders } from '../readers.ts'
import type { Holds, Records, Versions } from '../records.ts'
import { openSql } from '../sql/open.ts'
import type { SqlPool } from '../sql/sql.ts'
import { Answers } from './answers.ts'
import { DatabaseCases } from './cases.ts'
import { CommitQueue } from './commit-queue.ts'
import { lockDirectory } from './directory-lock.ts'
import { originOf } from './evidence/note.ts'
import type { Rotation } from './evidence/rotation.ts'
import { asFault } from './faults.ts'
import { DatabaseHolds } from './holds.ts'
import { Journal } from './journal.ts'
import { type Keys, openKeys } from './keys.ts'
import { DatabaseLetters } from './letters.ts'
import { DatabaseLog } from './log.ts'
import { migrate } from './migrations.ts'
import { DatabaseReaders } from './readers.ts'
import { journalPosition, lastEntryName, putBack } from './reconcile.ts'
import { DatabaseRecords } from './records.ts'
import { announceKeys, rotateSigningKey } from './rotate.ts'
import { Vault } from './vault.ts'
import { DatabaseVersions } from './versions.ts'

export interface OpenDatabaseOptions {
  /** Kept's data directory; without a server the embedded database stands in `DIR/database`. */
  readonly directory?: string
  /** A PostgreSQL server's address; default KEPT_DATABASE_URL. */
  readonly url?: string
  /** Where the keys are; default KEPT_KEYS, else `DIR/keys`. */
  readonly keys?: string
  /** Whose data this is: every row and entry carries it. */
  readonly controller: string
  readonly clock?: Clock
  /** A pool on the server that others use too: it is neither opened nor closed here. Needs `keys`. */
  readonly pool?: SqlPool
}

/** What may be known of the keys: names, never secrets. */
export interface KeyNames {
  /** C2SP verifier key that signs checkpoints: give it to auditors, `--key` takes it. */
  readonly verifier: string
  readonly signing: string
  /** How earlier signing keys handed over, the first first. */
  readonly rotations: readonly Rotation[]
  readonly suppression: { readonly name: string; readonly from: string; readonly until: string }
}

export interface KeptDatabase extends Ledger, Records, Versions, Holds {
  readonly embedded: boolean
  readonly controller: string
  readonly keys: KeyNames
  readonly answers: Answers
  /** What people asked, and what was answered. */
  readonly cases: Cases
  /** Mail that waits to be sent. */
  readonly letters: Letters
  /** Others who read the log from where they left off. */
  readonly readers: LogReaders
  /** The canonical lines of the log, as they stand in its tree. */
  lines(from?: number, to?: number): AsyncIterable<readonly [number, string]>
  /** Puts a new signing key in the place of the old one, which signs last that the new one follows, and is destroyed. */
  rotateSigningKey(): Promise<void>
  /** A staff member's id as evidence may hold it: keyed, stable, not reversible. */
  staff(who: string): string
  /** The tables of Kept itself, for what is no request, version or entry: staff, for one. */
  readonly pool: SqlPool
  /** 32 bytes of a secret for one purpose, derived from the keys: it is never in the database. */
  secretFor(purpose: string): Buffer
  /** The current suppression key, or the one of this name (fault `keys.destroyed` after its term). */
  suppressionKey(name?: string): Promise<{ readonly name: string; readonly key: Uint8Array }>
  close(): Promise<void>
}

/**
 * Opens Kept's own database and brings its schema up to date. Faults: `database.in-use`, `database.unreachable`,
 * `database.newer`, `keys.missing`, `keys.mismatch`, `keys.unreadable`, `evidence.journal-behind`, `evidence.journal-broken`.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<KeptDatabase> {
  const clock = options.clock ?? systemClock
  const url = options.url ?? process.env.KEPT_DATABASE_URL
  const { directory, controller } = options
  const shared = options.pool
  const onServer = shared !== undefined || url !== undefined
  if (!onServer && directory === undefined) throw nowhere()
  const keysDirectory = options.keys ?? process.env.KEPT_KEYS ?? (directory && join(directory, 'keys'))
  if (keysDirectory === undefined) throw noKeys()
  const undo: (() => Promise<void> | void)[] = []
  try {
    if (!onServer && directory !== undefined) {
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      undo.push(lockDirectory(directory))
    }
    const pool =
      shared ??
      (await openSql(url ?? `pglite:${join(directory as string, 'database')}`, { durable: true, fixedPlans: true }))
    if (shared === undefined) undo.push(() => pool.close())
    await migrate(pool)
    const keys = openKeys(keysDirectory, clock)
    await prepare(pool, controller, keys)
    const journal = onServer ? undefined : await openJournal(pool, join(directory as string, 'evidence.journal'))
    if (journal !== undefined) undo.push(() => journal.close())
    const queue = new CommitQueue(pool, controller, clock, journal)
    undo.push(() => queue.idle())
    return await assemble(pool, queue, keys, controller, clock, () => runAll(undo))
  } catch (error) {
    await runAll(undo).catch(() => undefined)
    throw asFault(error)
  }
}

async function assemble(
  pool: SqlPool,
  queue: CommitQueue,
  keys: Keys,
  controller: string,
  clock: Clock,
  closeAll: () => Promise<void>,
): Promise<KeptDatabase> {
  const origin = originOf(controller)
  const log = new DatabaseLog(pool, queue, controller, () => keys.signer(origin))
  const records = new DatabaseRecords(pool, queue, keys, controller, clock)
  const versions = new DatabaseVersions(pool, queue, controller)
  const holds = new DatabaseHolds(pool, queue, keys, controller, clock)
  const vault = new Vault(keys, controller)
  const suppression = keys.suppression()
  await announceKeys(pool, log, controller, keys, clock)
  let closed: Promise<void> | undefined
  const wrapped = faulted({
    append: (facts: Parameters<Ledger['append']>[0]) => log.append(facts),
    checkpoint: () => log.checkpoint(),
    rotateSigningKey: async () => {
      await queue.idle()
      await rotateSigningKey(pool, keys)
      await announceKeys(pool, log, controller, keys, clock)
    },
    createRequests: (...given: Parameters<Records['createRequests']>) => records.createRequests(...given),
    request: (id: string) => records.request(id),
    requests: (filter?: Parameters<Records['requests']>[0]) => records.requests(filter),
    unseal: (id: string) => records.unseal(id),
    openAll: (ids: readonly string[]) => records.openAll(ids),
    change: (...given: Parameters<Records['change']>) => records.change(...given),
    versions: () => versions.versions(),
    versionContent: (number: number) => versions.versionContent(number),
    publishVersion: (...given: Parameters<Versions['publishVersion']>) => versions.publishVersion(...given),
    showVersion: (...given: Parameters<Versions['showVersion']>) => versions.showVersion(...given),
    activateVersion: (...given: Parameters<Versions['activateVersion']>) => versions.activateVersion(...given),
    addHold: (...given: Parameters<Holds['addHold']>) => holds.addHold(...given),
    endHold: (...given: Parameters<Holds['endHold']>) => holds.endHold(...given),
    holds: () => holds.holds(),
    heldIdentities: (id: string) => holds.heldIdentities(id),
    versionEntries: () => versions.versionEntries(),
    findings: () => records.findings(),
    pseudonym: (identities: Parameters<Records['pseudonym']>[0]) => records.pseudonym(identities),
    forget: (pseudonym: string) => records.forget(pseudonym),
    suppressionKey: (name?: string) => records.suppressionKey(name),
  })
  return {
    ...wrapped,
    cases: new DatabaseCases(pool, queue, vault, controller, clock),
    letters: new DatabaseLetters(pool, queue, vault, controller, clock),
    readers: new DatabaseReaders(pool, controller, clock),
    embedded: pool.embedded,
    controller,
    answers: new Answers(pool, keys, controller, clock),
    keys: {
      get verifier() {
        return keys.signer(origin).key
      },
      get rotations() {
        return keys.rotations(origin)
      },
      get signing() {
        return keys.signer(origin).id
      },
      suppression: { name: suppression.name, from: suppression.from, until: suppression.until },
    },
    entries: (from, to) => log.entries(from, to),
    lines: (from, to) => log.lines(from, to),
    erasedRows: (store) => records.erasedRows(store),
    held: (ids) => records.held(ids),
    staff: (who) => keys.staff(who),
    pool,
    secretFor: (purpose) => keys.secretFor(purpose),
    close: () => {
      records.close()
      closed ??= closeAll()
      return closed
    },
  }
}

/** Every method answers failures of the database as faults. */
function faulted<M extends Record<string, (...given: never[]) => Promise<unknown>>>(methods: M): M {
  const entries = Object.entries(methods).map(([name, method]) => [
    name,
    (...given: never[]) =>
      method(...given).catch((error: unknown) => {
        throw asFault(error)
      }),
  ])
  return Object.fromEntries(entries) as M
}

/** The controller's log exists, and the keys are those this database was made with. */
async function prepare(pool: SqlPool, controller: string, keys: Keys): Promise<void> {
  await pool.query(
    `INSERT INTO kept.log (controller, size, frontier) VALUES ($1, 0, '') ON CONFLICT (controller) DO NOTHING`,
    [controller],
  )
  // Two processes may start on a new database at once: the second waits for the first's key.
  const { rows } = await pool.transaction({}, async (session) => {
    await session.query('SELECT FROM kept.log WHERE controller = $1 FOR UPDATE', [controller])
    await session.query(
      `INSERT INTO kept.key (controller, purpose, id) SELECT $1, 'master', $2
       WHERE NOT EXISTS (SELECT FROM kept.key WHERE controller = $1 AND purpose = 'master')`,
      [controller, keys.fingerprint],
    )
    return await session.query<{ id: string }>(`SELECT id FROM kept.key WHERE controller = $1 AND purpose = 'master'`, [
      controller,
    ])
  })
  if (rows.some((row) => row.id === keys.fingerprint)) return
  throw new Fault({
    code: 'keys.mismatch',
    what: `This database was made with other keys (${rows[0]?.id}) than those given (${keys.fingerprint}).`,
    mend: 'Point KEPT_KEYS, or the data directory, at the key file that belongs to this database.',
  })
}

async function openJournal(pool: SqlPool, path: string): Promise<Journal> {
  return Journal.open(
    path,
    await journalPosition(pool),
    (line, position) => putBack(pool, line, position),
    () => lastEntryName(pool),
  )
}

/** In reverse order; the first failure is told when all have run. */
async function runAll(undo: (() => Promise<void> | void)[]): Promise<void> {
  let failure: unknown
  for (const step of undo.splice(0).reverse()) {
    try {
      await step()
    } catch (error) {
      failure ??= error
    }
  }
  if (failure !== undefined) throw asFault(failure)
}

function nowhere(): Fault {
  return new Fault({
    code: 'database.nowhere',
    what: "Neither a data directory nor a server was given for Kept's own database.",
    mend: 'Give a data directory (--data DIR), or set KEPT_DATABASE_URL.',
  })
}

function noKeys(): Fault {
  return new Fault({
    code: 'keys.missing',
    what: "Kept's own database is on a server, but nothing says where its keys are.",
    mend: 'Set KEPT_KEYS to a directory that all processes share and that is not backed up with the database.',
  })
}
