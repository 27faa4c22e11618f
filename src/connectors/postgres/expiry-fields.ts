import type { RetentionTerm, TermGap } from '../../expiry.ts'
import { quoteIdentifier, quoteLiteral } from '../../sql/sql.ts'
import { columnSql } from './expression.ts'
import { pseudonymSql, simplePath } from './field-action.ts'
import { isClock, mayHaveEndedSql, termEndSql } from './keep.ts'
import type { FieldLayout, Layout, TableLayout } from './layout.ts'
import { isStandInSql, isTelling } from './stand-in.ts'

/** A field under terms: it is over when the last of them has ended. */
export interface GovernedField {
  readonly field: FieldLayout
  readonly rules: readonly string[]
  /** The most careful end among its terms. */
  readonly end: RetentionTerm['end']
  /** SQL: instant at which the last term ends; NULL where a clock says nothing. */
  readonly until: string
  /** SQL, quick: false where the terms have surely not ended at `now`. */
  mayHaveEnded(now: string): string
}

/** A table in which terms govern fields. */
export interface GovernedTable {
  readonly table: TableLayout
  readonly governed: readonly GovernedField[]
  /** SQL tests: the row holds personal data without a term. */
  readonly ungoverned: readonly string[]
  readonly rules: readonly string[]
}

/**
 * Lays the terms over the map. A term for the table's purpose goes before one for all purposes; of several the last end
 * counts. What nobody can tell is a gap: the field then has no term.
 */
export function governTables(
  layout: Layout,
  terms: readonly RetentionTerm[],
): { tables: GovernedTable[]; gaps: TermGap[] } {
  const gaps: TermGap[] = []
  const tables = layout.tables.flatMap((table): GovernedTable[] => {
    const governed = table.fields.flatMap((field) => governField(layout, table, field, terms, gaps))
    if (governed.length === 0) return []
    const fields = new Set(governed.map((one) => one.field))
    const free = table.fields.filter((field) => field.is !== undefined && !field.generated && !fields.has(field))
    const ungoverned = [...free.map((field) => contentSql(table, field)), ...undeclaredIdentities(table)]
    return [{ table, governed, ungoverned, rules: [...new Set(governed.flatMap(({ rules }) => rules))] }]
  })
  const told = new Set<string>()
  return { tables, gaps: gaps.filter((gap) => !told.has(JSON.stringify(gap)) && told.add(JSON.stringify(gap))) }
}

function governField(
  layout: Layout,
  table: TableLayout,
  field: FieldLayout,
  terms: readonly RetentionTerm[],
  gaps: TermGap[],
): GovernedField[] {
  const { is } = field
  if (is === undefined || field.generated) return []
  const about = terms.filter((term) => term.data.includes(is))
  const gap = (some: readonly RetentionTerm[], why: TermGap['why']) => {
    gaps.push(...some.map(({ name }) => ({ rule: name, table: table.name, why })))
    return []
  }
  const apart = about.filter((term) => term.for.length > 0)
  if (apart.length > 0 && table.map.for.length === 0) return gap(about, 'no-purpose')
  const specific = apart.filter((term) => term.for.some((purpose) => table.map.for.includes(purpose)))
  const governing = specific.length > 0 ? specific : about.filter((term) => term.for.length === 0)
  if (governing.length === 0) return []
  if (!['table', 'partitioned'].includes(table.live.kind)) return gap(governing, 'no-table')
  const ends: string[] = []
  const quick: ((now: string) => string)[] = []
  for (const term of governing) {
    const column = table.map.clock[term.from]
    const base = table.live.columns.find((one) => one.name === column)?.base
    if (column === undefined || base === undefined) return gap(governing, 'no-clock')
    if (!isClock(base)) return gap(governing, 'clock-type')
    ends.push(termEndSql(layout, { column, base }, term.keep, 't'))
    quick.push((now) => mayHaveEndedSql(layout, { column, base }, term.keep, 't', now))
  }
  const [first = 'NULL::timestamptz'] = ends
  // `greatest` leaves NULLs out: one clock that says nothing leaves the whole end unknown.
  const known = ends.map((end) => `${end} IS NOT NULL`).join(' AND ')
  const until = ends.length === 1 ? first : `(CASE WHEN ${known} THEN greatest(${ends.join(', ')}) END)`
  const end = (['review', 'anonymise'] as const).find((one) => governing.some((term) => term.end === one)) ?? 'erase'
  const mayHaveEnded = (now: string) => quick.map((test) => test(now)).join(' AND ')
  return [{ field, rules: governing.map(({ name }) => name), end, until, mayHaveEnded }]
}

/** Keys and hints of people that are no declared field: whoever they name must not go with the rest of the row. */
function undeclaredIdentities({ map, live, key, fields }: TableLayout): string[] {
  const declared = new Set(fields.map((field) => field.column.column))
  const columns = [...(map.person?.keys ?? []), ...(map.person?.hints ?? [])].map(({ column }) => column.column)
  const numbers = /^(int|uuid|numeric|oid)/
  const isNumber = (name: string) => key.some((one) => one.name === name && numbers.test(one.base))
  return [...new Set(columns)]
    .filter((name) => !declared.has(name) && !isNumber(name) && live.columns.some((one) => one.name === name))
    .map((name) => `t.${quoteIdentifier(name)} IS NOT NULL`)
}

type Way = 'null' | 'default' | 'stand-in'

/** A default that is the same at every time: what it fills can be told from data. */
const literal = /^(-?\d+(\.\d+)?|true|false|'(?:[^']|'')*')(::[a-z ]+(\(\d+\))?(\[\])?)?$/

/** How the data of a field goes while its row stays; undefined where it cannot, or could not be told afterwards. */
function wayOf(layout: Layout, table: TableLayout, field: FieldLayout): Way | undefined {
  const { column, path } = field.column
  if (path !== undefined) return simplePath(path) === undefined ? undefined : 'null'
  const referred = layout.catalog.tables.some((other) =>
    other.references.some(({ to }) => to.table === table.live.name && to.columns.includes(column)),
  )
  if (referred) return undefined
  if (field.nullable) return 'null'
  if (field.defaultSql !== undefined && literal.test(field.defaultSql)) return 'default'
  return isTelling(field) && pseudonymSql(field, 'v', 's') !== undefined ? 'stand-in' : undefined
}

function defaultOf(table: TableLayout, field: FieldLayout): string {
  const type = table.live.columns.find((one) => one.name === field.column.column)?.type ?? 'text'
  return `(${field.defaultSql})::${type}`
}

/** True in SQL when a field of row `t` holds data: neither nothing, nor the default, nor a stand-in. */
export function contentSql(table: TableLayout, field: FieldLayout): string {
  const cell = columnSql('t', field.column.column, field.column.path)
  const tests = [`${cell} IS NOT NULL`]
  if (!field.nullable && field.defaultSql !== undefined && literal.test(field.defaultSql)) {
    tests.push(`${cell}::text IS DISTINCT FROM ${defaultOf(table, field)}::text`)
  }
  if (!field.nullable && isTelling(field)) tests.push(`${cell}::text <> '' AND NOT ${isStandInSql(cell)}`)
  return `(${tests.join(' AND ')})`
}

/** The new value of a field's column, from the old one; undefined where the field can only go with its row. */
export function emptiedSql(
  layout: Layout,
  table: TableLayout,
  field: FieldLayout,
  old: string,
  salt: string,
): string | undefined {
  const way = wayOf(layout, table, field)
  if (way === undefined) return undefined
  if (field.column.path !== undefined) {
    const steps = (simplePath(field.column.path) ?? []).map(quoteLiteral).join(', ')
    return `jsonb_set(${old}::jsonb, ARRAY[${steps}]::text[], 'null'::jsonb, false)::${field.base}`
  }
  if (way === 'null') return 'NULL'
  return way === 'default' ? defaultOf(table, field) : pseudonymSql(field, old, salt)
}
