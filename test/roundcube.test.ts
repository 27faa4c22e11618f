// A provider's webmail on MariaDB, filled by Roundcube itself: copied, erased everywhere, proven; everybody else untouched.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Connection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import type { RequestDocument } from '../src/requests/report.ts'
import { connectTo, type MariaDbServer, startMariaDb } from './mariadb.ts'
import { serverRan } from './postgres.ts'

const fixture = fileURLToPath(new URL('../../shared/fixtures/roundcube/database.sql', import.meta.url))
const there = existsSync(fixture)
if (!there) console.log('skipped: the Roundcube database is not at ../shared/fixtures/roundcube')
const server: MariaDbServer | undefined = there ? await startMariaDb() : undefined
if (server !== undefined) serverRan(server.version)

type Rows = Map<string, Record<string, unknown>>

describe.runIf(server !== undefined)('a provider’s Roundcube on MariaDB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kept-roundcube-'))
  let sql: Connection
  let env: Record<string, string>

  beforeAll(async () => {
    const url = (await server?.database('roundcube')) ?? ''
    await server?.load(url, fixture)
    sql = await connectTo(url)
    env = {
      RC_READ: (await server?.account(url, 'kept_read', 'SELECT, TRIGGER')) ?? '',
      RC_EXECUTE: (await server?.account(url, 'kept_execute', 'SELECT, UPDATE, DELETE, INSERT, CREATE, TRIGGER')) ?? '',
    }
  }, 60_000)
  afterAll(async () => {
    await sql?.end()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function kept(...words: string[]): Promise<{ code: number; document: RequestDocument }> {
    let out = ''
    let err = ''
    const policy = fileURLToPath(new URL('roundcube/kept.yaml', import.meta.url))
    const code = await runCommand([...words, '--policy', policy, '--data', join(folder, 'data'), '--json'], {
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
    if (out === '') throw new Error(`kept ${words.join(' ')} said nothing and answered ${code}: ${err}`)
    return { code, document: JSON.parse(out) as RequestDocument }
  }

  /** Every row of every table, by the text of its primary key. */
  async function everything(): Promise<Map<string, Rows>> {
    const [keys] = await sql.query(
      `SELECT TABLE_NAME AS name, GROUP_CONCAT(COLUMN_NAME ORDER BY ORDINAL_POSITION) AS columns FROM information_schema.KEY_COLUMN_USAGE
       WHERE TABLE_SCHEMA = DATABASE() AND CONSTRAINT_NAME = 'PRIMARY' AND TABLE_NAME <> 'kept_store_marker' GROUP BY TABLE_NAME`,
    )
    const result = new Map<string, Rows>()
    for (const { name, columns } of keys as { name: string; columns: string }[]) {
      const [rows] = await sql.query(`SELECT * FROM \`${name}\``)
      const key = columns.split(',')
      result.set(
        name,
        new Map((rows as Record<string, unknown>[]).map((row) => [key.map((one) => row[one]).join('/'), row])),
      )
    }
    return result
  }

  it('has a map that declares every table and column, and tells of one that nobody declared', async () => {
    const codes = async () =>
      [...JSON.stringify((await kept('check')).document).matchAll(/"code":"([^"]+)"/g)].map((match) => match[1])
    // Sessions lead to nobody: their cells are searched for mentions.
    expect(await codes()).toEqual(['store.unreachable-table'])
    await sql.query('ALTER TABLE users ADD nickname varchar(40)')
    expect(await codes()).toContain('store.undeclared-column')
    await sql.query('ALTER TABLE users DROP nickname')
  })

  it('erases the account, its identities and its cards in others’ books, and nobody else', {
    timeout: 120_000,
  }, async () => {
    const before = await everything()
    const identity = ['--identity', 'email=marta.kowalczyk@example.org', '--identity', 'name=Marta Zielińska']
    const asked = await kept('request', 'erasure', ...identity)
    expect(asked.document.stores[0]?.obstacles).toEqual([])
    expect(asked.document.state).toBe('awaiting-approval')
    const { document } = await kept('request', 'approve', asked.document.id, '--by', 'jo')
    const after = await everything()
    const gone: Record<string, string[]> = {}
    const changed: Record<string, string[]> = {}
    for (const [table, rows] of before) {
      for (const [key, row] of rows) {
        const now = after.get(table)?.get(key)
        const list = now === undefined ? gone : JSON.stringify(now) === JSON.stringify(row) ? undefined : changed
        if (list !== undefined) list[table] = [...(list[table] ?? []), key]
      }
    }
    const ofHer = (table: string, id = 'user_id') =>
      [...(before.get(table) ?? [])].filter(([, row]) => row[id] === 1).map(([key]) => key)
    expect(gone).toEqual(
      Object.fromEntries(
        [
          'cache',
          'cache_index',
          'cache_messages',
          'collected_addresses',
          'contactgroups',
          'contacts',
          'identities',
          'responses',
          'users',
        ]
          .map((table) => [table, ofHer(table)] as const)
          .filter(([, keys]) => keys.length > 0),
      ),
    )
    // Mail and cards of others that name her, and no row of a namesake.
    expect(changed).toEqual({
      cache_messages: ['10/Sent/6', '10/Sent/7', '11/INBOX/8', '11/Sent/7', '12/Sent/3', '20/Sent/8'],
      contacts: ['12', '25', '42', '48', '54', '88', '130', '235', '248'],
    })
    const card = after.get('contacts')?.get('12')
    expect(card).toMatchObject({ name: '', firstname: '', surname: '', vcard: null, words: null, user_id: 3 })
    expect(card?.email).toMatch(/^[0-9a-f]{24}@erased\.invalid$/)
    // Her session is found where no row leads to her: it holds the request open until she is signed out.
    const held = document.proof?.residual.filter((one) => one.class !== 'other-person') ?? []
    expect(held.map((one) => `${one.class} ${one.table}.${one.column} ${one.encoding}`)).toEqual([
      'ambiguous session.vars base64',
    ])
    expect(document.state).toBe('open')
    await sql.query('DELETE FROM session WHERE sess_id = ?', [JSON.parse(held[0]?.key ?? '[]')[0]])
    const closed = await kept('request', 'resume', document.id)
    expect({ code: closed.code, state: closed.document.state }).toEqual({ code: 0, state: 'done' })
  })
})
