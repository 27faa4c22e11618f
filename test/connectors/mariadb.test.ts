// MariaDB for real: the shop of every database, and what only this kind has.
import type { Connection } from 'mysql2/promise'
import { afterAll, describe, expect, it } from 'vitest'
import { openMysql } from '../../src/connectors/mysql/index.ts'
import { connectTo, type MariaDbServer, startMariaDb } from '../mariadb.ts'
import { serverRan } from '../postgres.ts'
import { asked, laidUnder } from './shop.ts'
import { erasesOneCustomer, map, type OpenedShop, policy, schema } from './shop-case.ts'

interface MariaShop extends OpenedShop {
  readonly sql: Connection
  readonly url: string
  close(): Promise<void>
}

const server: MariaDbServer | undefined = await startMariaDb()
if (server !== undefined) serverRan(server.version)
let databases = 0

/** A fresh database with a schema, laid under a policy and a map. */
async function openMaria(schemaText: string, policyText: string, mapText: string): Promise<MariaShop> {
  const url = (await server?.database(`shop${++databases}`)) ?? ''
  const sql = await connectTo(url)
  await sql.query(schemaText)
  const laid = laidUnder(policyText, mapText)
  const store = await openMysql(laid.map, laid.exceptions, { read: url, execute: url })
  return {
    ...asked(store),
    sql,
    url,
    async rows(table) {
      const [rows] = await sql.query(`SELECT * FROM ${table} ORDER BY 1`)
      return new Map(
        (rows as Record<string, unknown>[]).map((row) => [String(Object.values(row)[0]), JSON.stringify(row)]),
      )
    },
    async cell(text) {
      const [rows] = await sql.query(text)
      const value = Object.values((rows as Record<string, unknown>[])[0] ?? {})[0] ?? null
      return value === null ? null : String(value)
    },
    async close() {
      await store.close()
      await sql.end()
    },
  }
}

describe.runIf(server !== undefined)('erasure on MariaDB', () => {
  const shops: MariaShop[] = []
  const open = async (...given: Parameters<typeof openMaria>) => {
    const shop = await openMaria(...given)
    shops.push(shop)
    return shop
  }
  afterAll(async () => {
    for (const shop of shops) await shop.close()
    await server?.stop()
  })

  it('previews, erases and leaves everybody else as they were', async () => {
    await erasesOneCustomer(await open(schema, policy, map))
    expect(shops).toHaveLength(1)
  })
})
