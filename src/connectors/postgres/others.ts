import type { RowRef } from '../../connector.ts'
import type { Identifier } from '../../content/index.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { columnSql } from './expression.ts'
import type { Layout, TableLayout } from './layout.ts'

/** What names these people, by `table\nkey` of their records: keys and hints, for taking them out of somebody else's export. */
export async function identitiesOf(
  session: SqlSession,
  layout: Layout,
  people: readonly RowRef[],
): Promise<Map<string, Identifier[]>> {
  const result = new Map<string, Identifier[]>()
  for (const table of layout.tables) {
    const keys = [...new Set(people.filter((one) => one.table === table.name).map((one) => one.key))]
    if (keys.length === 0 || table.map.person === undefined) continue
    for (const [key, identities] of await readIdentities(session, table, keys)) {
      result.set(`${table.name}\n${key}`, identities)
    }
  }
  return result
}

async function readIdentities(session: SqlSession, table: TableLayout, keys: readonly string[]) {
  const person = table.map.person
  const named = [
    ...(person?.keys ?? [])
      .filter((key) => key.identity !== 'id')
      .map((key) => ({ kind: key.identity, column: key.column, strong: true })),
    ...(person?.hints ?? []).map((hint) => ({ kind: hint.identity, column: hint.column, strong: false })),
  ]
  const parts = keys.map((key) => JSON.parse(key) as string[])
  const columns = table.key.map((_column, index) => parts.map((key) => String(key[index])))
  const wanted = `unnest(${columns.map((_values, index) => `$${index + 1}::text[]`).join(', ')}) AS w(${columns.map((_values, index) => `k${index}`).join(', ')})`
  const values = named.map((one) => `${columnSql('t', one.column.column, one.column.path)}::text`)
  const { rows } = await session.query<{ key: string[]; names: (string | null)[] }>(
    `SELECT ARRAY[${table.key.map((column) => `t.${column.sql}::text`).join(', ')}] AS key,
            ARRAY[${values.join(', ')}]::text[] AS names
     FROM ${wanted} JOIN ${table.live.sql} t ON ${table.key.map((column, index) => `t.${column.sql} = w.k${index}::${column.type}`).join(' AND ')}`,
    columns,
  )
  return rows.map((row): [string, Identifier[]] => [
    JSON.stringify(row.key),
    named.flatMap((one, index) => {
      const value = row.names[index]?.trim()
      return value === undefined || value === '' ? [] : [{ kind: one.kind, value, strong: one.strong }]
    }),
  ])
}
