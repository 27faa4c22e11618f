import type { Found } from '../../connector.ts'
import type { Catalog, CatalogTable } from '../postgres/catalog.ts'
import type { Chain, Link } from '../postgres/chain.ts'
import type { Expression } from '../postgres/expression.ts'
import type { Layout, TableLayout } from '../postgres/layout.ts'
import type { Dialect, Typed, Value } from './dialect.ts'
import { all, joined, raw, type Sql, sql } from './statement.ts'

/** A chain for the rows `t` of a table: the tables it joins, their conditions, and what its end holds. */
export interface Way {
  readonly from: readonly Sql[]
  readonly where: readonly Sql[]
  readonly end: readonly Typed[]
}

export function wayOf(dialect: Dialect, table: TableLayout, chain: Chain, prefix = 'j'): Way {
  const tables = new Map<number, CatalogTable>([[0, table.live]])
  const alias = (at: number) => (at === 0 ? 't' : `${prefix}${at}`)
  const cell = (one: Expression): Typed => {
    const live = tables.get(one.at)
    if (live === undefined) return { sql: dialect.element(alias(one.at)) }
    const plain = dialect.column(alias(one.at), live, one.column)
    return one.path === undefined
      ? { sql: plain, table: live, column: one.column }
      : { sql: dialect.jsonText(plain, one.path) }
  }
  const from: Sql[] = []
  const where: Sql[] = []
  for (const step of chain.steps) {
    if (step.kind === 'table') {
      tables.set(step.at, step.table)
      from.push(raw(`${step.table.sql} ${alias(step.at)}`))
    } else if (step.kind === 'unfold') {
      const { path, at, column } = step.of
      const live = tables.get(at)
      const plain = live === undefined ? dialect.element(alias(at)) : dialect.column(alias(at), live, column)
      const { separator } = step
      from.push(
        dialect.unfold(plain, alias(step.at), {
          ...(path === undefined ? {} : { path }),
          ...(separator === undefined ? {} : { separator }),
        }),
      )
    } else if (step.kind === 'equal') where.push(dialect.equal(cell(step.left), cell(step.right)))
    else where.push(conditionOf(dialect, cell(step.of), step.values))
  }
  return { from, where, end: chain.end.map(cell) }
}

/** `column = any of the values` by their text, with NULL meant as NULL. */
function conditionOf(dialect: Dialect, cell: Typed, values: readonly (string | number | boolean | null)[]): Sql {
  const text = dialect.text(cell)
  const tests = values.map((value) => {
    if (value === null) return sql`${cell.sql} IS NULL`
    const said = typeof value === 'boolean' && cell.table !== undefined ? String(Number(value)) : String(value)
    return dialect.equal({ sql: text }, { sql: sql`${said}` })
  })
  return sql`(${joined(tests, ' OR ')})`
}

/** The columns of a table of people that a link names, under an alias. */
export function linkCells(dialect: Dialect, catalog: Catalog, link: Link, alias: string): Typed[] {
  const live = catalog.table(link.table)
  return link.columns.map((column) => {
    if (live === undefined) throw new RangeError(`no table ${link.table}`)
    const plain = dialect.column(alias, live, column.column)
    return column.path === undefined
      ? { sql: plain, table: live, column: column.column }
      : { sql: dialect.jsonText(plain, column.path) }
  })
}

/** The values by which people are linked: number of the person from 0, and a value for each column of the link. */
export function linkValues(people: readonly Pick<Found, 'links'>[], link: Link): { person: number; parts: string[] }[] {
  return people.flatMap(({ links }, person) =>
    (links[link.name] ?? []).map((value) => {
      const parts: readonly unknown[] = link.columns.length === 1 ? [value] : JSON.parse(value)
      return { person, parts: parts.map(String) }
    }),
  )
}

/**
 * Rows of a table that a chain leads to these people: FROM and WHERE; the person's number is `s.c0`. Undefined where no
 * value of theirs can stand at the chain's end.
 */
export function reachOf(
  dialect: Dialect,
  table: TableLayout,
  chain: Chain,
  people: readonly Pick<Found, 'links'>[],
): { readonly from: Sql; readonly where: Sql } | undefined {
  const way = wayOf(dialect, table, chain)
  const usable = linkValues(people, chain.link).filter(({ parts }) =>
    way.end.every(
      ({ table: live, column }, index) =>
        live === undefined ||
        column === undefined ||
        chain.folds[index] ||
        dialect.fits(live, column, parts[index] ?? ''),
    ),
  )
  if (usable.length === 0) return undefined
  const columns = way.end.map(({ table: live, column }, index) =>
    live === undefined || column === undefined || chain.folds[index] ? ('text' as const) : { table: live, column },
  )
  const values = usable.map(({ person, parts }): Value[] => [person, ...parts])
  const ends = way.end.map((end, index) => dialect.same(end, raw(`s.c${index + 1}`), chain.folds[index]))
  const from = [dialect.rows('s', ['number', ...columns], values), raw(`${table.live.sql} t`), ...way.from]
  return { from: joined(from, ', '), where: all([...way.where, ...ends]) }
}

/** Who stands at the end of a chain of the rows `t`: the tables and conditions that join their records as `p`. */
export function endOf(
  dialect: Dialect,
  layout: Layout,
  table: TableLayout,
  chain: Chain,
): { readonly from: readonly Sql[]; readonly where: readonly Sql[] } {
  const way = wayOf(dialect, table, chain)
  const person = layout.catalog.table(chain.link.table)
  const records = linkCells(dialect, layout.catalog, chain.link, 'p')
  const same = records.map((record, index) =>
    dialect.equal(record, way.end[index] ?? { sql: raw('NULL') }, chain.folds[index]),
  )
  return { from: [...way.from, raw(`${person?.sql} p`)], where: [...way.where, ...same] }
}
