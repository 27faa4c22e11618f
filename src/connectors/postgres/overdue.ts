// What a sweep left is counted by code of its own: it shares no rule, clock or test with expire.ts and expiry-*.ts.
import { addDuration, durationDays } from '../../base/duration.ts'
import { instantOf } from '../../base/zone.ts'
import type { ExpiryWork, HeldRows, OverdueCount, RetentionTerm, TermGap } from '../../expiry.ts'
import { quoteIdentifier, quoteLiteral, type SqlSession } from '../../sql/sql.ts'
import { chainSql, linkedSql } from './chain.ts'
import { columnSql } from './expression.ts'
import type { FieldLayout, Layout, TableLayout } from './layout.ts'

const dayMs = 86_400_000
const rowsAtOnce = 5_000

/** A clock and how long data is kept from it. */
interface Span {
  readonly column: string
  readonly keep: string
}

interface Looked {
  readonly field: FieldLayout
  readonly terms: readonly RetentionTerm[]
  readonly spans: readonly Span[]
  /** Of the exception that keeps the field; `endless` where nobody can tell its end. */
  readonly kept?: Span | 'endless'
}

/** Counts, table by table, the rows in which data stands whose every term is over. */
export async function countOverdue(
  session: SqlSession,
  layout: Layout,
  work: ExpiryWork,
): Promise<{ counts: OverdueCount[]; gaps: TermGap[] }> {
  const counts: OverdueCount[] = []
  const gaps = new Map<string, TermGap>()
  const missing = (rule: string, table: string, why: TermGap['why']) =>
    gaps.set(JSON.stringify([rule, table, why]), { rule, table, why })
  for (const table of layout.tables) {
    const looked = table.fields.flatMap((field) => lookAt(table, field, work.terms, missing))
    if (looked.length > 0) counts.push(...(await countTable(session, layout, table, looked, work)))
  }
  return { counts, gaps: [...gaps.values()] }
}

type Missing = (rule: string, table: string, why: TermGap['why']) => void

function lookAt(table: TableLayout, field: FieldLayout, all: readonly RetentionTerm[], missing: Missing): Looked[] {
  const mine = all.filter(({ data }) => field.is !== undefined && !field.generated && data.includes(field.is))
  const purposes = new Set(table.map.for)
  if (purposes.size === 0 && mine.some((term) => term.for.length > 0)) {
    for (const term of mine) missing(term.name, table.name, 'no-purpose')
    return []
  }
  const forThis = mine.filter((term) => term.for.some((one) => purposes.has(one)))
  const terms = forThis.length > 0 ? forThis : mine.filter((term) => term.for.length === 0)
  if (terms.length === 0) return []
  const faults = terms.map((term) => faultOf(table, table.map.clock[term.from]))
  const fault = table.live.kind === 'table' || table.live.kind === 'partitioned' ? faults.find(Boolean) : 'no-table'
  if (fault !== undefined) {
    for (const term of terms) missing(term.name, table.name, fault)
    return []
  }
  const spans = terms.map((term) => ({ column: table.map.clock[term.from] ?? '', keep: term.keep }))
  return [{ field, terms, spans, ...keptOf(field) }]
}

function keptOf({ exception, clock }: FieldLayout): Pick<Looked, 'kept'> {
  if (exception === undefined) return {}
  if (exception.keep === undefined || clock === undefined) return { kept: 'endless' }
  return { kept: { column: clock.column, keep: exception.keep } }
}

const dated = ['date', 'timestamp', 'timestamptz']
const numbered = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8']

function faultOf(table: TableLayout, column: string | undefined): TermGap['why'] | undefined {
  const base = table.live.columns.find(({ name }) => name === column)?.base
  if (base === undefined) return 'no-clock'
  return dated.includes(base) || numbered.includes(base) ? undefined : 'clock-type'
}

/** One group of rows: what their clocks say, and which fields hold data. */
type Group = Record<string, string | boolean | null>

async function countTable(
  session: SqlSession,
  layout: Layout,
  table: TableLayout,
  looked: readonly Looked[],
  work: ExpiryWork,
): Promise<OverdueCount[]> {
  const values: unknown[] = []
  const spans = distinct(looked.flatMap(({ spans, kept }) => [...spans, ...(typeof kept === 'object' ? [kept] : [])]))
  const columns = [
    ...spans.map((span, index) => `${spokenSql(layout, table, span, work.now)} AS c${index}`),
    ...looked.map(({ field }, index) => `${standsSql(table, field)} AS f${index}`),
  ]
  const held = work.held.flatMap((hold) => untouchedSql(layout, table, hold, values))
  const names = [...spans.map((_span, index) => `c${index}`), ...looked.map((_one, index) => `f${index}`)]
  const text = `SELECT ${names.join(', ')}, count(*)::text AS rows FROM (
      SELECT ${columns.join(', ')} FROM ${table.live.sql} t ${held.length === 0 ? '' : `WHERE (${held.join(' OR ')}) IS NOT TRUE`}) x
    WHERE ${looked.map((_one, index) => `f${index}`).join(' OR ')} GROUP BY ${names.join(', ')}`
  const rules = distinct(looked.flatMap(({ terms }) => terms.map(({ name }) => name)))
  const sums = new Map(rules.map((rule) => [rule, { overdue: 0, undated: 0 }]))
  for await (const groups of session.cursor<Group>(text, values, rowsAtOnce)) {
    for (const group of groups) {
      const over = spans.map((span, index) => isOver(group[`c${index}`], span.keep, layout.store.zone, work.now))
      const at = (span: Span) => over[spans.findIndex((one) => same(one, span))]
      const told = looked.filter((_one, index) => group[`f${index}`] === true)
      for (const [rule, sum] of sums) {
        const own = told.filter((one) => answers(one, rule))
        const keeps = ({ kept }: Looked) => kept === 'endless' || (kept !== undefined && at(kept) !== true)
        const ended = own.filter((one) => one.spans.every((span) => at(span) === true) && !keeps(one))
        if (ended.length > 0) sum.overdue += Number(group.rows)
        if (own.some((one) => one.spans.some((span) => at(span) === undefined))) sum.undated += Number(group.rows)
      }
    }
  }
  return [...sums].map(([rule, sum]) => ({ rule, table: table.name, ...sum }))
}

/** A field that a person has to look at is answered for by the terms that say so. */
function answers({ terms }: Looked, rule: string): boolean {
  const review = terms.some(({ end }) => end === 'review')
  return terms.some(({ name, end }) => name === rule && (!review || end === 'review'))
}

const same = (one: Span, other: Span) => one.column === other.column && one.keep === other.keep

function distinct<T>(list: readonly T[]): T[] {
  const seen = new Set<string>()
  return list.filter((one) => !seen.has(JSON.stringify(one)) && seen.add(JSON.stringify(one)))
}

/** `past` and `future` where every calendar agrees, else the wall clock itself; NULL where the column says nothing. */
function spokenSql(layout: Layout, table: TableLayout, { column, keep }: Span, now: Date): string {
  const base = table.live.columns.find(({ name }) => name === column)?.base ?? ''
  const cell = `t.${quoteIdentifier(column)}`
  const zone = quoteLiteral(layout.store.zone)
  const unit = `CASE WHEN ${cell} >= 1e14 THEN 1e6 WHEN ${cell} >= 1e11 THEN 1e3 ELSE 1 END`
  const wall =
    base === 'timestamptz'
      ? `timezone(${zone}, ${cell})`
      : dated.includes(base)
        ? `${cell}::timestamp`
        : `timezone(${zone}, to_timestamp((${cell} / ${unit})::float8))`
  const silent = dated.includes(base)
    ? `NOT isfinite(${cell}) OR extract(year FROM ${cell}) NOT BETWEEN 2 AND 8999 OR extract(epoch FROM ${cell}) = 0`
    : `${cell} <= 0 OR ${cell} >= 1e17`
  const { least, most } = durationDays(keep)
  const day = (days: number) =>
    quoteLiteral(new Date(Math.max(-6e13, now.getTime() - days * dayMs)).toISOString().slice(0, 19))
  return `CASE WHEN ${cell} IS NULL OR ${silent} THEN NULL WHEN ${wall} < ${day(most + 3)} THEN 'past'
    WHEN ${wall} > ${day(least - 3)} THEN 'future' ELSE to_char(${wall}, 'YYYY-MM-DD"T"HH24:MI:SS.MS') END`
}

/** Undefined: nobody can tell. */
function isOver(said: unknown, keep: string, zone: string, now: Date): boolean | undefined {
  if (typeof said !== 'string') return undefined
  if (said === 'past' || said === 'future') return said === 'past'
  const at = new Date(`${said}Z`)
  const wall = {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    timeMs: at.getTime() % dayMs < 0 ? (at.getTime() % dayMs) + dayMs : at.getTime() % dayMs,
  }
  return addDuration(instantOf(wall, zone), keep, zone).getTime() <= now.getTime()
}

const standIn = '^([0-9a-f]{12,24}|[0-9a-f]{1,24}@(erased|x)\\.invalid)$'

/** True in SQL when a cell holds something that was not put there in the place of data. */
function standsSql({ live }: TableLayout, { column: { column, path }, nullable, defaultSql }: FieldLayout): string {
  const cell = columnSql('t', column, path)
  if (nullable || path !== undefined) return `(${cell} IS NOT NULL)`
  const type = live.columns.find(({ name }) => name === column)?.type ?? 'text'
  const plain = defaultSql !== undefined && !/[(]|^(current|local|session|user)/i.test(defaultSql.replace(/::.*$/, ''))
  const unlike = plain ? ` AND ${cell}::text <> ((${defaultSql})::${type})::text` : ''
  return `(${cell}::text <> '' AND ${cell}::text !~ ${quoteLiteral(standIn)}${unlike})`
}

/** Rows of a held person: by their record, or because they are named there. */
function untouchedSql(layout: Layout, table: TableLayout, { found, data }: HeldRows, values: unknown[]): string[] {
  if (data.length > 0 && !table.fields.some(({ is }) => is !== undefined && data.includes(is))) return []
  if (found === undefined) return ['true']
  const bound = (keys: readonly string[]) => `$${values.push(keys)}::text[]`
  const key = (one: TableLayout, alias: string) =>
    `json_build_array(${one.key.map(({ sql }) => `${alias}.${sql}::text`).join(', ')})::jsonb`
  const tests = table.chains.flatMap((chain) => {
    const person = layout.table(chain.link.table)
    const keys = found.persons.filter((row) => row.table === chain.link.table).map((row) => row.key)
    if (person === undefined || keys.length === 0) return []
    const { from, where, end } = chainSql(chain, 't', 'w')
    const all = [
      ...where,
      ...linkedSql(chain, person.live, 'p', end),
      `${key(person, 'p')} = ANY(${bound(keys)}::jsonb[])`,
    ]
    return [`EXISTS (SELECT 1 FROM ${[`${person.live.sql} p`, ...from].join(', ')} WHERE ${all.join(' AND ')})`]
  })
  const named = found.mentions.filter((row) => row.table === table.name).map((row) => row.key)
  return [...tests, ...(named.length === 0 ? [] : [`${key(table, 't')} = ANY(${bound(named)}::jsonb[])`])]
}
