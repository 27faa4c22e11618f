import type { Found, FoundIdentity } from '../../connector.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { columnSql } from './expression.ts'
import type { FieldLayout, Layout, TableLayout } from './layout.ts'
import { Parameters } from './parameters.ts'
import { Subjects } from './subjects.ts'

/** More different values in one field are a log of what happened, not what a person is called. */
const mostValues = 50
/** Identifiers are short; a longer cell is a text. */
const longestValue = 400

/**
 * What names a person outside their own record: fields that the map calls theirs by `of` (a national id in a custom
 * field, a device lent to them, a former address). Hints: they help to redact and to search, and never link.
 */
export async function harvestLinked(
  session: SqlSession,
  layout: Layout,
  found: Pick<Found, 'request' | 'persons' | 'links'>,
): Promise<FoundIdentity[]> {
  const result: FoundIdentity[] = []
  for (const table of layout.tables) {
    for (const field of table.fields) {
      if (field.kind === undefined || field.of === undefined || field.codec !== undefined) continue
      for (const value of await valuesOf(session, table, field, found)) {
        result.push({ kind: field.kind, value, strong: false })
      }
    }
  }
  return result
}

async function valuesOf(
  session: SqlSession,
  table: TableLayout,
  field: FieldLayout,
  found: Pick<Found, 'request' | 'persons' | 'links'>,
): Promise<string[]> {
  const parameters = new Parameters()
  const whole: Found = { ...found, identities: [], mentions: [], candidates: [] }
  const subjects = new Subjects([{ step: 'find', found: whole, salt: new Uint8Array(0) }], parameters)
  const cell = `${columnSql('t', field.column.column, field.column.path)}::text`
  const ways = table.chains
    .filter((chain) => chain.role === field.of && subjects.has(chain.link))
    .map((chain) => {
      const { from, where } = subjects.reach(chain)
      const conditions = [...where, `length(${cell}) BETWEEN 1 AND ${longestValue}`]
      return `SELECT ${cell} AS value FROM ${[`${table.live.sql} t`, ...from].join(', ')} WHERE ${conditions.join(' AND ')}`
    })
  if (ways.length === 0) return []
  const { rows } = await session.query<{ value: string }>(
    `${ways.join(' UNION ')} LIMIT ${mostValues + 1}`,
    parameters.values,
  )
  return rows.length > mostValues ? [] : rows.map((row) => row.value.trim())
}
