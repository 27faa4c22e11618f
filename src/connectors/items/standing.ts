import type { Found } from '../../connector.ts'
import { pathSteps, valuesAt } from './cell-value.ts'
import { columnsFor, type ItemLayout, type ItemRole, type Layout } from './layout.ts'
import type { Ask, Item, ItemSource } from './source.ts'

/** People of one question, by number; who each value of a link leads to. */
type People = ReadonlyMap<string, ReadonlySet<number>>

/** More values than this are not held: then every other value counts as another person, so that rows stay rather than go. */
const mostKnown = 1_000_000

export const folded = (value: string): string => value.trim().toLowerCase()
export const spelled = (value: string, fold: boolean): string => (fold ? folded(value) : value)

/** Who stands in one item in one role: the asked people by number, and whether anybody else does. */
export interface Standing {
  readonly role: ItemRole
  readonly people: readonly number[]
  readonly others: readonly string[]
}

/** Whether the conditions of a role hold for an item. */
export function holds(item: Item, role: Pick<ItemRole, 'when'>): boolean {
  return role.when.every(({ column, values }) => {
    const here = valuesAt(item, column)
    return values.some((value) => (value === null ? here.length === 0 : here.includes(String(value))))
  })
}

/** Tells of items who stands in them. Made once for the people of a question; what other tables say is read ahead. */
export class Standings {
  readonly #source: ItemSource
  readonly #layout: Layout
  readonly #links = new Map<string, People>()
  readonly #known = new Map<string, ReadonlySet<string> | undefined>()

  private constructor(source: ItemSource, layout: Layout) {
    this.#source = source
    this.#layout = layout
  }

  /** `links`: of each person, as `Found.links`. */
  static async of(source: ItemSource, layout: Layout, people: readonly Pick<Found, 'links'>[]): Promise<Standings> {
    const standings = new Standings(source, layout)
    for (const role of layout.tables.flatMap(({ roles }) => roles)) {
      if (role.leads !== 'table') standings.#links.set(linkKey(role), valuesOf(role, people))
    }
    // Tables that lead on come after those they lead to.
    for (const table of layout.tables.toReversed()) await standings.#leadOn(table)
    return standings
  }

  /** Everybody who stands in an item. */
  in(table: ItemLayout, item: Item): readonly Standing[] {
    return table.roles.filter((role) => holds(item, role)).flatMap((role) => this.#standing(role, item))
  }

  /** True when any of the people can stand in items of the table, through a role. */
  concerns(table: ItemLayout): boolean {
    return table.roles.some((role) => (this.#links.get(linkKey(role))?.size ?? 0) > 0)
  }

  /** What to ask the source for, so that every item in which the people stand is among the answers. */
  ask(table: ItemLayout): Ask['where'] {
    const [role, second] = table.roles
    if (role === undefined || second !== undefined || role.column.path !== undefined || role.separator !== undefined)
      return undefined
    const values = [...(this.#links.get(linkKey(role))?.keys() ?? [])]
    return { column: role.column.column, values, fold: role.fold }
  }

  /** True when an item's value of a role leads to one of the people. */
  isLinked(role: ItemRole, value: string, person: number): boolean {
    return this.#links.get(linkKey(role))?.get(spelled(value, role.fold))?.has(person) === true
  }

  #standing(role: ItemRole, item: Item): Standing[] {
    const links = this.#links.get(linkKey(role))
    const people = new Set<number>()
    const others = new Set<string>()
    for (const value of valuesAt(item, role.column, role.separator)) {
      const spelling = spelled(value, role.fold)
      const here = links?.get(spelling)
      if (here !== undefined) for (const person of here) people.add(person)
      else if (spelling !== '' && this.#isSomebody(role, spelling)) others.add(spelling)
    }
    return people.size === 0 && others.size === 0 ? [] : [{ role, people: [...people], others: [...others] }]
  }

  /** A value that leads to no record is nobody; an identity without a record is always somebody. */
  #isSomebody(role: ItemRole, spelling: string): boolean {
    if (role.leads === 'identity') return true
    const known = this.#known.get(linkKey(role))
    return known === undefined || known.has(spelling)
  }

  /** Reads the table that a role leads to: the records that there are, or whom its items lead to. */
  async #leadOn(table: ItemLayout): Promise<void> {
    const roles = table.roles.filter(({ leads }) => leads !== 'identity')
    for (const role of roles) {
      if (this.#known.has(linkKey(role))) continue
      const target = this.#layout.table(role.target.table)
      if (target === undefined) continue
      const known = new Set<string>()
      const through = new Map<string, Set<number>>()
      const columns = [...columnsFor(target, false), role.target.column.column]
      for await (const item of this.#source.items(target.name, { columns })) {
        const standing =
          role.leads === 'table' ? this.in(target, item).filter((one) => one.role.erase !== 'keep-link') : []
        for (const value of valuesAt(item, role.target.column)) {
          const spelling = spelled(value, role.fold)
          if (known.size <= mostKnown && (role.leads === 'person' || standing.length > 0)) known.add(spelling)
          const people = through.get(spelling) ?? new Set()
          for (const one of standing) for (const person of one.people) people.add(person)
          if (people.size > 0) through.set(spelling, people)
        }
      }
      this.#known.set(linkKey(role), known.size > mostKnown ? undefined : known)
      if (role.leads === 'table') this.#links.set(linkKey(role), through)
    }
  }
}

function linkKey(role: ItemRole): string {
  return `${role.fold ? 'folded' : 'exact'} ${role.link}`
}

function valuesOf(role: ItemRole, people: readonly Pick<Found, 'links'>[]): People {
  const values = new Map<string, Set<number>>()
  people.forEach(({ links }, person) => {
    for (const value of links[role.link] ?? []) {
      const spelling = spelled(value, role.fold)
      const known = values.get(spelling) ?? new Set()
      known.add(person)
      values.set(spelling, known)
    }
  })
  return values
}

/** Paths that can be read here; others are a fault of the map. */
export const canRead = (path: string | undefined): boolean => path === undefined || pathSteps(path) !== undefined
