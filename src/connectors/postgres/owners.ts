import type { RowClocks, RowOwner, RowRef } from '../../connector.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import { chainSql, linkedSql } from './chain.ts'
import type { Layout, TableLayout } from './layout.ts'
import { keyArray } from './mention.ts'

const rowsAtOnce = 2_000

/** Who stands in these rows, in which role, by every way the map knows. Rows of unmapped tables have no owner. */
export async function readOwners(session: SqlSession, layout: Layout, rows: readonly RowRef[]): Promise<RowOwner[]> {
  const result: RowOwner[] = []
  for (const table of layout.tables) {
    const keys = [...new Set(rows.filter((row) => row.table === table.name).map((row) => row.key))]
    for (let at = 0; at < keys.length; at += rowsAtOnce) {
      result.push(...(await ownersOf(session, layout, table, keys.slice(at, at + rowsAtOnce))))
    }
  }
  return result
}

/** The tenant of rows, for telling the same address in two tenants apart. */
export async function readTenants(
  session: SqlSession,
  layout: Layout,
  rows: readonly RowRef[],
): Promise<(RowRef & { tenant: string | null })[]> {
  if (!layout.tables.some(({ map }) => map.person !== undefined && map.within !== undefined)) return []
  const result: (RowRef & { tenant: string | null })[] = []
  for (const table of layout.tables) {
    const { within } = table.map
    if (within === undefined) continue
    const keys = [...new Set(rows.filter((row) => row.table === table.name).map((row) => row.key))]
    for (let at = 0; at < keys.length; at += rowsAtOnce) {
      const { wanted, match, columns } = wantedRows(table, keys.slice(at, at + rowsAtOnce))
      const { rows: found } = await session.query<{ key: string[]; tenant: string | null }>(
        `SELECT ${keyArray(table)} AS key, t.${quoteIdentifier(within)}::text AS tenant
         FROM ${wanted}, ${table.live.sql} t WHERE ${match.join(' AND ')}`,
        columns,
      )
      result.push(...found.map(({ key, tenant }) => ({ table: table.name, key: JSON.stringify(key), tenant })))
    }
  }
  return result
}

/** What the clocks of rows say, for telling whether a term has ended. */
export async function readClocks(session: SqlSession, layout: Layout, rows: readonly RowRef[]): Promise<RowClocks[]> {
  const result: RowClocks[] = []
  for (const table of layout.tables) {
    const clocks = Object.entries(table.map.clock).flatMap(([clock, name]) => {
      const column = table.live.columns.find((one) => one.name === name)
      return column === undefined ? [] : [{ clock, sql: clockText(`t.${quoteIdentifier(name)}`, column.base) }]
    })
    if (clocks.length === 0) continue
    const keys = [...new Set(rows.filter((row) => row.table === table.name).map((row) => row.key))]
    for (let at = 0; at < keys.length; at += rowsAtOnce) {
      const { wanted, match, columns } = wantedRows(table, keys.slice(at, at + rowsAtOnce))
      const { rows: found } = await session.query<{ key: string[]; told: (string | null)[] }>(
        `SELECT ${keyArray(table)} AS key, ARRAY[${clocks.map(({ sql }) => sql).join(', ')}]::text[] AS told
         FROM ${wanted}, ${table.live.sql} t WHERE ${match.join(' AND ')}`,
        columns,
      )
      for (const { key, told } of found) {
        const entries = clocks.map(({ clock }, index) => [clock, told[index] ?? null])
        result.push({ table: table.name, key: JSON.stringify(key), clocks: Object.fromEntries(entries) })
      }
    }
  }
  return result
}

function clockText(column: string, base: string): string {
  if (!['date', 'timestamp', 'timestamptz'].includes(base)) return `${column}::text`
  const [local, zone] = base === 'timestamptz' ? [`${column} AT TIME ZONE 'UTC'`, '"Z"'] : [`${column}::timestamp`, '']
  return `CASE WHEN isfinite(${column}) AND extract(year FROM ${column}) BETWEEN 1 AND 9999 THEN to_char(${local}, 'YYYY-MM-DD"T"HH24:MI:SS.MS${zone}') END`
}

function wantedRows(table: TableLayout, keys: readonly string[]) {
  const parts = keys.map((key): unknown => JSON.parse(key)).filter((key): key is unknown[] => Array.isArray(key))
  const columns = table.key.map((_column, index) => parts.map((key) => String(key[index])))
  const lists = table.key.map((_column, index) => `$${index + 1}::text[]`)
  const wanted = `unnest(${lists.join(', ')}) AS w(${table.key.map((_column, index) => `k${index}`).join(', ')})`
  return { wanted, match: table.key.map((column, index) => `t.${column.sql} = w.k${index}::${column.type}`), columns }
}

async function ownersOf(
  session: SqlSession,
  layout: Layout,
  table: TableLayout,
  keys: readonly string[],
): Promise<RowOwner[]> {
  const { wanted, match, columns } = wantedRows(table, keys)
  const result: RowOwner[] = []
  for (const chain of table.chains) {
    const person = layout.table(chain.link.table)
    if (person === undefined) continue
    const { from, where, end } = chainSql(chain, 't', 'j')
    const same = linkedSql(chain, person.live, 'p', end)
    const { rows } = await session.query<{ key: string[]; person: string[] }>(
      `SELECT DISTINCT ${keyArray(table)} AS key, ${keyArray(person, 'p')} AS person
       FROM ${[wanted, `${table.live.sql} t`, ...from, `${person.live.sql} p`].join(', ')}
       WHERE ${[...match, ...where, ...same].join(' AND ')}`,
      columns,
    )
    for (const row of rows) {
      result.push({
        table: table.name,
        key: JSON.stringify(row.key),
        role: chain.role,
        person: { table: person.name, key: JSON.stringify(row.person) },
        erase: chain.erase,
      })
    }
  }
  return result
}
