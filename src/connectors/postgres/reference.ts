import { quoteIdentifier } from '../../sql/sql.ts'
import type { CatalogTable } from './catalog.ts'
import type { Chain } from './chain.ts'
import { fieldAction } from './field-action.ts'
import { keptFields } from './keep.ts'
import type { Layout, TableLayout } from './layout.ts'
import type { Parameters } from './parameters.ts'
import type { Subjects } from './subjects.ts'

/** A table that has to do with the people of a statement, and by which ways. */
export interface Concerned {
  readonly table: TableLayout
  readonly number: number
  readonly chains: readonly Chain[]
  readonly mentioned: boolean
}

export interface Context {
  readonly layout: Layout
  readonly subjects: Subjects
  readonly parameters: Parameters
  readonly now: string
  readonly rowTables: ReadonlySet<string>
  readonly concerned: readonly Concerned[]
  readonly only?: ReadonlyMap<string, ReadonlySet<string>>
}

export function takesRow(chain: Chain): boolean {
  return chain.erase === 'row'
}

/** True in SQL when a classed row goes, as far as the row itself decides. */
export function goes(one: Concerned, alias: string): string {
  const kept = keptFields(one.table).map((_field, index) => ` AND NOT ${alias}.kept${index}`)
  return `(${alias}.wants_row AND NOT ${alias}.others${kept.join('')})`
}

export interface Child {
  readonly live: CatalogTable
  readonly columns: readonly string[]
  readonly targets: readonly string[]
  readonly cascades: boolean
  /** The reference itself is cleared in the person's rows that stay: those hold nothing. */
  readonly clears: boolean
}

/** References to a table: rows over there that may stay and so hold a row here. */
function children(context: Context, table: TableLayout): Child[] {
  return context.layout.catalog.tables.flatMap((live) =>
    live.partOf !== undefined
      ? []
      : live.references
          .filter((reference) => reference.to.table === table.live.name)
          .map((reference) => ({
            live,
            columns: reference.columns,
            targets: reference.to.columns,
            cascades: reference.onDelete !== 'no action' && reference.onDelete !== 'restrict',
            clears: clearsReference(context.layout.table(live.name), reference.columns),
          })),
  )
}

/** Whether an erasure clears one of these columns, so that the row stays without its reference. */
export function clearsReference(table: TableLayout | undefined, columns: readonly string[]): boolean {
  return (table?.fields ?? []).some(
    (field) =>
      columns.includes(field.column.column) &&
      field.nullable &&
      fieldAction(field) === 'clear' &&
      field.exception === undefined,
  )
}

/** Leaves out the references whose rows certainly go along: their only way to people is this very reference. */
export function stayingChildren(context: Context, table: TableLayout): Child[] {
  return children(context, table).filter((child) => {
    const mapped = context.layout.table(child.live.name)
    const hit = context.concerned.find((one) => one.table.name === child.live.name)
    if (child.cascades && hit === undefined) return false
    if (mapped === undefined || hit === undefined) return true
    const [chain] = mapped.chains
    const alongside =
      mapped.chains.length === 1 &&
      chain !== undefined &&
      takesRow(chain) &&
      followsReference(chain, table, child) &&
      keptFields(mapped).length === 0 &&
      context.only === undefined &&
      stayingChildrenBelow(context, mapped, [table.name, mapped.name])
    return !alongside
  })
}

function stayingChildrenBelow(context: Context, table: TableLayout, path: readonly string[]): boolean {
  return children(context, table).every((child) => {
    if (path.includes(child.live.name)) return false
    const mapped = context.layout.table(child.live.name)
    const [chain] = mapped?.chains ?? []
    return (
      mapped !== undefined &&
      mapped.chains.length === 1 &&
      chain !== undefined &&
      takesRow(chain) &&
      followsReference(chain, table, child) &&
      keptFields(mapped).length === 0 &&
      stayingChildrenBelow(context, mapped, [...path, child.live.name])
    )
  })
}

/** The chain's first step is the reference itself, without any condition: every referring row belongs to the chain. */
function followsReference(chain: Chain, target: TableLayout, child: Child): boolean {
  if (chain.steps.some((step) => step.kind === 'when' || step.kind === 'unfold')) return false
  if (chain.link.table === target.name && chain.steps.length === 0) {
    return (
      sameColumns(
        chain.end.map((one) => one.column),
        child.columns,
      ) &&
      sameColumns(
        chain.link.columns.map((one) => one.column),
        child.targets,
      )
    )
  }
  const joined = chain.steps.find((step) => step.kind === 'table')
  if (joined?.kind !== 'table' || joined.table.name !== target.live.name) return false
  const equals = chain.steps
    .filter((step) => step.kind === 'equal')
    .filter((step) => step.left.at === 0 || step.right.at === 0)
  const own = equals.map((step) => (step.left.at === 0 ? step.left.column : step.right.column))
  const other = equals.map((step) => (step.left.at === 0 ? step.right.column : step.left.column))
  return sameColumns(own, child.columns) && sameColumns(other, child.targets)
}

function sameColumns(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name))
}

/** True in SQL when a row that stays refers to this one. A cascade is held only by the person's own rows that stay. */
export function referencedSql(
  context: Context,
  one: Concerned,
  staying: readonly Child[],
  targets: readonly string[],
): string {
  const tests = staying.map((child) => {
    const same = child.columns
      .map((column, index) => `b.${quoteIdentifier(column)} = c.target${targets.indexOf(child.targets[index] ?? '')}`)
      .join(' AND ')
    const hit = context.concerned.find((other) => other.table.name === child.live.name)
    if (hit === undefined) return `EXISTS (SELECT 1 FROM ${child.live.sql} b WHERE ${same})`
    const row = hit.table.key.map((column, index) => `h.k${index} = b.${column.sql}`).join(' AND ')
    const classed = refersBack(context, hit, one) ? `cls${hit.number}` : `hit${hit.number}`
    const released = releasedSql(hit, child, classed.startsWith('cls'))
    if (child.cascades) {
      return `EXISTS (SELECT 1 FROM ${child.live.sql} b JOIN ${classed} h ON ${row} WHERE ${same} AND NOT ${released})`
    }
    return `EXISTS (SELECT 1 FROM ${child.live.sql} b WHERE ${same}
      AND NOT EXISTS (SELECT 1 FROM ${classed} h WHERE ${row} AND ${released}))`
  })
  return tests.length === 0 ? 'false' : `(${tests.join(' OR ')})`
}

/** A referring row that goes, or whose reference is cleared, holds nothing. In a cycle of tables each row decides by itself. */
function releasedSql(hit: Concerned, child: Child, alone: boolean): string {
  const row = alone ? goes(hit, 'h') : `h.action = 'row'`
  if (!child.clears) return `(${row})`
  return `(${row} OR (h.wants_part AND NOT h.others))`
}

/** True when the classes of `from` would themselves wait for those of `to`: a cycle of references. */
function refersBack(context: Context, from: Concerned, to: Concerned, seen: ReadonlySet<string> = new Set()): boolean {
  if (!context.rowTables.has(from.table.name) || seen.has(from.table.name)) return false
  const further = new Set([...seen, from.table.name])
  return stayingChildren(context, from.table).some((child) => {
    if (child.live.name === to.table.live.name) return true
    const next = context.concerned.find((one) => one.table.name === child.live.name)
    return next !== undefined && next !== from && refersBack(context, next, to, further)
  })
}

/** Rows of a table that refers to itself: what a staying row points to stays, and so on upwards. */
export function stayCte(one: Concerned, self: readonly Child[], keys: readonly string[]): string {
  const { table, number } = one
  const holding = self.filter((child) => !child.cascades)
  if (holding.length === 0) return `stay${number} AS (SELECT ${keys.join(', ')} FROM cls${number} WHERE false)`
  const isGoing = (alias: string) =>
    `EXISTS (SELECT 1 FROM cls${number} d WHERE ${goes(one, 'd')} AND ${table.key.map((column, index) => `d.k${index} = ${alias}.${column.sql}`).join(' AND ')})`
  const points = holding.map(
    (child) =>
      `(${child.columns.map((column, index) => `b.${quoteIdentifier(column)} = t.${quoteIdentifier(child.targets[index] ?? '')}`).join(' AND ')})`,
  )
  const select = table.key.map((column, index) => `t.${column.sql} AS k${index}`).join(', ')
  const join = `${table.live.sql} b JOIN ${table.live.sql} t ON ${points.join(' OR ')}`
  const above = table.key.map((column, index) => `b.${column.sql} = s.k${index}`).join(' AND ')
  return `stay${number} AS (SELECT ${select} FROM ${join} WHERE ${isGoing('t')} AND NOT ${isGoing('b')}
    UNION SELECT ${select} FROM stay${number} s, ${join} WHERE ${above})`
}
