import type { CatalogTable } from '../postgres/catalog.ts'
import { type Carried, type Dialect, PLACE, type Typed } from '../relational/dialect.ts'
import { all, joined, raw, type Sql, sql } from '../relational/statement.ts'
import { type MysqlTable, quote } from './catalog.ts'
import type { ColumnTraits } from './column.ts'

const integers = new Set(['int1', 'int2', 'int3', 'int4', 'int8', 'bool'])
const texts = new Set(['varchar', 'bpchar', 'text'])

const none: ColumnTraits = { unsigned: false, moves: false }

function traits(table: CatalogTable | undefined, column: string | undefined): ColumnTraits {
  return (table as MysqlTable | undefined)?.traits.get(column ?? '') ?? none
}

function base(cell: Pick<Typed, 'table' | 'column'>): string {
  return cell.table?.columns.find(({ name }) => name === cell.column)?.base ?? 'text'
}

/** MariaDB 10.6 and later, MySQL 8.0 and later: both have JSON_TABLE, which carries rows of values into a statement. */
export function mysqlDialect(isMariaDb: boolean): Dialect {
  return {
    column: columnSql,
    text: textSql,
    content: (cell) => (base(cell) === 'bytea' ? cell.sql : textSql(cell)),
    jsonText: (cell, path) =>
      sql`IF(JSON_VALID(${cell}), JSON_UNQUOTE(JSON_EXTRACT(${cell}, ${jsonPath(path)})), NULL)`,
    unfold,
    element: (alias) => raw(`TRIM(${alias}.x)`),
    rows: (alias, columns, rows) => {
      const names = columns.map((column, index) => `c${index} ${carriedType(column)} PATH '$[${index}]'`).join(', ')
      return sql`JSON_TABLE(${JSON.stringify(rows)}, ${raw(`'$[*]' COLUMNS (${names})) ${alias}`)}`
    },
    named: (carried, table, on) => sql`${carried} STRAIGHT_JOIN ${table} ON ${on}`,
    same,
    equal,
    fits,
    update: (table, carried, on, set) => {
      const cells = set.map(({ column, value }) => sql`${raw(`t.${quote(column)}`)} = ${value}`)
      return sql`UPDATE ${carried} STRAIGHT_JOIN ${raw(`${table.sql} t`)} ON ${on} SET ${joined(cells, ', ')}`
    },
    remove: (table, carried, on) => sql`DELETE t FROM ${carried} STRAIGHT_JOIN ${raw(`${table.sql} t`)} ON ${on}`,
    written: (table, column, carried) =>
      base({ table, column }) === 'bytea' ? sql`UNHEX(SUBSTR(${carried}, 3))` : carried,
    defaultOf: (alias, table, column) => {
      const value = table.defaults.get(column)
      if (value === undefined) return raw('NULL')
      return /^current_timestamp/i.test(value) ? raw(value) : raw(`DEFAULT(${alias}.${quote(column)})`)
    },
    moving: (table) => table.columns.map(({ name }) => name).filter((name) => traits(table, name).moves),
    mayHold: (cell, loose) => {
      if (loose === '') return undefined
      return isMariaDb
        ? sql`(${cell} COLLATE utf8mb4_general_ci) REGEXP ${loose}`
        : sql`REGEXP_LIKE(${cell}, ${loose}, 'i')`
    },
    locking: raw(' FOR UPDATE'),
    isPermanent: (table) => (table as MysqlTable).permanent,
    clock,
  }
}

/** A row without a key is named by all that stands in it: rows that are alike to the last cell are one. */
export function columnSql(alias: string, table: CatalogTable, name: string): Sql {
  if (name !== PLACE) return raw(`${alias}.${quote(name)}`)
  const cells = table.columns.map((column) => {
    const cell = { sql: raw(`${alias}.${quote(column.name)}`), table, column: column.name }
    return sql`COALESCE(HEX(${textSql(cell)}), '~')`
  })
  return sql`SHA2(CONCAT_WS(',', ${joined(cells, ', ')}), 256)`
}

export function textSql(cell: Typed): Sql {
  if (cell.table === undefined) return cell.sql
  const type = base(cell)
  if (texts.has(type) || ['enum', 'set', 'json'].includes(type)) return sql`CONVERT(${cell.sql} USING utf8mb4)`
  if (type === 'bytea' || cell.table.columns.find(({ name }) => name === cell.column)?.type === 'geometry')
    return sql`CONCAT('0x', LOWER(HEX(${cell.sql})))`
  if (type === 'bit') return sql`CAST(${cell.sql} + 0 AS CHAR)`
  if (type === 'float4') return sql`CAST(CAST(${cell.sql} AS DOUBLE) AS CHAR)`
  return sql`CAST(${cell.sql} AS CHAR)`
}

const binary = (text: Sql): Sql => sql`CAST(CONVERT(${text} USING utf8mb4) AS BINARY)`
const lower = (text: Sql): Sql => sql`CAST(LOWER(CONVERT(${text} USING utf8mb4)) AS BINARY)`

function carriedType(column: Carried): string {
  if (column === 'number') return 'BIGINT'
  if (column === 'text' || column === 'long') return 'LONGTEXT'
  const type = base(column)
  if (integers.has(type)) return traits(column.table, column.column).unsigned ? 'BIGINT UNSIGNED' : 'BIGINT'
  return type === 'numeric' ? 'DECIMAL(65,30)' : 'LONGTEXT'
}

/** Letter by letter: no collation says that `á` is `a`, or that a blank at the end is none. What it says first lets an index be used. */
function same(cell: Typed, carried: Sql, fold = false): Sql {
  const type = base(cell)
  if (cell.table === undefined || cell.column === PLACE || fold) {
    if (!fold) return sql`${binary(cell.sql)} = ${binary(carried)}`
    return all([...narrowed(cell, carried, true), sql`${lower(textSql(cell))} = ${lower(carried)}`])
  }
  if (integers.has(type) || type === 'numeric') return sql`${cell.sql} = ${carried}`
  if (type === 'bytea') return sql`${cell.sql} = UNHEX(SUBSTR(${carried}, 3))`
  return all([...narrowed(cell, carried, false), sql`${binary(textSql(cell))} = ${binary(carried)}`])
}

/** A comparison in the column's own character set and collation, true for all that are alike letter by letter. */
function narrowed(cell: Typed, text: Sql, fold: boolean): Sql[] {
  const { charset, collation } = traits(cell.table, cell.column)
  if (!texts.has(base(cell)) || charset === undefined || collation === undefined) return []
  if (fold && !collation.endsWith('_ci')) return []
  return [sql`${cell.sql} = CONVERT(${text} USING ${raw(charset)}) COLLATE ${raw(collation)}`]
}

function equal(left: Typed, right: Typed, fold = false): Sql {
  const [one, other] = [base(left), base(right)]
  const numbers = (type: string) => integers.has(type) || type === 'numeric'
  if (left.table !== undefined && right.table !== undefined) {
    if (numbers(one) && numbers(other)) return sql`${left.sql} = ${right.sql}`
    if (one === 'bytea' && other === 'bytea') return sql`${left.sql} = ${right.sql}`
  }
  const spelled = fold ? lower : binary
  const [leftText, rightText] = [textSql(left), textSql(right)]
  const asNumber = (cell: Typed, text: Sql) =>
    cell.table !== undefined && integers.has(base(cell)) ? [sql`${cell.sql} = CAST(${text} AS DECIMAL(65,0))`] : []
  return all([
    ...narrowed(left, rightText, fold),
    ...narrowed(right, leftText, fold),
    ...asNumber(left, rightText),
    ...asNumber(right, leftText),
    sql`${spelled(leftText)} = ${spelled(rightText)}`,
  ])
}

/** A value that cannot be of the type would be cut or rounded to one that can. */
function fits(table: CatalogTable, column: string, value: string): boolean {
  const type = base({ table, column })
  if (integers.has(type)) return traits(table, column).unsigned ? /^\d{1,19}$/.test(value) : /^-?\d{1,18}$/.test(value)
  if (type === 'numeric') return /^-?\d{1,34}(\.\d{1,30})?$/.test(value)
  if (type === 'bytea') return /^0x([0-9a-f]{2})*$/i.test(value)
  return traits(table, column).charset !== 'ascii' || Buffer.byteLength(value) === value.length
}

/** An RFC 9535 path as MariaDB and MySQL spell it: `$['a']` is `$."a"`, `..` is `**.`. */
function jsonPath(path: string): string {
  return path
    .replace(/\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*\]/g, (_all, single?: string, other?: string) => {
      return `."${(single ?? other ?? '').replaceAll('"', '\\"')}"`
    })
    .replace(/\.\.(?=[^.])/g, '**.')
}

function unfold(cell: Sql, alias: string, list: { readonly path?: string; readonly separator?: string }): Sql {
  const columns = raw(`'$[*]' COLUMNS (x LONGTEXT PATH '$')) ${alias}`)
  if (list.path !== undefined) {
    const found = sql`IF(JSON_VALID(${cell}), JSON_EXTRACT(${cell}, ${jsonPath(list.path)}), NULL)`
    return sql`JSON_TABLE(COALESCE(${found}, '[]'), ${columns}`
  }
  const separator = JSON.stringify(list.separator ?? ',').slice(1, -1)
  return sql`JSON_TABLE(CONCAT('[', REPLACE(JSON_QUOTE(CONVERT(COALESCE(${cell}, '') USING utf8mb4)), ${separator}, '","'), ']'), ${columns}`
}

/** Zero dates say nothing; the session's zone is UTC, so that a TIMESTAMP is an instant. */
function clock(cell: Typed): Sql {
  const type = base(cell)
  if (!['date', 'timestamp', 'timestamptz'].includes(type)) return textSql(cell)
  const end = type === 'timestamptz' ? 'Z' : ''
  return sql`IF(YEAR(${cell.sql}) BETWEEN 1 AND 9999, CONCAT(LEFT(DATE_FORMAT(${cell.sql}, '%Y-%m-%dT%H:%i:%s.%f'), 23), ${raw(`'${end}'`)}), NULL)`
}
