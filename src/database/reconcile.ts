import { Fault } from '../language/fault.ts'
import type { SqlPool } from '../sql/sql.ts'
import { journalStatement } from './commit-queue.ts'
import { Frontier, leafDigest } from './evidence/tree.ts'
import { type JournalLine, type JournalPosition, journalStart } from './journal.ts'
import { appendStatements, operationStatement } from './operations.ts'

/** How much of the journal the database holds. */
export async function journalPosition(pool: SqlPool): Promise<JournalPosition> {
  const { rows } = await pool.query<{ commits: string; bytes: string; hash: string }>(
    'SELECT commits, bytes, hash FROM kept.journal',
  )
  const row = rows[0]
  return row === undefined ? journalStart : { commits: Number(row.commits), bytes: Number(row.bytes), hash: row.hash }
}

/** Carries out what the journal has and the database lacks, as it was: one line, one transaction. */
export async function putBack(pool: SqlPool, line: JournalLine, position: JournalPosition): Promise<void> {
  await pool.transaction({}, async (session) => {
    await session.query(
      `INSERT INTO kept.log (controller, size, frontier) VALUES ($1, 0, '') ON CONFLICT (controller) DO NOTHING`,
      [line.controller],
    )
    const { rows } = await session.query<{ size: string; frontier: Buffer }>(
      'SELECT size, frontier FROM kept.log WHERE controller = $1 FOR UPDATE',
      [line.controller],
    )
    const frontier = new Frontier(Number(rows[0]?.size), rows[0]?.frontier)
    if (frontier.size !== line.first) throw conflict(line.first, frontier.size)
    const grown = frontier.copy()
    for (const entry of line.entries) grown.append(leafDigest(entry))
    await session.pipeline([
      ...line.operations.map((operation) => operationStatement(line.controller, operation)),
      ...(line.entries.length === 0
        ? []
        : appendStatements(
            line.controller,
            frontier.size,
            { size: grown.size, frontier: grown.packed() },
            line.entries,
          )),
      journalStatement(position),
    ])
  })
}

/** Names the newest entry of the database, for a fault. */
export async function lastEntryName(pool: SqlPool): Promise<string> {
  const { rows } = await pool.query<{ size: string }>('SELECT size FROM kept.log ORDER BY size DESC LIMIT 1')
  return `entry ${Number(rows[0]?.size ?? 0) - 1}`
}

function conflict(journal: number, database: number): Fault {
  return new Fault({
    code: 'evidence.journal-conflict',
    what: `The evidence journal goes on at entry ${journal}, the database at entry ${database}.`,
    mend: 'Put the journal and the database of the same time in place, both from one backup.',
  })
}
