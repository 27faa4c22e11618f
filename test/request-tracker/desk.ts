// A help desk of real shape: the database that Request Tracker itself filled, and two roles with the least rights.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { runCommand } from '../../src/cli/run.ts'
import type { RequestDocument } from '../../src/requests/report.ts'
import { freshDatabase, loadDump } from '../postgres.ts'

const root = new URL('../../', import.meta.url)
export const fixture = new URL('../shared/fixtures/request-tracker/', root)
export const example = new URL('examples/request-tracker/', root)

export interface Desk {
  readonly sql: pg.Client
  /** Runs `kept` with `--json` on the example's policy, reading and executing by the two roles. */
  kept(...words: string[]): Promise<{ code: number; document: unknown }>
  request(...words: string[]): Promise<{ code: number; document: RequestDocument }>
  readonly folder: string
  close(): Promise<void>
}

/** MD5 of every row of every table by its place in key order; a table without a key by its `id`. */
export async function checksums(sql: pg.Client): Promise<Map<string, Map<string, string>>> {
  const tables = await sql.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  )
  const sums = new Map<string, Map<string, string>>()
  for (const { name } of tables.rows) {
    const { rows } = await sql.query<{ id: string; sum: string }>(
      `SELECT id::text AS id, md5(t::text) AS sum FROM ${pg.escapeIdentifier(name)} t`,
    )
    sums.set(name, new Map(rows.map((row) => [row.id, row.sum])))
  }
  return sums
}

/** Rows that are not what they were: by table, their ids in order; removed and added rows included. */
export function changedRows(
  before: ReadonlyMap<string, ReadonlyMap<string, string>>,
  after: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Record<string, number[]> {
  const changed: Record<string, number[]> = {}
  for (const [table, rows] of before) {
    const now = after.get(table) ?? new Map<string, string>()
    const ids = [...new Set([...rows.keys(), ...now.keys()])].filter((id) => rows.get(id) !== now.get(id))
    if (ids.length > 0) changed[table] = ids.map(Number).sort((one, other) => one - other)
  }
  return changed
}

export async function openDesk(): Promise<Desk> {
  const url = await freshDatabase('request_tracker')
  await loadDump(url, fileURLToPath(new URL('database.sql', fixture)))
  const sql = new pg.Client({ connectionString: url })
  await sql.connect()
  // The roles belong to the whole server: names of this run's own, so that a lent server is left as it was.
  const mark = randomBytes(4).toString('hex')
  const roles = { read: `kept_read_${mark}`, execute: `kept_execute_${mark}` }
  const script = readFileSync(new URL('roles.sql', example), 'utf8')
  await sql.query("SET search_path = ''; SET search_path = public")
  await sql.query(script.replaceAll('kept_read', roles.read).replaceAll('kept_execute', roles.execute))
  const as = async (role: string): Promise<string> => {
    const password = randomBytes(12).toString('hex')
    await sql.query(`ALTER ROLE ${role} PASSWORD '${password}'`)
    const address = new URL(url)
    address.username = role
    address.password = password
    return address.href
  }
  const folder = mkdtempSync(join(tmpdir(), 'kept-request-tracker-'))
  const env = { RT_READ: await as(roles.read), RT_EXECUTE: await as(roles.execute) }
  const kept = async (...words: string[]) => {
    let out = ''
    let err = ''
    const options = ['--policy', fileURLToPath(new URL('kept.yaml', example)), '--data', join(folder, 'data'), '--json']
    const code = await runCommand([...words, ...options], {
      cwd: folder,
      env,
      interactive: false,
      out: (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
    })
    if (out === '') throw new Error(`kept ${words.slice(0, 2).join(' ')} said nothing and answered ${code}: ${err}`)
    return { code, document: JSON.parse(out) as unknown }
  }
  return {
    sql,
    kept,
    request: async (...words) => {
      const { code, document } = await kept('request', ...words)
      return { code, document: document as RequestDocument }
    },
    folder,
    async close() {
      for (const role of Object.values(roles)) await sql.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
      await sql.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
