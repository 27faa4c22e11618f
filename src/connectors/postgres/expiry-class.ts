import type { ErasureWork } from '../../connector.ts'
import type { ExpiryCount, ExpiryWork, HeldRows } from '../../expiry.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import type { CatalogTable } from './catalog.ts'
import { chainSql, linkedSql } from './chain.ts'
import { contentSql, emptiedSql, type GovernedField, type GovernedTable } from './expiry-fields.ts'
import { keptFields, keptSql } from './keep.ts'
import type { Layout, TableLayout } from './layout.ts'
import { keyArray } from './mention.ts'
import type { Parameters } from './parameters.ts'
import { Subjects } from './subjects.ts'

/** What decides over a row `t` of a governed table, each a boolean in SQL. */
export interface RowClass {
  /** A field is over and holds data that is not kept. */
  readonly over: string
  readonly held: string
  readonly referenced: string
  /** Nothing else is in the row, and its terms say that it goes. */
  readonly whole: string
  /** The row may be deleted, may be changed, as far as triggers go. */
  readonly deletes: boolean
  readonly changes: boolean
  readonly fields: readonly FieldClass[]
}

export interface FieldClass {
  readonly governed: GovernedField
  /** Over, with data that no exception keeps, and not for review. */
  readonly over: string
  readonly review: string
  readonly kept: string
  readonly undated: string
  /** New value of its column; undefined: the field can only go with its row. */
  readonly emptied?: (old: string, salt: string) => string
}

/**
 * Classes a row `t` under its terms. `ahead`: true in SQL when a row of another table goes itself, and so holds nothing
 * (a preview looks ahead; a sweep has taken those rows first).
 */
export function classRow(
  layout: Layout,
  one: GovernedTable,
  work: ExpiryWork,
  parameters: Parameters,
  ahead?: (child: CatalogTable) => string | undefined,
): RowClass {
  const now = parameters.bind(work.now.toISOString(), 'timestamptz')
  const kept = keptFields(one.table)
  const fields = one.governed.map((governed): FieldClass => {
    const { field, until, end, mayHaveEnded } = governed
    const content = contentSql(one.table, field)
    const ended = `coalesce(${mayHaveEnded(now)} AND ${until} <= ${now}, false)`
    const keeps = kept.includes(field) ? keptSql(layout, field, 't', now) : 'false'
    const emptied = (old: string, salt: string) => emptiedSql(layout, one.table, field, old, salt) ?? old
    return {
      governed,
      over: end === 'review' ? 'false' : `(${ended} AND ${content} AND NOT ${keeps})`,
      review: end === 'review' ? `(${ended} AND ${content})` : 'false',
      kept: `(${ended} AND ${keeps})`,
      undated: `(${until} IS NULL AND ${content})`,
      ...(emptiedSql(layout, one.table, field, 'v', 's') === undefined ? {} : { emptied }),
    }
  })
  const whole = [
    ...fields.map(({ governed, over }) => {
      const empty = `NOT ${contentSql(one.table, governed.field)}`
      return governed.end === 'erase' ? `(${over} OR ${empty})` : empty
    }),
    ...one.ungoverned.map((content) => `NOT ${content}`),
  ]
  const forbidden = (act: 'delete' | 'update') =>
    one.table.live.triggers.some(
      ({ name, on, writes }) =>
        writes &&
        on.includes(act) &&
        !one.table.map.allow.triggers.includes(name) &&
        !one.table.map.allow.triggers.includes('*'),
    )
  return {
    over: anyOf(fields.map(({ over }) => over)),
    held: heldSql(one.table, work.held, parameters),
    referenced: referencedSql(layout, one.table, work.held, ahead),
    whole: `(${whole.join(' AND ')})`,
    deletes: !forbidden('delete'),
    changes: !forbidden('update'),
    fields,
  }
}

export function anyOf(tests: readonly string[]): string {
  const some = tests.filter((test) => test !== 'false')
  return some.length === 0 ? 'false' : `(${some.join(' OR ')})`
}

/** True in SQL when a hold leaves the row untouched. */
function heldSql(table: TableLayout, held: readonly HeldRows[], parameters: Parameters): string {
  const tests = held.flatMap(({ found, data }) => {
    const concerns =
      data.length === 0 || table.fields.some((field) => field.is !== undefined && data.includes(field.is))
    if (!concerns) return []
    if (found === undefined) return ['true']
    const work: ErasureWork = { step: 'hold', found, salt: new Uint8Array() }
    const subjects = new Subjects([work], parameters)
    const linked = table.chains
      .filter((chain) => subjects.has(chain.link))
      .map((chain) => {
        const { from, where } = subjects.reach(chain)
        const test = where.join(' AND ')
        return from.length === 0 ? `(${test})` : `EXISTS (SELECT 1 FROM ${from.join(', ')} WHERE ${test})`
      })
    const named = found.mentions.filter((row) => row.table === table.name).map(({ key }) => key)
    // A key as the array of its texts: the same spelling on both sides.
    const keys = named.map((key) => JSON.parse(key) as string[]).map((key) => JSON.stringify(key))
    const mentioned =
      keys.length === 0 ? [] : [`to_jsonb(${keyArray(table)}) = ANY(${parameters.bind(keys, 'text[]')}::jsonb[])`]
    return [...linked, ...mentioned]
  })
  return tests.length === 0 ? 'false' : `coalesce(${anyOf(tests)}, false)`
}

/** True in SQL when another row refers to row `t`, by a declared key or as the map says. */
function referencedSql(
  layout: Layout,
  table: TableLayout,
  held: readonly HeldRows[],
  ahead: ((child: CatalogTable) => string | undefined) | undefined,
): string {
  const rests = (child: CatalogTable) => {
    const goes = ahead?.(child)
    return goes === undefined
      ? ''
      : ` AND NOT EXISTS (SELECT 1 FROM ${child.sql} t WHERE t.ctid = b.ctid AND t.tableoid = b.tableoid AND ${goes})`
  }
  const declared = layout.catalog.tables.flatMap((child) =>
    child.partOf !== undefined
      ? []
      : child.references
          .filter(({ to }) => to.table === table.live.name)
          .filter(
            ({ onDelete }) =>
              !(onDelete !== 'no action' && onDelete !== 'restrict' && mayCascade(layout, table, child, held)),
          )
          .map(({ columns, to }) => {
            const same = columns.map(
              (column, index) => `b.${quoteIdentifier(column)} = t.${quoteIdentifier(to.columns[index] ?? '')}`,
            )
            return `EXISTS (SELECT 1 FROM ${child.sql} b WHERE ${same.join(' AND ')}${rests(child)})`
          }),
  )
  const mapped = layout.tables.flatMap((child) =>
    child.name === table.name
      ? []
      : child.chains
          .filter((chain) => chain.link.table === table.name)
          .map((chain) => {
            const { from, where, end } = chainSql(chain, 'b', 'j')
            const tests = [...where, ...linkedSql(chain, table.live, 't', end)]
            return `EXISTS (SELECT 1 FROM ${[`${child.live.sql} b`, ...from].join(', ')} WHERE ${tests.join(' AND ')}${rests(child.live)})`
          }),
  )
  const simple = layout.tables.flatMap((child) =>
    child.map.people.flatMap(({ link }) => {
      if ('via' in link || link.separator !== undefined || table.map.person !== undefined) return []
      if (link.to.some((to) => to.table !== table.name || to.path !== undefined)) return []
      if (link.columns.some((column) => column.path !== undefined)) return []
      const same = link.columns.map(
        ({ column }, index) =>
          `b.${quoteIdentifier(column)}::text = t.${quoteIdentifier(link.to[index]?.column ?? '')}::text`,
      )
      const known = child.live.references.some(
        ({ columns, to }) =>
          to.table === table.live.name &&
          columns.length === same.length &&
          columns.every((name) => link.columns.some(({ column }) => column === name)),
      )
      return known ? [] : [`EXISTS (SELECT 1 FROM ${child.live.sql} b WHERE ${same.join(' AND ')}${rests(child.live)})`]
    }),
  )
  return anyOf([...new Set([...declared, ...mapped, ...simple])])
}

/** The map allows the cascade on record, wherever it ends, and nothing there is held or kept. */
function mayCascade(
  layout: Layout,
  table: TableLayout,
  child: CatalogTable,
  held: readonly HeldRows[],
  path: readonly string[] = [],
): boolean {
  const { cascades } = table.map.allow
  if (held.length > 0 || path.includes(child.name)) return false
  if (!cascades.includes(child.name) && !cascades.includes('*')) return false
  const mapped = layout.table(child.name)
  if (mapped !== undefined && keptFields(mapped).length > 0) return false
  return layout.catalog.tables
    .filter((other) => other.references.some(({ to }) => to.table === child.name))
    .every((other) => mayCascade(layout, table, other, held, [...path, child.name]))
}

/** Counts of a class by rule: name of the count and the test of a row. */
export function ruleTests(
  one: GovernedTable,
  row: RowClass,
): { rule: string; what: ExpiryCount['what']; test: string }[] {
  const goes = goesSql(row)
  return one.rules.flatMap((rule) => {
    const own = row.fields.filter(({ governed }) => governed.rules.includes(rule))
    const over = anyOf(own.map((field) => field.over))
    const treated = anyOf(own.filter(({ emptied }) => emptied !== undefined && row.changes).map((field) => field.over))
    const stuck = anyOf(own.filter(({ emptied }) => emptied === undefined || !row.changes).map((field) => field.over))
    const tests = [
      { what: 'erase', test: `${over} AND ${goes}` },
      { what: 'treat', test: `${treated} AND NOT ${row.held} AND NOT ${goes}` },
      { what: 'review', test: `${anyOf(own.map((field) => field.review))} AND NOT ${row.held}` },
      { what: 'held', test: `${anyOf(own.flatMap((field) => [field.over, field.review]))} AND ${row.held}` },
      { what: 'referenced', test: `${over} AND NOT ${row.held} AND ${row.whole} AND ${row.referenced}` },
      { what: 'kept', test: anyOf(own.map((field) => field.kept)) },
      { what: 'stuck', test: `${stuck} AND NOT ${row.held} AND NOT ${goes}` },
      { what: 'undated', test: anyOf(own.map((field) => field.undated)) },
    ] as const
    return tests.map((test) => ({ rule, ...test }))
  })
}

/** True in SQL when the row goes. */
function goesSql(row: RowClass): string {
  return row.deletes ? `(${row.over} AND NOT ${row.held} AND ${row.whole} AND NOT ${row.referenced})` : 'false'
}
