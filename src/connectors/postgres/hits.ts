import type { ErasureWork } from '../../connector.ts'
import { quoteIdentifier, quoteLiteral } from '../../sql/sql.ts'
import { type Chain, chainSql, linkedSql } from './chain.ts'
import { keptFields, keptSql, keptUntilSql } from './keep.ts'
import type { Layout, TableLayout } from './layout.ts'
import { isOwnRecord } from './own-record.ts'
import { Parameters } from './parameters.ts'
import { type Concerned, type Context, goes, referencedSql, stayCte, stayingChildren, takesRow } from './reference.ts'
import { hashKey, recordedKeySql, rowHashSql } from './row-hash.ts'
import { Subjects } from './subjects.ts'

/** One table of a statement: which rows it concerns and what happens to each, as a CTE called `name`. */
export interface TableHits {
  readonly table: TableLayout
  /** Number of the table in the layout; CTEs of it are called hit3, del3, upd3. */
  readonly number: number
  readonly chains: readonly Chain[]
  /** Only one way leads here, every row goes, nobody else can stand in it: deleted without being classed first. */
  readonly plain: boolean
  /** Each person's own record and nothing else: changed without being classed first. */
  readonly own: boolean
  readonly ctes: readonly string[]
}

export interface HitOptions {
  readonly now: Date
  /** Suppression key: rows are named in the record of an erasure by a keyed hash. Needed with `only`. */
  readonly key?: Uint8Array
  /** True: every table is classed, none takes the short way (for a preview). */
  readonly classAll?: boolean
  /** True: people's own records take their short way; their classes are then not to be asked for. */
  readonly ownApart?: boolean
}

export interface Hits {
  readonly parameters: Parameters
  readonly subjects: Subjects
  readonly tables: readonly TableHits[]
  readonly now: string
  /** IANA zone in which days are told. */
  readonly zone: string
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
    const apart = !needed.has(one.table.name)
    const plain = apart && plainOnes.has(one.table.name)
    const own = apart && options.ownApart === true && only === undefined && isOwnRecord(context, one)
    return { ...one, plain, own, ctes: plain || own ? [] : hitCtes(context, one, key) }
  })
  const byName = new Map(tables.map((one) => [one.table.name, one]))
  return {
    parameters,
    subjects,
    tables,
    now,
    zone: layout.store.zone,
    ...(key === undefined ? {} : { key }),
    of: (name) => byName.get(name),
  }
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
    // A trigger may quietly leave rows standing: then what was to go is counted first.
    !one.table.live.triggers.some((trigger) => trigger.on.includes('delete')) &&
    stayingChildren(context, one.table).length === 0
  )
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
    'g.requests, g.lead, g.roles, g.role, g.wants_row, g.wants_part, g.mentioned',
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
      coalesce(min(request) FILTER (WHERE wants_row), min(request) FILTER (WHERE wants_part), min(request)) AS lead,
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
  return `SELECT ${select.join(', ')}, m.request, 'mention' AS role, false AS wants_row, false AS wants_part,
      false AS owns, true AS mentioned
    FROM unnest(${[context.parameters.bind(requests, 'int4[]'), ...lists].join(', ')})
      AS m(request, ${columns.map((_values, index) => `v${index}`).join(', ')})`
}

/**
 * True in SQL when another person stands in the row in a role that concerns them. Where the person's role owns the row,
 * only another owner counts: two requesters of one ticket share it, its watchers do not hold it.
 */
function othersSql(context: Context, one: Concerned): string {
  const about = one.table.chains.filter(concerns)
  if (about.length === 0) return 'false'
  if (neverShared(one.table) && !one.mentioned && one.chains.every(concerns)) return 'false'
  const standing = (chains: readonly Chain[]) => {
    const tests = chains.flatMap((chain) => otherPersonSql(context, chain))
    return tests.length === 0 ? 'false' : `(${tests.join(' OR ')})`
  }
  const owning = about.filter((chain) => chain.owns)
  if (owning.length === 0) return standing(about)
  return `CASE WHEN g.owns THEN ${standing(owning)} ELSE ${standing(about)} END`
}

/** Somebody else at the end of one chain; nothing where the chain is the row's own key. */
function otherPersonSql(context: Context, chain: Chain): string[] {
  const person = context.layout.table(chain.link.table)
  if (person === undefined) return []
  const { from, where, end } = chainSql(chain, 't', 'o')
  const same = linkedSql(chain, person.live, 'p', end)
  const notOwn = context.subjects.notOwn(person, 'p', 'g.lead')
  const tables = [`${person.live.sql} p`, ...from].join(', ')
  return [`EXISTS (SELECT 1 FROM ${tables} WHERE ${[...where, ...same, notOwn].join(' AND ')})`]
}

function onlySql(context: Context, table: TableLayout, key: string | undefined): string {
  const only = context.only?.get(table.name)
  if (only === undefined || key === undefined) return ''
  return ` WHERE ${rowHashSql(table, key)} = ANY(${context.parameters.bind([...only], 'text[]')})`
}
