import type { SqlSession } from '../../sql/sql.ts'
import {
  type Asked,
  acceptedKeys,
  askedValues,
  mostRecords,
  type PersonRecord,
  recordShape,
  tooMany,
} from '../relational/person-record.ts'
import { columnSql } from './expression.ts'
import type { Layout, TableLayout } from './layout.ts'
import { Parameters } from './parameters.ts'
import { baseOf, comparable } from './values.ts'

/** The records of a person table that bear the asked keys, by subject: one statement for everybody. */
export async function readRecords(
  session: SqlSession,
  layout: Layout,
  table: TableLayout,
  persons: readonly TableLayout[],
  asked: readonly Asked[],
): Promise<PersonRecord[][]> {
  const result = asked.map((): PersonRecord[] => [])
  const parameters = new Parameters()
  const ways = [...keyWays(table, persons, asked, parameters), ...acceptedWay(table, asked, parameters)]
  if (ways.length === 0) return result
  const shape = recordShape(layout, table)
  const cells = [
    ...table.key.map((column) => `t.${column.sql}`),
    ...shape.cells.map((cell) => columnSql('t', cell.column, cell.path)),
  ]
  const select = cells.map((cell, index) => `${cell}::text AS c${index}`).join(', ')
  const most = mostRecords * asked.length
  const text = `SELECT DISTINCT w.s, ${select} FROM (${ways.join(' UNION ALL ')}) w
    JOIN ${table.live.sql} t ON ${table.key.map((column, index) => `t.${column.sql} = w.k${index}`).join(' AND ')} LIMIT ${most + 1}`
  const { rows } = await session.query<Record<string, string | null>>(text, parameters.values)
  if (rows.length > most) throw tooMany(table)
  for (const row of rows) result[Number(row.s)]?.push(shape.read((index) => row[`c${index}`] ?? null))
  return result
}

function rowKeys(table: TableLayout): string {
  return table.key.map((column, index) => `t.${column.sql} AS k${index}`).join(', ')
}

/** For each key of the table: subjects joined with the records that bear their values. */
function keyWays(table: TableLayout, persons: readonly TableLayout[], asked: readonly Asked[], parameters: Parameters) {
  return (table.map.person?.keys ?? []).flatMap((key) => {
    const pairs = asked.flatMap((one, s) =>
      askedValues(table, key.identity, persons, one.strong).map((value) => ({ s, value })),
    )
    const base = key.column.path === undefined ? baseOf(table.live, key.column.column) : 'text'
    const column = columnSql('t', key.column.column, key.column.path)
    const fold = key.fold || base === 'citext'
    const usable = pairs.filter((pair) => fold || comparable(column, base, [pair.value]).values.length === 1)
    if (usable.length === 0) return []
    const numbers = parameters.bind(
      usable.map((pair) => pair.s),
      'int4[]',
    )
    const values = usable.map((pair) => pair.value)
    const match = fold
      ? { expression: `lower(${column}::text)`, cast: 'text[]', value: 'lower(m.v)' }
      : { ...comparable(column, base, values), value: 'm.v' }
    return [
      `SELECT m.s, ${rowKeys(table)} FROM unnest(${numbers}, ${parameters.bind(values, match.cast)}) m(s, v)
       JOIN ${table.live.sql} t ON ${match.expression} = ${match.value}`,
    ]
  })
}

/** Records that an approver accepted among the candidates. */
function acceptedWay(table: TableLayout, asked: readonly Asked[], parameters: Parameters): string[] {
  const rows = acceptedKeys(table, asked)
  if (rows.length === 0) return []
  const numbers = parameters.bind(
    rows.map((row) => row.s),
    'int4[]',
  )
  const lists = table.key.map((_column, index) =>
    parameters.bind(
      rows.map((row) => row.parts[index]),
      'text[]',
    ),
  )
  const names = table.key.map((_column, index) => `v${index}`)
  const same = table.key.map((column, index) => `t.${column.sql}::text = m.v${index}`)
  return [
    `SELECT m.s, ${rowKeys(table)} FROM unnest(${[numbers, ...lists].join(', ')}) m(s, ${names.join(', ')})
     JOIN ${table.live.sql} t ON ${same.join(' AND ')}`,
  ]
}
