import type { CellHit, SearchResult, SoughtIdentity } from '../../connector.ts'
import { compileFinder, type Finder } from '../../residual/index.ts'
import { SqlFailure } from '../../sql/failure.ts'
import { asSought } from '../known-identities.ts'
import type { Database, SearchedTable, Session } from './dialect.ts'
import { joined, raw, sql } from './statement.ts'

/** Rows held at a time; a row is bounded by what the server sends in one packet. */
const batchRows = 100

/**
 * Reads every cell of every table once, mapped or not, each table in one snapshot, for all identities together. Memory
 * does not grow with the data. A table that cannot be read is told, never passed over.
 */
export async function searchStore(
  database: Database,
  identities: readonly SoughtIdentity[],
  progress?: (read: { cells: number; bytes: number }) => void,
): Promise<SearchResult> {
  const reading = new Reading(compileFinder(asSought(identities)), progress)
  const tables = await database.reading((session) => database.searched(session))
  for (const table of tables) {
    try {
      await database.reading((session) => reading.table(session, table))
    } catch (error) {
      if (!(error instanceof SqlFailure) || error.kind === 'unreachable' || error.kind === 'shutdown') throw error
      reading.unread.push({ table: table.name, why: error.kind })
    }
  }
  return reading.result()
}

class Reading {
  readonly unread: { table: string; column?: string; why: string }[] = []
  readonly #finder: Finder
  readonly #progress: ((read: { cells: number; bytes: number }) => void) | undefined
  readonly #hits: CellHit[] = []
  #cells = 0
  #bytes = 0

  constructor(finder: Finder, progress: ((read: { cells: number; bytes: number }) => void) | undefined) {
    this.#finder = finder
    this.#progress = progress
  }

  result(): SearchResult {
    return {
      hits: this.#hits,
      cells: this.#cells,
      bytes: this.#bytes,
      unread: this.unread,
      notSearched: this.#finder.notSearched.map(({ identity }) => identity),
    }
  }

  async table(session: Session, { name, key, from, columns }: SearchedTable): Promise<void> {
    const select = [
      ...key.map((part, index) => sql`${part} AS ${raw(`k${index}`)}`),
      ...columns.flatMap(({ cells }, at) => cells.map((cell, index) => sql`${cell} AS ${raw(`c${at}_${index}`)}`)),
    ]
    if (columns.length === 0) return
    for await (const rows of session.stream(sql`SELECT ${joined(select, ', ')} FROM ${from}`, batchRows)) {
      for (const row of rows) {
        const place = JSON.stringify(key.map((_part, index) => textOf(row[`k${index}`])))
        for (const [at, column] of columns.entries()) {
          this.#cells++
          const seen = new Set<string>()
          for (const index of column.cells.keys()) {
            const cell = row[`c${at}_${index}`]
            if (cell === null || cell === undefined) continue
            const bytes = cell instanceof Uint8Array ? cell : Buffer.from(String(cell))
            if (index === 0) this.#bytes += bytes.length
            const kind = column.type === 'bytea' || cell instanceof Uint8Array ? 'bytes' : column.type
            this.#report(name, place, column.name, this.#finder.cell(bytes, { type: kind }), seen)
          }
        }
      }
      this.#progress?.({ cells: this.#cells, bytes: this.#bytes })
    }
  }

  #report(table: string, key: string, column: string, findings: ReturnType<Finder['cell']>, seen: Set<string>): void {
    for (const { identity, encoding, tag } of findings.hits) {
      if (seen.has(`${identity}\n${encoding}`)) continue
      seen.add(`${identity}\n${encoding}`)
      this.#hits.push({ table, key, column, identity, encoding, ...(tag === true ? { tag } : {}) })
    }
    for (const why of findings.unread) {
      if (!this.unread.some((one) => one.table === table && one.column === column && one.why === why))
        this.unread.push({ table, column, why })
    }
  }
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
