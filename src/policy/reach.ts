import { identityOf, type RoleMap, type StoreMap, type TableMap } from '../language/store-map.ts'

/** Tables that the joins of a role end in or pass, the nearest to people last. */
const targets = (table: TableMap, role: RoleMap): readonly string[] =>
  'via' in role.link
    ? role.link.via.flatMap(({ left, right }) => [left.table, right.table]).filter((name) => name !== table.table)
    : role.link.to.map((column) => column.table)

/**
 * Whether a role leads from a row to people: it names a table of people, or one whose own roles lead on; the role of the
 * same name goes first, else every role that is not only a link.
 */
export const leadsToPeople = (
  map: StoreMap,
  table: TableMap,
  role: RoleMap,
  visited: readonly string[] = [],
): boolean => {
  if (targets(table, role).some((name) => identityOf(name) !== undefined)) return true
  const tables = new Map(map.tables.map((mapped) => [mapped.table, mapped]))
  const reached = targets(table, role).flatMap((name) => tables.get(name) ?? [])
  if (reached.some((target) => target.person !== undefined)) return true
  const passed = [...visited, table.table]
  return reached
    .filter((target) => !passed.includes(target.table))
    .some((target) => {
      const same = target.people.filter((next) => next.role === role.role)
      const onward = same.length > 0 ? same : target.people.filter((next) => next.erase !== 'keep-link')
      return onward.some((next) => leadsToPeople(map, target, next, passed))
    })
}

/** Whether the rows of a table can be traced to a person. */
export const isReachable = (map: StoreMap, table: TableMap): boolean =>
  table.person !== undefined || table.people.some((role) => leadsToPeople(map, table, role))

/** A role in which one row can have several people: joins, or text that holds several ids. */
const mayHaveSeveral = (role: RoleMap): boolean => 'via' in role.link || role.link.separator !== undefined

/** Whether rows of the table may stay in an erasure, so that its fields are treated one by one. */
export const rowsMayStay = (table: TableMap): boolean => {
  if (table.person?.erase === 'part' || table.people.some((role) => role.erase === 'part')) return true
  // A row with a second person in it is shared, and stays unless a role owns it.
  const going = table.people.filter((role) => role.erase === 'row' && !role.owns)
  const several = table.people.length + (table.person === undefined ? 0 : 1) > 1
  return going.some((role) => several || mayHaveSeveral(role))
}
