import { createHash } from 'node:crypto'
import type { LiveColumn, LiveReference, LiveTrigger } from '../../live-schema.ts'
import type { Catalog, CatalogTable } from '../postgres/catalog.ts'
import { PLACE, type Row, type Session } from '../relational/dialect.ts'
import { raw, sql } from '../relational/statement.ts'

export const MARKER = 'kept_store_marker'

/** A table with the name by which its row number can be read, where it has one. */
export interface SqliteTable extends CatalogTable {
  readonly rowid: string | undefined
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

const actions: Readonly<Record<string, LiveReference['onDelete']>> = {
  RESTRICT: 'restrict',
  CASCADE: 'cascade',
  'SET NULL': 'set null',
  'SET DEFAULT': 'set default',
}

/** Reads the live schema; what a virtual table keeps for itself (shadow tables) is searched, and not mapped. */
export async function readCatalog(session: Session): Promise<Catalog> {
  const listed = await session.query(
    raw(`SELECT name, type, wr FROM pragma_table_list
      WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '${MARKER}' ORDER BY name`),
  )
  const triggers = Map.groupBy(
    await session.query(
      raw(`SELECT name, tbl_name AS "table", sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name`),
    ),
    ({ table }) => String(table),
  )
  const tables: SqliteTable[] = []
  for (const row of listed) tables.push(await readTable(session, row, triggers.get(String(row.name)) ?? []))
  const withTargets = tables.map((table) => ({
    ...table,
    references: table.references.map((one) => targeted(one, tables)),
  }))
  const byName = new Map(withTargets.map((table) => [table.name, table]))
  const [version] = await session.query(raw('SELECT sqlite_version() AS version'))
  return {
    version: `SQLite ${String(version?.version)}`,
    sha256: fingerprint(withTargets),
    tables: withTargets,
    table: (name) => byName.get(name),
  }
}

async function readTable(
  session: Session,
  { name: named, type, wr }: Row,
  triggers: readonly Row[],
): Promise<SqliteTable> {
  const name = String(named)
  const columns = (await session.query(sql`SELECT * FROM pragma_table_xinfo(${name})`)).filter(
    ({ hidden }) => Number(hidden) !== 1,
  )
  const indexes = await session.query(
    sql`SELECT l.name AS "index", i.name AS "column" FROM pragma_index_list(${name}) l, pragma_index_info(l.name) i
      WHERE l."unique" = 1 AND l.partial = 0 ORDER BY l.origin = 'pk' DESC, l.seq, i.seqno`,
  )
  const primary = columns.filter(({ pk }) => Number(pk) > 0).sort((one, other) => Number(one.pk) - Number(other.pk))
  const [only] = primary
  const numbered = primary.length === 1 && String(only?.type).toUpperCase() === 'INTEGER'
  const withoutRowid = Number(wr) === 1
  const notNull = new Set(
    columns
      .filter((column) => Number(column.notnull) === 1 || ((withoutRowid || numbered) && Number(column.pk) > 0))
      .map((column) => String(column.name)),
  )
  const filled = new Set([...notNull, ...(await withoutNulls(session, name, primary))])
  const uniques = [
    ...(primary.length === 0 ? [] : [primary.map((column) => String(column.name))]),
    ...[...Map.groupBy(indexes, ({ index }) => String(index)).values()]
      .filter((parts) => parts.every(({ column }) => column !== null))
      .map((parts) => parts.map(({ column }) => String(column))),
  ]
  // In a column without a type 5 and '5' are two values with one text: there the row's number names it.
  const typed = new Set(columns.filter((column) => String(column.type) !== '').map((column) => String(column.name)))
  const rowid =
    withoutRowid || type === 'view'
      ? undefined
      : ['rowid', '_rowid_', 'oid'].find((one) => !columns.some((column) => String(column.name).toLowerCase() === one))
  const key = uniques.find((unique) =>
    unique.every((column) => filled.has(column) && (rowid === undefined || typed.has(column))),
  )
  const live = columns.map((column) => liveColumn(column, notNull))
  return {
    name,
    schema: 'main',
    relation: name,
    oid: name,
    sql: quote(name),
    kind: type === 'view' ? 'view' : 'table',
    columns: live,
    defaults: new Map(
      columns.flatMap((column) =>
        column.dflt_value === null ? [] : [[String(column.name), String(column.dflt_value)]],
      ),
    ),
    key: key ?? [PLACE],
    uniques,
    references: referencesOf(await session.query(sql`SELECT * FROM pragma_foreign_key_list(${name}) ORDER BY id, seq`)),
    triggers: triggers.map(liveTrigger),
    estimatedRows: 0,
    rowid,
  }
}

/** A primary key may hold NULL in SQLite; it names rows where it does not. */
async function withoutNulls(session: Session, table: string, primary: readonly Row[]): Promise<string[]> {
  const result: string[] = []
  for (const { name } of primary) {
    const column = String(name)
    const rows = await session.query(raw(`SELECT 1 AS one FROM ${quote(table)} WHERE ${quote(column)} IS NULL LIMIT 1`))
    if (rows.length === 0) result.push(column)
  }
  return result
}

function liveColumn(column: Row, filled: ReadonlySet<string>): LiveColumn {
  const type = String(column.type)
  return {
    name: String(column.name),
    type,
    base: baseOf(type.toUpperCase()),
    nullable: !filled.has(String(column.name)),
    hasDefault: column.dflt_value !== null,
    generated: Number(column.hidden) > 1,
  }
}

/** By the words of the declared type, as SQLite itself goes by them (sqlite.org/datatype3.html, 3.1). */
function baseOf(type: string): string {
  if (/DATE|TIME/.test(type)) return 'timestamp'
  if (/BOOL/.test(type)) return 'bool'
  if (type.includes('INT')) return 'int8'
  if (type.includes('JSON')) return 'json'
  if (/CHAR|CLOB|TEXT/.test(type) || type === '' || type === 'ANY') return 'text'
  if (type.includes('BLOB')) return 'bytea'
  return /REAL|FLOA|DOUB/.test(type) ? 'float8' : 'numeric'
}

function referencesOf(rows: readonly Row[]): LiveReference[] {
  return [...Map.groupBy(rows, ({ id }) => String(id)).values()].map((parts) => ({
    name: `foreign-key-${String(parts[0]?.id)}`,
    columns: parts.map(({ from }) => String(from)),
    to: { table: String(parts[0]?.table), columns: parts.flatMap(({ to }) => (to === null ? [] : [String(to)])) },
    onDelete: actions[String(parts[0]?.on_delete)] ?? 'no action',
    onUpdate: actions[String(parts[0]?.on_update)] ?? 'no action',
    deferrable: true,
  }))
}

/** A reference that names no columns means the primary key; names are compared without regard to letter case. */
function targeted(reference: LiveReference, tables: readonly SqliteTable[]): LiveReference {
  const target = tables.find(({ name }) => name.toLowerCase() === reference.to.table.toLowerCase())
  if (target === undefined) return reference
  const named = reference.to.columns.map(
    (column) => target.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase())?.name ?? column,
  )
  return { ...reference, to: { table: target.name, columns: named.length === 0 ? (target.uniques[0] ?? []) : named } }
}

function liveTrigger({ name, sql: text }: Row): LiveTrigger {
  const plain = String(text).replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, ' ')
  const at = plain.search(/\bbegin\b/i)
  const body = plain.slice(at)
  const event = /\b(insert|update|delete)\b/i.exec(plain.slice(0, at))?.[1]?.toLowerCase()
  return {
    name: String(name),
    on: [(event ?? 'update') as LiveTrigger['on'][number]],
    writes: /\b(insert|update|delete|replace)\b(?!\s*\()/i.test(body),
    skips: /\braise\s*\(\s*ignore/i.test(body),
  }
}

function fingerprint(tables: readonly SqliteTable[]): string {
  const plain = tables.map(({ oid: _oid, sql: _sql, defaults, ...rest }) => [rest, [...defaults.entries()]])
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex')
}
