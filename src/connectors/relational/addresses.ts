import { identityKind } from '../../language/identity-kind.ts'
import type { Layout } from '../postgres/layout.ts'
import type { Dialect, Session } from './dialect.ts'
import { cellOf } from './reader.ts'
import { raw, sql } from './statement.ts'

const blockRows = 500

/** Reads the mail addresses of people's own records, block by block. */
export async function readAddresses(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  use: (block: readonly string[]) => Promise<void>,
): Promise<void> {
  for (const table of layout.tables)
    for (const { identity, column } of table.map.person?.keys ?? []) {
      if (identityKind(identity) !== 'email') continue
      const cell = dialect.text(cellOf(dialect, table, column))
      const statement = sql`SELECT ${cell} AS address FROM ${raw(table.live.sql)} t WHERE ${cell} IS NOT NULL`
      for await (const rows of session.stream<{ address: string }>(statement, blockRows))
        await use(rows.map((row) => String(row.address)))
    }
}
