import { ErasureRefusal, type ErasureResult } from '../../connector.ts'
import { SqlFailure } from '../../sql/failure.ts'
import { hashBytes } from '../place-hash.ts'
import type { Database, Session } from './dialect.ts'
import { raw, type Sql, sql } from './statement.ts'

/** A result as its marker holds it: hashes of rows by table, in hexadecimal digits. */
type Marked = Omit<ErasureResult, 'erased'> & { readonly erased: readonly { table: string; hashes: string }[] }

function among(steps: readonly string[]): Sql {
  return { text: `(${steps.map(() => '?').join(', ')})`, values: steps }
}

/** Marks steps as done, in the transaction of what they did. A step marked twice is a conflict. */
export async function mark(session: Session, table: string, results: readonly ErasureResult[]): Promise<void> {
  for (const result of results) {
    const marked: Marked = {
      ...result,
      erased: result.erased.map(({ table: name, hashes }) => ({
        table: name,
        hashes: Buffer.from(hashes).toString('hex'),
      })),
    }
    try {
      await session.run(
        sql`INSERT INTO ${raw(table)} (step, result) VALUES (${result.step}, ${JSON.stringify(marked)})`,
      )
    } catch (error) {
      if (!(error instanceof SqlFailure) || error.kind !== 'constraint') throw error
      throw new ErasureRefusal({ scope: 'person', code: 'conflict' }, error)
    }
  }
}

/** Results of those steps that are marked as done. */
export async function readMarkers(database: Database, steps: readonly string[]): Promise<ErasureResult[]> {
  if (steps.length === 0) return []
  return await database.reading(async (session) => {
    const { name } = database.markerTable
    const rows = await session.query(sql`SELECT result FROM ${raw(name)} WHERE step IN ${among(steps)} ORDER BY step`)
    return rows.map(({ result }) => {
      const marked = JSON.parse(String(result)) as Marked
      return {
        ...marked,
        erased: marked.erased.map(({ table, hashes }) => ({ table, hashBytes, hashes: Buffer.from(hashes, 'hex') })),
      }
    })
  })
}

export async function removeMarkers(database: Database, steps: readonly string[]): Promise<void> {
  if (steps.length === 0) return
  await database.writing((session) =>
    session.run(sql`DELETE FROM ${raw(database.markerTable.name)} WHERE step IN ${among(steps)}`),
  )
}
