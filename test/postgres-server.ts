/** A PostgreSQL server of the tests' own: new data folder, loopback and socket only, gone after `stop`. */
import { execFile } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { Fault } from '../src/language/fault.ts'
import { freePort } from './free-port.ts'
import { findOrInstallPostgres } from './postgres-programs.ts'

const run = promisify(execFile)

/** How a server is started. Durability is off by default: only tests of durability pay for it. */
export interface ServerOptions {
  /** Whether a commit waits for the disk (fsync, synchronous_commit, full_page_writes). Default false. */
  readonly durable?: boolean
  /** Further settings of postgresql.conf, e.g. `{ max_prepared_transactions: '10' }`. */
  readonly settings?: Readonly<Record<string, string>>
  /** Folder to work in, created if absent. Default: a new one in the system's temporary folder. */
  readonly folder?: string
}

/** A running server. Anyone on this machine may log in as anyone (it holds test data only). */
export interface PostgresServer {
  /** Address of a database as the superuser; the server's own `postgres` database by default. */
  url(database?: string): string
  /** For people, e.g. `PostgreSQL 15.18 (Debian 15.18-0+deb12u1)`. */
  readonly version: string
  /** Creates an empty database (a free name where none is given) and returns its address. */
  createDatabase(name?: string): Promise<string>
  /** Folder of PostgreSQL's programs (psql, pg_dump, pg_ctl). */
  readonly bin: string
  readonly dataDir: string
  /** Ends every connection and the server, and removes its folder. */
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root: then its programs run as the account `postgres`, or `nobody` without it. */
async function account(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const uid = Number((await run('id', ['-u', name])).stdout)
      const gid = Number((await run('id', ['-g', name])).stdout)
      return { uid, gid }
    } catch {
      // The next account is tried; without any, initdb itself says why it refuses.
    }
  }
  return undefined
}

function configuration(port: number, folder: string, options: ServerOptions): string {
  const durable = options.durable ? 'on' : 'off'
  // A socket's path holds at most 107 bytes (sockaddr_un); a longer folder gets no socket.
  const socketFolder = Buffer.byteLength(folder) < 80 ? folder : ''
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: socketFolder,
    max_connections: '200',
    shared_buffers: '128MB',
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
    timezone: 'UTC',
    lc_messages: 'C',
    log_min_messages: 'warning',
    ...options.settings,
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join('')
}

/** Runs one statement on a connection of its own and returns its rows. */
export async function runStatement(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const result = await client.query<Record<string, unknown>>(statement)
    return result.rows
  } finally {
    await client.end()
  }
}

/** What the server at the address calls itself, e.g. `PostgreSQL 15.18 (Debian 15.18-0+deb12u1)`. */
export async function serverVersion(url: string): Promise<string> {
  const [row] = await runStatement(url, 'SHOW server_version')
  return `PostgreSQL ${String(row?.server_version)}`
}

/** Creates a database on the server of the address and returns the new database's address. */
export async function createDatabaseAt(url: string, name: string): Promise<string> {
  await runStatement(url, `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0`)
  const address = new URL(url)
  address.pathname = `/${encodeURIComponent(name)}`
  return address.href
}

/**
 * Starts a server of its own: UTF-8, locale C, zone UTC, 200 connections, log in `server.log` of its folder.
 * Faults: `test.postgres-missing`, `test.postgres-failed` with the end of the server's log.
 */
export async function startPostgres(options: ServerOptions = {}): Promise<PostgresServer> {
  const { bin } = await findOrInstallPostgres()
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'kept-postgres-'))
  mkdirSync(folder, { recursive: true })
  const owner = await account()
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const dataDir = join(folder, 'data')
  const log = join(folder, 'server.log')
  const program = (name: string, args: string[]) => run(join(bin, name), args, { cwd: folder, ...owner })
  try {
    await program('initdb', ['-D', dataDir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'])
    const port = await freePort()
    writeFileSync(join(dataDir, 'postgresql.auto.conf'), configuration(port, folder, options))
    await program('pg_ctl', ['start', '-D', dataDir, '-l', log, '-w', '-t', '60', '-s'])
    const url = (database = 'postgres') => `postgres://postgres@127.0.0.1:${port}/${encodeURIComponent(database)}`
    let created = 0
    return {
      url,
      version: await serverVersion(url()),
      createDatabase: (name) => createDatabaseAt(url(), name ?? `test_${++created}`),
      bin,
      dataDir,
      stop: () => stopServer(bin, folder),
    }
  } catch (cause) {
    const said = readLog(log)
    await stopServer(bin, folder)
    if (cause instanceof Fault) throw cause
    throw new Fault({
      code: 'test.postgres-failed',
      what: `The test server did not start.${said}`,
      mend: 'Read the lines above; a full disk or an exhausted shared memory is the usual reason.',
      cause,
    })
  }
}

function readLog(log: string): string {
  try {
    return `\n${readFileSync(log, 'utf8').slice(-2000)}`
  } catch {
    return ''
  }
}

/** Ends the server that works in the folder, if one still runs, and removes the folder. */
export async function stopServer(bin: string, folder: string): Promise<void> {
  const owner = await account()
  try {
    const args = ['stop', '-D', join(folder, 'data'), '-m', 'immediate', '-w', '-s']
    await run(join(bin, 'pg_ctl'), args, { cwd: tmpdir(), ...owner })
  } catch {
    // It is not running: never started, or already stopped by the test.
  }
  rmSync(folder, { recursive: true, force: true })
}
