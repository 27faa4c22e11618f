import type { CatalogTable } from '../postgres/catalog.ts'
import { type Dialect, PLACE, type Typed } from '../relational/dialect.ts'
import { all, joined, raw, type Sql, sql } from '../relational/statement.ts'
import { quote, type SqliteTable } from './catalog.ts'

function column(cell: Typed) {
  return cell.table?.columns.find(({ name }) => name === cell.column)
}

const base = (cell: Typed): string => column(cell)?.base ?? 'text'

function columnSql(alias: string, table: CatalogTable, name: string): Sql {
  return raw(name === PLACE ? `${alias}.${(table as SqliteTable).rowid}` : `${alias}.${quote(name)}`)
}

/** Any cell may be of any type: bytes are told by the cell where the column is for bytes, or for nothing in particular. */
function textSql(cell: Typed): Sql {
  if (cell.table === undefined) return cell.sql
  const declared = column(cell)?.type
  if (base(cell) === 'bytea' || declared === '')
    return sql`CASE typeof(${cell.sql}) WHEN 'blob' THEN '0x' || lower(hex(${cell.sql})) ELSE CAST(${cell.sql} AS TEXT) END`
  return sql`CAST(${cell.sql} AS TEXT)`
}

/** Letter by letter, whatever the column's collation; whole numbers by their value first, so that an index is used. */
function same(cell: Typed, carried: Sql, fold = false): Sql {
  if (fold) return sql`kept_lower(${textSql(cell)}) = kept_lower(${carried})`
  if (cell.column === PLACE || base(cell) === 'int8')
    return sql`${cell.sql} = ${carried} AND CAST(${cell.sql} AS TEXT) = ${carried}`
  if (base(cell) === 'text' && column(cell)?.type !== '') return sql`${cell.sql} = ${carried} COLLATE BINARY`
  return sql`${textSql(cell)} = ${carried} COLLATE BINARY`
}

function equal(left: Typed, right: Typed, fold = false): Sql {
  if (fold) return sql`kept_lower(${textSql(left)}) = kept_lower(${textSql(right)})`
  const kinds = [left, right].map((cell) => (cell.table === undefined ? 'any' : base(cell)))
  if (kinds.every((kind) => kind === 'int8')) return sql`${left.sql} = ${right.sql}`
  const narrow = kinds.includes('int8') ? [sql`${left.sql} = ${right.sql}`] : []
  return all([...narrow, sql`${textSql(left)} = ${textSql(right)} COLLATE BINARY`])
}

/** SQLite 3.38 and later, as Node brings it along. `kept_…` are functions of this process (functions.ts). */
export const sqliteDialect: Dialect = {
  column: columnSql,
  text: textSql,
  content: ({ sql: cell }) => sql`CASE typeof(${cell}) WHEN 'blob' THEN ${cell} ELSE CAST(${cell} AS TEXT) END`,
  jsonText: (cell, path) => sql`json_extract(kept_values(${cell}, ${path}), '$[0]')`,
  unfold: (cell, alias, { path, separator }) =>
    path === undefined
      ? sql`json_each(kept_parts(${cell}, ${separator ?? ','})) ${raw(alias)}`
      : sql`json_each(kept_values(${cell}, ${path})) ${raw(alias)}`,
  element: (alias) => raw(`trim(${alias}.value)`),
  rows: (alias, columns, rows) => {
    const cells = columns.map((one, index) =>
      one === 'number' ? `CAST(value ->> ${index} AS INTEGER) AS c${index}` : `value ->> ${index} AS c${index}`,
    )
    return sql`(SELECT ${raw(cells.join(', '))} FROM json_each(${JSON.stringify(rows)})) ${raw(alias)}`
  },
  named: (carried, table, on) => sql`${carried} CROSS JOIN ${table} ON ${on}`,
  same,
  equal,
  fits: () => true,
  update: (table, carried, on, set) => {
    const cells = set.map(({ column: name, value }) => sql`${raw(quote(name))} = ${value}`)
    return sql`UPDATE ${raw(`${table.sql} AS t`)} SET ${joined(cells, ', ')} FROM ${carried} WHERE ${on}`
  },
  remove: (table, carried, on) => {
    const { rowid } = table as SqliteTable
    const names = rowid === undefined ? table.key.map(quote) : [rowid]
    const list = names.map((name) => `t.${name}`).join(', ')
    return sql`DELETE FROM ${raw(`${table.sql} WHERE (${names.join(', ')})`)} IN (SELECT ${raw(list)} FROM ${carried} CROSS JOIN ${raw(`${table.sql} t`)} ON ${on})`
  },
  // A cell stays of the type that it was.
  written: (table, name, carried) => {
    const cell = columnSql('t', table, name)
    const bytes = sql`CASE WHEN ${carried} LIKE '0x%' THEN unhex(substr(${carried}, 3)) ELSE CAST(${carried} AS BLOB) END`
    return sql`CASE typeof(${cell}) WHEN 'blob' THEN ${bytes} ELSE ${carried} END`
  },
  defaultOf: (_alias, table, name) => raw(`(${table.defaults.get(name) ?? 'NULL'})`),
  moving: () => [],
  mayHold: (cell, loose) => (loose === '' ? undefined : sql`kept_matches(${cell}, ${loose})`),
  locking: raw(''),
  isPermanent: () => false,
  clock: ({ sql: cell }) =>
    sql`CASE WHEN typeof(${cell}) IN ('integer', 'real') THEN CAST(CAST(${cell} AS INTEGER) AS TEXT) ELSE replace(CAST(${cell} AS TEXT), ' ', 'T') END`,
}
