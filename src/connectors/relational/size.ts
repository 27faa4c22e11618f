import type { TableLayout } from '../postgres/layout.ts'
import type { Dialect, Session } from './dialect.ts'
import type { Hit } from './hits.ts'
import { keyOf, keySelect, placed } from './rows.ts'
import { joined, sql } from './statement.ts'

/** Cells of so many bytes are held at a time, unless one row alone has more. */
const mostBytes = 8 << 20

/** Rows in groups whose cells can be held together: where cells may be long, the store is asked first how long they are. */
export async function bySize(
  session: Session,
  dialect: Dialect,
  table: TableLayout,
  columns: readonly string[],
  hits: readonly Hit[],
): Promise<readonly (readonly Hit[])[]> {
  const long = columns.filter((name) => {
    const column = table.live.columns.find((one) => one.name === name)
    return column?.maxLength === undefined && ['text', 'bytea', 'json'].includes(column?.base ?? '')
  })
  if (long.length === 0 || hits.length === 0) return [hits]
  const lengths = long.map((name) => sql`COALESCE(LENGTH(${dialect.column('t', table.live, name)}), 0)`)
  const { from } = placed(dialect, table, hits)
  const rows = await session.query(
    sql`SELECT ${keySelect(dialect, table)}, ${joined(lengths, ' + ')} AS bytes FROM ${from}`,
  )
  const sizes = new Map(rows.map((row) => [JSON.stringify(keyOf(row, table)), Number(row.bytes)]))
  const groups: Hit[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const hit of hits) {
    const size = sizes.get(JSON.stringify(hit.key)) ?? 0
    if (bytes + size > mostBytes) {
      groups.push([])
      bytes = 0
    }
    groups.at(-1)?.push(hit)
    bytes += size
  }
  return groups
}
