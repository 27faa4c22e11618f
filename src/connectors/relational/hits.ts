import { addDuration } from '../../base/duration.ts'
import type { ErasureWork } from '../../connector.ts'
import { clockOf } from '../clock-text.ts'
import { hashOf } from '../place-hash.ts'
import type { Chain } from '../postgres/chain.ts'
import { keptFields } from '../postgres/keep.ts'
import type { FieldLayout, Layout, TableLayout } from '../postgres/layout.ts'
import { takesRow } from '../postgres/reference.ts'
import type { Dialect, Session } from './dialect.ts'
import { cellOf } from './reader.ts'
import { type Beyond, holdReferenced } from './reference.ts'
import { keyOf, keySelect, pieces, placed } from './rows.ts'
import { all, joined, raw, sql } from './statement.ts'
import { endOf, reachOf } from './way.ts'

/** Rows asked about in one statement. */
export const rowsAtOnce = 2_000

/** What an erasure does to one row: it goes, it stays without these people's cells, or only their link stays. */
export interface Hit {
  readonly key: readonly (string | null)[]
  /** Numbers of the people concerned, from 0. */
  readonly people: Set<number>
  readonly roles: Set<string>
  /** Who decides, and in which role. */
  lead: number
  role: string
  wantsRow: boolean
  wantsPart: boolean
  owns: boolean
  mentioned: boolean
  /** Another person stands in the row in a role that concerns them. */
  others: boolean
  /** A row that stays refers to this one. */
  referenced: boolean
  /** Fields kept under an exception, and until when; undefined: nothing says it. */
  readonly kept: Map<FieldLayout, Date | undefined>
  action: 'row' | 'part' | 'link'
}

export interface TableHits {
  readonly table: TableLayout
  readonly number: number
  readonly chains: readonly Chain[]
  /** Key as JSON → row. */
  readonly rows: Map<string, Hit>
}

export interface Hits {
  readonly tables: readonly TableHits[]
  /** Rows beyond these that references would delete or change. */
  readonly beyond: readonly Beyond[]
  of(name: string): TableHits | undefined
}

export type Work = Pick<ErasureWork, 'found' | 'only'>

export interface HitOptions {
  readonly now: Date
  /** Suppression key, needed with `only`. */
  readonly key?: Uint8Array
  /** True: takes the rows' locks. */
  readonly lock?: boolean
}

const concerns = (chain: Chain): boolean => chain.erase !== 'keep-link'

/** Classes every row that has to do with the people of the work, table by table. Statements grow with the tables. */
export async function classHits(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  work: readonly Work[],
  options: HitOptions,
): Promise<Hits> {
  const only = work[0]?.only
  const tables: TableHits[] = []
  for (const [number, table] of layout.tables.entries()) {
    if (only !== undefined && (only.get(table.name)?.size ?? 0) === 0) continue
    const rows = await reached(session, dialect, table, work)
    addMentions(rows, table, work)
    const hashes = only?.get(table.name)
    if (hashes !== undefined && options.key !== undefined) {
      for (const [place, { key }] of rows)
        if (!hashes.has(hashOf(options.key, table.name, key).toString('hex'))) rows.delete(place)
    }
    if (rows.size === 0) continue
    if (options.lock === true) await lockRows(session, dialect, table, rows)
    tables.push({ table, number, chains: table.chains, rows })
  }
  for (const one of tables) {
    await readOthers(session, dialect, layout, one, work)
    await readKept(session, dialect, layout, one, options.now)
    for (const hit of one.rows.values()) {
      const goes = hit.wantsRow && !hit.others && hit.kept.size === 0
      hit.action = goes ? 'row' : hit.wantsRow || hit.wantsPart || hit.mentioned ? 'part' : 'link'
    }
  }
  const byName = new Map(tables.map((one) => [one.table.name, one]))
  const of = (name: string) => byName.get(name)
  const beyond = await holdReferenced(session, dialect, layout, { tables, of })
  return { tables, beyond, of }
}

/** Every row that a chain leads to one of the people. */
async function reached(
  session: Session,
  dialect: Dialect,
  table: TableLayout,
  work: readonly Work[],
): Promise<Map<string, Hit>> {
  const rows = new Map<string, Hit>()
  const people = work.map(({ found }) => found)
  // A role whose row goes decides before one that concerns a part, and that before a kept link.
  const chains = table.chains.toSorted((one, other) => rank(one) - rank(other) || (one.role < other.role ? -1 : 1))
  for (const chain of chains) {
    const way = reachOf(dialect, table, chain, people)
    if (way === undefined) continue
    const statement = sql`SELECT DISTINCT s.c0 AS s, ${keySelect(dialect, table)} FROM ${way.from} WHERE ${way.where}`
    for await (const batch of session.stream(statement, rowsAtOnce)) {
      for (const row of batch) addRow(rows, keyOf(row, table), Number(row.s), chain)
    }
  }
  return rows
}

const rank = (chain: Chain): number => (takesRow(chain) ? 0 : concerns(chain) ? 1 : 2)

function addRow(rows: Map<string, Hit>, key: (string | null)[], person: number, chain: Chain): void {
  const place = JSON.stringify(key)
  const hit = rows.get(place) ?? newHit(key, person, chain.role)
  const stronger = (takesRow(chain) && !hit.wantsRow) || (concerns(chain) && !hit.wantsPart)
  const equal = takesRow(chain) === hit.wantsRow && concerns(chain) === hit.wantsPart
  if (stronger || (equal && person < hit.lead)) hit.lead = person
  if (stronger) hit.role = chain.role
  hit.people.add(person)
  hit.roles.add(chain.role)
  hit.wantsRow ||= takesRow(chain)
  hit.wantsPart ||= concerns(chain)
  hit.owns ||= chain.owns && concerns(chain)
  rows.set(place, hit)
}

function newHit(key: (string | null)[], person: number, role: string): Hit {
  return {
    key,
    people: new Set(),
    roles: new Set(),
    lead: person,
    role,
    wantsRow: false,
    wantsPart: false,
    owns: false,
    mentioned: false,
    others: false,
    referenced: false,
    kept: new Map(),
    action: 'link',
  }
}

function addMentions(rows: Map<string, Hit>, table: TableLayout, work: readonly Work[]): void {
  work.forEach(({ found }, person) => {
    for (const mention of found.mentions) {
      if (mention.table !== table.name) continue
      const parts: unknown = JSON.parse(mention.key)
      if (!Array.isArray(parts)) continue
      const key = parts.map((part: unknown) => (part === null ? null : String(part)))
      const hit = rows.get(mention.key) ?? newHit(key, person, 'mention')
      hit.people.add(person)
      hit.mentioned = true
      rows.set(mention.key, hit)
    }
  })
}

/** Takes the locks; rows that are gone meanwhile are left out. */
async function lockRows(session: Session, dialect: Dialect, table: TableLayout, rows: Map<string, Hit>): Promise<void> {
  const there = new Set<string>()
  for (const some of pieces([...rows.values()], rowsAtOnce)) {
    const { from } = placed(dialect, table, some)
    const found = await session.query(sql`SELECT ${keySelect(dialect, table)} FROM ${from}${dialect.locking}`)
    for (const row of found) there.add(JSON.stringify(keyOf(row, table)))
  }
  for (const place of rows.keys()) if (!there.has(place)) rows.delete(place)
}

/**
 * Marks rows in which another person stands. Where the person's role owns the row, only another owner counts: two
 * requesters of one ticket share it, its watchers do not hold it.
 */
async function readOthers(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  { table, rows }: TableHits,
  work: readonly Work[],
): Promise<void> {
  const about = table.chains.filter(concerns)
  const hits = [...rows.values()]
  const alone = about.length === 1 && about[0]?.toOne === true
  const asked = alone ? hits.filter((hit) => hit.mentioned || !hit.wantsPart) : hits
  const owning = about.filter(({ owns }) => owns)
  const own = work.map(({ found }) => new Set(found.persons.map((one) => `${one.table}\n${one.key}`)))
  for (const chain of about) {
    const person = layout.table(chain.link.table)
    if (person === undefined) continue
    const counted = asked.filter((hit) => !hit.owns || owning.length === 0 || owning.includes(chain))
    for (const some of pieces(counted, rowsAtOnce)) {
      const { from } = placed(dialect, table, some)
      const end = endOf(dialect, layout, table, chain)
      const statement = sql`SELECT DISTINCT ${keySelect(dialect, table)}, ${keySelect(dialect, person, 'p', 'p')}
        FROM ${joined([from, ...end.from], ', ')} WHERE ${all(end.where)}`
      for await (const batch of session.stream(statement, rowsAtOnce)) {
        for (const row of batch) {
          const hit = rows.get(JSON.stringify(keyOf(row, table)))
          const theirs = `${person.name}\n${JSON.stringify(keyOf(row, person, 'p'))}`
          if (hit !== undefined && own[hit.lead]?.has(theirs) !== true) hit.others = true
        }
      }
    }
  }
}

/** Fields that a named exception keeps: there is something to keep, and its end has not passed. */
async function readKept(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  { table, rows }: TableHits,
  now: Date,
): Promise<void> {
  const fields = keptFields(table)
  if (fields.length === 0) return
  const cells = fields.map((field, index) => {
    const cell = cellOf(dialect, table, field.column).sql
    const clock = field.clock === undefined ? raw('NULL') : dialect.clock(cellOf(dialect, table, field.clock))
    return sql`${cell} IS NOT NULL AS ${raw(`held${index}`)}, ${clock} AS ${raw(`clock${index}`)}`
  })
  for (const some of pieces([...rows.values()], rowsAtOnce)) {
    const { from } = placed(dialect, table, some)
    const found = await session.query(sql`SELECT ${keySelect(dialect, table)}, ${joined(cells, ', ')} FROM ${from}`)
    for (const row of found) {
      const hit = rows.get(JSON.stringify(keyOf(row, table)))
      fields.forEach((field, index) => {
        if (Number(row[`held${index}`]) !== 1) return
        const clock = row[`clock${index}`]
        const start = clock === null || clock === undefined ? undefined : clockOf(String(clock), layout.store.zone)
        const term = field.exception?.keep
        const until =
          start === undefined || term === undefined ? undefined : addDuration(start, term, layout.store.zone)
        if (until === undefined || until > now) hit?.kept.set(field, until)
      })
    }
  }
}
