import type { Row, SearchedTable, Session } from '../relational/dialect.ts'
import { raw, sql } from '../relational/statement.ts'

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * Every table with rows of its own, read anew: what full-text and other virtual tables keep for themselves included. The
 * proof trusts no map and shares no code with what erased.
 */
export async function searchedTables(session: Session): Promise<SearchedTable[]> {
  const tables = await session.query(
    raw(`SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')
      AND name NOT IN ('sqlite_schema', 'kept_store_marker') ORDER BY name`),
  )
  const result: SearchedTable[] = []
  for (const { name, wr } of tables) {
    const columns = (await session.query(sql`SELECT * FROM pragma_table_xinfo(${String(name)})`)).filter(
      ({ hidden }) => Number(hidden) !== 1,
    )
    const indexes = await session.query(
      sql`SELECT l.name AS "index", i.name AS "column" FROM pragma_index_list(${String(name)}) l, pragma_index_info(l.name) i
        WHERE l."unique" = 1 AND l.partial = 0 ORDER BY l.origin = 'pk' DESC, l.seq, i.seqno`,
    )
    const nulls = new Set<string>()
    for (const { name: column, pk } of columns) {
      if (Number(pk) === 0) continue
      const cell = quoted(String(column))
      const found = await session.query(
        raw(`SELECT 1 AS one FROM ${quoted(String(name))} WHERE ${cell} IS NULL LIMIT 1`),
      )
      if (found.length > 0) nulls.add(String(column))
    }
    result.push({
      name: String(name),
      key: keyOf(columns, indexes, Number(wr) === 1, nulls).map((cell) => raw(cell)),
      from: raw(quoted(String(name))),
      columns: columns.map((column) => {
        const cell = quoted(String(column.name))
        return {
          name: String(column.name),
          type: /INT|REAL|FLOA|DOUB|NUM|DEC/i.test(String(column.type)) ? 'numeric' : 'text',
          cells: [raw(`CASE typeof(${cell}) WHEN 'blob' THEN ${cell} ELSE CAST(${cell} AS TEXT) END`)],
        }
      }),
    })
  }
  return result
}

/** A key that nowhere is NULL and whose columns have types, else the number of the row. */
function keyOf(
  columns: readonly Row[],
  indexes: readonly Row[],
  withoutRowid: boolean,
  nulls: ReadonlySet<string>,
): string[] {
  const find = (name: string) => columns.find((column) => String(column.name) === name)
  const primary = columns.filter(({ pk }) => Number(pk) > 0).sort((one, other) => Number(one.pk) - Number(other.pk))
  const keys = [
    primary.map(({ name }) => String(name)),
    ...[...Map.groupBy(indexes, ({ index }) => String(index)).values()].map((parts) =>
      parts.map(({ column }) => (column === null ? '' : String(column))),
    ),
  ]
  const usable = keys.find(
    (key) =>
      key.length > 0 &&
      key.every((name) => {
        const column = find(name)
        if (column === undefined || (!withoutRowid && String(column.type) === '')) return false
        return Number(column.notnull) === 1 || (Number(column.pk) > 0 && !nulls.has(name))
      }),
  )
  const rowid = ['rowid', '_rowid_', 'oid'].find(
    (one) => !columns.some(({ name }) => String(name).toLowerCase() === one),
  )
  const cells = usable?.map((name) => {
    const cell = quoted(name)
    const declared = String(find(name)?.type)
    return declared === '' || /BLOB/i.test(declared)
      ? `CASE typeof(${cell}) WHEN 'blob' THEN '0x' || lower(hex(${cell})) ELSE CAST(${cell} AS TEXT) END`
      : `CAST(${cell} AS TEXT)`
  })
  return cells ?? [`CAST(${rowid ?? 'rowid'} AS TEXT)`]
}
