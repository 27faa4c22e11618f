import { identityKind } from '../../language/identity-kind.ts'
import type { StoreMap } from '../../language/store-map.ts'
import { quoteIdentifier, type SqlSession } from '../../sql/sql.ts'
import { columnSql } from './expression.ts'

const blockRows = 500

/** Reads the addresses of people's own records through a cursor; needs an open transaction. */
export async function readAddresses(
  session: SqlSession,
  map: StoreMap,
  use: (block: readonly string[]) => Promise<void>,
): Promise<void> {
  for (const { table, person } of map.tables)
    for (const { identity, column } of person?.keys ?? []) {
      if (identityKind(identity) !== 'email') continue
      const address = columnSql('t', column.column, column.path)
      const from = table.split('.').map(quoteIdentifier).join('.')
      const text = `SELECT (${address})::text AS address FROM ${from} AS t WHERE ${address} IS NOT NULL`
      for await (const rows of session.cursor<{ address: string }>(text, [], blockRows))
        await use(rows.map((row) => row.address))
    }
}
