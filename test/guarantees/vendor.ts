/** A small vendor on real PostgreSQL for the tests of the nine guarantees: a policy, one or more stores, their people. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { runCommand } from '../../src/cli/run.ts'
import type { Store } from '../../src/connector.ts'
import { caseOf } from '../../src/requests/case.ts'
import { approve, present } from '../../src/requests/decide.ts'
import type { Engine } from '../../src/requests/engine.ts'
import { receive } from '../../src/requests/receive.ts'
import type { AskedIdentity } from '../../src/requests/sealed.ts'
import { type Workspace, withWorkspace } from '../../src/workspace/workspace.ts'
import { freshDatabase } from '../postgres.ts'

export const POLICY = `kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr, uk-gdpr]
data:
  email:   { is: pd:EmailAddress }
  name:    { is: pd:Name }
  phone:   { is: pd:TelephoneNumber }
  message: { is: pd:Communication, words: what you write to us }
  invoice: { is: pd:Financial }
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, phone, message] }
  billing: { is: dpv:FulfilmentOfContractualObligation, basis: eu-gdpr:A6-1-c, uses: [name, invoice] }
collection:
  support-form: { from: subject, data: [email, name, message], needed: [email, message], for: [support] }
retention:
  tickets: { data: [message], for: support, keep: P24M, from: last-contact, then: erase }
rights:
  access:  { within: P1M }
  erasure:
    within: P1M
    except:
      tax: { data: [invoice], law: gb-tax, keep: P6Y, from: invoice-date }
`

export function storeMap(store: string, variable: string): string {
  return `store: ${store}
connect: { read: env:${variable}, execute: env:${variable} }
country: GB
zone: UTC
tables:
  users:
    person: { key: { email: email, id: id }, hint: { phone: phone, name: name } }
    fields:
      email: { is: email, erase: pseudonym }
      name: { is: name, erase: clear }
      phone: { is: phone, erase: clear }
      note: none
  tickets:
    for: support
    clock: { last-contact: updated }
    people:
      requester: { key: user_id, to: users.id, erase: row }
    fields:
      subject: { is: message, erase: redact }
  messages:
    for: support
    people:
      author: { key: author_id, to: users.id, erase: part }
    fields:
      ticket_id: none
      body: { is: message, erase: redact }
  invoices:
    for: billing
    clock: { invoice-date: day }
    people:
      payer: { key: user_id, to: users.id, erase: part }
    fields:
      total: { is: invoice, keep: tax }
`
}

export const SCHEMA = `
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE NOT NULL, name text, phone text, note text);
CREATE TABLE tickets (id bigint PRIMARY KEY, user_id bigint, subject text, updated timestamptz DEFAULT now());
CREATE TABLE messages (id bigint PRIMARY KEY, ticket_id bigint, author_id bigint, body text);
CREATE TABLE invoices (id bigint PRIMARY KEY, user_id bigint, total numeric, day date);
CREATE INDEX ON tickets (user_id);
CREATE INDEX ON messages (author_id);
CREATE INDEX ON invoices (user_id);
`

/** `people` users with one ticket, two messages and one invoice each; person N is \`personN@example.org\`. */
export function peopleSql(people: number): string {
  return `
INSERT INTO users SELECT i, 'person' || i || '@example.org', 'Given' || i || ' Family' || i, '+44 20 7946 ' || lpad(i::text, 4, '0'), NULL FROM generate_series(1, ${people}) i;
INSERT INTO tickets SELECT 10000 + i, i, 'Help for person' || i || '@example.org' FROM generate_series(1, ${people}) i;
INSERT INTO messages SELECT 20000 + i, 10000 + i, i, 'I am Given' || i || ' Family' || i FROM generate_series(1, ${people}) i;
INSERT INTO messages SELECT 30000 + i, 10000 + i, i, 'write to person' || i || '@example.org' FROM generate_series(1, ${people}) i;
INSERT INTO invoices SELECT 40000 + i, i, 10 * i, date '2025-03-01' FROM generate_series(1, ${people}) i;
`
}

export interface Vendor {
  readonly folder: string
  readonly env: Record<string, string>
  /** Address of the store \`helpdesk\`. */
  readonly url: string
  query(text: string): Promise<Record<string, unknown>[]>
  /** Opens the engine the way the command line does. */
  open<T>(use: (workspace: Workspace) => Promise<T>): Promise<T>
  /** Runs a command line in this process: quicker. */
  call(words: readonly string[], env?: Record<string, string>): Promise<Ran>
  /** Runs a command line in a process of its own. */
  run(words: readonly string[], env?: Record<string, string>): Promise<Ran>
  close(): Promise<void>
}

export interface Ran {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
}

export interface VendorOptions {
  readonly people?: number
  readonly sql?: string
  /** Kept's own database inside the process instead of on the server. */
  readonly embedded?: boolean
  readonly map?: (text: string) => string
}

/** Sets the vendor up in a new database and a new folder. */
export async function makeVendor(name: string, options: VendorOptions = {}): Promise<Vendor> {
  const folder = mkdtempSync(join(tmpdir(), 'kept-vendor-'))
  const url = await freshDatabase(name)
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), POLICY)
  const map = storeMap('helpdesk', 'HELPDESK')
  writeFileSync(join(folder, 'stores', 'helpdesk.yaml'), options.map ? options.map(map) : map)
  const pool = new pg.Pool({ connectionString: url, max: 3 })
  pool.on('error', () => undefined)
  await pool.query(SCHEMA + peopleSql(options.people ?? 5) + (options.sql ?? ''))
  const own = options.embedded ? {} : { KEPT_DATABASE_URL: await freshDatabase(`${name}_own`) }
  const env: Record<string, string> = { HELPDESK: url, ...own }
  return {
    folder,
    env,
    url,
    query: async (text) => (await pool.query(text)).rows as Record<string, unknown>[],
    open: (use) => {
      const terminal = { cwd: folder, env, interactive: false, out: () => {}, err: () => {} }
      return withWorkspace(terminal, { policy: 'kept.yaml', data: '.kept' }, {}, use)
    },
    call: async (words, more = {}) => {
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
      return { code, signal: null, out, err }
    },
    run: (words, more = {}) => runCli(words, folder, { ...env, ...more }),
    close: async () => {
      await pool.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname

export function runCli(words: readonly string[], cwd: string, env: Record<string, string>): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [MAIN, ...words], {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    child.on('error', fail)
    child.on('close', (code, signal) => done({ code, signal, out, err }))
  })
}

/** The same engine with its stores changed: how a test breaks a guarantee on purpose. */
export function sabotaged(engine: Engine, change: (store: Store) => Partial<Store>): Engine {
  return {
    ...engine,
    retryWaitsMs: [10, 20],
    stores: engine.stores.map((store) => {
      const changed = change(store)
      return new Proxy(store, {
        get(target, name) {
          if (name in changed) return Reflect.get(changed, name)
          const value: unknown = Reflect.get(target, name, target)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    }),
  }
}

/** Receives and approves an erasure of these identities; ready to be carried out. */
export async function approvedErasure(engine: Engine, ...identities: AskedIdentity[]): Promise<string> {
  const [record] = await receive(engine, [{ kind: 'erasure', identities }])
  const id = record?.id ?? ''
  const [shown] = await present(engine, [await caseOf(engine, id)])
  await approve(engine, id, { by: 'jo', seen: shown?.sealed.shown?.hash ?? '' })
  return id
}

/** Checksum of every row of a table, so that the untouched can be told from the touched. */
export async function checksums(vendor: Vendor, table: string, where = 'true'): Promise<Map<string, string>> {
  const rows = await vendor.query(
    `SELECT t.id::text AS id, md5(t::text) AS sum FROM ${table} t WHERE ${where} ORDER BY 1`,
  )
  return new Map(rows.map((row) => [String(row.id), String(row.sum)]))
}
