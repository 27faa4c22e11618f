import type { ErasureWork } from '../../connector.ts'
import { quoteIdentifier, quoteLiteral } from '../../sql/sql.ts'
import type { CatalogTable } from './catalog.ts'
import { type Chain, chainSql } from './chain.ts'
import { columnSql } from './expression.ts'
import { fieldAction } from './field-action.ts'
import { keptFields, keptSql, keptUntilSql } from './keep.ts'
import type { Layout, TableLayout } from './layout.ts'
import { Parameters } from './parameters.ts'
import { hashKey, recordedKeySql, rowHashSql } from './row-hash.ts'
import { Subjects } from './subjects.ts'
import { baseOf, equal } from './values.ts'

/** One table of a statement: which rows it concerns and what happens to each, as a CTE called `name`. */
export interface TableHits {
  readonly table: TableLayout
  /** Number of the table in the layout; CTEs of it are called hit3, del3, upd3. */
  readonly number: number
  readonly chains: readonly Chain[]
  /** Only one way leads here, every row goes, nobody else can stand in it: deleted without being classed first. */
  readonly plain: boolean
  readonly ctes: readonly string[]
}

export interface HitOptions {
  readonly now: Date
  /** Suppression key: rows are named in the record of an erasure by a keyed hash. Needed with `only`. */
  readonly key?: Uint8Array
  /** True: every table is classed, none takes the short way (for a preview). */
  readonly classAll?: boolean
}

export interface Hits {
  readonly parameters: Parameters
  readonly subjects: Subjects
  readonly tables: readonly TableHits[]
  readonly now: string
  readonly key?: string
  of(name: string): TableHits | undefined
}

/**
 * Classes every row that has to do with the people of the work, table by table: `row` goes, `part` stays without this
 * person's cells, `link` stays. All of it reads one snapshot and stands in one statement with what acts on it.
 */
export function classHits(layout: Layout, work: readonly ErasureWork[], options: HitOptions): Hits {
  const parameters = new Parameters()
  const subjects = new Subjects(work, parameters)
  const now = parameters.bind(options.now.toISOString(), 'timestamptz')
  const key = options.key === undefined ? undefined : parameters.bind(hashKey(options.key), 'text')
  const only = work[0]?.only
  const concerned = layout.tables.flatMap((table, number) => {
    if (only !== undefined && (only.get(table.name)?.size ?? 0) === 0) return []
    const chains = table.chains.filter((chain) => subjects.has(chain.link))
    const mentioned = work.some((one) => one.found.mentions.some((row) => row.table === table.name))
    return chains.length === 0 && !mentioned ? [] : [{ table, number, chains, mentioned }]
  })
  const rowTables = new Set(concerned.filter((one) => one.chains.some(takesRow)).map((one) => one.table.name))
  const context: Context = {
    layout,
    subjects,
    parameters,
    now,
    rowTables,
    concerned,
    ...(only === undefined ? {} : { only }),
  }
  const needed = new Set<string>()
  const plainOnes = new Set(
    concerned
      .filter((one) => options.classAll !== true && only === undefined && isPlain(context, one))
      .map((one) => one.table.name),
  )
  for (const one of concerned) {
    if (plainOnes.has(one.table.name)) continue
    for (const child of stayingChildren(context, one.table)) needed.add(child.live.name)
  }
  const tables = concerned.map((one): TableHits => {
    const plain = plainOnes.has(one.table.name) && !needed.has(one.table.name)
    return { ...one, plain, ctes: plain ? [] : hitCtes(context, one, key) }
  })
  const byName = new Map(tables.map((one) => [one.table.name, one]))
  return { parameters, subjects, tables, now, ...(key === undefined ? {} : { key }), of: (name) => byName.get(name) }
}

interface Concerned {
  readonly table: TableLayout
  readonly number: number
  readonly chains: readonly Chain[]
  readonly mentioned: boolean
}

interface Context {
  readonly layout: Layout
  readonly subjects: Subjects
  readonly parameters: Parameters
  readonly now: string
  readonly rowTables: ReadonlySet<string>
  readonly concerned: readonly Concerned[]
  readonly only?: ReadonlyMap<string, ReadonlySet<string>>
}

function takesRow(chain: Chain): boolean {
  return chain.erase === 'row'
}

/** Roles in which a row is about a person; a link that is kept makes nobody a sharer. */
function concerns(chain: Chain): boolean {
  return chain.erase !== 'keep-link'
}

/** True when nobody else can stand in a row that the person stands in. */
function neverShared(table: TableLayout): boolean {
  const about = table.chains.filter(concerns)
  return about.length === 1 && about[0]?.toOne === true
}

function isPlain(context: Context, one: Concerned): boolean {
  const [chain] = one.chains
  return (
    one.chains.length === 1 &&
    chain !== undefined &&
    takesRow(chain) &&
    !one.mentioned &&
    (neverShared(one.table) || (chain.role === 'person' && chain.owns)) &&
    keptFields(one.table).length === 0 &&
    stayingChildren(context, one.table).length === 0
  )
}

interface Child {
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

function clearsReference(table: TableLayout | undefined, columns: readonly string[]): boolean {
  return (table?.fields ?? []).some(
    (field) =>
      columns.includes(field.column.column) &&
      field.nullable &&
      fieldAction(field) === 'clear' &&
      field.exception === undefined,
  )
}

/** Leaves out the references whose rows certainly go along: their only way to people is this very reference. */
function stayingChildren(context: Context, table: TableLayout): Child[] {
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

function hitCtes(context: Context, one: Concerned, key: string | undefined): string[] {
  const { table, number } = one
  const keys = table.key.map((_column, index) => `k${index}`)
  const onRow = table.key.map((column, index) => `t.${column.sql} = g.k${index}`).join(' AND ')
  const kept = keptFields(table)
  const staying = context.rowTables.has(table.name) ? stayingChildren(context, table) : []
  const self = staying.filter((child) => child.live.name === table.live.name)
  const targets = [...new Set(staying.flatMap((child) => child.targets))]
  const columns = [
    ...keys.map((name) => `g.${name}`),
    'g.requests, g.roles, g.role, g.wants_row, g.wants_part, g.owns, g.mentioned',
    `${othersSql(context, one)} AS others`,
    ...kept.flatMap((field, index) => [
      `${keptSql(context.layout, field, 't', context.now)} AS kept${index}`,
      `${keptUntilSql(context.layout, field, 't')} AS until${index}`,
    ]),
    ...targets.map((name, index) => `t.${quoteIdentifier(name)} AS target${index}`),
    ...(key === undefined ? [] : [`${recordedKeySql(table, key)} AS recorded`]),
  ]
  const filter = onlySql(context, table, key)
  const classed = `cls${number} AS MATERIALIZED (SELECT ${columns.join(', ')}
    FROM (${groupedSql(context, one)}) g JOIN ${table.live.sql} t ON ${onRow}${filter})`
  const stay = self.length === 0 ? [] : [stayCte(one, self, keys)]
  const held =
    self.length === 0
      ? 'false'
      : `EXISTS (SELECT 1 FROM stay${number} s WHERE ${keys.map((name) => `s.${name} = c.${name}`).join(' AND ')})`
  const others = staying.filter((child) => !self.includes(child))
  const hit = `hit${number} AS MATERIALIZED (
    SELECT x.*, CASE WHEN ${goes(one, 'x')} AND NOT x.referenced AND NOT x.held THEN 'row'
      WHEN x.wants_row OR x.wants_part OR x.mentioned THEN 'part' ELSE 'link' END AS action
    FROM (SELECT c.*, ${referencedSql(context, one, others, targets)} AS referenced, ${held} AS held FROM cls${number} c) x)`
  return [classed, ...stay, hit]
}

/** True in SQL when a classed row goes, as far as the row itself decides. */
function goes(one: Concerned, alias: string): string {
  const kept = keptFields(one.table).map((_field, index) => ` AND NOT ${alias}.kept${index}`)
  return `(${alias}.wants_row AND (${alias}.owns OR NOT ${alias}.others)${kept.join('')})`
}

/** Every way to the people, united and grouped by row. */
function groupedSql(context: Context, one: Concerned): string {
  const { table, chains } = one
  const keys = table.key.map((_column, index) => `k${index}`)
  const selects = chains.map((chain) => {
    const { from, where, request } = context.subjects.reach(chain)
    const select = table.key.map((column, index) => `t.${column.sql} AS k${index}`)
    return `SELECT ${select.join(', ')}, ${request}::int4 AS request, ${quoteLiteral(chain.role)} AS role,
      ${takesRow(chain)} AS wants_row, ${concerns(chain)} AS wants_part, ${chain.owns} AS owns, false AS mentioned
      FROM ${[`${table.live.sql} t`, ...from].join(', ')} WHERE ${where.join(' AND ') || 'true'}`
  })
  const mentions = mentionSql(context, table)
  if (mentions !== undefined) selects.push(mentions)
  return `SELECT ${keys.join(', ')}, array_agg(DISTINCT request ORDER BY request) AS requests,
      array_agg(DISTINCT role) AS roles,
      coalesce(min(role) FILTER (WHERE wants_row), min(role) FILTER (WHERE wants_part), min(role)) AS role,
      bool_or(wants_row) AS wants_row, bool_or(wants_part) AS wants_part,
      bool_or(owns AND wants_part) AS owns, bool_or(mentioned) AS mentioned
    FROM (${selects.join('\nUNION ALL\n')}) u GROUP BY ${keys.join(', ')}`
}

function mentionSql(context: Context, table: TableLayout): string | undefined {
  const requests: number[] = []
  const columns: string[][] = table.key.map(() => [])
  context.subjects.work.forEach((one, index) => {
    for (const row of one.found.mentions) {
      if (row.table !== table.name) continue
      const parts: readonly unknown[] = JSON.parse(row.key)
      requests.push(index + 1)
      columns.forEach((column, at) => {
        column.push(String(parts[at]))
      })
    }
  })
  if (requests.length === 0) return undefined
  const lists = columns.map((values) => context.parameters.bind(values, 'text[]'))
  const select = table.key.map((column, index) => `m.v${index}::${column.type} AS k${index}`)
  return `SELECT ${select.join(', ')}, m.request, 'mention', false, false, false, true
    FROM unnest(${[context.parameters.bind(requests, 'int4[]'), ...lists].join(', ')})
      AS m(request, ${columns.map((_values, index) => `v${index}`).join(', ')})`
}

/** True in SQL when another person stands in the row in a role that concerns them. */
function othersSql(context: Context, one: Concerned): string {
  const { table } = one
  const about = table.chains.filter(concerns)
  const severalRequests = context.subjects.work.length > 1 ? 'cardinality(g.requests) > 1 OR ' : ''
  if (about.length === 0) return `${severalRequests || 'false OR '}false`
  if (neverShared(table) && !one.mentioned && one.chains.every(concerns)) return `(${severalRequests}false)`
  const tests = about.map((chain) => {
    const person = context.layout.table(chain.link.table)
    if (person === undefined) return 'false'
    const { from, where, end } = chainSql(chain, 't', 'o')
    const same = chain.link.columns.map((column, index) => {
      const base = column.path === undefined ? baseOf(person.live, column.column) : 'text'
      return equal(columnSql('p', column.column, column.path), base, end[index] ?? '', chain.end[index]?.base ?? 'text')
    })
    const notOwn = context.subjects.notOwn(person, 'p', 'g.requests[1]')
    return `EXISTS (SELECT 1 FROM ${[`${person.live.sql} p`, ...from].join(', ')} WHERE ${[...where, ...same, notOwn].join(' AND ')})`
  })
  return `(${severalRequests}${tests.join(' OR ')})`
}

/** True in SQL when a row that stays refers to this one. A cascade is held only by the person's own rows that stay. */
function referencedSql(
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
  return `(${row} OR (h.wants_part AND (h.owns OR NOT h.others)))`
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
function stayCte(one: Concerned, self: readonly Child[], keys: readonly string[]): string {
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

function onlySql(context: Context, table: TableLayout, key: string | undefined): string {
  const only = context.only?.get(table.name)
  if (only === undefined || key === undefined) return ''
  return ` WHERE ${rowHashSql(table, key)} = ANY(${context.parameters.bind([...only], 'text[]')})`
}
