/** Vendors made to break Kept: any number of stores from SQL, policy and maps, with a checksum of every row of every table. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { runCommand } from '../../src/cli/run.ts'
import type { RequestDocument } from '../../src/requests/report.ts'
import { freshDatabase } from '../postgres.ts'

export interface Answer {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Rows of every table of a store as text: table → key (or the row itself) → the row. */
export type Rows = ReadonlyMap<string, readonly string[]>

/** What two states of a store differ in, by table; a changed row is one gone and one come. */
export type Difference = Record<string, { gone: string[]; come: string[] }>

export interface Adversary {
  readonly folder: string
  readonly urls: Readonly<Record<string, string>>
  readonly env: Record<string, string>
  query(store: string, text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>
  rows(store: string): Promise<Rows>
  run(words: readonly string[], env?: Record<string, string>): Promise<Answer>
  /** Runs an erasure or access with `--json`; `err` must be empty where a document is expected. */
  request(words: readonly string[], env?: Record<string, string>): Promise<RequestDocument & { code: number }>
  write(path: string, text: string): void
  close(): Promise<void>
}

export interface StoreOfVendor {
  readonly sql: string
  readonly map: string
}

/** Sets up a vendor; the map of store NAME finds its address in the variables `NAME` (upper case, `_` for `-`). */
export async function makeAdversary(
  name: string,
  policy: string,
  stores: Readonly<Record<string, StoreOfVendor>>,
): Promise<Adversary> {
  const folder = mkdtempSync(join(tmpdir(), 'kept-adversary-'))
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), policy)
  const urls: Record<string, string> = {}
  const env: Record<string, string> = { KEPT_DATABASE_URL: await freshDatabase(`adv_${name}_own`) }
  const pools: Record<string, pg.Pool> = {}
  for (const [store, { sql, map }] of Object.entries(stores)) {
    const url = await freshDatabase(`adv_${name}_${store}`)
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    pool.on('error', () => undefined)
    await pool.query(sql)
    pools[store] = pool
    urls[store] = url
    env[store.toUpperCase().replaceAll('-', '_')] = url
    writeFileSync(join(folder, 'stores', `${store}.yaml`), map)
  }
  const run = async (words: readonly string[], more: Record<string, string> = {}): Promise<Answer> => {
    let out = ''
    let err = ''
    const code = await runCommand(words, {
      cwd: folder,
      env: { ...env, ...more },
      interactive: false,
      out: (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
    })
    return { code, out, err }
  }
  const query = async (store: string, text: string, values: readonly unknown[] = []) =>
    ((await pools[store]?.query(text, [...values]))?.rows ?? []) as Record<string, unknown>[]
  return {
    folder,
    urls,
    env,
    query,
    rows: (store) => rowsOf((text) => query(store, text)),
    run,
    request: async (words, more) => {
      const { code, out, err } = await run(['request', ...words, '--json'], more)
      if (!out.includes('"stores"')) throw new Error(`no document, code ${code}: ${out}${err}`)
      return { ...(JSON.parse(out) as RequestDocument), code }
    },
    write: (path, text) => writeFileSync(join(folder, path), text),
    close: async () => {
      for (const pool of Object.values(pools)) await pool.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const TABLES = `SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)' AND n.nspname <> 'kept' ORDER BY 1`

async function rowsOf(query: (text: string) => Promise<Record<string, unknown>[]>): Promise<Rows> {
  const rows = new Map<string, readonly string[]>()
  for (const { name } of await query(TABLES)) {
    const found = await query(`SELECT t::text AS row FROM ONLY ${name} t ORDER BY 1`)
    rows.set(
      String(name),
      found.map(({ row }) => String(row)),
    )
  }
  const objects = await query(
    'SELECT loid::text || encode(lo_get(loid), $$escape$$) AS row FROM (SELECT oid AS loid FROM pg_largeobject_metadata) o ORDER BY 1',
  )
  rows.set(
    'large objects',
    objects.map(({ row }) => String(row)),
  )
  return rows
}

export function differenceOf(before: Rows, after: Rows): Difference {
  const difference: Difference = {}
  for (const table of new Set([...before.keys(), ...after.keys()])) {
    const gone = without(before.get(table) ?? [], after.get(table) ?? [])
    const come = without(after.get(table) ?? [], before.get(table) ?? [])
    if (gone.length + come.length > 0) difference[table] = { gone, come }
  }
  return difference
}

/** The first list less the second, counting repeated rows. */
function without(all: readonly string[], less: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const row of less) left.set(row, (left.get(row) ?? 0) + 1)
  return all.filter((row) => {
    const count = left.get(row) ?? 0
    if (count > 0) left.set(row, count - 1)
    return count === 0
  })
}

/** Rows in which one of the words stands, in any letter case, also behind base64 and hex at the cell's start. */
export function rowsWith(rows: Rows, words: readonly string[]): string[] {
  const found: string[] = []
  for (const [table, lines] of rows) {
    for (const line of lines) {
      const spellings = [line, ...decodings(line)].map((text) => text.toLowerCase())
      if (words.some((word) => spellings.some((text) => text.includes(word.toLowerCase()))))
        found.push(`${table} ${line}`)
    }
  }
  return found
}

function decodings(line: string): string[] {
  const hex = [...line.matchAll(/\\x([0-9a-f]{8,})/g)].map(([, digits]) => Buffer.from(digits ?? '', 'hex').toString())
  const base64 = [...line.matchAll(/[A-Za-z0-9+/]{12,}={0,2}/g)].map(([text]) => Buffer.from(text, 'base64').toString())
  return [
    ...hex,
    ...base64,
    line.replaceAll(/=([0-9A-F]{2})/g, (_, pair: string) => String.fromCharCode(Number.parseInt(pair, 16))),
  ]
}
