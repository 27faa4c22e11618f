import type { Clock } from '../base/clock.ts'
import { checkFact } from '../language/facts.ts'
import { Fault } from '../language/fault.ts'
import type { Entry, Fact } from '../ledger.ts'
import { SqlFailure } from '../sql/failure.ts'
import type { SqlPool, SqlResult, SqlSession, SqlStatement } from '../sql/sql.ts'
import { type Built, buildCommit, buildEarly, type CommitPart, lateStatements } from './commit-build.ts'
import { Frontier } from './evidence/tree.ts'
import { databaseFault, outcomeUnknown, stale } from './faults.ts'
import { type Journal, journalLine } from './journal.ts'
import { logMovedState, type Operation, staleState, withoutSecrets } from './operations.ts'
import { commitPrepared } from './prepared-commit.ts'

/** Entries and bytes of one commit at most: memory stays bounded, others wait little. */
const batchEntries = 4096
const batchBytes = 8 * 1024 * 1024
const attempts = 20

interface Job extends CommitPart {
  readonly bytes: number
  /** The commit waits for this; it stands ready at the server meanwhile. */
  readonly once?: Promise<void>
  readonly resolve: (entries: readonly Entry[]) => void
  readonly reject: (error: unknown) => void
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
  #lastSize = 0
  #contended = false
  /** Set once the journal holds a commit that the database may not: only a new start puts that right. */
  #broken = false

  constructor(pool: SqlPool, controller: string, clock: Clock, journal: Journal | undefined) {
    this.#pool = pool
    this.#controller = controller
    this.#clock = clock
    this.#journal = journal
  }

  /**
   * Facts that may not stand in evidence are refused before anything is done. With `once` nothing is committed before
   * that has come true, and nothing at all when it is rejected.
   */
  async commit(
    facts: readonly Fact[],
    operations: (entries: readonly Entry[]) => Operation[],
    { once, late }: { readonly once?: Promise<void> | undefined; readonly late?: () => Operation[] } = {},
  ): Promise<readonly Entry[]> {
    let bytes = 0
    for (const fact of facts) {
      checkFact(fact)
      bytes += 200
    }
    // A journal's line cannot be taken back, and a contended log is not held for long.
    const ahead = once !== undefined && this.#journal === undefined && !this.#contended
    if (once !== undefined && !ahead) await once
    return new Promise((resolve, reject) => {
      this.#give({ facts, operations, bytes, resolve, reject, ...(ahead ? { once } : {}), ...(late ? { late } : {}) })
    })
  }

  #give(job: Job): void {
    this.#waiting.push(job)
    this.#running ??= this.#run()
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
      const [first] = jobs
      try {
        if (first?.once !== undefined) await this.#commitAfter(first, first.once)
        else await this.#commitTogether(jobs)
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
      if (job.once !== undefined) return this.#waiting.splice(0, count || 1)
      entries += job.facts.length
      bytes += job.bytes
      if (count > 0 && (entries > batchEntries || bytes > batchBytes)) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  /** Prepares the commit, and does it in its turn afterwards where that did not come through. */
  async #commitAfter(job: Job, once: Promise<void>): Promise<void> {
    this.#frontier ??= await this.#loadFrontier()
    const built = buildEarly(this.#controller, this.#clock.now(), [job], this.#frontier)
    this.#frontier = undefined
    const late = () => lateStatements(this.#controller, job.late?.() ?? [])
    const outcome = await commitPrepared(this.#pool, built.statements, late, once)
    if (outcome === 'committed' || (outcome === 'lost' && (await this.#wasCommitted(built)))) {
      this.#frontier = built.grown
      this.#lastSize = built.grown.size
      return job.resolve(built.entries[0] as Entry[])
    }
    const { once: _once, ...later } = job
    once.then(() => this.#give(later), job.reject)
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
      // What was sent to be committed: if the connection breaks from here on, the server may have it or not.
      let sent: Built | undefined
      const sending = (built: Built) => {
        sent = built
      }
      try {
        const built = await this.#commitOneWay(jobs, sending)
        this.#frontier = built.grown
        this.#lastSize = built.grown.size
        return built
      } catch (error) {
        this.#frontier = undefined
        if (this.#broken) throw outcomeUnknown(error)
        if (!(error instanceof SqlFailure)) throw error
        if (error.sqlstate === staleState) throw stale()
        // After one miss the log is locked before the commit is built: other processes cannot outrun this one for ever.
        if (error.sqlstate === logMovedState) this.#contended = true
        if ((error.sqlstate === logMovedState || error.kind === 'serialization') && attempt < attempts) continue
        if ((error.kind === 'unreachable' || error.kind === 'shutdown') && sent !== undefined) {
          if (await this.#wasCommitted(sent)) return sent
        }
        throw databaseFault(error)
      }
    }
  }

  async #commitOneWay(jobs: readonly Job[], sending: (built: Built) => void): Promise<Built> {
    if (this.#contended) return this.#commitLocked(jobs, sending)
    this.#frontier ??= await this.#loadFrontier()
    const built = this.#build(jobs, this.#frontier)
    if (this.#journal === undefined) await this.#commitAtServer(built, sending)
    else await this.#commitWithJournal(built, this.#journal)
    return built
  }

  async #loadFrontier(): Promise<Frontier> {
    const { text, values } = this.#headStatement('')
    return toFrontier(await this.#pool.query(text, values))
  }

  #build(jobs: readonly Job[], frontier: Frontier): Built {
    return buildCommit(this.#controller, this.#clock.now(), jobs, frontier)
  }

  /** Everything in one round trip and one commit. */
  async #commitAtServer(built: Built, sending: (built: Built) => void): Promise<void> {
    await this.#pool.session((session) => {
      sending(built)
      return session.pipeline([{ text: 'BEGIN' }, ...built.statements, { text: 'COMMIT' }])
    })
  }

  /** The log's row is held from the reading of its size to the commit: two round trips, for one of them others wait. */
  async #commitLocked(jobs: readonly Job[], sending: (built: Built) => void): Promise<Built> {
    return this.#pool.session(async (session) => {
      const [, log] = await session
        .pipeline([{ text: 'BEGIN' }, this.#headStatement('FOR UPDATE')])
        .catch(rollBack(session))
      const frontier = toFrontier(log)
      // Nobody else wrote since this process did: the next commit need not lock first.
      this.#contended = frontier.size !== this.#lastSize
      let built: Built
      try {
        built = this.#build(jobs, frontier)
      } catch (error) {
        return rollBack(session)(error)
      }
      sending(built)
      await session.pipeline([...built.statements, { text: 'COMMIT' }])
      return built
    })
  }

  #headStatement(lock: '' | 'FOR UPDATE'): SqlStatement {
    const text = `SELECT size, frontier FROM kept.log WHERE controller = $1 ${lock}`
    return { text, values: [this.#controller] }
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

function toFrontier(log: SqlResult | undefined): Frontier {
  const row = log?.rows[0]
  return new Frontier(Number(row?.size ?? 0), row?.frontier as Buffer | undefined)
}

function rollBack(session: SqlSession): (error: unknown) => Promise<never> {
  return async (error) => {
    await session.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
