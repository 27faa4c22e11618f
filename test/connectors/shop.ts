import type { Found, Store } from '../../src/connector.ts'
import { openPostgres } from '../../src/connectors/postgres/index.ts'
import type { Exception, StoreMap } from '../../src/language/store-map.ts'
import { compilePlan } from '../../src/policy/plan.ts'
import { readPolicyBytes } from '../../src/policy/policy.ts'
import { readStoreMapBytes } from '../../src/policy/stores.ts'
import { openSql } from '../../src/sql/open.ts'
import type { SqlPool } from '../../src/sql/sql.ts'
import { freshDatabase } from '../postgres.ts'
import type { OpenedShop } from './shop-case.ts'

export interface Opened extends OpenedShop {
  readonly sql: SqlPool
  readonly url: string
  readonly exceptions: readonly Exception[]
  erase(found: Found, now?: Date): Promise<Awaited<ReturnType<Store['erase']>>[number]>
  close(): Promise<void>
}

let steps = 0

/** A policy and a map as they are written in their files. */
export function laidUnder(policyText: string, mapText: string): { map: StoreMap; exceptions: readonly Exception[] } {
  const { policy, faults } = readPolicyBytes('kept.yaml', Buffer.from(policyText))
  const read = readStoreMapBytes('stores/shop.yaml', Buffer.from(mapText), policy)
  const errors = [...faults, ...read.faults].filter((fault) => fault.severity === 'error')
  if (errors.length > 0 || read.map === undefined)
    throw new AggregateError(errors, errors.map((fault) => `${fault.what} ${JSON.stringify(fault.where)}`).join('; '))
  return { map: read.map, exceptions: compilePlan(policy, [read.map]).rights.exceptions }
}

/** What the tests ask of a store, for one person. */
export function asked(store: Store): Pick<Opened, 'store' | 'find' | 'erase'> {
  return {
    store,
    async find(identities) {
      const list = Object.entries(identities).map(([kind, value]) => ({ kind, value }))
      const [found] = await store.find([{ request: 'r1', identities: list, accept: [], reject: [] }])
      if (found === undefined) throw new Error('nothing was found')
      return found
    },
    async erase(found, now = new Date('2026-11-22T12:00:00Z')) {
      const [result] = await store.erase({
        work: [{ step: `step-${++steps}`, found, salt: Buffer.alloc(32, 7) }],
        now,
        suppression: { name: 'k1', key: Buffer.alloc(32, 9) },
      })
      if (result === undefined) throw new Error('no result')
      return result
    },
  }
}

/** A fresh database with a schema, laid under a policy and a map written as in their files. */
export async function openShop(schema: string, policyText: string, mapText: string): Promise<Opened> {
  const url = await freshDatabase('shop')
  const sql = await openSql(url)
  await sql.query(schema)
  const { map, exceptions } = laidUnder(policyText, mapText)
  const store = await openPostgres(map, exceptions, { read: url, execute: url })
  return {
    sql,
    url,
    exceptions,
    ...asked(store),
    async rows(table) {
      const { rows } = await sql.query<{ key: string; sum: string }>(
        `SELECT coalesce(t.ctid::text) AS place, (to_jsonb(t)->>'id') AS key, md5(t::text) AS sum FROM ${table} t ORDER BY 2`,
      )
      return new Map(rows.map((row) => [row.key, row.sum]))
    },
    async cell(text) {
      const { rows } = await sql.query(text)
      const value = Object.values(rows[0] ?? {})[0] ?? null
      return value === null ? null : String(value)
    },
    async close() {
      await store.close()
      await sql.close()
    },
  }
}
