import type { RowClocks, RowOwner, RowRef } from '../../connector.ts'
import { identityOf, identityTable } from '../../language/store-map.ts'
import { textsOf, valuesAt } from './cell-value.ts'
import type { ItemLayout, ItemRole, Layout } from './layout.ts'
import type { Item, ItemSource } from './source.ts'
import { holds, spelled } from './standing.ts'

/** Who stands in these items, in which role, read anew. */
export async function readOwners(source: ItemSource, layout: Layout, rows: readonly RowRef[]): Promise<RowOwner[]> {
  const owners: RowOwner[] = []
  const records = new Records(source, layout)
  for (const table of layout.tables) {
    for (const key of new Set(rows.filter((row) => row.table === table.name).map((row) => row.key))) {
      const item = await source.item(table.name, JSON.parse(key) as string[])
      if (item === undefined) continue
      for (const { person, role } of await peopleIn(source, layout, records, table, item, [])) {
        owners.push({ table: table.name, key, role: role.role, person, erase: role.erase })
      }
    }
  }
  return owners
}

/** What the clocks of items say: an instant, a local time, a number, or nothing. */
export async function readClocks(source: ItemSource, layout: Layout, rows: readonly RowRef[]): Promise<RowClocks[]> {
  const told: RowClocks[] = []
  for (const table of layout.tables) {
    const clocks = Object.entries(table.map.clock)
    if (clocks.length === 0) continue
    for (const key of new Set(rows.filter((row) => row.table === table.name).map((row) => row.key))) {
      const item = await source.item(table.name, JSON.parse(key) as string[])
      if (item === undefined) continue
      const entries = clocks.map(([clock, column]) => [clock, clockText(textsOf(item.cells[column] ?? null)[0])])
      told.push({ table: table.name, key, clocks: Object.fromEntries(entries) })
    }
  }
  return told
}

function clockText(text: string | undefined): string | null {
  if (text === undefined || /^\d+$/.test(text)) return text ?? null
  const local = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?)?$/.exec(text.trim())
  if (local !== null) return `${local[1]}T${local[2] ?? '00:00'}${local[3] ?? ':00'}`
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

async function peopleIn(
  source: ItemSource,
  layout: Layout,
  records: Records,
  table: ItemLayout,
  item: Item,
  passed: readonly string[],
): Promise<{ person: RowRef; role: Pick<ItemRole, 'role' | 'erase'> }[]> {
  const found: { person: RowRef; role: Pick<ItemRole, 'role' | 'erase'> }[] = []
  if (table.map.person !== undefined) {
    const person = { table: table.name, key: JSON.stringify(item.key) }
    found.push({ person, role: { role: 'person', erase: table.map.person.erase } })
  }
  for (const role of table.roles.filter((one) => holds(item, one))) {
    for (const value of valuesAt(item, role.column, role.separator)) {
      const spelling = spelled(value, role.fold)
      const identity = identityOf(role.target.table)
      if (identity !== undefined) {
        if (spelling !== '')
          found.push({ person: { table: identityTable(identity), key: JSON.stringify([spelling]) }, role })
        continue
      }
      const target = layout.table(role.target.table)
      if (target === undefined || passed.includes(target.name)) continue
      for (const record of await records.of(role, spelling)) {
        if (role.leads === 'person')
          found.push({ person: { table: target.name, key: JSON.stringify(record.key) }, role })
        else {
          const onward = await peopleIn(source, layout, records, target, record, [...passed, table.name])
          found.push(...onward.filter((one) => one.role.erase !== 'keep-link').map(({ person }) => ({ person, role })))
        }
      }
    }
  }
  return found
}

/** Records by the values that links lead to, each value read once. */
class Records {
  readonly #source: ItemSource
  readonly #layout: Layout
  readonly #known = new Map<string, Item[]>()

  constructor(source: ItemSource, layout: Layout) {
    this.#source = source
    this.#layout = layout
  }

  async of(role: ItemRole, spelling: string): Promise<readonly Item[]> {
    const name = `${role.link}\n${role.fold}\n${spelling}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const items: Item[] = []
    const { table, column } = role.target
    const where = { column: column.column, values: [spelling], fold: role.fold }
    if (this.#layout.table(table) !== undefined) {
      for await (const item of this.#source.items(table, column.path === undefined ? { where } : {})) {
        if (valuesAt(item, column).some((value) => spelled(value, role.fold) === spelling)) items.push(item)
      }
    }
    if (this.#known.size > 10_000) this.#known.clear()
    this.#known.set(name, items)
    return items
  }
}
