import { identityKind } from '../../language/identity-kind.ts'
import type { Exception, FieldMap, StoreMap, TableMap } from '../../language/store-map.ts'
import type { Catalog, CatalogTable } from './catalog.ts'
import { type Chain, Chains, type Link, linkTo } from './chain.ts'
import { type KeyColumn, keyColumnsOf } from './row-key.ts'
import { typeFamily } from './values.ts'

/** A mapped table as statements need it. */
export interface TableLayout {
  readonly name: string
  readonly map: TableMap
  readonly live: CatalogTable
  /** Columns that name a row; where a table has no key, its place and writer, good until the row is written again. */
  readonly key: readonly KeyColumn[]
  readonly chains: readonly Chain[]
  readonly fields: readonly FieldLayout[]
}

export interface FieldLayout extends FieldMap {
  readonly base: string
  readonly maxLength?: number
  readonly nullable: boolean
  readonly defaultSql?: string
  readonly generated: boolean
  readonly exception?: Exception
  /** Column of the clock that the exception counts from, in this table. */
  readonly clock?: { readonly column: string; readonly base: string }
  /** Its cells hold a list of references to people: the links whose values are elements, and what stands between them in text. */
  readonly list?: { readonly links: readonly Link[]; readonly separator?: string }
  /** Kind of identity its values are; undefined where they name nobody. */
  readonly kind?: string
}

/** The store map laid over the live schema: what every statement is built from. */
export interface Layout {
  readonly store: StoreMap
  readonly catalog: Catalog
  readonly tables: readonly TableLayout[]
  table(name: string): TableLayout | undefined
  /** Per person table: the columns that other rows link to. */
  links(person: string): readonly Link[]
}

/** Lays the map over the live schema. Faults `store.table-missing`, `store.column-missing` where they disagree. */
export function layOut(
  store: StoreMap,
  exceptions: readonly Exception[],
  kinds: Readonly<Record<string, string>> | undefined,
  catalog: Catalog,
): Layout {
  const chains = new Chains(store, catalog)
  const named = new Map(exceptions.map((one) => [one.name, one]))
  const tables = store.tables.map((map): TableLayout => {
    const live = chains.live(map.table)
    const ways = chains.of(map)
    return {
      name: map.table,
      map,
      live,
      key: keyColumnsOf(live),
      chains: ways,
      fields: map.fields
        .flatMap((field) => layField(field, map, live, named, kinds))
        .map((field) => ({ ...field, ...listOf(field, ways) })),
    }
  })
  const byName = new Map(tables.map((table) => [table.name, table]))
  const links = new Map<string, Map<string, Link>>()
  for (const chain of tables.flatMap((table) => table.chains)) {
    const own = links.get(chain.link.table) ?? new Map<string, Link>()
    own.set(chain.link.name, chain.link)
    links.set(chain.link.table, own)
  }
  return {
    store,
    catalog,
    tables,
    table: (name) => byName.get(name),
    links: (person) => [...(links.get(person)?.values() ?? [])],
  }
}

/** The link that holds the key of a person's own record. */
export function ownLink(table: TableLayout): Link {
  return linkTo(
    table.name,
    table.key.map((column) => ({ column: column.name })),
  )
}

/** The links of which a column holds several: an array, or text with a separator. */
function listOf(field: FieldLayout, chains: readonly Chain[]): Pick<FieldLayout, 'list'> {
  if (field.column.path !== undefined) return {}
  const unfolded = chains.flatMap((chain) =>
    chain.steps.flatMap((step) =>
      step.kind === 'unfold' &&
      step.of.at === 0 &&
      step.of.column === field.column.column &&
      chain.end[0]?.at === step.at
        ? [{ link: chain.link, separator: step.separator }]
        : [],
    ),
  )
  const separator = unfolded[0]?.separator
  if (unfolded.length === 0) return {}
  return { list: { links: unfolded.map(({ link }) => link), ...(separator === undefined ? {} : { separator }) } }
}

function layField(
  field: FieldMap,
  map: TableMap,
  live: CatalogTable,
  exceptions: ReadonlyMap<string, Exception>,
  kinds: Readonly<Record<string, string>> | undefined,
): FieldLayout[] {
  const column = live.columns.find((one) => one.name === field.column.column)
  if (column === undefined) return []
  const exception = field.keep === undefined ? undefined : (exceptions.get(field.keep) ?? openEnded(field.keep))
  const clockColumn = exception?.from === undefined ? undefined : map.clock[exception.from]
  const clockBase = live.columns.find((one) => one.name === clockColumn)?.base
  const kind = field.is === undefined ? undefined : (kinds?.[field.is] ?? identityKind(field.is))
  const defaultSql = live.defaults.get(column.name)
  return [
    {
      ...field,
      base: column.base,
      nullable: column.nullable,
      generated: column.generated,
      ...(column.maxLength === undefined ? {} : { maxLength: column.maxLength }),
      ...(defaultSql === undefined ? {} : { defaultSql }),
      ...(exception === undefined ? {} : { exception }),
      ...(clockColumn === undefined || clockBase === undefined
        ? {}
        : { clock: { column: clockColumn, base: clockBase } }),
      ...(kind === undefined ? {} : { kind }),
    },
  ]
}

/** A ground that the policy does not name is kept without end: `kept check` reports it, and nothing is lost meanwhile. */
function openEnded(name: string): Exception {
  return { name, data: [], law: '' }
}

/** A cell that holds the value itself: not a list, not made by the store, not the number of a row elsewhere. */
export function holdsValue({ live }: TableLayout, field: FieldLayout): boolean {
  if (field.generated || field.codec !== undefined || field.list !== undefined) return false
  const refers = live.references.some(({ columns }) => columns.includes(field.column.column))
  return field.column.path !== undefined || !refers || !['number', 'uuid'].includes(typeFamily(field.base))
}
