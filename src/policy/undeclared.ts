import type { UndeclaredPart } from '../connector.ts'
import type { StoreMap } from '../language/store-map.ts'
import type { LiveSchema, LiveTable } from '../live-schema.ts'
import type { LiveFinding } from './check-live.ts'
import { liveTables } from './live-tables.ts'
import { type Mention, mentions } from './mentions.ts'

const listed = (columns: readonly string[]): string =>
  columns.length <= 12 ? columns.join(', ') : `${columns.slice(0, 12).join(', ')} and ${columns.length - 12} more`

/** Columns of a live table that no map declares; a child table's own columns only. */
const undeclaredColumns = (
  table: LiveTable,
  parent: LiveTable | undefined,
  named: readonly Mention[],
): readonly string[] => {
  const declared = new Set([
    ...named.filter((mention) => mention.as !== 'identity').map((mention) => mention.column),
    // A row's own key names the row; as an identity of a person it says so under person.
    ...table.key,
    ...(parent?.columns.map((column) => column.name) ?? []),
  ])
  return table.columns.map((column) => column.name).filter((column) => !declared.has(column))
}

/**
 * What the store holds and no map declares, as the store itself can look at it when a row is written. Keys, identities
 * and what tables are joined by are declared by that.
 */
export const undeclaredParts = (
  map: StoreMap,
  live: LiveSchema,
  siblings: readonly StoreMap[] = [],
): readonly UndeclaredPart[] => {
  const find = liveTables(live)
  const all = [map, ...siblings.filter((other) => other !== map && other.connect.read === map.connect.read)]
  const named = all.flatMap(mentions)
  const mapped = new Set(all.flatMap((one) => one.tables.map((table) => find(table.table))))
  return live.tables.flatMap((table): readonly UndeclaredPart[] => {
    if (table.kind === 'view' || table.kind === 'materialized-view') return []
    const parent = table.partOf === undefined ? undefined : find(table.partOf)
    const own = named.filter((mention) => find(mention.table) === table)
    if (own.length === 0 && parent === undefined && !mapped.has(table)) return [{ table: table.name }]
    const told = new Set(own.map(({ column }) => column))
    const columns = undeclaredColumns(table, parent, own).filter((column) => !told.has(column))
    return columns.length === 0 ? [] : [{ table: table.name, columns }]
  })
}

/** Everything that is in the store and in no map: closed world, so it is reported. */
export const undeclared = (map: StoreMap, live: LiveSchema, siblings: readonly StoreMap[]): readonly LiveFinding[] => {
  const find = liveTables(live)
  const all = [map, ...siblings.filter((other) => other !== map && other.connect.read === map.connect.read)]
  const named = all.flatMap(mentions)
  const mapped = new Map(all.flatMap((one) => one.tables.map((table) => [find(table.table), one] as const)))
  return live.tables.flatMap((table): readonly LiveFinding[] => {
    // A view shows what tables hold, and is declared there.
    if (table.kind === 'view') return []
    const parent = table.partOf === undefined ? undefined : find(table.partOf)
    const own = named.filter((mention) => find(mention.table) === table)
    const owner = mapped.get(table)
    if (owner !== undefined && owner !== map) return []
    const columns = undeclaredColumns(table, parent, own)
    if (owner === undefined && parent !== undefined && columns.length === 0) return []
    if (owner === undefined)
      return [
        {
          code: 'store.undeclared-table',
          path: ['tables'],
          at: 'key',
          what:
            own.length === 0
              ? `no store map mentions table "${table.name}"`
              : `table "${table.name}" is joined over, and its columns are not declared: ${listed(columns)}`,
          mend: 'add it with each column as a data category or none',
          severity: 'warning',
        },
      ]
    return columns.map((column) => {
      const identity = own.some((mention) => mention.column === column)
      return {
        code: 'store.undeclared-column',
        path: ['tables', table.name, 'fields'],
        at: 'key',
        what: identity
          ? `column "${column}" of table "${table.name}" is an identity, and no field says what it holds`
          : `no store map mentions column "${column}" of table "${table.name}"`,
        mend: `add ${column} to its fields as a data category or none`,
        severity: 'warning',
      }
    })
  })
}
