import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type KeptDatabase, openDatabase } from '../src/database/open.ts'
import { openSql } from '../src/sql/open.ts'
import type { SqlPool } from '../src/sql/sql.ts'

const source = fileURLToPath(new URL('./larkspur', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))

/** The stores of the vendor, each an embedded PostgreSQL of its own. */
export const storeNames = ['shop', 'helpdesk'] as const

/** The prose, what was read and decided of it, and the policy that came of both. */
const policyFiles = ['privacy.md', 'privacy.sentences.json', 'kept.review.yaml', 'kept.yaml', 'kept.de.yaml'] as const

export interface Vendor {
  /** Where everything lies: policy, maps, databases, what was written. */
  readonly folder: string
  /** The same as a person would type it from the checkout. */
  readonly shown: string
  readonly data: string
  readonly out: string
  readonly database: KeptDatabase
  close(): Promise<void>
}

/** Lays the vendor down afresh: policy and maps to edit, two databases with people in them, Kept's own database. */
export async function layVendor(asked?: string): Promise<Vendor> {
  const folder = asked === undefined ? join(root, 'larkspur') : resolve(asked)
  const data = join(folder, '.kept')
  // The lock comes first: whoever still runs on this folder is named, and nothing of theirs is touched.
  mkdirSync(data, { recursive: true })
  const database = await openDatabase({ directory: data, controller: 'Larkspur Garden Tools Ltd' })
  for (const name of [...policyFiles, 'stores', 'connections', 'databases', 'out']) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
  for (const name of policyFiles) cpSync(join(source, name), join(folder, name))
  cpSync(join(source, 'stores'), join(folder, 'stores'), { recursive: true })
  mkdirSync(join(folder, 'connections'), { mode: 0o700 })
  mkdirSync(join(folder, 'databases'))
  mkdirSync(join(folder, 'out'))
  // Kept open until the end: each command finds them running instead of starting them again.
  const stores = await Promise.all(storeNames.map((name) => loadStore(folder, name)))
  return {
    folder,
    shown: relative(process.cwd(), folder) || '.',
    data,
    out: join(folder, 'out'),
    database,
    close: async () => {
      for (const store of stores) await store.close()
      await database.close()
    },
  }
}

async function loadStore(folder: string, name: (typeof storeNames)[number]): Promise<SqlPool> {
  const url = `pglite:${join(folder, 'databases', name)}`
  const sql = await openSql(url)
  await sql.query(readFileSync(join(source, `${name}.sql`), 'utf8'))
  writeFileSync(join(folder, 'connections', name), url, { mode: 0o600 })
  return sql
}
