/** Fides' own sample database: what an erasure of customer 1 may take, and every row to compare. */
import type pg from 'pg'

/** Every row of every table, as text. */
export async function everyRow(pool: pg.Pool): Promise<Map<string, string[]>> {
  const tables = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('public', 'backup_schema') ORDER BY 1`,
  )
  const rows = new Map<string, string[]>()
  for (const { name } of tables.rows) {
    const read = await pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t ORDER BY 1`)
    rows.set(
      name.replace(/^public\./, ''),
      read.rows.map(({ row }) => row),
    )
  }
  return rows
}

/** What an erasure of customer 1 may take; everything else stays as it was, byte for byte. */
export const HERS: Readonly<Record<string, readonly RegExp[]>> = {
  customer: [/^\(1,/],
  payment_card: [/pay_aaa-aaa/],
  orders: [/ord_aaa-aaa/, /ord_ccc-ccc/, /ord_ddd-ddd/],
  order_item: [/ord_aaa-aaa/, /ord_ccc-ccc/, /ord_ddd-ddd/],
  login: [/^\([1-6],1,/],
  visit: [/customer-1@/],
  service_request: [/customer-1@/],
  composite_pk_test: [/linked to customer 1"/],
}

export const others = (rows: Map<string, string[]>) =>
  Object.fromEntries(
    [...rows].map(([table, all]) => [table, all.filter((row) => !HERS[table]?.some((hers) => hers.test(row)))]),
  )
