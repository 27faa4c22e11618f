import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'
import { Fault } from '../language/fault.ts'
import { quoteIdentifier, type SqlPool, type SqlSession } from '../sql/sql.ts'
import { migrate, migrations } from './migrations.ts'

/** A backup: gzip of lines. The header, then each table's name and rows as JSON, then how many rows there were. */
const header = z.strictObject({
  'kept-backup': z.literal(1),
  schema: z.int().min(1),
  at: z.iso.datetime(),
  logs: z.array(z.strictObject({ controller: z.string(), size: z.int().min(0) })),
})

export interface BackupSummary {
  readonly at: string
  /** Schema version of Kept's own database when it was written. */
  readonly schema: number
  readonly tables: number
  readonly rows: number
  /** How far the evidence log of each controller goes. */
  readonly logs: readonly { readonly controller: string; readonly size: number }[]
}

const ROWS_AT_ONCE = 500
/** The journal's place belongs to the journal file beside the database; sessions and answers are over in a day. */
const LEFT_OUT = new Set(['schema_version', 'journal', 'answer', 'staff_session', 'staff_challenge', 'staff_throttle'])

/**
 * Writes all of Kept's own tables as of one instant into a file that appears when it is whole. Keys are not in it: who has
 * both can unseal what is not closed. Bounded memory.
 */
export async function writeBackup(pool: SqlPool, out: string, now: Date): Promise<BackupSummary> {
  const unfinished = `${out}.unfinished`
  const counts = { tables: 0, rows: 0 }
  try {
    return await pool.transaction({ isolation: 'repeatable read', readOnly: true }, async (session) => {
      const { rows: versions } = await session.query('SELECT max(version)::int AS schema FROM kept.schema_version')
      const { rows: logs } = await session.query(
        'SELECT controller, size::int AS size FROM kept.log ORDER BY controller',
      )
      const head = header.parse({ 'kept-backup': 1, schema: versions[0]?.schema, at: now.toISOString(), logs })
      const lines = Readable.from(backupLines(session, head, counts))
      await pipeline(lines, createGzip(), createWriteStream(unfinished, { mode: 0o600, flags: 'wx' }))
      const handle = await open(unfinished, 'r+')
      await handle.sync().finally(() => handle.close())
      await rename(unfinished, out)
      return { at: head.at, schema: head.schema, ...counts, logs: head.logs }
    })
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

async function* backupLines(
  session: SqlSession,
  head: z.infer<typeof header>,
  counts: { tables: number; rows: number },
): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`
  for (const table of await tablesInOrder(session)) {
    counts.tables += 1
    yield `${JSON.stringify({ table })}\n`
    const text = `SELECT row_to_json(one)::text AS line FROM kept.${quoteIdentifier(table)} AS one`
    for await (const batch of session.cursor<{ line: string }>(text, [], ROWS_AT_ONCE)) {
      counts.rows += batch.length
      // A row is one line: JSON writes every line break inside a text as \n.
      yield batch.map(({ line }) => `${line.replaceAll('\n', ' ')}\n`).join('')
    }
  }
  yield `${JSON.stringify({ end: counts.rows })}\n`
}

/** Every table of the schema; one that is referred to stands before those that refer to it. */
async function tablesInOrder(session: SqlSession): Promise<string[]> {
  const { rows: tables } = await session.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'kept'::regnamespace AND relkind = 'r' ORDER BY relname`,
  )
  const { rows: keys } = await session.query<{ table: string; refers: string }>(
    `SELECT c.relname AS table, r.relname AS refers FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
      WHERE k.contype = 'f' AND k.connamespace = 'kept'::regnamespace AND k.conrelid <> k.confrelid`,
  )
  const ordered: string[] = []
  const place = (name: string): void => {
    if (ordered.includes(name)) return
    for (const { refers } of keys.filter(({ table }) => table === name)) place(refers)
    ordered.push(name)
  }
  for (const { name } of tables) place(name)
  return ordered.filter((name) => !LEFT_OUT.has(name))
}

/**
 * Puts a backup into a database that has no log yet, in one transaction, and brings its schema up to date. Faults
 * `backup.unreadable`, `backup.not-empty`, `database.newer`.
 */
export async function restoreBackup(pool: SqlPool, file: string): Promise<BackupSummary> {
  const lines = linesOf(file)
  const first = await lines.next()
  const read = header.safeParse(first.done ? undefined : jsonOf(first.value))
  if (!read.success) throw unreadable(file)
  const head = read.data
  if (head.schema > migrations.length) throw newer(head.schema)
  const { rows: found } = await pool.query(
    `SELECT to_regclass('kept.log') IS NOT NULL AS made, to_regclass('kept.schema_version') IS NOT NULL AS begun`,
  )
  if (found[0]?.made === true) {
    const { rows } = await pool.query('SELECT count(*)::int AS logs FROM kept.log')
    if (rows[0]?.logs !== 0) throw notEmpty()
    await pool.query('DROP SCHEMA kept CASCADE')
  }
  await migrate(pool, migrations.slice(0, head.schema))
  const summary = await pool.transaction({}, (session) => load(session, head, lines, file))
  await migrate(pool)
  return summary
}

async function load(
  session: SqlSession,
  head: z.infer<typeof header>,
  lines: AsyncGenerator<string>,
  file: string,
): Promise<BackupSummary> {
  const known = new Set(await tablesInOrder(session))
  let table: string | undefined
  let batch: string[] = []
  const counts = { tables: 0, rows: 0 }
  const flush = async () => {
    if (table === undefined || batch.length === 0) return
    const name = quoteIdentifier(table)
    await session.query(
      `INSERT INTO kept.${name} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::kept.${name}, $1::json)`,
      [`[${batch.join(',')}]`],
    )
    counts.rows += batch.length
    batch = []
  }
  for await (const line of lines) {
    if (line.startsWith('{"table":') || line.startsWith('{"end":')) {
      await flush()
      const mark = jsonOf(line) as { readonly table?: unknown; readonly end?: unknown } | undefined
      if (mark?.end !== undefined) {
        if (mark.end !== counts.rows) throw unreadable(file)
        await advanceNumbers(session)
        return { at: head.at, schema: head.schema, ...counts, logs: head.logs }
      }
      table = String(mark?.table)
      if (!known.has(table)) throw unreadable(file)
      counts.tables += 1
    } else {
      batch.push(line)
      if (batch.length === ROWS_AT_ONCE) await flush()
    }
  }
  throw unreadable(file)
}

/** Columns that count up by themselves go on after the highest that was restored. */
async function advanceNumbers(session: SqlSession): Promise<void> {
  const { rows } = await session.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
      WHERE table_schema = 'kept' AND is_identity = 'YES'`,
  )
  for (const { table, column } of rows) {
    await session.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), coalesce(max(${quoteIdentifier(column)}), 0) + 1, false)
        FROM kept.${quoteIdentifier(table)}`,
      [`kept.${quoteIdentifier(table)}`, column],
    )
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Number.POSITIVE_INFINITY })
  } catch {
    throw unreadable(file)
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function unreadable(file: string): Fault {
  return new Fault({
    code: 'backup.unreadable',
    what: 'The file is no backup of Kept, or not whole.',
    mend: 'Give a file that `kept backup` wrote.',
    where: { file },
  })
}

function notEmpty(): Fault {
  return new Fault({
    code: 'backup.not-empty',
    what: 'There is a database of Kept here already, and a backup never overwrites one.',
    mend: 'Name a new folder with --data, or a new database with KEPT_DATABASE_URL.',
  })
}

function newer(schema: number): Fault {
  return new Fault({
    code: 'database.newer',
    what: `The backup has schema version ${schema}; this release knows up to ${migrations.length}.`,
    mend: 'Restore it with the newer release of Kept that wrote it.',
  })
}
