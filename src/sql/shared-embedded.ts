import { mkdirSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Held, lockFile } from '../base/lock-file.ts'
import { SqlFailure } from './failure.ts'
import type { SqlPool } from './sql.ts'

/** Starts the database; the pool calls `release` once it is closed. */
type Start = (folder: string, release: () => void) => Promise<SqlPool>

interface Shared {
  readonly pool: Promise<SqlPool>
  users: number
}

/** By folder: PostgreSQL in the process has one connection, so everyone who opens a folder here shares one pool. */
const open = new Map<string, Shared>()
/** By folder: one that is closing must be closed before it opens again. */
const closing = new Map<string, Promise<void>>()

const LOOK_AGAIN_MS = 100

/**
 * The pool of an embedded database's folder, opened by the first of this process and closed after the last. Two processes
 * never open one folder: `FOLDER.lock` stands beside it, and a second process waits `waitMs` for it before it is told
 * who holds it (`SqlFailure` of kind `unreachable` with `heldBy`).
 */
export async function shareEmbedded(folder: string, waitMs: number, start: Start): Promise<SqlPool> {
  const place = placeOf(folder)
  await closing.get(place)
  let shared = open.get(place)
  if (shared === undefined) {
    shared = { pool: startLocked(place, waitMs, start), users: 0 }
    open.set(place, shared)
  }
  shared.users += 1
  try {
    return handle(place, shared, await shared.pool)
  } catch (error) {
    if (open.get(place) === shared) open.delete(place)
    throw error
  }
}

/** One user's view of the shared pool: closing it gives back this user's share only. */
function handle(place: string, shared: Shared, pool: SqlPool): SqlPool {
  let closed: Promise<void> | undefined
  const usable = () => {
    if (closed !== undefined) throw new SqlFailure({ kind: 'unreachable' })
    return pool
  }
  return {
    embedded: true,
    query: async (text, values) => usable().query(text, values),
    session: async (run) => usable().session(run),
    transaction: async (options, run) => usable().transaction(options, run),
    close: () => {
      closed ??= leave(place, shared, pool)
      return closed
    },
  }
}

async function leave(place: string, shared: Shared, pool: SqlPool): Promise<void> {
  shared.users -= 1
  if (shared.users > 0) return
  open.delete(place)
  const ended = pool.close()
  const settled = ended.then(
    () => undefined,
    () => undefined,
  )
  closing.set(place, settled)
  try {
    await ended
  } finally {
    if (closing.get(place) === settled) closing.delete(place)
  }
}

async function startLocked(folder: string, waitMs: number, start: Start): Promise<SqlPool> {
  const release = await lockPatiently(`${folder}.lock`, waitMs)
  try {
    return await start(folder, release)
  } catch (error) {
    release()
    throw error
  }
}

async function lockPatiently(path: string, waitMs: number): Promise<() => void> {
  const deadline = Date.now() + waitMs
  for (;;) {
    try {
      return lockFile(path)
    } catch (error) {
      if (!(error instanceof Held)) throw error
      if (Date.now() >= deadline) throw new SqlFailure({ kind: 'unreachable', heldBy: error.holder })
    }
    await pause(LOOK_AGAIN_MS)
  }
}

/** One name for a folder, however it is spelt; the folder above it is made where it is missing. */
function placeOf(folder: string): string {
  const whole = resolve(folder)
  mkdirSync(dirname(whole), { recursive: true, mode: 0o700 })
  return join(realpathSync(dirname(whole)), basename(whole))
}
