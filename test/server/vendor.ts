/** A vendor with one PostgreSQL store and a running server of Kept before it, on a free port. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { LogLine } from '../../src/server/log.ts'
import { readConfiguration } from '../../src/server/read-configuration.ts'
import { type RunningServer, type ServeOptions, startServer } from '../../src/server/serve.ts'
import type { Role, Staff, StaffOf } from '../../src/server/who.ts'
import { openSql } from '../../src/sql/open.ts'
import type { SqlPool } from '../../src/sql/sql.ts'
import { freshDatabase } from '../postgres.ts'
import { MAP, POLICY, SCHEMA } from './served-policy.ts'

/** Roles of the staff whose tokens the tests send: `Bearer agent`, `Bearer auditor` …; all of them have confirmed just now. */
export const testStaff: StaffOf = async (request) => {
  const token = /^Bearer ([a-z-]+)(:stale)?(?:@([a-z]+))?$/.exec(request.headers.get('authorization') ?? '')
  if (token === null) return undefined
  const [, role = '', stale, tenant = 'main'] = token
  const staff: Staff = { id: `${role}-1`, name: role, roles: { [tenant]: [role as Role] } }
  return stale === undefined ? { ...staff, confirmedAt: new Date() } : staff
}

export interface ServedVendor {
  readonly folder: string
  readonly store: SqlPool
  readonly env: Record<string, string>
  readonly server: RunningServer
  readonly lines: LogLine[]
  /** One request as staff of this role; `body` goes as JSON. */
  call(role: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Called>
  /** Ends the server and starts it anew on the same folder. */
  restart(): Promise<void>
}

export interface Called {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Record<string, unknown>
}

const undo: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** A folder with the policy, its map, and a store with `people` users, two tickets each. */
export async function layVendor(people = 3): Promise<{ folder: string; store: SqlPool; env: Record<string, string> }> {
  const folder = mkdtempSync(join(tmpdir(), 'kept-served-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  const url = await freshDatabase('served')
  const store = await openSql(url)
  undo.push(() => store.close())
  await store.query(SCHEMA)
  await store.query(
    `INSERT INTO users SELECT n, 'person' || n || '@example.org', 'Person ' || n, now() FROM generate_series(1, ${people}) n`,
  )
  await store.query(
    `INSERT INTO tickets SELECT n * 10 + t, n, 'ticket of person' || n || '@example.org', now() FROM generate_series(1, ${people}) n, generate_series(1, 2) t`,
  )
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), POLICY)
  writeFileSync(join(folder, 'stores', 'helpdesk.yaml'), MAP)
  return { folder, store, env: { HELPDESK: url } }
}

/** Serves a vendor: `mode` says where Kept's own tables lie. */
export async function serveVendor(
  mode: 'embedded' | 'server',
  more: Partial<ServeOptions> & { readonly people?: number } = {},
): Promise<ServedVendor> {
  const { people, ...options } = more
  const { folder, store, env } = await layVendor(people)
  if (mode === 'server') {
    env.KEPT_DATABASE_URL = await freshDatabase('own')
    env.KEPT_KEYS = join(folder, 'keys')
  }
  const lines: LogLine[] = []
  const start = async () => {
    const configuration = await readConfiguration(folder, undefined, env, {
      policy: 'kept.yaml',
      data: '.kept',
      port: 0,
    })
    return startServer({
      surroundings: { cwd: folder, env, err: () => undefined },
      configuration,
      log: (line) => {
        lines.push(line)
      },
      staffOf: testStaff,
      ...options,
    })
  }
  const running = { server: await start() }
  undo.push(() => running.server.close())
  return {
    folder,
    store,
    env,
    lines,
    get server() {
      return running.server
    },
    call: async (role, method, path, body, headers = {}) => {
      const response = await fetch(`${running.server.address}${path}`, {
        method,
        headers: {
          ...(role === '' ? {} : { authorization: `Bearer ${role}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const isJson = /json/.test(response.headers.get('content-type') ?? '')
      return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} }
    },
    restart: async () => {
      await running.server.close()
      running.server = await start()
    },
  }
}

/** Asks again until it holds; a bound only for what never comes. */
export async function until<T>(look: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  for (let tries = 0; tries < seconds * 10; tries += 1) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('it did not come')
}
