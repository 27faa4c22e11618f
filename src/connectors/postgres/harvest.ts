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
 * What names people outside their own records: fields that the map calls theirs by `of` (a national id in a custom
 * field, a device lent to them, a former address). Hints: they help to redact and to search, and never link.
 */
export async function harvestLinked(
  session: SqlSession,
  layout: Layout,
  people: readonly Pick<Found, 'request' | 'persons' | 'links'>[],
): Promise<FoundIdentity[][]> {
  const result = people.map((): FoundIdentity[] => [])
  for (const table of layout.tables) {
    for (const field of table.fields) {
      if (field.kind === undefined || field.of === undefined || field.codec !== undefined) continue
      const kind = field.kind
      const values = await valuesOf(session, table, field, people)
      result.forEach((list, index) => {
        const own = values.filter((one) => one.request === index + 1)
        if (own.length <= mostValues)
          list.push(...own.map(({ value }) => ({ kind, value: value.trim(), strong: false })))
      })
    }
  }
  return result
}

async function valuesOf(
  session: SqlSession,
  table: TableLayout,
  field: FieldLayout,
  people: readonly Pick<Found, 'request' | 'persons' | 'links'>[],
): Promise<{ request: number; value: string }[]> {
  const parameters = new Parameters()
  const whole = people.map((one): Found => ({ ...one, identities: [], mentions: [], candidates: [] }))
  const work = whole.map((found) => ({ step: 'find', found, salt: new Uint8Array(0) }))
  const subjects = new Subjects(work, parameters)
  const cell = `${columnSql('t', field.column.column, field.column.path)}::text`
  const ways = table.chains
    .filter((chain) => chain.role === field.of && subjects.has(chain.link))
    .map((chain) => {
      const { from, where, request } = subjects.reach(chain)
      const conditions = [...where, `length(${cell}) BETWEEN 1 AND ${longestValue}`]
      return `SELECT ${request}::int4 AS request, ${cell} AS value FROM ${[`${table.live.sql} t`, ...from].join(', ')} WHERE ${conditions.join(' AND ')}`
    })
  if (ways.length === 0) return []
  const { rows } = await session.query<{ request: number; value: string }>(
    `${ways.join(' UNION ')} LIMIT ${(mostValues + 1) * people.length}`,
    parameters.values,
  )
  return rows
}
