import { createHash } from 'node:crypto'
import type { GuardedTable, UndeclaredPart, WriteGuard } from '../../connector.ts'
import { SqlFailure } from '../../sql/failure.ts'
import { openSql } from '../../sql/open.ts'
import { quoteIdentifier, quoteLiteral, type SqlPool } from '../../sql/sql.ts'
import { type Catalog, type CatalogTable, readCatalog } from './catalog.ts'
import { storeFault } from './failure.ts'

const INSERTED = 'kept_undeclared_insert'
const UPDATED = 'kept_undeclared_update'

/** What the triggers run: it names columns, never values. A trigger after the row sees what others have made of it. */
const definition = `CREATE SCHEMA IF NOT EXISTS kept_store;
CREATE OR REPLACE FUNCTION kept_store.undeclared() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE given text;
BEGIN
  SELECT string_agg(quote_ident(one), ', ') INTO given FROM unnest(TG_ARGV[1:]) AS one WHERE to_jsonb(NEW)->>one IS NOT NULL;
  IF TG_ARGV[0] = 'warn' THEN
    RAISE WARNING 'no store map declares % of table %', coalesce(given, 'this row'), TG_RELID::regclass;
  ELSE
    RAISE EXCEPTION 'no store map declares % of table %', coalesce(given, 'this row'), TG_RELID::regclass
      USING ERRCODE = 'check_violation', HINT = 'Declare it in the store map, then run kept store guard.';
  END IF;
  RETURN NULL;
END $$`

// Types without an operator for equality, which IS DISTINCT FROM needs.
const incomparable = new Set(['json', 'xml', 'point', 'polygon', 'line', 'box', 'path', 'circle', 'lseg'])

// A default whose value is the same for every row of a statement; of any other nobody can tell whether a value was given.
const steadyDefault =
  /^(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false|NULL|now\(\)|CURRENT_(?:TIMESTAMP|DATE))(?:::[\w\s."()[\]]+)?$/i

interface Guard {
  readonly table: CatalogTable
  readonly guarded: GuardedTable
  /** Trigger → the statement that makes it. */
  readonly triggers: ReadonlyMap<string, string>
}

/**
 * Has the database itself refuse, or warn of, values in columns that no map declares. Needs the owner of the tables.
 * Tables are changed one by one, each waiting 5 s for its lock at most. Faults: `store.unreachable`, `store.permission`.
 */
export const guardWrites: WriteGuard = async (store, connection, { mode, parts, dryRun = false }) => {
  const pool = await openSql(connection, { applicationName: 'kept', maxConnections: 1, lockTimeoutMs: 5_000 })
  try {
    const live = await pool.session((session) => readCatalog(session))
    const identities = await readIdentities(pool)
    const wanted = mode === 'off' ? [] : parts.flatMap((part) => guardOf(live, identities, part, mode))
    const standing = await readStanding(pool)
    const over = [...standing.keys()].filter((oid) => !wanted.some(({ table }) => table.oid === oid))
    const changed = wanted.filter((guard) => !stands(guard, standing.get(guard.table.oid)))
    const dropped = over.map((oid) => dropStatements(live, oid))
    const statements = [
      ...(changed.length > 0 ? [definition] : []),
      ...dropped.flat(),
      ...changed.flatMap((guard) => renewal(guard)),
    ]
    if (dryRun || statements.length === 0) {
      return { tables: wanted.map(({ guarded }) => guarded), statements, failed: [] }
    }
    if (changed.length > 0) await pool.transaction({}, (session) => session.query(definition))
    const failed: { table: string; code: string }[] = []
    const attempts = [
      ...over.map((oid, at) => [nameOf(live, oid), dropped[at] ?? []] as const),
      ...changed.map((guard) => [guard.guarded.table, renewal(guard)] as const),
    ]
    for (const [table, own] of attempts) {
      const code = await attempt(pool, own)
      if (code !== undefined) failed.push({ table, code })
    }
    const done = wanted.filter(({ guarded }) => !failed.some(({ table }) => table === guarded.table))
    return { tables: done.map(({ guarded }) => guarded), statements, failed }
  } catch (error) {
    throw error instanceof SqlFailure ? storeFault(store, error) : error
  } finally {
    await pool.close()
  }
}

async function attempt(pool: SqlPool, statements: readonly string[]): Promise<string | undefined> {
  try {
    await pool.transaction({ lockTimeoutMs: 5_000 }, async (session) => {
      for (const statement of statements) await session.query(statement)
    })
    return undefined
  } catch (error) {
    if (!(error instanceof SqlFailure) || error.kind === 'unreachable') throw error
    return error.kind
  }
}

/** The guard of a table; none where nothing of it can be guarded. */
function guardOf(
  live: Catalog,
  identities: ReadonlySet<string>,
  { table: name, columns }: UndeclaredPart,
  mode: 'warn' | 'refuse',
): Guard[] {
  const table = live.table(name)
  if (table === undefined) return []
  if (table.kind === 'view' || table.kind === 'materialized-view') return []
  const asked = columns ?? table.columns.map((column) => column.name)
  const known = table.columns.filter((column) => asked.includes(column.name))
  const whole = columns === undefined
  const tells = (column: string) => !identities.has(`${table.oid} ${column}`) && tellsDefault(table, column)
  const unsure = whole ? [] : known.filter((column) => !tells(column.name)).map(({ name: one }) => one)
  const inserted = known.filter((column) => !unsure.includes(column.name))
  const triggers = new Map<string, string>()
  const given = (column: CatalogTable['columns'][number], before: string) => {
    const [cell, cast] = [`NEW.${quoteIdentifier(column.name)}`, incomparable.has(column.base) ? '::text' : '']
    return `${cell} IS NOT NULL${before === '' ? '' : ` AND ${cell}${cast} IS DISTINCT FROM ${before}${cast}`}`
  }
  const make = (trigger: string, event: string, conditions: readonly string[]) => {
    if (!whole && conditions.length === 0) return
    const when = whole ? '' : ` WHEN (${conditions.map((one) => `(${one})`).join(' OR ')})`
    const words = [mode, ...known.map((column) => column.name)].map((word) => quoteLiteral(word)).join(', ')
    triggers.set(
      trigger,
      `CREATE OR REPLACE TRIGGER ${trigger} AFTER ${event} ON ${table.sql} FOR EACH ROW${when} EXECUTE FUNCTION kept_store.undeclared(${words})`,
    )
  }
  make(
    INSERTED,
    'INSERT',
    inserted.map((column) => given(column, defaultOf(table, column.name))),
  )
  make(
    UPDATED,
    'UPDATE',
    known.map((column) => given(column, `OLD.${quoteIdentifier(column.name)}`)),
  )
  return [{ table, guarded: { table: name, columns: known.map((column) => column.name), unsure }, triggers }]
}

function tellsDefault(table: CatalogTable, column: string): boolean {
  const written = table.defaults.get(column)
  return written === undefined || steadyDefault.test(written)
}

/** Columns whose values come of themselves: table and column. */
async function readIdentities(pool: SqlPool): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ place: string }>(
    `SELECT attrelid::text || ' ' || attname AS place FROM pg_attribute WHERE attidentity <> ''`,
  )
  return new Set(rows.map(({ place }) => place))
}

function defaultOf(table: CatalogTable, column: string): string {
  const written = table.defaults.get(column)
  return written === undefined ? '' : `(${written})`
}

/** Triggers that stand: table → trigger → fingerprint of the statement that made it. */
async function readStanding(pool: SqlPool): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const { rows } = await pool.query<{ oid: string; name: string; made: string | null }>(
    `SELECT g.tgrelid::text AS oid, g.tgname AS name, obj_description(g.oid, 'pg_trigger') AS made
     FROM pg_trigger g WHERE g.tgname IN ($1, $2) AND NOT g.tgisinternal AND g.tgparentid = 0`,
    [INSERTED, UPDATED],
  )
  const standing = new Map<string, Map<string, string>>()
  for (const { oid, name, made } of rows) {
    const own = standing.get(oid) ?? new Map<string, string>()
    standing.set(oid, own.set(name, made ?? ''))
  }
  return standing
}

const fingerprint = (statement: string): string => createHash('sha256').update(statement).digest('hex')

function stands({ triggers }: Guard, standing: ReadonlyMap<string, string> | undefined): boolean {
  if (standing === undefined || standing.size !== triggers.size) return false
  return [...triggers].every(([trigger, statement]) => standing.get(trigger) === fingerprint(statement))
}

function renewal({ table, triggers }: Guard): string[] {
  const old = [INSERTED, UPDATED].filter((trigger) => !triggers.has(trigger))
  return [
    ...old.map((trigger) => `DROP TRIGGER IF EXISTS ${trigger} ON ${table.sql}`),
    ...[...triggers].flatMap(([trigger, statement]) => [
      statement,
      `COMMENT ON TRIGGER ${trigger} ON ${table.sql} IS ${quoteLiteral(fingerprint(statement))}`,
    ]),
  ]
}

const nameOf = (live: Catalog, oid: string): string => live.tables.find((table) => table.oid === oid)?.name ?? oid

function dropStatements(live: Catalog, oid: string): string[] {
  const table = live.tables.find((one) => one.oid === oid)
  if (table === undefined) return []
  return [INSERTED, UPDATED].map((trigger) => `DROP TRIGGER IF EXISTS ${trigger} ON ${table.sql}`)
}
