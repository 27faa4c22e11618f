import type { Candidate, Found, FoundIdentity } from '../../connector.ts'
import type { ColumnRef } from '../../language/store-map.ts'
import type { Layout, TableLayout } from '../postgres/layout.ts'
import type { Dialect, Session, Typed } from './dialect.ts'
import type { Hinted, PeopleReader } from './find.ts'
import { findMentions } from './mention.ts'
import {
  type Asked,
  acceptedKeys,
  askedValues,
  mostRecords,
  type PersonRecord,
  recordShape,
  tooMany,
} from './person-record.ts'
import { keyCells, keyOf, keySelect, placed } from './rows.ts'
import { joined, raw, type Sql, sql } from './statement.ts'
import { reachOf } from './way.ts'

/** More different values in one field are a log of what happened, not what a person is called. */
const mostValues = 50
/** Identifiers are short; a longer cell is a text. */
const longestValue = 400
/** For each person: shown to an approver, so more would not be read. */
const mostCandidates = 200

/** Answers a search for people over one session. Statements grow with the tables, not with the people. */
export function peopleReader(session: Session, dialect: Dialect, layout: Layout): PeopleReader {
  return {
    records: (table, persons, asked) => readRecords(session, dialect, layout, table, persons, asked),
    linked: (people) => harvestLinked(session, dialect, layout, people),
    mentions: (identities, tenants) => findMentions(session, dialect, layout, identities, tenants),
    candidates: (persons, hinted) => findCandidates(session, dialect, persons, hinted),
  }
}

/** A cell of the rows `t` of a table. */
export function cellOf(dialect: Dialect, table: TableLayout, { column, path }: ColumnRef): Typed {
  const plain = dialect.column('t', table.live, column)
  return path === undefined ? { sql: plain, table: table.live, column } : { sql: dialect.jsonText(plain, path) }
}

async function readRecords(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  table: TableLayout,
  persons: readonly TableLayout[],
  asked: readonly Asked[],
): Promise<PersonRecord[][]> {
  const result = asked.map((): PersonRecord[] => [])
  const shape = recordShape(layout, table)
  const cells = [...keyCells(dialect, table), ...shape.cells.map((cell) => cellOf(dialect, table, cell))]
  const select = joined(
    cells.map((cell, index) => sql`${dialect.text(cell)} AS ${raw(`c${index}`)}`),
    ', ',
  )
  const most = mostRecords * asked.length
  const ways = [...keyWays(dialect, table, persons, asked, select), ...acceptedWay(dialect, table, asked, select)]
  if (ways.length === 0) return result
  const rows = await session.query(sql`${joined(ways, ' UNION ')} LIMIT ${raw(String(most + 1))}`)
  if (rows.length > most) throw tooMany(table)
  for (const row of rows) {
    const text = (index: number) => {
      const value = row[`c${index}`]
      return value === null || value === undefined ? null : String(value)
    }
    result[Number(row.s)]?.push(shape.read(text))
  }
  return result
}

function keyWays(
  dialect: Dialect,
  table: TableLayout,
  persons: readonly TableLayout[],
  asked: readonly Asked[],
  select: Sql,
): Sql[] {
  return (table.map.person?.keys ?? []).flatMap((key) => {
    const cell = cellOf(dialect, table, key.column)
    const values = asked.flatMap((one, s) =>
      askedValues(table, key.identity, persons, one.strong)
        .filter((value) => key.fold || cell.table === undefined || dialect.fits(cell.table, key.column.column, value))
        .map((value) => [s, value]),
    )
    if (values.length === 0) return []
    const carried =
      cell.table === undefined || key.fold ? ('text' as const) : { table: cell.table, column: key.column.column }
    const rows = dialect.rows('w', ['number', carried], values)
    const from = dialect.named(rows, raw(`${table.live.sql} t`), dialect.same(cell, raw('w.c1'), key.fold))
    return [sql`SELECT w.c0 AS s, ${select} FROM ${from}`]
  })
}

/** Records that an approver accepted among the candidates. */
function acceptedWay(dialect: Dialect, table: TableLayout, asked: readonly Asked[], select: Sql): Sql[] {
  const rows = acceptedKeys(table, asked)
  if (rows.length === 0) return []
  const { from, more } = placed(
    dialect,
    table,
    rows.map(({ s, parts }) => ({ key: parts, more: [s] })),
    ['number'],
  )
  return [sql`SELECT ${more(0)} AS s, ${select} FROM ${from}`]
}

/** What the map calls theirs by `of` outside their own records: hints, that help to redact and to search, and never link. */
async function harvestLinked(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  people: readonly Pick<Found, 'request' | 'persons' | 'links'>[],
): Promise<FoundIdentity[][]> {
  const result = people.map((): FoundIdentity[] => [])
  for (const table of layout.tables) {
    for (const field of table.fields) {
      const { kind, of } = field
      if (kind === undefined || of === undefined || field.codec !== undefined) continue
      const cell = dialect.text(cellOf(dialect, table, field.column))
      const ways = table.chains
        .filter((chain) => chain.role === of)
        .flatMap((chain) => reachOf(dialect, table, chain, people) ?? [])
        .map(
          ({ from, where }) =>
            sql`SELECT s.c0 AS s, ${cell} AS value FROM ${from} WHERE ${where} AND LENGTH(${cell}) BETWEEN 1 AND ${raw(String(longestValue))}`,
        )
      if (ways.length === 0) continue
      const rows = await session.query(
        sql`${joined(ways, ' UNION ')} LIMIT ${raw(String((mostValues + 1) * people.length))}`,
      )
      result.forEach((list, index) => {
        const own = rows.filter((row) => Number(row.s) === index)
        if (own.length <= mostValues)
          list.push(...own.map(({ value }) => ({ kind, value: String(value).trim(), strong: false })))
      })
    }
  }
  return result
}

/** Records that share a hint, or a +tag address, with a person: one statement for each hint of each table. */
async function findCandidates(
  session: Session,
  dialect: Dialect,
  persons: readonly TableLayout[],
  hinted: readonly Hinted[],
): Promise<Candidate[][]> {
  const result = hinted.map((): Candidate[] => [])
  for (const table of persons) {
    for (const { hint, column, shape } of sourcesOf(table)) {
      const wanted = hinted.map(({ identities }) => {
        const own = identities.filter(({ kind }) => kind === hint)
        return new Set(own.flatMap(({ value }) => shape(value) ?? []))
      })
      if (wanted.every(({ size }) => size === 0)) continue
      const cell = dialect.text(cellOf(dialect, table, column))
      const within = table.map.within
      const tenant = within === undefined ? raw('NULL') : dialect.text(cellOf(dialect, table, { column: within }))
      const loose = joined(
        hinted.flatMap(({ identities }) =>
          identities.filter(({ kind }) => kind === hint).flatMap(({ value }) => looksLike(dialect, hint, cell, value)),
        ),
        ' OR ',
      )
      if (loose.text === '') continue
      const known = hinted.map(({ identities }) => new Set(identities.map(({ value }) => value.toLowerCase())))
      const statement = sql`SELECT ${keySelect(dialect, table)}, ${cell} AS value, ${tenant} AS tenant
        FROM ${raw(table.live.sql)} t WHERE ${loose}`
      for await (const rows of session.stream(statement, 500)) {
        for (const row of rows) {
          const value = String(row.value)
          wanted.forEach((set, s) => {
            const alike = shape(value)
            if (alike === undefined || !set.has(alike)) return
            if (hint === 'email' && known[s]?.has(value.toLowerCase()) === true) return
            const tenants = hinted[s]?.tenants ?? []
            if (row.tenant !== null && tenants.length > 0 && !tenants.includes(String(row.tenant))) return
            const list = result[s] ?? []
            if (list.length < mostCandidates)
              list.push({ hint, table: table.name, key: JSON.stringify(keyOf(row, table)) })
          })
        }
      }
    }
  }
  return result
}

/** A test that every cell which shares the hint passes, and a few others do. */
function looksLike(dialect: Dialect, hint: string, cell: Sql, value: string): Sql[] {
  const held = (part: string) => dialect.mayHold(cell, part) ?? raw('1 = 1')
  if (hint === 'phone') {
    const digits = phoneShape(value)
    return digits === undefined ? [] : [held([...digits].join('[^0-9]*'))]
  }
  const word =
    value
      .trim()
      .split(/\s+/)[0]
      ?.replace(/\+[^@]*@.*$|@.*$/, '') ?? ''
  return word === '' ? [] : [held(word.replace(/[^\p{L}\p{N}]/gu, '.'))]
}

function sourcesOf(table: TableLayout) {
  const person = table.map.person
  const hints = (person?.hints ?? []).map(({ identity, column }) => ({
    hint: identity,
    column,
    shape: identity === 'phone' ? phoneShape : wordShape,
  }))
  const tags = (person?.keys ?? [])
    .filter(({ identity }) => identity === 'email')
    .map(({ column }) => ({ hint: 'email', column, shape: untagged }))
  return [...hints, ...tags]
}

/** A phone by its last nine digits. */
function phoneShape(value: string): string | undefined {
  const digits = value.replace(/\D/g, '').slice(-9)
  return digits === '' ? undefined : digits
}

/** Every other hint by its letters, without regard to case and blanks. */
function wordShape(value: string): string | undefined {
  const words = value.replace(/\s+/g, ' ').trim().toLowerCase()
  return words === '' ? undefined : words
}

/** `local+anything@domain` is shown beside the address without it. */
function untagged(value: string): string | undefined {
  return value.includes('@')
    ? value
        .trim()
        .toLowerCase()
        .replace(/\+[^@]*@/, '@')
    : undefined
}
