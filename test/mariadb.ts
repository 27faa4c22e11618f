/** A MariaDB server of the tests' own: its own user and data folder, loopback only, gone after `stop`. */
import { execFile, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Connection, createConnection } from 'mysql2/promise'
import { havePrograms } from './debian.ts'
import { freePort, listening } from './free-port.ts'

const run = promisify(execFile)
const PROGRAM = '/usr/sbin/mariadbd'
const INSTALL = '/usr/bin/mariadb-install-db'
const CLIENT = '/usr/bin/mariadb'
const password = 'secret-of-the-test'

export interface MariaDbServer {
  readonly version: string
  /** Makes an empty database and gives its address for an account that may do everything. */
  database(name: string): Promise<string>
  /** The address of a database for another account, made with these rights on it. */
  account(url: string, name: string, rights: string): Promise<string>
  /** Loads what mariadb-dump wrote. */
  load(url: string, file: string): Promise<void>
  stop(): Promise<void>
}

/** Starts one, or gives undefined where MariaDB is not here and cannot be installed (what to do is printed). */
export async function startMariaDb(): Promise<MariaDbServer | undefined> {
  if (!(await havePrograms([PROGRAM, INSTALL, CLIENT], ['mariadb-server']))) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'kept-mariadb-'))
  const port = await freePort()
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')]
  // The server refuses to run as root: then it is given the account that its package made.
  const asRoot = process.getuid?.() === 0
  if (asRoot) {
    chmodSync(folder, 0o755)
    await run('chown', ['mysql', folder])
  }
  const account = asRoot ? ['--user=mysql'] : []
  await run(INSTALL, [
    '--no-defaults',
    ...account,
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ])
  const settings = [
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--pid-file=${join(folder, 'pid')}`,
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-buffer-pool-size=64M',
    '--character-set-server=latin1',
  ]
  const server = spawn(PROGRAM, ['--no-defaults', ...account, ...settings], { stdio: 'ignore' })
  await listening(port, 'the MariaDB server')
  const root = await createConnection({ socketPath: socket, user: 'root', charset: 'utf8mb4' })
  await root.query(`CREATE USER kept@'127.0.0.1' IDENTIFIED BY '${password}'`)
  await root.query(`GRANT ALL ON *.* TO kept@'127.0.0.1'`)
  const [rows] = await root.query('SELECT VERSION() AS version')
  const version = Array.isArray(rows) ? String(Object.values(rows[0] ?? {})[0]) : ''
  return {
    version: `MariaDB ${version.split('-')[0]}`,
    database: async (name) => {
      await root.query(`CREATE DATABASE \`${name}\``)
      return `mariadb://kept:${password}@127.0.0.1:${port}/${name}`
    },
    account: async (url, name, rights) => {
      const database = new URL(url).pathname.slice(1)
      await root.query(`CREATE USER IF NOT EXISTS ${name}@'127.0.0.1' IDENTIFIED BY '${password}'`)
      await root.query(`GRANT ${rights} ON \`${database}\`.* TO ${name}@'127.0.0.1'`)
      return `mariadb://${name}:${password}@127.0.0.1:${port}/${database}`
    },
    load: async (url, file) => {
      await run(CLIENT, [
        '--no-defaults',
        `--socket=${socket}`,
        '--user=root',
        '--default-character-set=utf8mb4',
        new URL(url).pathname.slice(1),
        '-e',
        `source ${file}`,
      ])
    },
    stop: async () => {
      await root.end()
      server.kill('SIGTERM')
      await new Promise((resolve) => server.once('exit', resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A connection for the test itself. */
export async function connectTo(url: string): Promise<Connection> {
  const { username, password: secret, hostname, port, pathname } = new URL(url)
  return await createConnection({
    host: hostname,
    port: Number(port),
    user: username,
    password: secret,
    database: pathname.slice(1),
    charset: 'utf8mb4',
    multipleStatements: true,
    dateStrings: true,
  })
}
