import type { Candidate, Found, FoundIdentity, Identity, RowRef, Subject } from '../../connector.ts'
import { isLocal, tellsSomebody } from '../known-identities.ts'
import type { Layout, TableLayout } from '../postgres/layout.ts'
import type { Asked, PersonRecord } from './person-record.ts'

/** Identities found in one record open the next; more rounds than this would be a map that links everybody. */
const mostRounds = 8

/** Whom candidates are looked for: what is known of them, and their tenants where the store has some. */
export interface Hinted {
  readonly identities: readonly FoundIdentity[]
  readonly tenants: readonly string[]
}

/** How a kind of database answers what a search for people asks; every answer is by subject. */
export interface PeopleReader {
  /** The records of a person table that bear the asked keys. */
  records(table: TableLayout, persons: readonly TableLayout[], asked: readonly Asked[]): Promise<PersonRecord[][]>
  /** What names these people in fields that are theirs outside their own records. */
  linked(people: readonly Pick<Found, 'request' | 'persons' | 'links'>[]): Promise<FoundIdentity[][]>
  /** Rows that hold a key identity in a field to be redacted, whether or not anything links them. */
  mentions(
    identities: readonly (readonly FoundIdentity[])[],
    tenants: readonly (readonly string[])[],
  ): Promise<RowRef[][]>
  /** Records that share a hint, or a +tag address, with a person. */
  candidates(persons: readonly TableLayout[], hinted: readonly Hinted[]): Promise<Candidate[][]>
}

/** What is known of one subject while it is looked for. */
interface Search {
  readonly subject: Subject
  readonly records: Map<string, PersonRecord>
  readonly ambiguous: Candidate[]
  readonly rejected: ReadonlySet<string>
  strong: readonly Identity[]
  open: boolean
}

/**
 * Finds these people's own records in every person table, until no new identity opens another one, and what follows from
 * them. Statements grow with the tables, not with the people.
 */
export async function findPeople(reader: PeopleReader, layout: Layout, subjects: readonly Subject[]): Promise<Found[]> {
  const persons = layout.tables.filter((table) => table.map.person !== undefined)
  const searches = subjects.map(
    (subject): Search => ({
      subject,
      records: new Map(),
      ambiguous: [],
      rejected: new Set(subject.reject.map(placeOf)),
      strong: subject.identities,
      open: true,
    }),
  )
  for (let round = 0; round < mostRounds; round++) {
    const open = searches.filter((one) => one.open)
    if (open.length === 0) break
    await readRound(reader, layout, persons, open, round)
  }
  const known = searches.map((one) => ({
    request: one.subject.request,
    persons: [...one.records.values()].map(({ table, key }) => ({ table, key })),
    links: collectLinks(one.records),
  }))
  const linked = await reader.linked(known)
  const identities = searches.map((one, index) => collectIdentities(one, persons, linked[index] ?? []))
  const tenants = searches.map((one) => [...new Set([...one.records.values()].flatMap(({ tenant }) => tenant ?? []))])
  const mentions = await reader.mentions(identities, tenants)
  const hinted = searches.map((_one, index) => ({ identities: identities[index] ?? [], tenants: tenants[index] ?? [] }))
  const candidates = await reader.candidates(persons, hinted)
  return known.map((one, index) => ({
    ...one,
    identities: identities[index] ?? [],
    mentions: mentions[index] ?? [],
    candidates: newCandidates(searches[index], candidates[index] ?? []),
    ...(tenants[index]?.length ? { tenants: tenants[index] } : {}),
  }))
}

async function readRound(
  reader: PeopleReader,
  layout: Layout,
  persons: readonly TableLayout[],
  open: readonly Search[],
  round: number,
): Promise<void> {
  const before = open.map((one) => one.records.size)
  for (const table of persons) {
    const asked = open.map(({ subject, strong }) => ({
      strong,
      accepted: round === 0 ? subject.accept.filter((row) => row.table === table.name) : [],
    }))
    const found = await reader.records(table, persons, asked)
    open.forEach((one, index) => {
      const { records, ambiguous } = onePerTenant(table, found[index] ?? [], one)
      one.ambiguous.push(...ambiguous.map((row) => ({ hint: 'tenant', table: row.table, key: row.key })))
      for (const record of records) {
        if (!one.rejected.has(placeOf(record))) one.records.set(placeOf(record), record)
      }
    })
  }
  open.forEach((one, index) => {
    one.open = one.records.size > (before[index] ?? 0)
    one.strong = openingIdentities(layout, one.records)
  })
}

function placeOf(row: RowRef): string {
  return `${row.table}\n${row.key}`
}

/** The same identity in two tenants is two people: nobody is picked until a tenant is named, or one of the records found says it. */
function onePerTenant(table: TableLayout, records: readonly PersonRecord[], { subject, records: own }: Search) {
  const within = table.map.within
  if (within === undefined) return { records, ambiguous: [] }
  const named = subject.identities.filter((one) => one.kind === within || one.kind === 'tenant').map((one) => one.value)
  const wanted = named.length > 0 ? named : [...own.values()].flatMap((record) => record.tenant ?? [])
  if (wanted.length > 0) return { records: records.filter((row) => wanted.includes(row.tenant ?? '')), ambiguous: [] }
  const accepted = new Set(subject.accept.map(placeOf))
  const chosen = accepted.size === 0 ? records : records.filter((row) => accepted.has(placeOf(row)))
  const tenants = new Set(chosen.map((row) => row.tenant))
  return tenants.size > 1 && accepted.size === 0
    ? { records: [], ambiguous: chosen }
    : { records: chosen, ambiguous: [] }
}

/** What opens further records: keys that mean the same everywhere, and a table's own ids in that table. */
function openingIdentities(layout: Layout, records: ReadonlyMap<string, PersonRecord>): Identity[] {
  return distinct(
    [...records.values()].flatMap((record) =>
      record.identities
        .filter((one) => one.strong && (one.local !== true || opensItsTable(layout, record.table, one.kind)))
        .map((one) => (one.local === true ? { kind: `${record.table}.${one.kind}`, value: one.value } : one)),
    ),
  )
}

/** An id that several records of its table may bear (a row an address, merged records); one of a tenant says nothing outside. */
function opensItsTable(layout: Layout, name: string, identity: string): boolean {
  const table = layout.table(name)
  const columns = (table?.map.person?.keys ?? []).filter((key) => key.identity === identity)
  const alone = columns.length === 1 && table?.key.length === 1 && columns[0]?.column.column === table.key[0]?.name
  return table?.map.within === undefined && !alone
}

function collectIdentities(
  { subject, records }: Search,
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

/** Candidates that are neither the person's own, nor rejected, each once. */
function newCandidates(search: Search | undefined, candidates: readonly Candidate[]): Candidate[] {
  if (search === undefined) return []
  const fresh = new Map<string, Candidate>()
  for (const one of [...search.ambiguous, ...candidates]) {
    const place = placeOf(one)
    if (!search.records.has(place) && !search.rejected.has(place) && !fresh.has(place)) fresh.set(place, one)
  }
  return [...fresh.values()]
}
