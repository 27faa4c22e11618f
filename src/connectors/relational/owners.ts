import type { RowClocks, RowOwner, RowRef } from '../../connector.ts'
import type { Identifier } from '../../content/index.ts'
import type { Layout, TableLayout } from '../postgres/layout.ts'
import type { Dialect, Session } from './dialect.ts'
import { rowsAtOnce } from './hits.ts'
import { cellOf } from './reader.ts'
import { keyOf, keySelect, type Place, pieces, placed } from './rows.ts'
import { all, joined, raw, sql } from './statement.ts'
import { endOf } from './way.ts'

/** The rows of one table among these, each once, in pieces. */
function* placesOf(table: TableLayout, rows: readonly RowRef[]): Generator<readonly Place[]> {
  const keys = [...new Set(rows.filter((row) => row.table === table.name).map(({ key }) => key))]
  const places = keys.flatMap((key): Place[] => {
    const parts: unknown = JSON.parse(key)
    if (!Array.isArray(parts) || parts.length !== table.key.length) return []
    return [{ key: parts.map((part: unknown) => (part === null ? null : String(part))) }]
  })
  yield* pieces(places, rowsAtOnce)
}

/** Who stands in these rows, in which role, by every way the map knows. Rows of unmapped tables have no owner. */
export async function readOwners(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  rows: readonly RowRef[],
): Promise<RowOwner[]> {
  const result: RowOwner[] = []
  for (const table of layout.tables) {
    for (const places of placesOf(table, rows)) {
      for (const chain of table.chains) {
        const person = layout.table(chain.link.table)
        if (person === undefined) continue
        const { from } = placed(dialect, table, places)
        const end = endOf(dialect, layout, table, chain)
        const found = await session.query(
          sql`SELECT DISTINCT ${keySelect(dialect, table)}, ${keySelect(dialect, person, 'p', 'p')}
            FROM ${joined([from, ...end.from], ', ')} WHERE ${all(end.where)}`,
        )
        for (const row of found) {
          result.push({
            table: table.name,
            key: JSON.stringify(keyOf(row, table)),
            role: chain.role,
            person: { table: person.name, key: JSON.stringify(keyOf(row, person, 'p')) },
            erase: chain.erase,
          })
        }
      }
    }
  }
  return result
}

/** The tenant of rows, for telling the same address in two tenants apart. */
export async function readTenants(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  rows: readonly RowRef[],
): Promise<(RowRef & { tenant: string | null })[]> {
  if (!layout.tables.some(({ map }) => map.person !== undefined && map.within !== undefined)) return []
  const result: (RowRef & { tenant: string | null })[] = []
  for (const table of layout.tables) {
    const { within } = table.map
    if (within === undefined) continue
    for (const places of placesOf(table, rows)) {
      const { from } = placed(dialect, table, places)
      const tenant = dialect.text(cellOf(dialect, table, { column: within }))
      const found = await session.query(sql`SELECT ${keySelect(dialect, table)}, ${tenant} AS tenant FROM ${from}`)
      for (const row of found) {
        const key = JSON.stringify(keyOf(row, table))
        result.push({ table: table.name, key, tenant: row.tenant === null ? null : String(row.tenant) })
      }
    }
  }
  return result
}

/** What the clocks of rows say, for telling whether a term has ended. */
export async function readClocks(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  rows: readonly RowRef[],
): Promise<RowClocks[]> {
  const result: RowClocks[] = []
  for (const table of layout.tables) {
    const clocks = Object.entries(table.map.clock).filter(([, column]) =>
      table.live.columns.some(({ name }) => name === column),
    )
    if (clocks.length === 0) continue
    const cells = clocks.map(
      ([, column], index) => sql`${dialect.clock(cellOf(dialect, table, { column }))} AS ${raw(`clock${index}`)}`,
    )
    for (const places of placesOf(table, rows)) {
      const { from } = placed(dialect, table, places)
      const found = await session.query(sql`SELECT ${keySelect(dialect, table)}, ${joined(cells, ', ')} FROM ${from}`)
      for (const row of found) {
        const told = clocks.map(([clock], index) => {
          const said = row[`clock${index}`] ?? null
          return [clock, said === null ? null : String(said)] as const
        })
        result.push({ table: table.name, key: JSON.stringify(keyOf(row, table)), clocks: Object.fromEntries(told) })
      }
    }
  }
  return result
}

/** What names these people, by `table\nkey` of their records: for taking them out of somebody else's export. */
export async function identitiesOf(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  people: readonly RowRef[],
): Promise<Map<string, Identifier[]>> {
  const result = new Map<string, Identifier[]>()
  for (const table of layout.tables) {
    const { person } = table.map
    if (person === undefined) continue
    const named = [
      ...person.keys
        .filter(({ identity }) => identity !== 'id')
        .map(({ identity, column }) => ({ kind: identity, column, strong: true })),
      ...person.hints.map(({ identity, column }) => ({ kind: identity, column, strong: false })),
    ]
    const cells = named.map(
      ({ column }, index) => sql`${dialect.text(cellOf(dialect, table, column))} AS ${raw(`name${index}`)}`,
    )
    if (cells.length === 0) continue
    for (const places of placesOf(table, people)) {
      const { from } = placed(dialect, table, places)
      const found = await session.query(sql`SELECT ${keySelect(dialect, table)}, ${joined(cells, ', ')} FROM ${from}`)
      for (const row of found) {
        const identifiers = named.flatMap(({ kind, strong }, index): Identifier[] => {
          const value = String(row[`name${index}`] ?? '').trim()
          return value === '' ? [] : [{ kind, value, strong }]
        })
        result.set(`${table.name}\n${JSON.stringify(keyOf(row, table))}`, identifiers)
      }
    }
  }
  return result
}
