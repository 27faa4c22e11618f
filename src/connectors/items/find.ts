import type { Candidate, Found, FoundIdentity, Identity, RowRef, Subject } from '../../connector.ts'
import { compileRedactor } from '../../content/index.ts'
import { identityTable } from '../../language/store-map.ts'
import { identifiers, isLocal, joinNames, telling, tellsSomebody } from '../known-identities.ts'
import { findCandidates } from './candidate.ts'
import { valuesAt } from './cell-value.ts'
import { type Bench, judge } from './judge.ts'
import { columnsFor, type ItemLayout, type Layout, linkName } from './layout.ts'
import { rewriteCell } from './rewrite.ts'
import type { Item, ItemSource } from './source.ts'
import { folded, spelled } from './standing.ts'
import { benchFor } from './visit.ts'

/** Identities found in one record open the next; more rounds than this would be a map that links everybody. */
const mostRounds = 8
/** More different values in one field are a log of what happened, not what a person is called. */
const mostValues = 50
const longestValue = 400
const mostMentions = 100_000

interface Record {
  readonly place: RowRef
  readonly links: ReadonlyMap<string, readonly string[]>
  readonly identities: readonly FoundIdentity[]
}

interface Search {
  readonly subject: Subject
  readonly records: Map<string, Record>
  readonly rejected: ReadonlySet<string>
  strong: readonly Identity[]
  open: boolean
}

const placeOf = ({ table, key }: RowRef): string => `${table}\n${key}`

/** Finds these people's own records until no new identity opens another one, and what follows from them. */
export async function findPeople(source: ItemSource, layout: Layout, subjects: readonly Subject[]): Promise<Found[]> {
  const searches = subjects.map(
    (subject): Search => ({
      subject,
      records: new Map(),
      rejected: new Set(subject.reject.map(placeOf)),
      strong: subject.identities,
      open: true,
    }),
  )
  const persons = layout.tables.filter(({ map }) => map.person !== undefined)
  for (let round = 0; round < mostRounds && searches.some(({ open }) => open); round++) {
    const before = searches.map(({ records }) => records.size)
    for (const table of persons) await readRecords(source, layout, table, persons, searches, round === 0)
    searches.forEach((one, index) => {
      one.open = one.records.size > (before[index] ?? 0)
      one.strong = [...one.records.values()].flatMap(({ identities }) =>
        identities.filter((known) => known.strong && known.local !== true),
      )
    })
  }
  const known = searches.map(
    (one): Found => ({
      request: one.subject.request,
      persons: [...one.records.values()].map(({ place }) => place),
      links: {},
      identities: distinct([
        ...supplied(layout, one, persons),
        ...[...one.records.values()].flatMap(({ identities }) => identities),
      ]),
      mentions: [],
      candidates: [],
    }),
  )
  const linked = known.map((one, index) => withIdentityRecords(layout, { ...one, links: linksOf(searches[index]) }))
  return await readItems(source, layout, linked, searches)
}

/** One reading of every table: what names the people outside their records, who is mentioned, who shares a hint. */
async function readItems(
  source: ItemSource,
  layout: Layout,
  people: readonly Found[],
  searches: readonly Search[],
): Promise<Found[]> {
  const work = people.map((found) => ({ found }))
  const bench = await benchFor(source, layout, work, new Date())
  const further = people.map(() => new Map<string, Map<string, FoundIdentity>>())
  for (const table of layout.tables) {
    const own = table.fields.filter(
      ({ kind, of, codec }) => kind !== undefined && of !== undefined && codec === undefined,
    )
    if (own.length === 0) continue
    const columns = [...columnsFor(table, false), ...own.map(({ column }) => column.column)]
    for await (const item of source.items(table.name, { columns })) {
      const judged = judge(bench, table, item)
      if (judged === undefined) continue
      for (const field of own) {
        if (!judged.roles.has(field.of ?? '')) continue
        for (const value of valuesAt(item, field.column)) {
          if (value.length > longestValue || !tellsSomebody(field.kind ?? '', value)) continue
          for (const person of judged.people) {
            const place = `${table.name}.${field.column.column}`
            const values = further[person]?.get(place) ?? new Map<string, FoundIdentity>()
            if (values.size <= mostValues)
              values.set(value, { kind: field.kind ?? '', value: value.trim(), strong: false })
            further[person]?.set(place, values)
          }
        }
      }
    }
  }
  const whole = people.map((found, index) => {
    const few = [...(further[index]?.values() ?? [])].filter(({ size }) => size <= mostValues)
    return { ...found, identities: distinct([...found.identities, ...few.flatMap((values) => [...values.values()])]) }
  })
  const mentions = await findMentions(source, bench, whole)
  const candidates = await findCandidates(source, layout, whole)
  return whole.map((found, index) => ({
    ...found,
    mentions: mentions[index] ?? [],
    candidates: fresh(searches[index], candidates[index] ?? []),
  }))
}

function supplied(layout: Layout, { subject }: Search, persons: readonly ItemLayout[]): FoundIdentity[] {
  const named = persons.flatMap(({ map }) => (map.person?.keys ?? []).map(({ identity }) => identity))
  const keys = new Set([...named, ...layout.identities])
  return subject.identities.map((one) => ({
    ...one,
    strong: one.kind === 'email' || keys.has(one.kind) || keys.has(one.kind.slice(one.kind.lastIndexOf('.') + 1)),
    ...(isLocal(one.kind) ? { local: true } : {}),
  }))
}

async function readRecords(
  source: ItemSource,
  layout: Layout,
  table: ItemLayout,
  persons: readonly ItemLayout[],
  searches: readonly Search[],
  first: boolean,
): Promise<void> {
  const keys = (table.map.person?.keys ?? []).map((key) => {
    const wanted = new Map<string, Search[]>()
    for (const search of searches) {
      if (!search.open) continue
      for (const value of askedValues(table, key.identity, persons, search.strong)) {
        const spelling = spelled(value, key.fold)
        wanted.set(spelling, [...(wanted.get(spelling) ?? []), search])
      }
    }
    return { key, wanted }
  })
  const add = (search: Search, item: Item) => {
    const record = recordOf(layout, table, item)
    const place = placeOf(record.place)
    if (!search.rejected.has(place)) search.records.set(place, record)
  }
  const asked = keys.filter(({ wanted }) => wanted.size > 0)
  for (const { key, wanted } of asked) {
    const where = { column: key.column.column, values: [...wanted.keys()], fold: key.fold }
    for await (const item of source.items(table.name, key.column.path === undefined ? { where } : {})) {
      for (const value of valuesAt(item, key.column)) {
        for (const search of wanted.get(spelled(value, key.fold)) ?? []) add(search, item)
      }
    }
  }
  if (!first) return
  for (const search of searches) {
    for (const row of search.subject.accept.filter((one) => one.table === table.name)) {
      const item = await source.item(table.name, JSON.parse(row.key) as string[])
      if (item !== undefined) add(search, item)
    }
  }
}

function askedValues(
  table: ItemLayout,
  identity: string,
  persons: readonly ItemLayout[],
  strong: readonly Identity[],
): string[] {
  const alone = persons.filter(({ map }) => map.person?.keys.some((key) => key.identity === identity)).length === 1
  const spellings = [`${table.name}.${identity}`, ...(!isLocal(identity) || alone ? [identity] : [])]
  return strong.filter(({ kind }) => spellings.includes(kind)).map(({ value }) => value)
}

function recordOf(layout: Layout, table: ItemLayout, item: Item): Record {
  const person = table.map.person
  const named = [
    ...(person?.keys ?? []).map((key) => ({ kind: key.identity, column: key.column, strong: true })),
    ...(person?.hints ?? []).map((hint) => ({ kind: hint.identity, column: hint.column, strong: false })),
    ...table.fields.flatMap(({ kind, column }) => (kind === undefined ? [] : [{ kind, column, strong: false }])),
  ]
  const identities = named.flatMap(({ kind, column, strong }) =>
    valuesAt(item, column)
      .map((value) => value.trim())
      .filter((value) => value !== '' && value.length <= longestValue && (strong || tellsSomebody(kind, value)))
      .map((value): FoundIdentity => ({ kind, value, strong, ...(strong && isLocal(kind) ? { local: true } : {}) })),
  )
  return {
    place: { table: table.name, key: JSON.stringify(item.key) },
    links: new Map(layout.links(table.name).map((link) => [link.name, valuesAt(item, link.column)])),
    identities: joinNames(identities),
  }
}

function linksOf(search: Search | undefined): { [link: string]: string[] } {
  const links: { [link: string]: Set<string> } = {}
  for (const record of search?.records.values() ?? []) {
    for (const [name, values] of record.links) links[name] = new Set([...(links[name] ?? []), ...values])
  }
  return Object.fromEntries(Object.entries(links).map(([name, values]) => [name, [...values]]))
}

/** People without a record here are known by their identities: each is a record of the table that stands for its kind. */
function withIdentityRecords(layout: Layout, found: Found): Found {
  const persons: RowRef[] = [...found.persons]
  const links: { [link: string]: readonly string[] } = { ...found.links }
  for (const kind of layout.identities) {
    const values = found.identities.filter((one) => one.kind === kind && one.strong).map(({ value }) => folded(value))
    const table = identityTable(kind)
    for (const value of new Set(values)) persons.push({ table, key: JSON.stringify([value]) })
    links[linkName(table, { column: kind })] = [...new Set(values)]
  }
  return { ...found, persons, links }
}

/** Items that hold a key identity in a field to be redacted, whether or not anything links them. */
async function findMentions(
  source: ItemSource,
  { layout, standings }: Bench,
  people: readonly Found[],
): Promise<RowRef[][]> {
  const result = people.map((): RowRef[] => [])
  const sought = people.map((found) => ({ identities: found.identities.filter(telling) }))
  if (sought.every(({ identities }) => identities.length === 0)) return result
  const everybody = compileRedactor(sought.flatMap((one) => identifiers(one, 'all')))
  const each = sought.map((one) => compileRedactor(identifiers(one, 'all')))
  for (const table of layout.tables) {
    const fields = table.fields.filter(({ erase }) => erase === 'redact')
    if (fields.length === 0) continue
    for await (const item of source.items(table.name, { columns: columnsFor(table, true) })) {
      const standing = standings.in(table, item).flatMap(({ people: numbers }) => numbers)
      for (const field of fields) {
        if ((await rewriteCell(item, field, everybody)) === undefined) continue
        for (const [person, redactor] of each.entries()) {
          const rows = result[person]
          if (rows === undefined || rows.length >= mostMentions || standing.includes(person)) continue
          const place = { table: table.name, key: JSON.stringify(item.key) }
          if (rows.at(-1)?.key === place.key && rows.at(-1)?.table === place.table) continue
          if ((await rewriteCell(item, field, redactor)) !== undefined) rows.push(place)
        }
      }
    }
  }
  return result
}

function distinct(identities: readonly FoundIdentity[]): FoundIdentity[] {
  const seen = new Map<string, FoundIdentity>()
  for (const one of identities.toSorted((left, right) => Number(right.strong) - Number(left.strong))) {
    const place = `${one.kind}\n${one.value}`
    if (!seen.has(place)) seen.set(place, one)
  }
  return [...seen.values()]
}

function fresh(search: Search | undefined, candidates: readonly Candidate[]): Candidate[] {
  const shown = new Map<string, Candidate>()
  for (const one of candidates) {
    const place = placeOf(one)
    if (search?.records.has(place) || search?.rejected.has(place) || shown.has(place)) continue
    shown.set(place, one)
  }
  return [...shown.values()]
}
