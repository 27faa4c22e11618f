import { createHash } from 'node:crypto'
import type { LiveColumn, LiveReference, LiveSchema, LiveTable, LiveTrigger } from '../../live-schema.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import { columnQuery, constraintQuery, tableQuery, triggerQuery, versionQuery } from './catalog-queries.ts'
import { triggerWrites } from './trigger.ts'

/** A live table with what only SQL needs: its schema, object id and default expressions. */
export interface CatalogTable extends LiveTable {
  readonly schema: string
  readonly relation: string
  readonly oid: string
  /** Quoted and qualified. */
  readonly sql: string
  readonly defaults: ReadonlyMap<string, string>
}

export interface Catalog extends LiveSchema {
  readonly tables: readonly CatalogTable[]
  table(name: string): CatalogTable | undefined
}

interface TableRow {
  [key: string]: unknown
  oid: string
  schema: string
  relation: string
  kind: string
  rows: string
  parent: string | null
  rules: string[]
  unreadable: 'permission' | 'row-security' | null
}

interface ColumnRow {
  [key: string]: unknown
  oid: string
  name: string
  type: string
  base: string
  length: number | null
  not_null: boolean
  default_sql: string | null
  generated: boolean
  comment: string | null
}

interface ConstraintRow {
  [key: string]: unknown
  oid: string
  name: string
  kind: string
  columns: string[]
  target: string | null
  target_columns: string[] | null
  on_delete: string
  on_update: string
  deferrable: boolean
}

interface TriggerRow {
  [key: string]: unknown
  oid: string
  name: string
  type: number
  language: string
  function: string
  source: string
}

const kinds: Readonly<Record<string, LiveTable['kind']>> = {
  r: 'table',
  p: 'partitioned',
  v: 'view',
  m: 'materialized-view',
  f: 'foreign-table',
}

const actions: Readonly<Record<string, LiveReference['onDelete']>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

/** Reads the live schema: five catalogue queries, whatever the number of tables. Needs no rights beyond connecting. */
export async function readCatalog(session: SqlSession): Promise<Catalog> {
  const [version, tables, columns, constraints, triggers] = await session.pipeline([
    { text: versionQuery },
    { text: tableQuery },
    { text: columnQuery },
    { text: constraintQuery },
    { text: triggerQuery },
  ])
  const first = version?.rows[0]
  const defaultSchema = String(first?.schema ?? 'public')
  const nameOf = (row: TableRow) => (row.schema === defaultSchema ? row.relation : `${row.schema}.${row.relation}`)
  const tableRows = (tables?.rows ?? []) as TableRow[]
  const names = new Map(tableRows.map((row) => [row.oid, nameOf(row)]))
  const columnsOf = groupBy((columns?.rows ?? []) as ColumnRow[])
  const constraintsOf = groupBy((constraints?.rows ?? []) as ConstraintRow[])
  const triggersOf = groupBy((triggers?.rows ?? []) as TriggerRow[])
  const result = tableRows.map((row): CatalogTable => {
    const own = columnsOf.get(row.oid) ?? []
    const ownConstraints = constraintsOf.get(row.oid) ?? []
    const notNull = new Set(own.filter((column) => column.not_null).map((column) => column.name))
    return {
      name: nameOf(row),
      schema: row.schema,
      relation: row.relation,
      oid: row.oid,
      sql: `${quoteIdentifier(row.schema)}.${quoteIdentifier(row.relation)}`,
      kind: kinds[row.kind] ?? 'table',
      columns: own.map(liveColumn),
      defaults: new Map(
        own.flatMap((column) => (column.default_sql === null ? [] : [[column.name, column.default_sql]])),
      ),
      key: rowKey(ownConstraints, notNull),
      uniques: ownConstraints.filter((one) => one.kind === 'p' || one.kind === 'u').map((one) => one.columns),
      references: ownConstraints.flatMap((one) => liveReference(one, names)),
      triggers: [...(triggersOf.get(row.oid) ?? []).map(liveTrigger), ...row.rules.map(liveRule)],
      ...(row.parent === null ? {} : { partOf: names.get(row.parent) ?? row.parent }),
      ...(row.unreadable === null ? {} : { unreadable: row.unreadable }),
      estimatedRows: Math.max(0, Number(row.rows)),
    }
  })
  const byName = new Map(result.map((table) => [table.name, table]))
  return {
    version: `PostgreSQL ${String(first?.version ?? '')}`,
    sha256: fingerprint(result),
    tables: result,
    table: (name) => byName.get(name) ?? byName.get(name.replace(`${defaultSchema}.`, '')),
  }
}

function groupBy<R extends { oid: string }>(rows: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>()
  for (const row of rows) {
    const group = groups.get(row.oid)
    if (group === undefined) groups.set(row.oid, [row])
    else group.push(row)
  }
  return groups
}

function liveColumn(row: ColumnRow): LiveColumn {
  return {
    name: row.name,
    type: row.type,
    base: row.base,
    ...(row.length === null ? {} : { maxLength: row.length }),
    nullable: !row.not_null,
    hasDefault: row.default_sql !== null,
    generated: row.generated,
    ...(row.comment === null ? {} : { comment: row.comment }),
  }
}

function liveReference(row: ConstraintRow, names: ReadonlyMap<string, string>): LiveReference[] {
  if (row.kind !== 'f' || row.target === null) return []
  return [
    {
      name: row.name,
      columns: row.columns,
      to: { table: names.get(row.target) ?? row.target, columns: row.target_columns ?? [] },
      onDelete: actions[row.on_delete] ?? 'no action',
      onUpdate: actions[row.on_update] ?? 'no action',
      deferrable: row.deferrable,
    },
  ]
}

/** pg_trigger.tgtype bits: 1 row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate. */
function liveTrigger(row: TriggerRow): LiveTrigger {
  const on: LiveTrigger['on'][number][] = []
  if (row.type & 4) on.push('insert')
  if (row.type & 8) on.push('delete')
  if (row.type & 16) on.push('update')
  if (row.type & 32) on.push('truncate')
  return { name: row.name, on, writes: triggerWrites(row), skips: (row.type & 3) === 3 }
}

/** A rewrite rule may do anything; it stands among the triggers under `rule:NAME`. */
function liveRule(name: string): LiveTrigger {
  return { name: `rule:${name}`, on: ['insert', 'update', 'delete'], writes: true, skips: true }
}

function rowKey(constraints: readonly ConstraintRow[], notNull: ReadonlySet<string>): readonly string[] {
  const primary = constraints.find((one) => one.kind === 'p')
  if (primary !== undefined) return primary.columns
  return constraints.find((one) => one.kind === 'u' && one.columns.every((name) => notNull.has(name)))?.columns ?? []
}

function fingerprint(tables: readonly CatalogTable[]): string {
  const plain = tables.map(
    ({ oid: _oid, estimatedRows: _rows, unreadable: _unreadable, sql: _sql, defaults, ...rest }) => [
      rest,
      [...defaults.entries()],
    ],
  )
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex')
}
