import { createHash } from 'node:crypto'
import type { LiveColumn, LiveReference, LiveTrigger } from '../../live-schema.ts'
import type { Catalog, CatalogTable } from '../postgres/catalog.ts'
import { PLACE, type Session } from '../relational/dialect.ts'
import { raw } from '../relational/statement.ts'
import { baseOf, type ColumnRow, type ColumnTraits, defaultOf, isGenerated, traitsOf } from './column.ts'
import { triggerWrites } from './trigger.ts'

export const MARKER = 'kept_store_marker'

/** A live table with what only this dialect needs. */
export interface MysqlTable extends CatalogTable {
  readonly traits: ReadonlyMap<string, ColumnTraits>
  /** Its engine knows no transactions. */
  readonly permanent: boolean
  readonly versioned: boolean
}

export const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``

const tableQuery = `SELECT t.TABLE_NAME AS name, t.TABLE_TYPE AS type, t.TABLE_ROWS AS estimate, e.TRANSACTIONS AS transactions
  FROM information_schema.TABLES t LEFT JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE
  WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_NAME <> '${MARKER}' AND t.TABLE_TYPE <> 'SEQUENCE' ORDER BY t.TABLE_NAME`

const columnQuery = `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS name, COLUMN_TYPE AS type, DATA_TYPE AS dataType,
    CHARACTER_MAXIMUM_LENGTH AS length, IS_NULLABLE AS nullable, COLUMN_DEFAULT AS \`default\`, EXTRA AS extra,
    GENERATION_EXPRESSION AS generation, CHARACTER_SET_NAME AS charset, COLLATION_NAME AS collation, COLUMN_COMMENT AS comment
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION`

const indexQuery = `SELECT TABLE_NAME AS \`table\`, INDEX_NAME AS name, COLUMN_NAME AS \`column\`, SUB_PART AS part
  FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND NON_UNIQUE = 0
  ORDER BY TABLE_NAME, INDEX_NAME = 'PRIMARY' DESC, INDEX_NAME, SEQ_IN_INDEX`

/** References from other databases of the server count, too: a cascade reaches them. */
const referenceQuery = `SELECT k.TABLE_SCHEMA AS \`schema\`, DATABASE() AS own, k.TABLE_NAME AS \`table\`, k.CONSTRAINT_NAME AS name,
    k.COLUMN_NAME AS \`column\`, k.REFERENCED_TABLE_SCHEMA AS targetSchema, k.REFERENCED_TABLE_NAME AS target,
    k.REFERENCED_COLUMN_NAME AS targetColumn, r.DELETE_RULE AS onDelete, r.UPDATE_RULE AS onUpdate
  FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
    ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME
  WHERE k.REFERENCED_TABLE_NAME IS NOT NULL AND (k.TABLE_SCHEMA = DATABASE() OR k.REFERENCED_TABLE_SCHEMA = DATABASE())
  ORDER BY k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION`

const triggerQuery = `SELECT EVENT_OBJECT_TABLE AS \`table\`, TRIGGER_NAME AS name, EVENT_MANIPULATION AS event,
    ACTION_TIMING AS timing, ACTION_STATEMENT AS source
  FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = DATABASE() ORDER BY EVENT_OBJECT_TABLE, TRIGGER_NAME`

const actions: Readonly<Record<string, LiveReference['onDelete']>> = {
  'NO ACTION': 'no action',
  RESTRICT: 'restrict',
  CASCADE: 'cascade',
  'SET NULL': 'set null',
  'SET DEFAULT': 'set default',
}

type Texts = Readonly<Record<string, string | null>>

/** Reads the live schema of the connection's database: six catalogue queries, whatever the number of tables. */
export async function readCatalog(session: Session): Promise<Catalog> {
  const ask = async (text: string) => (await session.query(raw(text))).map(texts)
  const [version] = await ask('SELECT VERSION() AS version')
  const tables = await ask(tableQuery)
  const columns = Map.groupBy((await ask(columnQuery)).map(columnRow), ({ table }) => table)
  const indexes = Map.groupBy(await ask(indexQuery), ({ table }) => table ?? '')
  const references = Map.groupBy(await ask(referenceQuery), childName)
  const triggers = Map.groupBy(await ask(triggerQuery), ({ table }) => table ?? '')
  const result = tables.map((row): MysqlTable => {
    const name = row.name ?? ''
    const own = columns.get(name) ?? []
    const uniques = uniquesOf(indexes.get(name) ?? [])
    const notNull = new Set(own.filter(({ nullable }) => !nullable).map((column) => column.name))
    const key = uniques.find((unique) => unique.every((column) => notNull.has(column)))
    return {
      name,
      schema: '',
      relation: name,
      oid: name,
      sql: quote(name),
      kind: row.type === 'VIEW' || row.type === 'SYSTEM VIEW' ? 'view' : 'table',
      columns: own.map(liveColumn),
      defaults: new Map(
        own.flatMap((column) => {
          const value = defaultOf(column)
          return value === undefined ? [] : [[column.name, value]]
        }),
      ),
      key: key ?? [PLACE],
      uniques,
      references: referencesOf(references.get(name) ?? []),
      triggers: (triggers.get(name) ?? []).map(liveTrigger),
      estimatedRows: Number(row.estimate ?? 0),
      traits: new Map(own.map((column) => [column.name, traitsOf(column)])),
      permanent: row.type !== 'VIEW' && row.transactions !== 'YES',
      versioned: row.type === 'SYSTEM VERSIONED',
    }
  })
  const foreign = [...references].filter(([name]) => name.includes('.')).map(([name, rows]) => foreignTable(name, rows))
  const all = [...result, ...foreign]
  const byName = new Map(all.map((table) => [table.name, table]))
  return {
    version: versionText(version?.version ?? ''),
    sha256: fingerprint(all),
    tables: all,
    table: (name) => byName.get(name),
  }
}

function texts(row: Readonly<Record<string, unknown>>): Texts {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === null || value === undefined
        ? null
        : value instanceof Uint8Array
          ? Buffer.from(value).toString('utf8')
          : String(value),
    ]),
  )
}

function columnRow(row: Texts): ColumnRow {
  return {
    table: row.table ?? '',
    name: row.name ?? '',
    type: row.type ?? '',
    dataType: (row.dataType ?? '').toLowerCase(),
    length: row.length === null || row.length === undefined ? null : Number(row.length),
    nullable: row.nullable === 'YES',
    default: row.default ?? null,
    extra: row.extra ?? '',
    generation: row.generation ?? null,
    charset: row.charset ?? null,
    collation: row.collation ?? null,
    comment: row.comment ?? '',
  }
}

function liveColumn(row: ColumnRow): LiveColumn {
  const bounded = ['char', 'varchar', 'binary', 'varbinary'].includes(row.dataType)
  return {
    name: row.name,
    type: row.type,
    base: baseOf(row),
    ...(bounded && row.length !== null ? { maxLength: row.length } : {}),
    nullable: row.nullable,
    hasDefault: defaultOf(row) !== undefined || /auto_increment/i.test(row.extra),
    generated: isGenerated(row),
    ...(row.comment === '' ? {} : { comment: row.comment }),
  }
}

/** Keys over the beginning of a column, or over an expression, make no row unique by its columns. */
function uniquesOf(rows: readonly Texts[]): string[][] {
  return [...Map.groupBy(rows, ({ name }) => name ?? '').values()]
    .filter((parts) => parts.every(({ part, column }) => part === null && column !== null))
    .map((parts) => parts.map(({ column }) => column ?? ''))
}

function childName({ schema, own, table }: Texts): string {
  return schema === own ? (table ?? '') : `${schema}.${table}`
}

function referencesOf(rows: readonly Texts[]): LiveReference[] {
  return [...Map.groupBy(rows, ({ name }) => name ?? '')].map(([name, parts]) => {
    const { targetSchema, own, target, onDelete, onUpdate } = parts[0] ?? {}
    return {
      name,
      columns: parts.map(({ column }) => column ?? ''),
      to: {
        table: targetSchema === own ? (target ?? '') : `${targetSchema}.${target}`,
        columns: parts.map(({ targetColumn }) => targetColumn ?? ''),
      },
      onDelete: actions[onDelete ?? ''] ?? 'no action',
      onUpdate: actions[onUpdate ?? ''] ?? 'no action',
      deferrable: false,
    }
  })
}

/** A table of another database that refers to one of this: known by its references alone. */
function foreignTable(name: string, rows: readonly Texts[]): MysqlTable {
  const [first] = rows
  const columns = [...new Set(rows.map(({ column }) => column ?? ''))]
  return {
    name,
    schema: first?.schema ?? '',
    relation: first?.table ?? '',
    oid: name,
    sql: `${quote(first?.schema ?? '')}.${quote(first?.table ?? '')}`,
    kind: 'foreign-table',
    columns: columns.map((column) => ({
      name: column,
      type: '',
      base: 'text',
      nullable: true,
      hasDefault: false,
      generated: false,
    })),
    defaults: new Map(),
    key: [PLACE],
    uniques: [],
    references: referencesOf(rows),
    triggers: [],
    estimatedRows: 0,
    traits: new Map(),
    permanent: false,
    versioned: false,
  }
}

function liveTrigger({ name, event, timing, source }: Texts): LiveTrigger {
  return {
    name: name ?? '',
    on: [(event ?? '').toLowerCase() as LiveTrigger['on'][number]],
    writes: source === null || source === undefined || triggerWrites(source),
    skips: timing === 'BEFORE',
  }
}

function versionText(version: string): string {
  const [number = ''] = version.split('-')
  return `${/mariadb/i.test(version) ? 'MariaDB' : 'MySQL'} ${number}`
}

function fingerprint(tables: readonly MysqlTable[]): string {
  const plain = tables.map(({ oid: _oid, estimatedRows: _rows, sql: _sql, defaults, traits, ...rest }) => [
    rest,
    [...defaults.entries()],
    [...traits.entries()],
  ])
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex')
}
