import type { FoundIdentity, Identity, RowRef } from '../../connector.ts'
import { Fault } from '../../language/fault.ts'
import type { ColumnRef } from '../../language/store-map.ts'
import { isLocal, joinNames, tellsSomebody } from '../known-identities.ts'
import type { Layout, TableLayout } from '../postgres/layout.ts'

/** A record of a person table, with all that leads on from it. */
export interface PersonRecord extends RowRef {
  readonly links: ReadonlyMap<string, string>
  readonly identities: readonly FoundIdentity[]
  readonly tenant?: string
}

/** What one subject is looked for by in one round. */
export interface Asked {
  readonly strong: readonly Identity[]
  readonly accepted: readonly RowRef[]
}

export const mostRecords = 10_000

export function tooMany(table: TableLayout): Fault {
  return new Fault({
    code: 'request.too-many-records',
    what: `more than ${mostRecords} records of table ${table.name} bear one identity`,
    mend: 'An identity that so many records share names nobody: take it out of the keys of this table.',
  })
}

/** Keys of the records that an approver accepted among the candidates, with the number of the subject. */
export function acceptedKeys(
  table: TableLayout,
  asked: readonly Asked[],
): { readonly s: number; readonly parts: readonly string[] }[] {
  return asked.flatMap((one, s) =>
    one.accepted.flatMap((row) => {
      const parts: unknown = row.table === table.name ? JSON.parse(row.key) : undefined
      return Array.isArray(parts) && parts.length === table.key.length ? [{ s, parts: parts.map(String) }] : []
    }),
  )
}

/** The values of a key that this table is asked for: `id` only where one table has it, else `TABLE.id`. */
export function askedValues(
  table: TableLayout,
  identity: string,
  persons: readonly TableLayout[],
  strong: readonly Identity[],
): string[] {
  const alone = persons.filter((one) => one.map.person?.keys.some((key) => key.identity === identity)).length === 1
  const spellings = [`${table.name}.${identity}`]
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

/**
 * What is read of a record beyond its key: tenant, link values, and everything that names the person. `read` is given the
 * text at each place, those of the key first.
 */
export function recordShape(
  layout: Layout,
  table: TableLayout,
): { readonly cells: readonly ColumnRef[]; read(value: (index: number) => string | null): PersonRecord } {
  const cells: ColumnRef[] = []
  const add = (cell: ColumnRef) => table.key.length + cells.push(cell) - 1
  const within = table.map.within
  const tenantAt = within === undefined ? -1 : add({ column: within })
  const links = layout.links(table.name).map((link) => ({
    name: link.name,
    at: link.columns.map(add),
  }))
  const person = table.map.person
  const named = [
    ...(person?.keys ?? []).map((key) => ({ kind: key.identity, column: key.column, strong: true })),
    ...(person?.hints ?? []).map((hint) => ({ kind: hint.identity, column: hint.column, strong: false })),
    ...table.fields.flatMap((field) =>
      field.kind === undefined ? [] : [{ kind: field.kind, column: field.column, strong: false }],
    ),
  ].map((one) => ({ ...one, at: add(one.column) }))
  const read = (value: (index: number) => string | null): PersonRecord => {
    const identities = named.flatMap((one): FoundIdentity[] => {
      const found = value(one.at)?.trim()
      if (found === undefined || found === '' || (!one.strong && !tellsSomebody(one.kind, found))) return []
      const local = one.strong && isLocal(one.kind) ? { local: true } : {}
      return [{ kind: one.kind, value: found, strong: one.strong, ...local }]
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
  return { cells, read }
}
