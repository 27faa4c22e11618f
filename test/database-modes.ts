/** Kept's own database in both of its modes, for suites that run on each. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../src/base/clock.ts'
import { type KeptDatabase, openDatabase } from '../src/database/open.ts'
import { controller } from './database-acts.ts'
import { freshDatabase } from './postgres.ts'

/** What a mode can honestly do; tests ask for the flag, never for the name. */
export interface Mode {
  readonly name: 'embedded' | 'server'
  /** Several processes at once, connections that can be killed. */
  readonly shared: boolean
  /** An evidence journal beside the database. */
  readonly journal: boolean
}

export const modes: readonly Mode[] = [
  { name: 'embedded', shared: false, journal: true },
  { name: 'server', shared: true, journal: false },
]

/** A place for one database; `open` may be called again after `close`. */
export interface Place {
  readonly directory: string
  readonly url: string | undefined
  open(options?: { controller?: string; clock?: Clock; keys?: string }): Promise<KeptDatabase>
  remove(): void
}

export async function newPlace(mode: Mode): Promise<Place> {
  const directory = mkdtempSync(join(tmpdir(), 'kept-database-'))
  const url = mode.name === 'server' ? await freshDatabase('kept') : undefined
  return {
    directory,
    url,
    open: (options = {}) => openDatabase({ directory, controller, ...options, ...(url === undefined ? {} : { url }) }),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
