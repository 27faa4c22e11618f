import type { Entry, Fact, Json } from '../ledger.ts'
import type { NewVersion, NoticeFile, VersionContent, VersionRecord, VersionShown, Versions } from '../records.ts'
import type { SqlPool } from '../sql/sql.ts'
import type { CommitQueue } from './commit-queue.ts'
import { toEntry } from './log.ts'
import type { Operation } from './operations.ts'
import { fromTimestamp } from './requests.ts'

/** Versions of the policy and its notice in Kept's own tables; each act goes with the entry that attests it. */
export class DatabaseVersions implements Versions {
  readonly #pool: SqlPool
  readonly #queue: CommitQueue
  readonly #controller: string

  constructor(pool: SqlPool, queue: CommitQueue, controller: string) {
    this.#pool = pool
    this.#queue = queue
    this.#controller = controller
  }

  async versions(): Promise<readonly VersionRecord[]> {
    const { rows } = await this.#pool.query(
      `SELECT number, date, effective, published_at, policy, meaning, notice, differences, asks, evidence
        FROM kept.version WHERE controller = $1 ORDER BY number`,
      [this.#controller],
    )
    if (rows.length === 0) return []
    const { rows: events } = await this.#pool.query(
      'SELECT number, kind, at, detail, evidence FROM kept.version_event WHERE controller = $1 ORDER BY evidence',
      [this.#controller],
    )
    return rows.map((row) =>
      toVersion(
        row,
        events.filter((event) => event.number === row.number),
      ),
    )
  }

  async versionContent(number: number): Promise<VersionContent | undefined> {
    const { rows } = await this.#pool.query(
      'SELECT policy_text, files FROM kept.version WHERE controller = $1 AND number = $2',
      [this.#controller, number],
    )
    const row = rows[0]
    if (row === undefined) return undefined
    return { policyText: row.policy_text as string, files: row.files as readonly NoticeFile[] }
  }

  async publishVersion({ policyText, ...version }: NewVersion, fact: Fact): Promise<VersionRecord> {
    const { index, at } = await this.#commit(fact, (entry) => ({
      kind: 'publish',
      rows: [{ ...version, policy_text: policyText, at: entry.at, evidence: entry.index }],
    }))
    const { files: _files, ...record } = version
    return { ...record, publishedAt: at, evidence: index, shown: [] }
  }

  async showVersion(
    number: number,
    { by, place, sha256 }: Pick<VersionShown, 'by' | 'place' | 'sha256'>,
    fact: Fact,
  ): Promise<VersionShown> {
    const { index, at } = await this.#commit(fact, (entry) => event(number, 'shown', entry, { by, place, sha256 }))
    return { by, place, sha256, at, evidence: index }
  }

  activateVersion(number: number, fact: Fact): Promise<Entry> {
    return this.#commit(fact, (entry) => event(number, 'activated', entry, {}))
  }

  /** One fact and what it attests, at the very instant of its entry. */
  async #commit(fact: Fact, operation: (entry: Entry) => Operation): Promise<Entry> {
    const [written] = await this.#queue.commit([fact], ([entry]) => [operation(entry as Entry)])
    return written as Entry
  }

  async versionEntries(): Promise<readonly Entry[]> {
    // The type is the last member of a line in canonical JSON.
    const { rows } = await this.#pool.query<{ index: string; line: string }>(
      `SELECT index, line FROM kept.entry WHERE controller = $1
        AND (line LIKE '%,"type":"policy.published/1"}' OR line LIKE '%,"type":"policy.activated/1"}') ORDER BY index`,
      [this.#controller],
    )
    return rows.map(({ index, line }) => toEntry(Number(index), line))
  }
}

function event(number: number, kind: 'shown' | 'activated', { at, index }: Entry, detail: Json): Operation {
  return { kind: 'version-event', rows: [{ number, kind, at, detail, evidence: index }] }
}

type Row = Readonly<Record<string, unknown>>

function toVersion(row: Row, events: readonly Row[]): VersionRecord {
  const activated = events.find((event) => event.kind === 'activated')
  return {
    number: row.number as number,
    date: row.date as string,
    effective: row.effective as string,
    publishedAt: fromTimestamp(row.published_at),
    policy: row.policy as string,
    meaning: row.meaning as string,
    notice: row.notice as string,
    differences: row.differences as Json,
    asks: row.asks as readonly string[],
    evidence: Number(row.evidence),
    shown: events
      .filter((event) => event.kind === 'shown')
      .map((event) => ({
        ...(event.detail as Pick<VersionShown, 'by' | 'place' | 'sha256'>),
        at: fromTimestamp(event.at),
        evidence: Number(event.evidence),
      })),
    ...(activated === undefined
      ? {}
      : { activated: { at: fromTimestamp(activated.at), evidence: Number(activated.evidence) } }),
  }
}
