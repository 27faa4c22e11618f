import type { ErasureWork } from '../../connector.ts'
import { ERASED, type Identifier, identifierPatterns, LONGEST_LINE } from '../../content/index.ts'
import type { FieldErasure } from '../../language/store-map.ts'
import { quoteIdentifier, quoteLiteral } from '../../sql/sql.ts'
import type { Link } from './chain.ts'
import { identifiers } from './find.ts'
import { keptFields } from './keep.ts'
import type { FieldLayout, TableLayout } from './layout.ts'
import type { Parameters } from './parameters.ts'
import { typeFamily } from './values.ts'

/** Types whose cells `redact` can rewrite inside the database. */
const redactable = new Set([
  'text',
  'varchar',
  'bpchar',
  'citext',
  'name',
  'json',
  'jsonb',
  'xml',
  'tsvector',
  'hstore',
  '_text',
  '_varchar',
])

/** Arrays of references out of which `redact` takes those to the person. */
const removable = new Set(['_int2', '_int4', '_int8', '_numeric', '_uuid'])

/** A cell that leaves the store to be rewritten, because its codec says so. */
export function isCoded(field: FieldLayout): boolean {
  return field.is !== undefined && field.erase === 'redact' && (field.codec !== undefined || field.base === 'bytea')
}

/** What erasure does to a field in a row that stays; undefined where nothing can or needs to be done. */
export function fieldAction(field: FieldLayout): FieldErasure | undefined {
  if (field.is === undefined || field.generated) return undefined
  return field.erase ?? 'clear'
}

/** Why a field's action cannot be carried out in this store, as code and words; undefined when it can. */
export function fieldObstacle(field: FieldLayout): { code: string; what: string; mend: string } | undefined {
  const action = fieldAction(field)
  const name = field.column.column
  if (field.column.path !== undefined && action !== 'redact' && simplePath(field.column.path) === undefined) {
    return {
      code: 'store.path-unsupported',
      what: `erasure cannot write at the path ${field.column.path} of column ${name}`,
      mend: 'Use a path of names and numbers only, or redact the whole column.',
    }
  }
  if (action === 'clear' && field.column.path === undefined && !field.nullable && field.defaultSql === undefined) {
    return {
      code: 'store.clear-not-null',
      what: `column ${name} takes no NULL and has no default: it cannot be cleared`,
      mend: 'Use `erase: pseudonym` or `erase: redact`, or let the row go.',
    }
  }
  if (action === 'pseudonym' && field.column.path === undefined && pseudonymSql(field, 'v', 's') === undefined) {
    return {
      code: 'store.pseudonym-type',
      what: `a pseudonym cannot be of the type of column ${name}`,
      mend: 'Use `erase: clear`.',
    }
  }
  const removes = field.list !== undefined && removable.has(field.base)
  if (action === 'redact' && !redactable.has(field.base) && !removes && !isCoded(field)) {
    return {
      code: 'store.redact-type',
      what: `column ${name} holds no text that could be redacted`,
      mend: 'Use `erase: clear` or `erase: pseudonym`, or name the codec of its cells.',
    }
  }
  return undefined
}

/** Names of a JSON path without wildcards, as PostgreSQL's jsonb functions take them. */
function simplePath(path: string): string[] | undefined {
  const steps: string[] = []
  let rest = path.replace(/^\$/, '')
  while (rest !== '') {
    const match =
      /^\.([\p{L}_][\p{L}\p{N}_-]*)|^\[\s*'((?:[^'\\]|\\.)*)'\s*\]|^\[\s*"((?:[^"\\]|\\.)*)"\s*\]|^\[(\d+)\]/u.exec(
        rest,
      )
    if (match === null) return undefined
    steps.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '')
    rest = rest.slice(match[0].length)
  }
  return steps.length === 0 ? undefined : steps
}

/** A random stand-in of the value's type and length: the same value of the same request gives the same one everywhere. */
function pseudonymSql(field: Pick<FieldLayout, 'base' | 'maxLength'>, value: string, salt: string): string | undefined {
  const hash = `sha256(${salt} || convert_to(${value}::text, 'UTF8'))`
  const hex = `encode(${hash}, 'hex')`
  const number = (digits: number, bits: number) => `('x' || substr(${hex}, 1, ${digits}))::bit(${bits})`
  switch (typeFamily(field.base)) {
    case 'text':
    case 'citext': {
      const most = field.maxLength ?? 1000
      const tail = most >= 24 ? '@erased.invalid' : '@x.invalid'
      const address = `substr(${hex}, 1, ${Math.max(1, Math.min(24, most - tail.length))}) || '${tail}'`
      const word = `substr(${hex}, 1, ${Math.min(24, most)})`
      if (most < tail.length + 6) return word
      return `CASE WHEN position('@' in ${value}::text) > 0 THEN ${address} ELSE ${word} END`
    }
    case 'number':
      if (field.base === 'int2') return `(${number(4, 16)}::int4 & 32767)::int2`
      if (field.base === 'int4' || field.base === 'oid') return `(${number(8, 32)}::int8 & 2147483647)::int4`
      return `(${number(16, 64)}::int8 & 9007199254740991)`
    case 'uuid':
      return `substr(${hex}, 1, 32)::uuid`
    default:
      return undefined
  }
}

/** What a redaction in SQL needs: patterns and words, bound once a statement, by request number. */
export class Redaction {
  readonly #work: readonly ErasureWork[]
  readonly #parameters: Parameters
  readonly #bound = new Map<string, string>()
  /** False: every row of the statement is the people's by a link, and no row of others is told apart. */
  readonly anyMention: boolean

  constructor(work: readonly ErasureWork[], parameters: Parameters) {
    this.#work = work
    this.anyMention = work.some(({ found }) => found.mentions.length > 0)
    this.#parameters = parameters
  }

  /** The salt of a row's first request. */
  salt(): string {
    if (this.#work.length === 1) return this.#once('salt', () => [Buffer.from(this.#work[0]?.salt ?? []), 'bytea'])
    const all = this.#once('salt', () => [this.#work.map((one) => Buffer.from(one.salt)), 'bytea[]'])
    return `(${all})[h.lead]`
  }

  /** The alternations that stand for the people of a row; a row that only mentions them is found by key identities alone. */
  patterns(of?: 'numbers' | 'words'): string[] {
    const everything = this.alternations('all', of)
    if (!this.anyMention) return everything
    const keysOnly = this.alternations('strong', of)
    return everything.map((every, at) => `CASE WHEN ${mentionOnly} THEN ${keysOnly[at]} ELSE ${every} END`)
  }

  /** As many for either choice; `numbers`: of identifiers that a bare number may be, `words`: of all others. */
  alternations(only: 'strong' | 'all', of?: 'numbers' | 'words'): string[] {
    const chosenOf = (all: readonly Identifier[]) =>
      of === undefined ? all : all.filter(({ value }) => isNumber(value) === (of === 'numbers'))
    const lists = (one: 'strong' | 'all') =>
      this.#work.map(({ found }) => identifierPatterns(chosenOf(identifiers(found, one))))
    const chosen = lists(only)
    const most = Math.max(0, ...lists('all').map((list) => list.length))
    return Array.from({ length: most }, (_one, at) => this.#pattern(`${only}${of ?? ''}${at}`, chosen, at))
  }

  #pattern(name: string, lists: readonly (readonly string[])[], at: number): string {
    if (lists.length === 1) return this.#once(name, () => [orNever(lists[0]?.[at]), 'text'])
    const bound = this.#once(name, () => [lists.map((list) => orNever(list[at])), 'text[]'])
    return `(SELECT string_agg('(?:' || (${bound})[q] || ')', '|') FROM unnest(h.requests) q)`
  }

  /** True in SQL when an element of a list is a reference to a person of the row. */
  isLinked(links: readonly Link[], element: string): string {
    const values = this.#work.flatMap(({ found }, index) =>
      links.flatMap((link) => {
        // A link of several columns (an id within a tenant) is a JSON array: the list holds its first.
        const first = (value: string) => (link.columns.length === 1 ? value : String(JSON.parse(value)[0]))
        return (found.links[link.name] ?? []).map((value) => ({ request: index + 1, value: first(value) }))
      }),
    )
    const name = links.map((link) => link.name).join('\n')
    const requests = this.#once(`linkRequests ${name}`, () => [values.map(({ request }) => request), 'int4[]'])
    const list = this.#once(`links ${name}`, () => [values.map(({ value }) => value.trim().toLowerCase()), 'text[]'])
    return `EXISTS (SELECT 1 FROM unnest(${requests}, ${list}) i(r, v) WHERE i.r = ANY(h.requests) AND i.v = lower(btrim(${element}::text)))`
  }

  /** True in SQL when a cell is one of the person's identifiers and nothing else. */
  isIdentifier(column: string): string {
    if (this.#work.length === 1) {
      const values = this.#once('values', () => [
        identifiers(this.#work[0]?.found ?? { identities: [] }, 'all')
          .filter(isTelling)
          .map(folded),
        'text[]',
      ])
      return `lower(btrim(${column}::text)) = ANY(${values})`
    }
    const requests: number[] = []
    const values: string[] = []
    this.#work.forEach((one, index) => {
      for (const identifier of identifiers(one.found, 'all').filter(isTelling)) {
        requests.push(index + 1)
        values.push(folded(identifier))
      }
    })
    const numbers = this.#once('valueRequests', () => [requests, 'int4[]'])
    const list = this.#once('values', () => [values, 'text[]'])
    return `EXISTS (SELECT 1 FROM unnest(${numbers}, ${list}) i(r, v) WHERE i.r = ANY(h.requests) AND i.v = lower(btrim(${column}::text)))`
  }

  /** Words to take out of a text-search vector; a row that only mentions the people loses key identities alone. */
  words(): string {
    if (!this.anyMention) return this.#words('all')
    return `CASE WHEN ${mentionOnly} THEN ${this.#words('strong')} ELSE ${this.#words('all')} END`
  }

  #words(only: 'strong' | 'all'): string {
    const of = (one: ErasureWork) => [...new Set(identifiers(one.found, only).flatMap(lexemes))]
    const words = this.#work.flatMap(of)
    if (this.#work.length === 1) return this.#once(`${only}Words`, () => [words, 'text[]'])
    const requests = this.#work.flatMap((one, index) => of(one).map(() => index + 1))
    const numbers = this.#once(`${only}WordRequests`, () => [requests, 'int4[]'])
    const list = this.#once(`${only}Words`, () => [words, 'text[]'])
    return `ARRAY(SELECT i.w FROM unnest(${numbers}, ${list}) i(r, w) WHERE i.r = ANY(h.requests))`
  }

  #once(name: string, value: () => readonly [unknown, string]): string {
    const known = this.#bound.get(name)
    if (known !== undefined) return known
    const [bound, type] = value()
    const place = this.#parameters.bind(bound, type)
    this.#bound.set(name, place)
    return place
  }
}

/** A row of other people in which the person only is named. */
const mentionOnly = 'h.others AND NOT h.wants_part'

/** A short number is an amount or an id of many tables: equal to theirs, a cell is not yet theirs. */
function isTelling({ value }: Identifier): boolean {
  return !/^\d{1,4}$/.test(value.trim())
}

function isNumber(value: string): boolean {
  return /^[+\d][\d\s()./-]{3,30}$/.test(value.trim())
}

/** A pattern that matches nothing, so that an empty place changes nothing. */
function orNever(pattern?: string): string {
  return pattern === undefined || pattern === '' ? '(?!)' : pattern
}

function folded(identifier: Identifier): string {
  return identifier.value.trim().toLowerCase()
}

/** How a text-search vector may hold an identifier: whole, and word by word where the word is telling. */
function lexemes(identifier: Identifier): string[] {
  const whole = folded(identifier)
  const words = whole.split(/[^\p{L}\p{N}@._+-]+/u).filter((word) => word.length >= 3)
  return [whole, ...words]
}

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
  return [...byColumn].map(([column, parts]) => {
    const old = `t.${quoteIdentifier(column)}`
    let value = old
    const changes: string[] = []
    for (const { field, applies } of parts) {
      const next = newValue(field, value, redaction)
      if (next === undefined) continue
      value = `CASE WHEN ${applies} AND ${next.when} THEN ${next.sql} ELSE ${value} END`
      changes.push(`(${applies} AND ${newValue(field, old, redaction)?.when ?? 'false'})`)
    }
    return { column: quoteIdentifier(column), value, changes: changes.join(' OR ') || 'false' }
  })
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
  return sql === undefined ? undefined : { sql: `(${sql})`, when: `${old}::text <> ''` }
}

function atPath(field: FieldLayout, old: string, redaction: Redaction, action: FieldErasure | undefined) {
  const steps = simplePath(field.column.path ?? '')
  if (steps === undefined) return undefined
  const path = `ARRAY[${steps.map(quoteLiteral).join(', ')}]::text[]`
  const at = `(${old}::jsonb #>> ${path})`
  const stand = pseudonymSql({ base: 'text' }, at, redaction.salt())
  const value = action === 'clear' ? `'null'::jsonb` : `to_jsonb((${stand})::text)`
  return { sql: `jsonb_set(${old}::jsonb, ${path}, ${value}, false)::${field.base}`, when: `${at} IS NOT NULL` }
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
      : replace(json.has(field.base) ? withoutNumbers(`${old}::text`, redaction) : `${old}::text`)
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

/** Bare numbers of a JSON text become null: marks in their place would leave no JSON. Inside a string either is sound. */
function withoutNumbers(value: string, redaction: Redaction): string {
  return redaction.patterns('numbers').reduce((inner, pattern) => {
    const bare = `'(?<=^|[,:[]\\s?)(?:' || ${pattern} || ')(?=\\s?[],}]|$)'`
    return `regexp_replace(${inner}, ${bare}, 'null', 'gi')`
  }, value)
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
