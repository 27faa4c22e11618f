import type { Alteration, OldValues, Unaltered } from '../../alteration.ts'
import type { Found, RowRef } from '../../connector.ts'
import { correctionOf } from '../../language/store-map.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { chainSql, linkedSql } from './chain.ts'
import { columnSql } from './expression.ts'
import { holdsValue, type Layout, type TableLayout } from './layout.ts'
import { keyArray } from './mention.ts'
import { readOwners } from './owners.ts'

// The proof of an alteration: read anew from the person's record on, by another way than the one that wrote it.

/** What the person's own records say of these categories, each spelling once, and what else names them there. */
export async function readValues(
  session: SqlSession,
  layout: Layout,
  found: Found,
  categories: readonly string[],
): Promise<OldValues> {
  const values = new Map(categories.map((category) => [category, new Set<string>()]))
  for (const table of layout.tables) {
    for (const field of ownFields(table)) {
      const told = values.get(field.is ?? '')
      if (told === undefined) continue
      for (const { value } of await cellsOf(session, table, ownRows(table, found), field.column))
        if (value) told.add(value)
      for (const { kind, value, strong } of found.identities) if (strong && kind === field.kind) told.add(value)
    }
  }
  return Object.fromEntries([...values].map(([category, told]) => [category, [...told]]))
}

/** Cells that still say something else, copies that still say what was, rows and switches by which a use goes on. */
export async function findUnaltered(
  session: SqlSession,
  layout: Layout,
  found: Found,
  alteration: Alteration,
  old: OldValues,
): Promise<Unaltered[]> {
  const left: Unaltered[] = []
  for (const table of layout.tables) {
    if (alteration.is === 'correct')
      left.push(...(await outdatedCells(session, layout, table, found, alteration.values, old)))
    else left.push(...(await usesOn(session, layout, table, found, alteration.purpose)))
  }
  return left
}

async function outdatedCells(
  session: SqlSession,
  layout: Layout,
  table: TableLayout,
  found: Found,
  values: Readonly<Record<string, string>>,
  old: OldValues,
): Promise<Unaltered[]> {
  const left: Unaltered[] = []
  const fields = table.fields.filter((field) => field.is !== undefined && field.is in values)
  for (const field of fields) {
    if (correctionOf(field) !== 'spread' || !holdsValue(table, field)) continue
    const own = table.map.person !== undefined && (field.of === undefined || field.of === 'person')
    const rows = own ? ownRows(table, found) : await rowsOf(session, layout, table, found, field.of)
    const cells = await cellsOf(session, table, rows, field.column)
    const type =
      field.column.path === undefined
        ? (table.live.columns.find(({ name }) => name === field.column.column)?.type ?? 'text')
        : 'text'
    const wanted = await session.query<{ said: string }>(`SELECT ($1::text::${type})::text AS said`, [
      values[field.is ?? ''],
    ])
    const outdated = new Set((old[field.is ?? ''] ?? []).map((value) => value.trim().toLowerCase()))
    for (const { key, value } of cells) {
      if (value === wanted.rows[0]?.said || value === null || value === '') continue
      if (own || outdated.has(value.trim().toLowerCase()))
        left.push({ table: table.name, key, column: field.column.column })
    }
    const alone = own && fields.filter((other) => other.is === field.is).length === 1
    if (alone)
      for (const { key, value } of cells) if (!value) left.push({ table: table.name, key, column: field.column.column })
  }
  return left
}

async function usesOn(
  session: SqlSession,
  layout: Layout,
  table: TableLayout,
  found: Found,
  purpose: string,
): Promise<Unaltered[]> {
  const left: Unaltered[] = []
  for (const { end, of } of table.map.stops.filter((stop) => stop.purpose === purpose)) {
    const own = table.map.person !== undefined && (of === undefined || of === 'person')
    const rows = own ? ownRows(table, found) : await rowsOf(session, layout, table, found, of)
    if (end === 'remove') {
      const standing = await cellsOf(session, table, rows, { column: table.live.columns[0]?.name ?? '' })
      left.push(...standing.map(({ key }) => ({ table: table.name, key })))
      continue
    }
    for (const [column, value] of Object.entries(end)) {
      const type = table.live.columns.find(({ name }) => name === column)?.type ?? 'text'
      const text = value === null ? null : String(value)
      const wanted = await session.query<{ said: string | null }>(`SELECT ($1::text::${type})::text AS said`, [text])
      for (const cell of await cellsOf(session, table, rows, { column }))
        if (cell.value !== wanted.rows[0]?.said) left.push({ table: table.name, key: cell.key, column })
    }
  }
  return left
}

const ownFields = (table: TableLayout) =>
  table.map.person === undefined
    ? []
    : table.fields.filter((field) => field.is !== undefined && (field.of === undefined || field.of === 'person'))

const ownRows = (table: TableLayout, found: Found): readonly RowRef[] =>
  found.persons.filter((row) => row.table === table.name)

/** Rows in which the person stands in this role, or, without one, in which they stand alone in a role that concerns them. */
async function rowsOf(
  session: SqlSession,
  layout: Layout,
  table: TableLayout,
  found: Found,
  role: string | undefined,
): Promise<RowRef[]> {
  const own = new Set(found.persons.map((row) => `${row.table}\n${row.key}`))
  const mine = new Set<string>()
  const others = new Set<string>()
  for (const chain of table.chains) {
    if (role === undefined ? chain.erase === 'keep-link' : chain.role !== role) continue
    const person = layout.table(chain.link.table)
    if (person === undefined) continue
    const { from, where, end } = chainSql(chain, 't', 'j')
    const same = linkedSql(chain, person.live, 'p', end)
    const first = `SELECT DISTINCT ${keyArray(table)} AS key, ${keyArray(person, 'p')} AS person
      FROM ${[`${table.live.sql} t`, ...from, `${person.live.sql} p`].join(', ')} WHERE ${[...where, ...same].join(' AND ')}`
    const keys = found.persons.filter((row) => row.table === person.name).map((row) => JSON.parse(row.key) as string[])
    if (keys.length === 0) continue
    const values = person.key.map((_column, index) => keys.map((key) => String(key[index])))
    const matches = person.key.map((column, index) => `p.${column.sql}::text = ANY($${index + 1}::text[])`)
    const { rows } = await session.query<{ key: string[]; person: string[] }>(
      `${first} AND ${matches.join(' AND ')}`,
      values,
    )
    for (const row of rows)
      if (own.has(`${person.name}\n${JSON.stringify(row.person)}`)) mine.add(JSON.stringify(row.key))
  }
  if (role === undefined && mine.size > 0)
    for (const key of await sharedRows(session, layout, table, [...mine], own)) others.add(key)
  return [...mine].filter((key) => !others.has(key)).map((key) => ({ table: table.name, key }))
}

/** Of these rows, those in which somebody else stands in a role that concerns them. */
async function sharedRows(
  session: SqlSession,
  layout: Layout,
  table: TableLayout,
  keys: readonly string[],
  own: ReadonlySet<string>,
): Promise<string[]> {
  const owners = await readOwners(
    session,
    layout,
    keys.map((key) => ({ table: table.name, key })),
  )
  return owners
    .filter(({ erase, person }) => erase !== 'keep-link' && !own.has(`${person.table}\n${person.key}`))
    .map(({ key }) => key)
}

async function cellsOf(
  session: SqlSession,
  table: TableLayout,
  rows: readonly RowRef[],
  place: { readonly column: string; readonly path?: string },
): Promise<{ key: string; value: string | null }[]> {
  if (rows.length === 0) return []
  const keys = rows.map(({ key }) => JSON.parse(key) as string[])
  const lists = table.key.map((_column, index) => keys.map((key) => String(key[index])))
  const wanted = table.key.map((_column, index) => `$${index + 1}::text[]`).join(', ')
  const names = table.key.map((_column, index) => `k${index}`).join(', ')
  const match = table.key.map((column, index) => `t.${column.sql} = w.k${index}::${column.type}`).join(' AND ')
  const cell = columnSql('t', place.column, place.path)
  const { rows: cells } = await session.query<{ key: string[]; value: string | null }>(
    `SELECT ${keyArray(table)} AS key, ${cell}::text AS value FROM unnest(${wanted}) AS w(${names}), ${table.live.sql} t WHERE ${match}`,
    lists,
  )
  return cells.map(({ key, value }) => ({ key: JSON.stringify(key), value }))
}
