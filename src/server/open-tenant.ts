import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { KeptDatabase } from '../database/open.ts'
import { resolveSecret } from '../policy/secret.ts'
import { storesDirectory } from '../policy/stores.ts'
import { versionInForce } from '../policy/version-in-force.ts'
import type { Surroundings } from '../workspace/surroundings.ts'
import { type CommonOptions, openWorkspace, type ReadFiles, readFiles, type Workspace } from '../workspace/workspace.ts'
import type { Log } from './log.ts'
import type { Tenant } from './tenant.ts'

interface Held {
  readonly workspace: Workspace
  /** What the files and the version in force were when it was opened. */
  mark: string
  readonly close: () => Promise<void>
  users: number
  isOld: boolean
  isClosed: boolean
}

export interface TenantParts {
  readonly slug: string
  readonly surroundings: Surroundings
  readonly options: CommonOptions
  readonly database: KeptDatabase
  readonly log: Log
}

// Looking at files and versions costs a query: somebody who changes a policy waits a second.
const LOOK_EVERY_MS = 1000

/** A tenant whose policy and stores stay open between requests, and are opened anew when they changed. */
export class OpenTenant implements Tenant {
  readonly slug: string
  readonly database: KeptDatabase
  readonly #parts: TenantParts
  #held: Held | undefined
  #opening: Promise<Held> | undefined
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(parts: TenantParts) {
    this.slug = parts.slug
    this.database = parts.database
    this.#parts = parts
  }

  async use<T>(run: (workspace: Workspace) => Promise<T>): Promise<T> {
    const held = await this.#current()
    held.users += 1
    try {
      return await run(held.workspace)
    } finally {
      held.users -= 1
      if (held.isOld) await closeUnused(held)
    }
  }

  written(): Promise<ReadFiles> {
    return readFiles(this.#parts.surroundings, this.#parts.options)
  }

  secret(reference: string): Promise<string> {
    return resolveSecret(reference, this.#parts.surroundings.env)
  }

  /** Lets go of stores; what still runs keeps them until its end. */
  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined)
    const held = this.#held
    this.#held = undefined
    if (held) await retire(held)
  }

  async #current(): Promise<Held> {
    if (this.#opening) return this.#opening
    const now = performance.now()
    if (this.#held && now - this.#lookedAt < LOOK_EVERY_MS) return this.#held
    this.#opening = this.#look().finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  async #look(): Promise<Held> {
    const mark = await this.#mark()
    this.#lookedAt = performance.now()
    const before = this.#held
    if (before?.mark === mark) return before
    try {
      this.#held = { ...(await this.#open()), mark, users: 0, isOld: false, isClosed: false }
    } catch (error) {
      // A half-saved file is no reason to stop serving what was right a moment ago.
      if (before === undefined) throw error
      this.#parts.log({ level: 'error', event: 'policy-not-read', tenant: this.slug })
      before.mark = mark
      return before
    }
    if (before) await retire(before)
    return this.#held
  }

  async #open(): Promise<Pick<Held, 'workspace' | 'close'>> {
    const { surroundings, options, database } = this.#parts
    const written = await readFiles(surroundings, options)
    return openWorkspace(surroundings, options, database, written, { stores: written.maps.length > 0 })
  }

  async #mark(): Promise<string> {
    const { surroundings, options } = this.#parts
    const policy = resolve(surroundings.cwd, options.policy)
    const folder = storesDirectory(policy)
    const maps = await readdir(folder).catch(() => [])
    const files = [policy, ...maps.sort().map((name) => join(folder, name))]
    const marks = await Promise.all(files.map(markOf))
    return [versionInForce(await this.database.versions())?.number ?? 0, ...marks].join('\n')
  }
}

async function retire(held: Held): Promise<void> {
  held.isOld = true
  // Somebody may have been handed it in this very turn.
  await nextTurn()
  await closeUnused(held)
}

async function closeUnused(held: Held): Promise<void> {
  if (held.users > 0 || held.isClosed) return
  held.isClosed = true
  await held.close()
}

async function markOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined)
  return found === undefined ? `${file} gone` : `${file} ${found.mtimeMs} ${found.size} ${found.ino}`
}
