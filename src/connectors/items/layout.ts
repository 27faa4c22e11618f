import { Fault } from '../../language/fault.ts'
import { identityKind } from '../../language/identity-kind.ts'
import {
  type ColumnRef,
  type Exception,
  type FieldMap,
  identityOf,
  type RoleErasure,
  type RoleMap,
  type StoreMap,
  type TableMap,
} from '../../language/store-map.ts'
import type { ItemColumn, ItemTable } from './source.ts'

/** How an item leads to people: by an identity it holds, by a column of a table of people, or over another table. */
export interface ItemRole {
  readonly role: string
  readonly erase: RoleErasure
  readonly owns: boolean
  readonly column: ColumnRef
  readonly separator?: string
  readonly when: RoleMap['when']
  readonly leads: 'identity' | 'person' | 'table'
  /** Name of the values that it leads by, as `Found.links` knows them. */
  readonly link: string
  readonly target: { readonly table: string; readonly column: ColumnRef }
  /** Letter case says nothing. */
  readonly fold: boolean
}

export interface ItemField extends FieldMap {
  readonly live: ItemColumn
  readonly exception?: Exception
  /** Column of the clock that the exception counts from. */
  readonly clock?: string
  readonly kind?: string
  /** Roles whose people its values name: a list loses those of one person and no other. */
  readonly lists: readonly ItemRole[]
}

/** A mapped table of items as everything here needs it. */
export interface ItemLayout {
  readonly name: string
  readonly map: TableMap
  readonly live: ItemTable
  readonly roles: readonly ItemRole[]
  readonly fields: readonly ItemField[]
}

export interface Layout {
  readonly store: StoreMap
  /** Mapped tables, those that lead to others before those they lead to. */
  readonly tables: readonly ItemLayout[]
  table(name: string): ItemLayout | undefined
  /** Columns of a table of people that other items, or requests, link by. */
  links(table: string): readonly { readonly name: string; readonly column: ColumnRef; readonly fold: boolean }[]
  /** Kinds of identity that lead to people without a record. */
  readonly identities: readonly string[]
}

export const linkName = (table: string, { column, path }: ColumnRef): string => `${table}.${column}${path ?? ''}`

/** Lays the map over what the source has. Faults `store.table-missing`, `store.column-missing`, `store.link-unsupported`. */
export function layOut(
  store: StoreMap,
  exceptions: readonly Exception[],
  kinds: Readonly<Record<string, string>> | undefined,
  live: readonly ItemTable[],
): Layout {
  const named = new Map(exceptions.map((one) => [one.name, one]))
  const tables = store.tables.map((map): ItemLayout => {
    const table = live.find((one) => one.name === map.table)
    if (table === undefined) throw missing(store, map.table)
    if (map.within !== undefined) throw tenants(store, map)
    const roles = map.people.map((role) => roleOf(store, map, role))
    const columns = roles.map(({ column }) => column.column)
    for (const name of [...columns, ...personColumns(map), ...map.fields.map(({ column }) => column.column)]) {
      if (!table.columns.some((one) => one.name === name)) throw missing(store, map.table, name)
    }
    return {
      name: map.table,
      map,
      live: table,
      roles,
      fields: map.fields.flatMap((field) => fieldOf(field, map, table, roles, named, kinds)),
    }
  })
  const byName = new Map(tables.map((one) => [one.name, one]))
  return {
    store,
    tables: inOrder(tables),
    table: (name) => byName.get(name),
    links: (table) => linksOf(tables, table),
    identities: [
      ...new Set(tables.flatMap(({ roles }) => roles.flatMap(({ target }) => identityOf(target.table) ?? []))),
    ],
  }
}

/** Columns that tell whose an item is and whether it is kept; with `texts` those too that are looked into or rewritten. */
export function columnsFor({ live, map, roles, fields }: ItemLayout, texts: boolean): string[] {
  const looked = fields.filter(({ erase, exception }) => exception !== undefined || (texts && erase !== undefined))
  return [
    ...new Set([
      ...live.key,
      ...Object.values(map.clock),
      ...personColumns(map),
      ...roles.flatMap(({ column, when }) => [column.column, ...when.map((one) => one.column.column)]),
      ...looked.map(({ column }) => column.column),
      ...looked.flatMap(({ codec }) => (codec !== undefined && 'by' in codec ? [codec.by] : [])),
    ]),
  ]
}

function personColumns({ person }: TableMap): string[] {
  return [...(person?.keys ?? []), ...(person?.hints ?? [])].map(({ column }) => column.column)
}

function roleOf(store: StoreMap, map: TableMap, role: RoleMap): ItemRole {
  const { link } = role
  const [column, second] = 'columns' in link ? link.columns : []
  const target = 'columns' in link ? link.to[0] : undefined
  if (!('columns' in link) || column === undefined || target === undefined || second !== undefined) {
    throw unsupported(store, map, role.role)
  }
  const mapped = store.tables.find(({ table }) => table === target.table)
  const identity = identityOf(target.table)
  const key = mapped?.person?.keys.find((one) => one.column.column === target.column && one.column.path === target.path)
  const leads = identity !== undefined ? 'identity' : mapped?.person !== undefined ? 'person' : 'table'
  return {
    role: role.role,
    erase: role.erase,
    owns: role.owns,
    column,
    when: role.when,
    leads,
    link: linkName(target.table, target),
    target: { table: target.table, column: target },
    fold: identity === 'email' || identity === 'dn' || key?.fold === true,
    ...(link.separator === undefined ? {} : { separator: link.separator }),
  }
}

function fieldOf(
  field: FieldMap,
  map: TableMap,
  table: ItemTable,
  roles: readonly ItemRole[],
  exceptions: ReadonlyMap<string, Exception>,
  kinds: Readonly<Record<string, string>> | undefined,
): ItemField[] {
  const live = table.columns.find((one) => one.name === field.column.column)
  if (live === undefined) return []
  // A ground that the policy does not name is kept without end: `kept check` reports it, and nothing is lost meanwhile.
  const exception =
    field.keep === undefined ? undefined : (exceptions.get(field.keep) ?? { name: field.keep, data: [], law: '' })
  const clock = exception?.from === undefined ? undefined : map.clock[exception.from]
  const kind = field.is === undefined ? undefined : (kinds?.[field.is] ?? identityKind(field.is))
  const lists = roles.filter(
    (role) =>
      role.column.column === live.name &&
      role.column.path === undefined &&
      (live.many === true || role.separator !== undefined),
  )
  return [
    {
      ...field,
      live,
      lists,
      ...(exception === undefined ? {} : { exception }),
      ...(clock === undefined ? {} : { clock }),
      ...(kind === undefined ? {} : { kind }),
    },
  ]
}

function linksOf(tables: readonly ItemLayout[], person: string) {
  const links = new Map<string, { name: string; column: ColumnRef; fold: boolean }>()
  for (const { roles } of tables) {
    for (const { target, link, fold } of roles) {
      if (target.table === person) links.set(link, { name: link, column: target.column, fold })
    }
  }
  return [...links.values()]
}

/** Messages before their folder, whose key theirs begins with, and before their mailbox, which they lead to: what goes with another is counted before it went. */
function inOrder(tables: readonly ItemLayout[]): readonly ItemLayout[] {
  const placed: ItemLayout[] = []
  const place = (table: ItemLayout, above: readonly ItemLayout[]) => {
    if (placed.includes(table) || above.includes(table)) return
    for (const other of tables) {
      const inside =
        other.live.key.length > table.live.key.length && table.live.key.every((name, at) => other.live.key[at] === name)
      if (inside || other.roles.some(({ target }) => target.table === table.name)) place(other, [...above, table])
    }
    placed.push(table)
  }
  for (const table of tables) place(table, [])
  return placed
}

function missing(store: StoreMap, table: string, column?: string): Fault {
  const where = { ...(store.file === undefined ? {} : { file: store.file }), path: `tables.${table}` }
  return new Fault({
    code: column === undefined ? 'store.table-missing' : 'store.column-missing',
    where,
    what:
      column === undefined
        ? `store ${store.store} has no table ${table}`
        : `table ${table} of store ${store.store} has no column ${column}`,
    mend: 'Correct the name in the store map, or take it out.',
  })
}

function unsupported(store: StoreMap, map: TableMap, role: string): Fault {
  return new Fault({
    code: 'store.link-unsupported',
    where: { ...(store.file === undefined ? {} : { file: store.file }), path: `tables.${map.table}.people.${role}` },
    what: `store ${store.store} has no joins: a role leads to people by one column`,
    mend: 'Write key and to with one column each, or key and by: email.',
  })
}

function tenants(store: StoreMap, map: TableMap): Fault {
  return new Fault({
    code: 'store.tenants-unsupported',
    where: { ...(store.file === undefined ? {} : { file: store.file }), path: `tables.${map.table}.within` },
    what: `store ${store.store} is of a kind whose people are not told apart by tenant`,
    mend: 'Write a store map for each tenant, with a connection that reaches that tenant alone.',
  })
}
