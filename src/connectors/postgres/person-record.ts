import type { FoundIdentity, Identity, RowRef } from '../../connector.ts'
import { Fault } from '../../language/fault.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import { isLocal, joinNames, tellsSomebody } from '../known-identities.ts'
import { columnSql } from './expression.ts'
import type { Layout, TableLayout } from './layout.ts'
import { Parameters } from './parameters.ts'
import { baseOf, comparable } from './values.ts'

/** A record of a person table, with all that leads on from it. */
export interface PersonRecord extends RowRef {
  readonly links: ReadonlyMap<string, string>
  readonly identities: readonly FoundIdentity[]
  readonly tenant?: string
}

/** What one subject is looked for by in one round. */
export interface Asked {
  readonly strong: readonly Identity[]
  readonly accepted: readonly RowRef[]
}

const mostRecords = 10_000

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
  const columns = recordColumns(layout, table)
  const select = columns.sql.map((one, index) => `${one} AS c${index}`).join(', ')
  const most = mostRecords * asked.length
  const text = `SELECT DISTINCT w.s, ${select} FROM (${ways.join(' UNION ALL ')}) w
    JOIN ${table.live.sql} t ON ${table.key.map((column, index) => `t.${column.sql} = w.k${index}`).join(' AND ')} LIMIT ${most + 1}`
  const { rows } = await session.query<Record<string, string | null>>(text, parameters.values)
  if (rows.length > most) throw tooMany(table)
  for (const row of rows) result[Number(row.s)]?.push(columns.read((index) => row[`c${index}`] ?? null))
  return result
}

function tooMany(table: TableLayout): Fault {
  return new Fault({
    code: 'request.too-many-records',
    what: `more than ${mostRecords} records of table ${table.name} bear one identity`,
    mend: 'An identity that so many records share names nobody: take it out of the keys of this table.',
  })
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
  const rows = asked.flatMap((one, s) =>
    one.accepted.flatMap((row) => {
      const parts: unknown = row.table === table.name ? JSON.parse(row.key) : undefined
      return Array.isArray(parts) && parts.length === table.key.length ? [{ s, parts: parts.map(String) }] : []
    }),
  )
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

/** The values of a key that this table is asked for: `id` only where one table has it, else `TABLE.id`. */
function askedValues(
  table: TableLayout,
  identity: string,
  persons: readonly TableLayout[],
  strong: readonly Identity[],
): string[] {
  const alone = persons.filter((one) => one.map.person?.keys.some((key) => key.identity === identity)).length === 1
  const spellings = [`${table.name}.${identity}`]
  if (!isLocal(identity) || alone) spellings.push(identity)
  else if (strong.some((one) => one.kind === identity)) {
    throw new Fault({
      code: 'request.identity-ambiguous',
      what: `several tables of the store have a key called ${identity}`,
      mend: `Name the table: --identity ${table.name}.${identity}=…`,
    })
  }
  return strong.filter((one) => spellings.includes(one.kind)).map((one) => one.value)
}

/** What is read of a record: its key, tenant, link values, and everything that names the person. */
function recordColumns(layout: Layout, table: TableLayout) {
  const sql: string[] = table.key.map((column) => `t.${column.sql}::text`)
  const add = (expression: string) => sql.push(`${expression}::text`) - 1
  const within = table.map.within
  const tenantAt = within === undefined ? -1 : add(`t.${quoteIdentifier(within)}`)
  const links = layout.links(table.name).map((link) => ({
    name: link.name,
    at: link.columns.map((column) => add(columnSql('t', column.column, column.path))),
  }))
  const person = table.map.person
  const named = [
    ...(person?.keys ?? []).map((key) => ({ kind: key.identity, column: key.column, strong: true })),
    ...(person?.hints ?? []).map((hint) => ({ kind: hint.identity, column: hint.column, strong: false })),
    ...table.fields.flatMap((field) =>
      field.kind === undefined ? [] : [{ kind: field.kind, column: field.column, strong: false }],
    ),
  ].map((one) => ({ ...one, at: add(columnSql('t', one.column.column, one.column.path)) }))
  const read = (value: (index: number) => string | null): PersonRecord => {
    const identities = named.flatMap((one): FoundIdentity[] => {
      const found = value(one.at)?.trim()
      if (found === undefined || found === '' || (!one.strong && !tellsSomebody(one.kind, found))) return []
      const local = one.strong && isLocal(one.kind) ? { local: true } : {}
      return [{ kind: one.kind, value: found, strong: one.strong, ...local }]
    })
    const tenant = tenantAt < 0 ? null : value(tenantAt)
    return {
      table: table.name,
      key: JSON.stringify(table.key.map((_column, index) => value(index))),
      links: new Map(
        links.flatMap((link) => {
          const parts = link.at.map(value)
          if (parts.some((part) => part === null)) return []
          return [[link.name, parts.length === 1 ? String(parts[0]) : JSON.stringify(parts)]]
        }),
      ),
      identities: joinNames(identities),
      ...(tenant === null ? {} : { tenant }),
    }
  }
  return { sql, read }
}
