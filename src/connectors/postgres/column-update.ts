import { ERASED, LONGEST_LINE } from '../../content/index.ts'
import type { FieldErasure } from '../../language/store-map.ts'
import { quoteIdentifier, quoteLiteral } from '../../sql/sql.ts'
import { fieldAction, fieldObstacle, isCoded, pseudonymSql, simplePath } from './field-action.ts'
import { keptFields } from './keep.ts'
import type { FieldLayout, TableLayout } from './layout.ts'
import { mentionOnly, type Redaction } from './redaction.ts'
import { isStandInSql, isTelling } from './stand-in.ts'

/** One column's new value and whether it changes, for a row `t` under its class `h`. */
export interface ColumnUpdate {
  readonly column: string
  readonly value: string
  readonly changes: string
}

/** All updates of a table's rows that stay: columns with their new values. Coded cells are not among them. */
export function columnUpdates(table: TableLayout, redaction: Redaction): ColumnUpdate[] {
  const kept = keptFields(table)
  const byColumn = new Map<string, { field: FieldLayout; applies: string }[]>()
  for (const field of table.fields) {
    const action = fieldAction(field)
    if (action === undefined || isCoded(field) || fieldObstacle(field) !== undefined) continue
    const keptAt = kept.indexOf(field)
    const notKept = keptAt < 0 ? '' : ` AND NOT h.kept${keptAt}`
    const applies = `(${action === 'redact' ? 'true' : belongsSql(table, field, redaction)}${notKept})`
    const column = field.column.column
    byColumn.set(column, [...(byColumn.get(column) ?? []), { field, applies }])
  }
  const updates = [...byColumn].map(([column, parts]) => {
    const old = `t.${quoteIdentifier(column)}`
    let value = old
    const changes: string[] = []
    for (const { field, applies } of parts) {
      const next = newValue(field, value, redaction)
      if (next === undefined) continue
      value = `CASE WHEN ${applies} AND ${next.when} THEN ${next.sql} ELSE ${value} END`
      changes.push(`(${applies} AND ${newValue(field, old, redaction)?.when ?? 'false'})`)
    }
    const told = parts.every(({ field }) => fieldAction(field) !== 'pseudonym' || isTelling(field))
    return { column: quoteIdentifier(column), value, changes: changes.join(' OR ') || 'false', told }
  })
  return redaction.again === 'told' ? onlyWithOthers(updates) : updates
}

/** A stand-in that looks like any other value is put anew only into a row that something else shows to hold the person. */
function onlyWithOthers(updates: readonly (ColumnUpdate & { readonly told: boolean })[]): ColumnUpdate[] {
  const shown = updates.filter(({ told }) => told).map(({ changes }) => changes)
  const sign = shown.length === 0 ? 'false' : `(${shown.join(' OR ')})`
  return updates.map(({ column, value, changes, told }) =>
    told
      ? { column, value, changes }
      : {
          column,
          value: `CASE WHEN ${sign} THEN ${value} ELSE t.${column} END`,
          changes: `(${sign} AND (${changes}))`,
        },
  )
}

/** Whose cell it is: the named role's, else the person's where nobody else stands in the row, else only if it is an identifier of theirs. */
function belongsSql(table: TableLayout, field: FieldLayout, redaction: Redaction): string {
  const whose = field.of === undefined ? '(h.wants_part AND NOT h.others)' : `${quoteLiteral(field.of)} = ANY(h.roles)`
  const alwaysOwn = table.chains.length === 1 && table.chains[0]?.role === 'person' && field.of === undefined
  if (alwaysOwn || field.column.path !== undefined) return whose
  return `(${whose} OR ${redaction.isIdentifier(`t.${quoteIdentifier(field.column.column)}`)})`
}

function newValue(field: FieldLayout, old: string, redaction: Redaction): { sql: string; when: string } | undefined {
  const action = fieldAction(field)
  if (action === 'redact') return redacted(field, old, redaction)
  if (field.column.path !== undefined) return atPath(field, old, redaction, action)
  if (action === 'clear') {
    const target = field.nullable ? 'NULL' : `(${field.defaultSql ?? 'NULL'})`
    return { sql: target, when: field.nullable ? `${old} IS NOT NULL` : `${old} IS DISTINCT FROM ${target}` }
  }
  const sql = pseudonymSql(field, old, redaction.salt())
  const when = `${old}::text <> ''${notAgain(field, old, redaction)}`
  return sql === undefined ? undefined : { sql: `(${sql})`, when }
}

/** What an erasure has replaced is not replaced again when it is replayed. */
function notAgain(field: FieldLayout, cell: string, redaction: Redaction): string {
  return redaction.again !== undefined && isTelling(field) ? ` AND NOT ${isStandInSql(cell)}` : ''
}

function atPath(field: FieldLayout, old: string, redaction: Redaction, action: FieldErasure | undefined) {
  const steps = simplePath(field.column.path ?? '')
  if (steps === undefined) return undefined
  const path = `ARRAY[${steps.map(quoteLiteral).join(', ')}]::text[]`
  const at = `(${old}::jsonb #>> ${path})`
  const stand = pseudonymSql({ base: 'text' }, at, redaction.salt())
  const when = `${at} IS NOT NULL${action === 'clear' ? '' : notAgain(field, at, redaction)}`
  const value = action === 'clear' ? `'null'::jsonb` : `to_jsonb((${stand})::text)`
  return { sql: `jsonb_set(${old}::jsonb, ${path}, ${value}, false)::${field.base}`, when }
}

function redacted(field: FieldLayout, old: string, redaction: Redaction): { sql: string; when: string } | undefined {
  if (field.list !== undefined) return withoutLinks(field, field.list, old, redaction)
  const patterns = redaction.patterns()
  if (field.base === 'tsvector') {
    // A parser may keep an address inside a longer word, e.g. a whole URL.
    const tests = [`x.lexeme = ANY(${redaction.words()})`, ...patterns.map((pattern) => `x.lexeme ~* (${pattern})`)]
    const words = `ARRAY(SELECT x.lexeme FROM unnest(${old}) x WHERE ${tests.join(' OR ')})`
    return { sql: `ts_delete(${old}, ${words})`, when: `cardinality(${words}) > 0` }
  }
  if (patterns.length === 0) return undefined
  const replaceBy = (value: string, by: readonly string[]) =>
    by.reduce((inner, pattern) => `regexp_replace(${inner}, ${pattern}, ${quoteLiteral(ERASED)}, 'gi')`, value)
  const replace = (value: string) => replaceBy(value, patterns)
  const when = `(${patterns.map((pattern) => `${old}::text ~* ${pattern}`).join(' OR ')})`
  if (field.base.startsWith('_')) {
    const each = `ARRAY(SELECT ${replace('q.x')} FROM unnest(${old}::text[]) WITH ORDINALITY AS q(x, n) ORDER BY q.n)`
    return { sql: `${each}::${field.base === '_text' ? 'text' : 'varchar'}[]`, when }
  }
  const whole =
    lined.has(field.base) && redaction.anyMention
      ? besideKeys(`${old}::text`, replaceBy, redaction)
      : json.has(field.base)
        ? inJson(`${old}::text`, replace, redaction)
        : replace(`${old}::text`)
  const fitted = field.maxLength === undefined ? whole : `left(${whole}, ${field.maxLength})`
  return { sql: `(${fitted})::${castOf(field.base)}`, when }
}

/** A list of references loses those to the person and no other: a number in it may be another table's id of theirs. */
function withoutLinks(field: FieldLayout, list: NonNullable<FieldLayout['list']>, old: string, redaction: Redaction) {
  const isHers = redaction.isLinked(list.links, 'q.x')
  if (field.base.startsWith('_')) {
    const elements = `unnest(${old}) WITH ORDINALITY AS q(x, n)`
    return {
      sql: `ARRAY(SELECT q.x FROM ${elements} WHERE NOT coalesce(${isHers}, false) ORDER BY q.n)`,
      when: `EXISTS (SELECT 1 FROM ${elements} WHERE ${isHers})`,
    }
  }
  const separator = quoteLiteral(list.separator ?? ',')
  const elements = `unnest(string_to_array(${old}::text, ${separator})) WITH ORDINALITY AS q(x, n)`
  // The blanks around an element stay; what else names them in it goes as in any text.
  const marked = `substring(q.x from '^\\s*') || ${quoteLiteral(ERASED)} || substring(q.x from '\\s*$')`
  const patterns = redaction.patterns('words')
  const others = patterns.reduce(
    (inner, pattern) => `regexp_replace(${inner}, ${pattern}, ${quoteLiteral(ERASED)}, 'gi')`,
    'q.x',
  )
  const whole = `(SELECT string_agg(CASE WHEN ${isHers} THEN ${marked} ELSE ${others} END, ${separator} ORDER BY q.n) FROM ${elements})`
  const fitted = field.maxLength === undefined ? whole : `left(${whole}, ${field.maxLength})`
  const tests = [isHers, ...patterns.map((pattern) => `q.x ~* ${pattern}`)]
  return {
    sql: `(${fitted})::${castOf(field.base)}`,
    when: `EXISTS (SELECT 1 FROM ${elements} WHERE ${tests.join(' OR ')})`,
  }
}

const json = new Set(['json', 'jsonb'])

/**
 * JSON text token by token: marks go into strings alone, and a number that is an identifier becomes null, the one value
 * that says nothing and is of no type. All else stays as it is written, digit by digit.
 */
function inJson(value: string, replace: (value: string) => string, redaction: Redaction): string {
  const numbers = redaction.patterns('numbers').reduce((inner, pattern) => {
    const bare = `'(?<![-+.\\w])(?:' || ${pattern} || ')(?![-+.\\w])'`
    return `regexp_replace(${inner}, ${bare}, 'null', 'gi')`
  }, 'k.token[1]')
  return `(SELECT string_agg(CASE WHEN k.token[1] LIKE '"%' THEN ${replace('k.token[1]')} ELSE ${numbers} END, '' ORDER BY k.n)
    FROM regexp_matches(${value}, '"(?:[^"\\\\]|\\\\.)*"|[^"]+', 'g') WITH ORDINALITY k(token, n))`
}

/** Types whose text has lines; in JSON and XML people stand beside each other on one. */
const lined = new Set(['text', 'varchar', 'bpchar', 'citext', 'name'])

/** In a row that only mentions the person, hints go on the lines on which a key identity stands, and there alone. */
function besideKeys(value: string, replaceBy: (value: string, by: readonly string[]) => string, redaction: Redaction) {
  const keys = redaction.alternations('strong')
  const all = redaction.alternations('all')
  const named = keys.map((pattern) => `l.line ~* ${pattern}`).join(' OR ')
  const line = `CASE WHEN length(l.line) <= ${LONGEST_LINE} AND (${named}) THEN ${replaceBy('l.line', all)} ELSE ${replaceBy('l.line', keys)} END`
  return `CASE WHEN ${mentionOnly} THEN (SELECT coalesce(string_agg(${line}, E'\\n' ORDER BY l.n), '')
    FROM unnest(string_to_array(${value}, E'\\n')) WITH ORDINALITY l(line, n)) ELSE ${replaceBy(value, all)} END`
}

function castOf(base: string): string {
  return base === 'bpchar' || base === 'varchar' ? 'varchar' : base
}
