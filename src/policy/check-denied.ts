import type { StoreMap, TableMap } from '../language/store-map.ts'
import type { DeniedRights, LiveSchema, LiveTable } from '../live-schema.ts'
import type { LiveFinding } from './check-live.ts'
import { liveTables } from './live-tables.ts'
import { type Mention, mentions } from './mentions.ts'
import { rowsMayStay } from './reach.ts'

/** Columns that erasing in the table writes: those of a category, which the store does not write itself. */
const written = (map: TableMap, table: LiveTable): readonly string[] => {
  const own = new Set(table.columns.filter(({ generated }) => !generated).map(({ name }) => name))
  const named = map.fields.filter(({ is, column }) => is !== undefined && own.has(column.column))
  return [...new Set(named.map(({ column }) => column.column))]
}

/** No row of the table can stay in an erasure, so that none is ever changed. */
const onlyGoes = (map: TableMap, table: LiveTable, live: LiveSchema): boolean =>
  !rowsMayStay(map) &&
  (map.person?.erase === 'row' || map.people.some(({ erase }) => erase === 'row')) &&
  map.fields.every(({ erase, keep }) => erase !== 'redact' && keep === undefined) &&
  !table.triggers.some(({ on }) => on.includes('delete')) &&
  !live.tables.some(({ references }) => references.some(({ to }) => to.table === table.name))

const deletes = (map: TableMap): boolean =>
  map.person?.erase === 'row' || map.people.some(({ erase }) => erase === 'row')

/** Columns that finding the person's rows reads: keys, links, conditions, clocks, and what is written. */
const read = (map: TableMap, table: LiveTable, named: readonly Mention[]): readonly string[] => {
  const structure = named.filter(({ table: name, as }) => name === map.table && as !== 'field')
  return [...new Set([...table.key, ...structure.map(({ column }) => column), ...written(map, table)])]
}

const lacking = (
  map: TableMap,
  table: LiveTable,
  live: LiveSchema,
  named: readonly Mention[],
  denied: DeniedRights,
) => {
  const unread = read(map, table, named).filter((column) => denied.select.includes(column))
  const unchanged = onlyGoes(map, table, live)
    ? []
    : written(map, table).filter((column) => denied.update.includes(column))
  return [
    ...(unread.length > 0 ? [`SELECT (${unread.join(', ')})`] : []),
    ...(unchanged.length > 0 ? [`UPDATE (${unchanged.join(', ')})`] : []),
    ...(denied.delete && deletes(map) ? ['DELETE'] : []),
  ]
}

/** Rights that the execute role lacks for what the map says: told before an erasure, not by its failure. */
export const deniedFindings = (map: StoreMap, live: LiveSchema): readonly LiveFinding[] => {
  const { denied } = live
  if (denied === undefined) return []
  const find = liveTables(live)
  const named = mentions(map)
  const tables = map.tables.flatMap((table): readonly LiveFinding[] => {
    const found = find(table.table)
    const rights = found && denied.tables.get(found.name)
    if (found === undefined || rights === undefined) return []
    const place = { code: 'store.execute-right', path: ['tables', table.table], at: 'key' as const }
    const missing = lacking(table, found, live, named, rights)
    const hidden = rights.rows
      ? [
          {
            ...place,
            what: `the execute role sees of table "${found.name}" only rows that a row security policy shows`,
            mend: 'give it BYPASSRLS, or a policy-free role',
          },
        ]
      : []
    if (missing.length === 0) return hidden
    const what = `the execute role may not ${missing.join(', ')} on table "${found.name}"`
    return [...hidden, { ...place, what, mend: 'grant it that, or say in the map what may be done there' }]
  })
  if (!denied.marker) return tables
  const marker: LiveFinding = {
    code: 'store.marker-missing',
    path: ['connect', 'execute'],
    what: 'the execute role can neither use nor make kept_store.marker, in which finished steps are marked',
    mend: 'grant it SELECT, INSERT, DELETE there and USAGE of its schema, or CREATE on the database once',
  }
  return [marker, ...tables]
}
