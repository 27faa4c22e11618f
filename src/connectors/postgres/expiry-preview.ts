import type { ExpiryCount, ExpiryPreview, ExpiryWork } from '../../expiry.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { classRow, ruleTests } from './expiry-class.ts'
import { governTables } from './expiry-fields.ts'
import type { Layout } from './layout.ts'
import { Parameters } from './parameters.ts'

/** What a sweep would do now: one statement a table. Rows that only rows hold which go themselves count as going. */
export async function previewExpiry(session: SqlSession, layout: Layout, work: ExpiryWork): Promise<ExpiryPreview> {
  const { tables, gaps } = governTables(layout, work.terms)
  const counts: ExpiryCount[] = []
  for (const one of tables) {
    const parameters = new Parameters()
    const row = classRow(layout, one, work, parameters, (child) => {
      const other = tables.find(({ table }) => table.live.name === child.name)
      if (other === undefined || other === one) return undefined
      const { over, held, whole } = classRow(layout, other, work, parameters)
      return `${over} AND NOT ${held} AND ${whole}`
    })
    const tests = ruleTests(one, row)
    const columns = tests.map(({ test }, index) => `count(*) FILTER (WHERE ${test})::text AS n${index}`)
    const { rows } = await session.query<Record<string, string>>(
      `WITH ${parameters.types()} SELECT ${columns.join(', ')} FROM ${one.table.live.sql} t`,
      parameters.values,
    )
    tests.forEach(({ rule, what }, index) => {
      const count = Number(rows[0]?.[`n${index}`] ?? 0)
      if (count > 0) counts.push({ rule, table: one.table.name, what, rows: count })
    })
  }
  return { counts, gaps }
}
