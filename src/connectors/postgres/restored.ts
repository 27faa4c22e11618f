import type { RestoredRow } from '../../connector.ts'
import type { SqlSession } from '../../sql/sql.ts'
import type { Layout } from './layout.ts'
import { keyArray } from './mention.ts'
import { Parameters } from './parameters.ts'
import { hashKey, rowHashSql } from './row-hash.ts'
import { stillHoldsSql } from './stand-in.ts'

/** Rows whose keyed hash stands in the record of erasures: what a restored backup brought back. Reads keys only. */
export async function findRestored(
  session: SqlSession,
  layout: Layout,
  only: ReadonlyMap<string, ReadonlySet<string>>,
  key: Uint8Array,
): Promise<RestoredRow[]> {
  const result: RestoredRow[] = []
  for (const table of layout.tables) {
    const hashes = only.get(table.name)
    if (hashes === undefined || hashes.size === 0) continue
    const parameters = new Parameters()
    const hash = rowHashSql(table, parameters.bind(hashKey(key), 'text'))
    const wanted = parameters.bind([...hashes], 'text[]')
    const { rows } = await session.query<{ key: string[]; hash: string; holds: boolean | null }>(
      `SELECT ${keyArray(table)} AS key, ${hash} AS hash, ${stillHoldsSql(table)} AS holds FROM ${table.live.sql} t
       WHERE ${hash} IN (SELECT x FROM unnest(${wanted}) x)`,
      parameters.values,
    )
    result.push(
      ...rows.map(({ key: parts, hash: name, holds }) => ({
        table: table.name,
        key: JSON.stringify(parts),
        hash: name,
        ...(holds === null ? {} : { holds }),
      })),
    )
  }
  return result
}
