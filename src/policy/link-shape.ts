import type { Path } from '../commitments/commitment-kind.ts'
import type { Join, RoleMap } from '../language/store-map.ts'
import type { Report } from './table-map.ts'

/** Tables that joins reach from a table, itself included. */
const connected = (table: string, joins: readonly Join[]): ReadonlySet<string> => {
  const reached = new Set([table])
  for (let grown = true; grown; ) {
    grown = false
    for (const { left, right } of joins) {
      if (reached.has(left.table) === reached.has(right.table)) continue
      reached.add(left.table).add(right.table)
      grown = true
    }
  }
  return reached
}

/**
 * A link must hold together: joins that do not begin at the row would make every row everybody's, and a condition on a
 * table that is not joined would be no condition. Both are errors that forbid requests.
 */
export const reportLink = (table: string, role: RoleMap, path: Path, report: Report): void => {
  const joins = 'via' in role.link ? role.link.via : []
  const reached = connected(table, joins)
  const loose = joins.flatMap(({ left, right }) => [left.table, right.table]).find((name) => !reached.has(name))
  if (loose !== undefined)
    report({
      code: 'store.loose-join',
      path: [...path, 'via'],
      what: `these joins do not connect a row of "${table}" to "${loose}": every row would lead to everybody`,
      mend: `add a join from ${table} on, e.g. ${loose}.COLUMN = COLUMN`,
    })
  const targets = 'to' in role.link ? [...new Set(role.link.to.map((column) => column.table))] : []
  if (targets.length > 1)
    report({
      code: 'store.bad-link',
      path: [...path, 'to'],
      what: `one reference leads to one table, and this one to ${targets.join(' and ')}`,
      mend: 'write a role for each table, or via',
    })
  const known = new Set([...reached, ...joins.flatMap(({ left, right }) => [left.table, right.table]), ...targets])
  for (const { column } of role.when)
    if (!known.has(column.table))
      report({
        code: 'store.condition-elsewhere',
        path: [...path, 'when'],
        what: `the condition on ${column.table}.${column.column} is on a table that this role does not join`,
        mend: 'join it in via, or name a column of a joined table',
        word: { said: column.table, known },
      })
}
