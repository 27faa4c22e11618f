/** Every run of the tests has one temporary folder; what a killed run left behind is cleared by the next. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { Fault } from '../src/language/fault.ts'
import { findOrInstallPostgres, findPostgres } from './postgres-programs.ts'
import { runStatement, stopServer } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Temporary folder of this run, removed at its end. */
    runFolder: string
  }
}

const PREFIX = 'kept-test-'

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function clear(folder: string): Promise<void> {
  const server = join(folder, 'postgres')
  const programs = existsSync(server) ? await findPostgres() : undefined
  if (programs) await stopServer(programs.bin, server)
  rmSync(folder, { recursive: true, force: true })
}

async function clearLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = join(tmpdir(), name, 'owner')
    if (!name.startsWith(PREFIX) || !existsSync(owner) || statSync(owner).uid !== process.getuid?.()) continue
    if (!isRunning(Number(readFileSync(owner, 'utf8')))) await clear(join(tmpdir(), name))
  }
}

/** Installs the server before any test has a clock running. Without one, only the tests that need it fail. */
async function provideServer(): Promise<void> {
  if (process.env.KEPT_TEST_POSTGRES) return
  try {
    await findOrInstallPostgres()
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    console.warn(`${fault.what}\n  ${fault.mend}`)
  }
}

/** On a server that was only lent to us, our databases are dropped. */
async function dropDatabases(folder: string): Promise<void> {
  const [given, list] = [process.env.KEPT_TEST_POSTGRES, join(folder, 'databases.txt')]
  if (!given || !existsSync(list)) return
  for (const name of readFileSync(list, 'utf8').trim().split('\n')) {
    await runStatement(given, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
  }
}

/** Runs once before all tests; the returned function runs once after them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearLeftovers()
  await provideServer()
  const folder = mkdtempSync(join(tmpdir(), PREFIX))
  // The server's own account passes through this folder to its data.
  chmodSync(folder, 0o711)
  writeFileSync(join(folder, 'owner'), String(process.pid))
  project.provide('runFolder', folder)
  return async () => {
    await dropDatabases(folder)
    await clear(folder)
  }
}
