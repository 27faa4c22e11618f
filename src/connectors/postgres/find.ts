import type { Candidate, Found, FoundIdentity, Identity, RowRef, Subject } from '../../connector.ts'
import type { Identifier } from '../../content/index.ts'
import { Fault } from '../../language/fault.ts'
import { namesOnePerson } from '../../language/identity-kind.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import { columnSql } from './expression.ts'
import { harvestLinked } from './harvest.ts'
import type { Layout, TableLayout } from './layout.ts'
import { findMentions, keyArray } from './mention.ts'
import { Parameters } from './parameters.ts'
import { baseOf, comparable } from './values.ts'

/** Identities found in one record open the next; more rounds than this would be a map that links everybody. */
const mostRounds = 8
const mostCandidates = 200

interface PersonRecord extends RowRef {
  readonly links: ReadonlyMap<string, string>
  readonly identities: readonly FoundIdentity[]
  readonly tenant?: string
}

/** Finds the person's own records in every person table, until no new identity opens another one. */
export async function findPerson(session: SqlSession, layout: Layout, subject: Subject): Promise<Found> {
  const records = new Map<string, PersonRecord>()
  const rejected = new Set(subject.reject.map(placeOf))
  let strong: readonly Identity[] = subject.identities
  const persons = layout.tables.filter((table) => table.map.person !== undefined)
  const ambiguous: Candidate[] = []
  for (let round = 0; round < mostRounds && (strong.length > 0 || round === 0); round++) {
    const before = records.size
    for (const table of persons) {
      const accepted = round === 0 ? subject.accept.filter((row) => row.table === table.name) : []
      const found = await readRecords(session, layout, table, persons, strong, accepted)
      const tenants = onePerTenant(table, found, subject)
      ambiguous.push(...tenants.ambiguous.map((row) => ({ hint: 'tenant', table: row.table, key: row.key })))
      for (const record of tenants.records) {
        if (!rejected.has(placeOf(record))) records.set(placeOf(record), record)
      }
    }
    if (records.size === before) break
    strong = globalIdentities(records)
  }
  const own = [...records.values()].map(({ table, key }) => ({ table, key }))
  const links = collectLinks(records)
  const linked = await harvestLinked(session, layout, { request: subject.request, persons: own, links })
  const identities = collectIdentities(subject, records, persons, linked)
  const mentions = await findMentions(session, layout, identities)
  const candidates = await findCandidates(session, persons, identities, records, rejected)
  return {
    request: subject.request,
    persons: own,
    links,
    identities,
    mentions,
    candidates: [...ambiguous, ...candidates],
  }
}

function placeOf(row: RowRef): string {
  return `${row.table}\n${row.key}`
}

/** `id` means one table of one store; every other identity means the same person everywhere. */
export function isLocal(identity: string): boolean {
  return identity === 'id' || identity.includes('.')
}

/** The values of a key that this table is asked for: `id` only where one table has it, else `TABLE.id`. */
function askedValues(
  table: TableLayout,
  identity: string,
  persons: readonly TableLayout[],
  strong: readonly Identity[],
) {
  const alone = persons.filter((one) => one.map.person?.keys.some((key) => key.identity === identity)).length === 1
  const spellings = [`${table.name}.${identity}`, `${table.map.table}.${identity}`]
  if (!isLocal(identity) || alone) spellings.push(identity)
  else if (strong.some((one) => one.kind === identity)) {
    throw new Fault({
      code: 'request.identity-ambiguous',
      what: `several tables of the store have a key called ${identity}`,
      mend: `Name the table: --identity ${table.name}.${identity}=…`,
    })
  }
  return strong.filter((one) => spellings.includes(one.kind)).map((one) => one.value)
}

async function readRecords(
  session: SqlSession,
  layout: Layout,
  table: TableLayout,
  persons: readonly TableLayout[],
  strong: readonly Identity[],
  accepted: readonly RowRef[],
): Promise<PersonRecord[]> {
  const person = table.map.person
  if (person === undefined) return []
  const parameters = new Parameters()
  const conditions: string[] = []
  for (const key of person.keys) {
    const values = askedValues(table, key.identity, persons, strong)
    if (values.length === 0) continue
    const base = key.column.path === undefined ? baseOf(table.live, key.column.column) : 'text'
    const column = columnSql('t', key.column.column, key.column.path)
    if (key.fold || base === 'citext') {
      const wanted = parameters.bind(values, 'text[]')
      conditions.push(`lower(${column}::text) IN (SELECT lower(x) FROM unnest(${wanted}) x)`)
    } else {
      const match = comparable(column, base, values)
      if (match.values.length > 0)
        conditions.push(`${match.expression} = ANY(${parameters.bind(match.values, match.cast)})`)
    }
  }
  for (const row of accepted) conditions.push(keyCondition(table, row.key, parameters))
  if (conditions.length === 0) return []
  const columns = recordColumns(layout, table)
  const text = `SELECT ${columns.sql.map((one, index) => `${one} AS c${index}`).join(', ')}
    FROM ${table.live.sql} t WHERE ${conditions.join(' OR ')} LIMIT 10001`
  const { rows } = await session.query<Record<string, string | null>>(text, parameters.values)
  if (rows.length > 10_000) {
    throw new Fault({
      code: 'request.too-many-records',
      what: `more than 10,000 records of table ${table.name} bear one identity`,
      mend: 'An identity that so many records share names nobody: take it out of the keys of this table.',
    })
  }
  return rows.map((row) => columns.read((index) => row[`c${index}`] ?? null))
}

/** `t.k1 = … AND t.k2 = …` for one row's key. */
export function keyCondition(table: TableLayout, key: string, parameters: Parameters): string {
  const values: unknown = JSON.parse(key)
  if (!Array.isArray(values) || values.length !== table.key.length) return 'false'
  return `(${table.key.map((column, index) => `t.${column.sql}::text = ${parameters.bind(String(values[index]))}`).join(' AND ')})`
}

/** What is read of a record: its key, tenant, link values, and everything that names the person. */
function recordColumns(layout: Layout, table: TableLayout) {
  const sql: string[] = table.key.map((column) => `t.${column.sql}::text`)
  const add = (expression: string) => sql.push(`${expression}::text`) - 1
  const within = table.map.within
  const tenantAt = within === undefined ? -1 : add(`t.${quoteIdentifier(within)}`)
  const links = layout.links(table.name).map((link) => ({
    name: link.name,
    at: link.columns.map((column) => add(columnSql('t', column.column, column.path))),
  }))
  const person = table.map.person
  const named = [
    ...(person?.keys ?? []).map((key) => ({ kind: key.identity, column: key.column, strong: true })),
    ...(person?.hints ?? []).map((hint) => ({ kind: hint.identity, column: hint.column, strong: false })),
    ...table.fields.flatMap((field) =>
      field.kind === undefined ? [] : [{ kind: field.kind, column: field.column, strong: false }],
    ),
  ].map((one) => ({ ...one, at: add(columnSql('t', one.column.column, one.column.path)) }))
  const read = (value: (index: number) => string | null): PersonRecord => {
    const identities = named.flatMap((one): FoundIdentity[] => {
      const found = value(one.at)?.trim()
      if (found === undefined || found === '' || (!one.strong && !tellsSomebody(one.kind, found))) return []
      return [
        {
          kind: one.kind,
          value: found,
          strong: one.strong,
          ...(one.strong && isLocal(one.kind) ? { local: true } : {}),
        },
      ]
    })
    const tenant = tenantAt < 0 ? null : value(tenantAt)
    return {
      table: table.name,
      key: JSON.stringify(table.key.map((_column, index) => value(index))),
      links: new Map(
        links.flatMap((link) => {
          const parts = link.at.map(value)
          if (parts.some((part) => part === null)) return []
          return [[link.name, parts.length === 1 ? String(parts[0]) : JSON.stringify(parts)]]
        }),
      ),
      identities: joinNames(identities),
      ...(tenant === null ? {} : { tenant }),
    }
  }
  return { sql, read }
}

/** A harvested value too short or too plain to stand for one person would take other words out of texts. */
function tellsSomebody(kind: string, value: string): boolean {
  if (kind === 'name') return value.length >= 2 && /\p{L}/u.test(value)
  return value.length >= 5 && (/\p{L}/u.test(value) || value.replace(/\D/g, '').length >= 6)
}

/** Given and family name in two columns name a person together; one word alone is everybody's. */
function joinNames(identities: readonly FoundIdentity[]): FoundIdentity[] {
  const words = identities.filter((one) => one.kind === 'name' && !one.strong && !/\s/.test(one.value))
  if (words.length < 2) return [...identities]
  const joined = distinct(words).map((one) => one.value)
  const rest = identities.filter((one) => !words.includes(one))
  return [...rest, { kind: 'name', value: joined.slice(0, 2).join(' '), strong: false }]
}

/** The same identity in two tenants is two people: without a tenant named, nobody is picked. */
function onePerTenant(table: TableLayout, records: readonly PersonRecord[], subject: Subject) {
  const within = table.map.within
  if (within === undefined) return { records, ambiguous: [] }
  const wanted = subject.identities
    .filter((one) => one.kind === within || one.kind === 'tenant')
    .map((one) => one.value)
  const accepted = new Set(subject.accept.map(placeOf))
  const chosen = records.filter((row) =>
    wanted.length > 0 ? wanted.includes(row.tenant ?? '') : accepted.size === 0 || accepted.has(placeOf(row)),
  )
  const tenants = new Set(chosen.map((row) => row.tenant))
  return tenants.size > 1 && accepted.size === 0
    ? { records: [], ambiguous: chosen }
    : { records: chosen, ambiguous: [] }
}

function globalIdentities(records: ReadonlyMap<string, PersonRecord>): Identity[] {
  const all = [...records.values()].flatMap((record) => record.identities)
  return distinct(all.filter((one) => one.strong && one.local !== true))
}

function collectIdentities(
  subject: Subject,
  records: ReadonlyMap<string, PersonRecord>,
  persons: readonly TableLayout[],
  linked: readonly FoundIdentity[],
): FoundIdentity[] {
  const keys = new Set(persons.flatMap((table) => (table.map.person?.keys ?? []).map((key) => key.identity)))
  const supplied = subject.identities.map((one): FoundIdentity => {
    const local = isLocal(one.kind)
    const known = keys.has(one.kind) || keys.has(one.kind.slice(one.kind.lastIndexOf('.') + 1))
    return { ...one, strong: known || one.kind === 'email', ...(local ? { local } : {}) }
  })
  const harvested = [...records.values()].flatMap((record) => record.identities)
  const further = linked.filter((one) => tellsSomebody(one.kind, one.value))
  return distinct(
    [...supplied, ...harvested, ...further].sort((one, other) => Number(other.strong) - Number(one.strong)),
  )
}

function distinct<T extends Identity>(identities: readonly T[]): T[] {
  const seen = new Map<string, T>()
  for (const one of identities) {
    const place = `${one.kind}\n${one.value}`
    if (!seen.has(place)) seen.set(place, one)
  }
  return [...seen.values()]
}

function collectLinks(records: ReadonlyMap<string, PersonRecord>): Record<string, string[]> {
  const links: Record<string, Set<string>> = {}
  for (const record of records.values()) {
    for (const [name, value] of record.links) {
      links[name] ??= new Set()
      links[name].add(value)
    }
  }
  return Object.fromEntries(Object.entries(links).map(([name, values]) => [name, [...values]]))
}

/** Records that share a hint, or a +tag address: shown to an approver, never linked. */
async function findCandidates(
  session: SqlSession,
  persons: readonly TableLayout[],
  identities: readonly FoundIdentity[],
  records: ReadonlyMap<string, PersonRecord>,
  rejected: ReadonlySet<string>,
): Promise<Candidate[]> {
  const result: Candidate[] = []
  const tenants = [...new Set([...records.values()].flatMap((record) => record.tenant ?? []))]
  for (const table of persons) {
    const person = table.map.person
    if (person === undefined) continue
    const sources = [
      ...person.hints.map((hint) => ({
        hint: hint.identity,
        sql: hintMatch(hint.identity, columnSql('t', hint.column.column, hint.column.path)),
      })),
      ...person.keys
        .filter((key) => key.identity === 'email')
        .map((key) => ({ hint: 'email', sql: tagMatch(columnSql('t', key.column.column, key.column.path)) })),
    ]
    for (const source of sources) {
      const values = identities.filter((one) => one.kind === source.hint).map((one) => one.value)
      if (values.length === 0) continue
      const within =
        tenants.length === 0 || table.map.within === undefined
          ? ''
          : ` AND t.${quoteIdentifier(table.map.within)}::text = ANY($2::text[])`
      const { rows } = await session.query<{ key: string[] }>(
        `SELECT ${keyArray(table)} AS key FROM ${table.live.sql} t WHERE ${source.sql}${within} LIMIT ${mostCandidates}`,
        within === '' ? [values] : [values, tenants],
      )
      for (const row of rows) {
        const candidate = { hint: source.hint, table: table.name, key: JSON.stringify(row.key) }
        const known = records.has(placeOf(candidate)) || rejected.has(placeOf(candidate))
        if (!known && !result.some((one) => placeOf(one) === placeOf(candidate))) result.push(candidate)
      }
    }
  }
  return result
}

/** A phone by its last nine digits, every other hint by its letters without regard to case and blanks. */
function hintMatch(hint: string, column: string): string {
  const plain = (value: string) =>
    hint === 'phone'
      ? `right(regexp_replace(${value}, '\\D', '', 'g'), 9)`
      : `lower(btrim(regexp_replace(${value}, '\\s+', ' ', 'g')))`
  return `${plain(`${column}::text`)} IN (SELECT ${plain('x')} FROM unnest($1::text[]) x WHERE ${plain('x')} <> '')`
}

/** `local+anything@domain` of an address that is known, and the address of a known +tag. */
function tagMatch(column: string): string {
  const untagged = (value: string) => `lower(regexp_replace(${value}, '\\+[^@]*@', '@'))`
  return `(${untagged(`${column}::text`)} IN (SELECT ${untagged('x')} FROM unnest($1::text[]) x)
    AND lower(${column}::text) NOT IN (SELECT lower(x) FROM unnest($1::text[]) x))`
}

/** Identities as the redaction of text takes them; `strong`: those that name nobody else in other people's texts. */
export function identifiers(found: Pick<Found, 'identities'>, only: 'strong' | 'all'): Identifier[] {
  return found.identities
    .filter((one) => only === 'all' || (one.strong && namesOnePerson(one.value)))
    .map((one) => ({ kind: one.kind.slice(one.kind.lastIndexOf('.') + 1), value: one.value, strong: one.strong }))
}
