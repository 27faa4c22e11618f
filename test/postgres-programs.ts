/** Tests run on a real PostgreSQL: one that is installed, else Debian's package, else a fault that says what to do. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { Fault } from '../src/language/fault.ts'
import { installer, installPackages } from './debian.ts'

const run = promisify(execFile)

const LOWEST_VERSION = 15
const PROGRAMS = ['postgres', 'initdb', 'pg_ctl', 'psql']

/** The folder of PostgreSQL's programs and their major version. */
export interface PostgresPrograms {
  readonly bin: string
  readonly major: number
}

function foldersIn(parent: string, below: string, name: RegExp): string[] {
  if (!existsSync(parent)) return []
  return readdirSync(parent)
    .filter((entry) => name.test(entry))
    .map((entry) => join(parent, entry, below))
}

function candidates(): string[] {
  const named = process.env.KEPT_TEST_POSTGRES_BIN
  if (named) return [named]
  const homebrew = /^postgresql(@\d+)?$/
  return [
    ...foldersIn('/usr/lib/postgresql', 'bin', /^\d+$/),
    ...foldersIn('/usr', 'bin', /^pgsql-\d+$/),
    ...foldersIn('/opt/homebrew/opt', 'bin', homebrew),
    ...foldersIn('/usr/local/opt', 'bin', homebrew),
    ...foldersIn('/Applications/Postgres.app/Contents/Versions', 'bin', /^\d+$/),
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  ]
}

/** The newest installed PostgreSQL from version 15 on with its contributed extensions, or undefined. */
export async function findPostgres(): Promise<PostgresPrograms | undefined> {
  const found: PostgresPrograms[] = []
  for (const bin of new Set(candidates())) {
    if (!PROGRAMS.every((program) => existsSync(join(bin, program)))) continue
    const { stdout } = await run(join(bin, 'postgres'), ['--version'])
    const major = Number(/(\d+)/.exec(stdout)?.[1])
    if (major >= LOWEST_VERSION) found.push({ bin, major })
  }
  return found.sort((a, b) => b.major - a.major)[0]
}

function missing(what: string, cause?: unknown): Fault {
  return new Fault({
    code: 'test.postgres-missing',
    what,
    mend:
      `Install PostgreSQL ${LOWEST_VERSION} or later with its contributed extensions ` +
      '(Debian, Ubuntu: apt-get install postgresql postgresql-contrib; Fedora: dnf install postgresql-server ' +
      'postgresql-contrib; macOS: brew install postgresql@17), or set KEPT_TEST_POSTGRES_BIN to the folder of its ' +
      'programs, or KEPT_TEST_POSTGRES to the URL of an empty server whose account may create databases and roles.',
    cause,
  })
}

async function install(command: readonly string[]): Promise<void> {
  console.log('No PostgreSQL found: installing the packages postgresql and postgresql-contrib by apt-get …')
  try {
    await installPackages(command, ['postgresql', 'postgresql-contrib'])
  } catch (cause) {
    throw missing('PostgreSQL is not installed, and apt-get could not install it.', cause)
  }
}

/**
 * The programs of the newest PostgreSQL here; installed first where apt-get may be used.
 * Faults: `test.postgres-missing` with what to install.
 */
export async function findOrInstallPostgres(): Promise<PostgresPrograms> {
  const present = await findPostgres()
  if (present) return present
  const named = process.env.KEPT_TEST_POSTGRES_BIN
  if (named)
    throw missing(`KEPT_TEST_POSTGRES_BIN names ${named}, which holds no PostgreSQL ${LOWEST_VERSION} or later.`)
  const command = await installer()
  if (!command) throw missing('PostgreSQL is not installed, and there is no apt-get that may be used here.')
  await install(command)
  const installed = await findPostgres()
  if (!installed) throw missing(`The installed package holds no PostgreSQL ${LOWEST_VERSION} or later.`)
  return installed
}
