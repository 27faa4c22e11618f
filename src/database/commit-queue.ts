import { canonicalJson, type JsonValue } from '../base/canonical-json.ts'
import { type Clock, instant } from '../base/clock.ts'
import { checkFact } from '../language/facts.ts'
import { Fault } from '../language/fault.ts'
import type { Entry, Fact } from '../ledger.ts'
import { SqlFailure } from '../sql/failure.ts'
import type { SqlPool, SqlStatement } from '../sql/sql.ts'
import { Frontier, leafDigest } from './evidence/tree.ts'
import { databaseFault, outcomeUnknown, stale } from './faults.ts'
import { type Journal, journalLine } from './journal.ts'
import {
  appendStatements,
  logMovedState,
  type Operation,
  operationStatement,
  staleState,
  withoutSecrets,
} from './operations.ts'

/** Entries and bytes of one commit at most: memory stays bounded, others wait little. */
const batchEntries = 4096
const batchBytes = 8 * 1024 * 1024
const attempts = 20

interface Job {
  readonly facts: readonly Fact[]
  /** Built anew for every attempt: rows carry the index of their evidence. */
  readonly operations: (entries: readonly Entry[]) => Operation[]
  readonly bytes: number
  readonly resolve: (entries: readonly Entry[]) => void
  readonly reject: (error: unknown) => void
}

interface Built {
  readonly entries: readonly Entry[][]
  readonly lines: readonly string[]
  readonly operations: readonly Operation[]
  readonly grown: Frontier
  readonly statements: readonly SqlStatement[]
}

/**
 * The one way anything is written: acts and the entries that attest them in one durable transaction. Calls that come
 * while a commit is under way go together in the next one (group commit).
 */
export class CommitQueue {
  readonly #pool: SqlPool
  readonly #controller: string
  readonly #clock: Clock
  readonly #journal: Journal | undefined
  #waiting: Job[] = []
  #running: Promise<void> | undefined
  #frontier: Frontier | undefined
  /** Set once the journal holds a commit that the database may not: only a new start puts that right. */
  #broken = false

  constructor(pool: SqlPool, controller: string, clock: Clock, journal: Journal | undefined) {
    this.#pool = pool
    this.#controller = controller
    this.#clock = clock
    this.#journal = journal
  }

  /** Facts that may not stand in evidence are refused before anything is done. */
  async commit(
    facts: readonly Fact[],
    operations: (entries: readonly Entry[]) => Operation[],
  ): Promise<readonly Entry[]> {
    let bytes = 0
    for (const fact of facts) {
      checkFact(fact)
      bytes += 200
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ facts, operations, bytes, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Waits until everything given so far is committed or refused. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  async #run(): Promise<void> {
    // The callers of this turn of the event loop go together.
    await undefined
    while (this.#waiting.length > 0) {
      const jobs = this.#take()
      try {
        await this.#commitTogether(jobs)
      } catch (error) {
        for (const job of jobs) job.reject(error)
      }
    }
    this.#running = undefined
  }

  #take(): Job[] {
    let entries = 0
    let bytes = 0
    let count = 0
    for (const job of this.#waiting) {
      entries += job.facts.length
      bytes += job.bytes
      if (count > 0 && (entries > batchEntries || bytes > batchBytes)) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  /** One stale change does not take the others down: then each is committed alone. */
  async #commitTogether(jobs: readonly Job[]): Promise<void> {
    try {
      const built = await this.#commitOnce(jobs)
      for (const [at, job] of jobs.entries()) job.resolve(built.entries[at] as Entry[])
    } catch (error) {
      if (jobs.length === 1 || !(error instanceof Fault) || error.code === 'database.outcome-unknown') throw error
      for (const job of jobs) {
        await this.#commitTogether([job]).catch((reason: unknown) => job.reject(reason))
      }
    }
  }

  async #commitOnce(jobs: readonly Job[]): Promise<Built> {
    if (this.#broken) throw outcomeUnknown()
    for (let attempt = 1; ; attempt++) {
      let built: Built | undefined
      try {
        // After one miss the log is locked before the commit is built: other processes cannot outrun this one for ever.
        if (attempt > 1 && this.#journal === undefined) return await this.#commitLocked(jobs)
        this.#frontier ??= await this.#loadFrontier()
        built = this.#build(jobs, this.#frontier)
        if (this.#journal === undefined) await this.#commitAtServer(built)
        else await this.#commitWithJournal(built, this.#journal)
        this.#frontier = built.grown
        return built
      } catch (error) {
        this.#frontier = undefined
        if (!(error instanceof SqlFailure)) throw error
        if (error.sqlstate === staleState) throw stale()
        if ((error.sqlstate === logMovedState || error.kind === 'serialization') && attempt < attempts) continue
        if ((error.kind === 'unreachable' || error.kind === 'shutdown') && built !== undefined) {
          if (await this.#wasCommitted(built)) return built
        }
        throw databaseFault(error)
      }
    }
  }

  async #loadFrontier(): Promise<Frontier> {
    const { rows } = await this.#pool.query<{ size: string; frontier: Buffer }>(
      'SELECT size, frontier FROM kept.log WHERE controller = $1',
      [this.#controller],
    )
    return new Frontier(Number(rows[0]?.size ?? 0), rows[0]?.frontier)
  }

  #build(jobs: readonly Job[], frontier: Frontier): Built {
    const grown = frontier.copy()
    const at = instant(this.#clock.now())
    const lines: string[] = []
    const entries: Entry[][] = []
    const operations: Operation[] = []
    for (const job of jobs) {
      const mine: Entry[] = []
      for (const { type, body } of job.facts) {
        const content = { at, body, controller: this.#controller, index: grown.size, type }
        const line = canonicalJson(content as unknown as JsonValue)
        const leaf = leafDigest(line)
        grown.append(leaf)
        lines.push(line)
        mine.push({ ...content, leaf: Buffer.from(leaf, 'latin1').toString('hex') })
      }
      entries.push(mine)
      operations.push(...job.operations(mine))
    }
    const statements = operations.map((operation) => operationStatement(this.#controller, operation))
    if (lines.length > 0) {
      const state = { size: grown.size, frontier: grown.packed() }
      statements.push(...appendStatements(this.#controller, frontier.size, state, lines))
    }
    return { entries, lines, operations, grown, statements }
  }

  /** Everything in one round trip and one commit. */
  async #commitAtServer(built: Built): Promise<void> {
    await this.#pool.session((session) =>
      session.pipeline([{ text: 'BEGIN' }, ...built.statements, { text: 'COMMIT' }]),
    )
  }

  async #commitLocked(jobs: readonly Job[]): Promise<Built> {
    return this.#pool.transaction({}, async (session) => {
      const { rows } = await session.query<{ size: string; frontier: Buffer }>(
        'SELECT size, frontier FROM kept.log WHERE controller = $1 FOR UPDATE',
        [this.#controller],
      )
      const built = this.#build(jobs, new Frontier(Number(rows[0]?.size ?? 0), rows[0]?.frontier))
      await session.pipeline(built.statements)
      return built
    })
  }

  /** The journal is written when every statement has succeeded and before the commit: it holds nothing that was refused. */
  async #commitWithJournal(built: Built, journal: Journal): Promise<void> {
    const { text, position } = journalLine(journal.position, {
      controller: this.#controller,
      first: built.grown.size - built.lines.length,
      entries: built.lines,
      operations: built.operations.map(withoutSecrets),
    })
    await this.#pool.transaction({}, async (session) => {
      await session.pipeline([...built.statements, journalStatement(position)])
      this.#broken = true
      await journal.append(text, position)
    })
    this.#broken = false
  }

  /** After a lost connection: whether the commit had come through. */
  async #wasCommitted(built: Built): Promise<boolean> {
    if (built.lines.length === 0) throw outcomeUnknown()
    const first = built.grown.size - built.lines.length
    try {
      const { rows } = await this.#pool.query<{ line: string }>(
        'SELECT line FROM kept.entry WHERE controller = $1 AND index = $2',
        [this.#controller, first],
      )
      return rows[0]?.line === built.lines[0]
    } catch {
      throw outcomeUnknown()
    }
  }
}

/** Where the journal stands, written in the same transaction as what it tells. */
export function journalStatement(position: { commits: number; bytes: number; hash: string }): SqlStatement {
  return {
    name: 'kept_journal',
    text: `INSERT INTO kept.journal (commits, bytes, hash) VALUES ($1, $2, $3)
      ON CONFLICT (only_row) DO UPDATE SET commits = excluded.commits, bytes = excluded.bytes, hash = excluded.hash`,
    values: [position.commits, position.bytes, position.hash],
  }
}
