/** One server serves the whole run of the tests; it starts when the first test asks for a database. */
import { execFile } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import { Fault } from '../src/language/fault.ts'
import { findPostgres } from './postgres-programs.ts'
import { createDatabaseAt, serverVersion, startPostgres } from './postgres-server.ts'

export { startPostgres } from './postgres-server.ts'

const run = promisify(execFile)
const WAIT_MILLISECONDS = 90_000

/** Where the shared server stands; kept in `server.json` of the run's folder. */
export interface SharedServer {
  /** Address of its `postgres` database as the superuser. */
  readonly url: string
  readonly version: string
  /** Folder of PostgreSQL's programs; absent where only an address was given and none is installed. */
  readonly bin?: string
}

/** Notes that a server of this version served the tests; the end of the run names each version once. */
export function serverRan(version: string): void {
  appendFileSync(join(inject('runFolder'), 'servers.txt'), `${version}\n`)
}

function readShared(folder: string): SharedServer | undefined {
  const file = join(folder, 'server.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SharedServer) : undefined
}

async function describeServer(folder: string): Promise<SharedServer> {
  const given = process.env.KEPT_TEST_POSTGRES
  if (given) {
    const bin = (await findPostgres())?.bin
    return { url: given, version: await serverVersion(given), ...(bin ? { bin } : {}) }
  }
  const server = await startPostgres({ folder: join(folder, 'postgres') })
  return { url: server.url(), version: server.version, bin: server.bin }
}

/**
 * The server of this run: the one at `KEPT_TEST_POSTGRES`, else one of our own, started by the first who asks.
 * It is not durable (fsync off) and allows 200 connections. Faults: `test.postgres-missing`, `test.postgres-failed`.
 */
export async function sharedPostgres(): Promise<SharedServer> {
  const folder = inject('runFolder')
  const lock = join(folder, 'starting')
  const deadline = Date.now() + WAIT_MILLISECONDS
  while (Date.now() < deadline) {
    const shared = readShared(folder)
    if (shared) return shared
    if (take(lock)) {
      try {
        const started = readShared(folder) ?? (await describeServer(folder))
        serverRan(started.version)
        writeFileSync(join(folder, 'server.json.new'), JSON.stringify(started))
        renameSync(join(folder, 'server.json.new'), join(folder, 'server.json'))
        return started
      } finally {
        rmdirSync(lock)
      }
    }
    await pause(50)
  }
  throw new Fault({
    code: 'test.postgres-failed',
    what: 'Another test process has been starting the test server for 90 s.',
    mend: 'Look at server.log in the newest kept-test- folder of the temporary folder, then run the tests again.',
  })
}

/** Makes the lock folder; false where somebody else holds it. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    return false
  }
}

let created = 0

/**
 * The address of a new, empty database on the shared server (UTF-8, locale C), as the superuser.
 * `name` is a start for its name, to recognise it in logs.
 */
export async function freshDatabase(name = 'test'): Promise<string> {
  const { url } = await sharedPostgres()
  created += 1
  // PostgreSQL cuts names at 63 bytes; the number that makes it unique must survive.
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/g, '_')
    .slice(0, 40)
  const unique = `${plain}_${process.pid}_${created}`
  appendFileSync(join(inject('runFolder'), 'databases.txt'), `${unique}\n`)
  return createDatabaseAt(url, unique)
}

/** Loads an SQL dump (as pg_dump writes it) into the database by psql; the first error ends it. */
export async function loadDump(url: string, file: string): Promise<void> {
  const { bin } = await sharedPostgres()
  const psql = bin ? join(bin, 'psql') : 'psql'
  const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, '-f', file]
  await run(psql, args, { maxBuffer: 64 * 1024 * 1024 })
}
