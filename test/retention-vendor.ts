/** A vendor on real PostgreSQL whose terms can be let pass: a clock of the test's own decides what day it is. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { openPostgres } from '../src/connectors/postgres/index.ts'
import { openDatabase } from '../src/database/open.ts'
import { compilePlan } from '../src/policy/plan.ts'
import { readPolicyBytes } from '../src/policy/policy.ts'
import { readStoreMapBytes } from '../src/policy/stores.ts'
import type { Retention } from '../src/retention/retention.ts'
import { openSql } from '../src/sql/open.ts'
import type { SqlPool } from '../src/sql/sql.ts'
import { freshDatabase } from './postgres.ts'

export const POLICY = `kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr, uk-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  message: { is: pd:Communication, words: what you write to us }
  invoice: { is: pd:Financial }
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, message] }
  billing: { is: dpv:FulfilmentOfContractualObligation, basis: eu-gdpr:A6-1-c, uses: [name, invoice] }
retention:
  tickets: { data: [message], for: support, keep: P24M, from: last-contact, then: erase }
  accounts: { data: [email, name], for: support, keep: P3Y, from: last-activity, then: erase }
rights:
  access: { within: P1M }
  erasure: { within: P1M, except: { tax: { data: [invoice], law: gb-tax, keep: P6Y, from: invoice-date } } }
`

export const MAP = `store: helpdesk
connect: { read: env:HELPDESK, execute: env:HELPDESK }
country: GB
zone: Europe/London
copies: { nightly: { keep: P30D } }
tables:
  users:
    for: support
    clock: { last-activity: seen }
    person: { key: { email: email, id: id } }
    fields: { email: { is: email, erase: pseudonym }, name: { is: name } }
  tickets:
    for: support
    clock: { last-contact: updated }
    people: { requester: { key: user_id, to: users.id, erase: row } }
    fields: { subject: { is: message } }
`

export const SCHEMA = `
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE NOT NULL, name text, seen timestamptz);
CREATE TABLE tickets (id bigint PRIMARY KEY, user_id bigint REFERENCES users, subject text, updated timestamp);
`

export interface RetentionVendor {
  readonly url: string
  readonly sql: SqlPool
  readonly retention: Retention & { readonly records: Awaited<ReturnType<typeof openDatabase>> }
  /** From now on it is this day, at noon. */
  day(day: string): void
  numbers(text: string): Promise<number[]>
  close(): Promise<void>
}

/** Opens policy, map, store and Kept's own embedded database over the database at `url`, filled with `sql`. */
export async function openRetention(
  url: string,
  { sql: text = '', policy: policyText = POLICY, map: mapText = MAP } = {},
): Promise<RetentionVendor> {
  const sql = await openSql(url)
  await sql.query(SCHEMA + text)
  const { policy } = readPolicyBytes('kept.yaml', Buffer.from(policyText))
  const { map, faults } = readStoreMapBytes('stores/helpdesk.yaml', Buffer.from(mapText), policy)
  if (map === undefined) throw new Error(faults.map(({ what }) => what).join('\n'))
  const plan = compilePlan(policy, [map])
  const store = await openPostgres(map, plan.rights.exceptions, { read: url, execute: url })
  const directory = mkdtempSync(join(tmpdir(), 'kept-retention-'))
  let now = new Date('2026-11-22T12:00:00Z')
  const clock = { now: () => now }
  const records = await openDatabase({ directory, controller: plan.controller.name, clock })
  return {
    url,
    sql,
    retention: {
      plan,
      maps: [map],
      stores: [store],
      records,
      staff: (who) => records.staff(who),
      now: clock.now,
    },
    day: (day) => {
      now = new Date(`${day}T12:00:00Z`)
    },
    numbers: async (query) => (await sql.query(query)).rows.flatMap((row) => Object.values(row)).map(Number),
    close: async () => {
      await store.close()
      await records.close()
      await sql.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Four people with a ticket each whose term has long passed. */
export const PEOPLE = `
INSERT INTO users SELECT i, 'person' || i || '@example.org', 'Given Family' || i, '2026-10-01Z' FROM generate_series(1, 4) i;
INSERT INTO tickets SELECT 100 + i, i, 'Help ' || i, '2025-03-31 10:00' FROM generate_series(1, 4) i;
`

/** Opens vendors for the tests of a file, each on a database of its own, and closes them after each test. */
export function vendors() {
  const open: RetentionVendor[] = []
  afterEach(async () => {
    for (const vendor of open.splice(0)) await vendor.close()
  })
  return async (name: string, options: Parameters<typeof openRetention>[1] = {}): Promise<RetentionVendor> => {
    const vendor = await openRetention(await freshDatabase(name), options)
    open.push(vendor)
    return vendor
  }
}
