import { addDuration } from '../../base/duration.ts'
import type { ErasureWork, Found, RowRef } from '../../connector.ts'
import { clockOf, dayIn } from '../clock-text.ts'
import { textsOf, valuesAt } from './cell-value.ts'
import type { ItemField, ItemLayout, Layout } from './layout.ts'
import type { Item } from './source.ts'
import type { Standing, Standings } from './standing.ts'

/** What an erasure does to one item: it goes, it stays without these people's cells, or only their link stays. */
export interface Judgement {
  readonly table: ItemLayout
  readonly item: Item
  /** Numbers of the people concerned, the one who decides first. */
  readonly people: readonly number[]
  readonly roles: ReadonlySet<string>
  /** The role that decided. */
  readonly role: string
  readonly action: 'row' | 'part' | 'link'
  /** No role, only a key identity in a text. */
  readonly mentioned: boolean
  readonly wantsPart: boolean
  readonly wantsRow: boolean
  readonly others: boolean
  /** Fields kept under an exception: until which day, where that is known. */
  readonly kept: ReadonlyMap<ItemField, string | undefined>
}

/** Rows of each person that only mention them: `table\nkey` → numbers. */
export type Mentions = ReadonlyMap<string, readonly number[]>

const placeOf = (table: string, key: readonly string[]): string => `${table}\n${JSON.stringify(key)}`

export const mentionsOf = (work: readonly Pick<ErasureWork, 'found'>[]): Mentions =>
  peopleByRow(work, ({ mentions }) => mentions)

/** Own records of each person: `table\nkey` → numbers. */
export const recordsOf = (work: readonly Pick<ErasureWork, 'found'>[]): Mentions =>
  peopleByRow(work, ({ persons }) => persons)

function peopleByRow(
  work: readonly Pick<ErasureWork, 'found'>[],
  rowsOf: (found: Found) => readonly RowRef[],
): Mentions {
  const people = new Map<string, number[]>()
  work.forEach(({ found }, person) => {
    for (const { table, key } of rowsOf(found)) {
      const place = `${table}\n${key}`
      people.set(place, [...(people.get(place) ?? []), person])
    }
  })
  return people
}

/** Everything that a judgement looks at, made once for the people of a question. */
export interface Bench {
  readonly layout: Layout
  readonly standings: Standings
  readonly mentions: Mentions
  readonly records: Mentions
  readonly now: Date
}

/** Judges one item; undefined where it has nothing to do with the people. */
export function judge(bench: Bench, table: ItemLayout, item: Item): Judgement | undefined {
  const standing = [...ownStanding(bench, table, item), ...bench.standings.in(table, item)]
  const mine = standing.filter(({ people }) => people.length > 0)
  const mentioned = bench.mentions.get(placeOf(table.name, item.key)) ?? []
  if (mine.length === 0 && mentioned.length === 0) return undefined
  const rows = mine.filter(({ role }) => role.erase === 'row')
  const about = mine.filter(({ role }) => role.erase !== 'keep-link')
  const deciding = [...rows, ...about, ...mine].toSorted((one, other) => rank(one) - rank(other))[0]
  const people = [...new Set([...(deciding?.people ?? []), ...mine.flatMap((one) => one.people), ...mentioned])]
  const lead = people[0]
  const owns = about.some(({ role }) => role.owns)
  const sharing = standing.filter(({ role }) => role.erase !== 'keep-link' && (!owns || role.owns))
  const others = sharing.some((one) => one.others.length > 0 || one.people.some((person) => person !== lead))
  const kept = keptFields(bench, table, item)
  const wantsRow = rows.length > 0
  const goes = wantsRow && !others && kept.size === 0
  return {
    table,
    item,
    people,
    roles: new Set(mine.map(({ role }) => role.role)),
    role: deciding?.role.role ?? 'mention',
    action: goes ? 'row' : about.length > 0 || mentioned.length > 0 ? 'part' : 'link',
    mentioned: mentioned.length > 0,
    wantsPart: about.length > 0,
    wantsRow,
    others,
    kept,
  }
}

/** What decides comes first: a role whose row goes, then one that concerns the person, then a kept link; by name among equals. */
function rank({ role }: { role: { erase: string } }): number {
  return role.erase === 'row' ? 0 : role.erase === 'part' ? 1 : 2
}

type OwnStanding = Pick<Standing, 'people' | 'others'> & {
  role: { role: string; erase: 'row' | 'part' | 'keep-link'; owns: boolean }
}

/** A person's own record is about them, and about nobody else by itself. */
function ownStanding({ records }: Bench, table: ItemLayout, item: Item): OwnStanding[] {
  const { person } = table.map
  if (person === undefined) return []
  const people = records.get(placeOf(table.name, item.key)) ?? []
  const role = { role: 'person', erase: person.erase, owns: false }
  return [{ role, people, others: people.length === 0 ? ['record'] : [] }]
}

function keptFields({ layout, now }: Bench, table: ItemLayout, item: Item): Map<ItemField, string | undefined> {
  const kept = new Map<ItemField, string | undefined>()
  for (const field of table.fields) {
    if (field.exception === undefined || valuesAt(item, field.column).length === 0) continue
    const until = keptUntil(field, item, layout.store.zone)
    if (until === undefined || until > now) kept.set(field, until && dayIn(until, layout.store.zone))
  }
  return kept
}

function keptUntil(field: ItemField, item: Item, zone: string): Date | undefined {
  const term = field.exception?.keep
  if (term === undefined || field.clock === undefined) return undefined
  const start = clockOf(textsOf(item.cells[field.clock] ?? null)[0], zone)
  return start && addDuration(start, term, zone)
}
