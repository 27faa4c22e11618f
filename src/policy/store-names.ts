import { entriesOf, valueAt } from '../commitments/block.ts'
import { isOpen } from '../commitments/statement.ts'
import type { StoreMap, TableMap } from '../language/store-map.ts'
import type { Policy } from './policy.ts'
import type { Report } from './table-map.ts'

const exceptionNames = (policy: Policy): readonly string[] =>
  entriesOf(valueAt(valueAt(valueAt(policy.located.value, 'rights'), 'erasure'), 'except')).map(([name]) => name)

const reportTable = (table: TableMap, policy: Policy, exceptions: readonly string[], report: Report): void => {
  const path = ['tables', table.table]
  table.for.forEach((purpose) => {
    if (!policy.known.purposes.has(purpose))
      report({
        code: 'store.unknown-purpose',
        path: [...path, 'for'],
        what: `purpose "${purpose}" is not declared in the policy`,
        mend: 'declare it under purposes in the policy',
        word: { said: purpose, known: policy.known.purposes },
      })
  })
  // The record's own person is a role too.
  const roles = [...(table.person === undefined ? [] : ['person']), ...table.people.map((role) => role.role)]
  for (const { purpose, of } of table.stops) {
    const at = [...path, 'stop', purpose]
    if (!policy.known.purposes.has(purpose))
      report({
        code: 'store.unknown-purpose',
        path: at,
        at: 'key',
        what: `purpose "${purpose}" is not declared in the policy`,
        mend: 'declare it under purposes in the policy',
        word: { said: purpose, known: policy.known.purposes },
      })
    if (of !== undefined && !roles.includes(of))
      report({
        code: 'store.unknown-role',
        path: [...at, 'of'],
        what: `the table has no role "${of}"`,
        mend: 'name a role of its people',
        word: { said: of, known: roles },
      })
  }
  for (const field of table.fields) {
    const at = [...path, 'fields', field.column.column]
    if (field.is !== undefined && !isOpen(field.is) && !policy.known.data.has(field.is))
      report({
        code: 'store.unknown-category',
        path: at,
        what: `data category "${field.is}" is not declared in the policy`,
        mend: 'declare it under data in the policy, or write none',
        word: { said: field.is, known: policy.known.data },
      })
    if (field.keep !== undefined && !exceptions.includes(field.keep))
      report({
        code: 'store.unknown-exception',
        path: [...at, 'keep'],
        what: `the policy has no exception "${field.keep}"`,
        mend: 'name one of rights.erasure.except: reason, law and term stand only there',
        word: { said: field.keep, known: exceptions },
      })
    if (field.of !== undefined && !roles.includes(field.of))
      report({
        code: 'store.unknown-role',
        path: [...at, 'of'],
        what: `the table has no role "${field.of}"`,
        mend: 'name a role of its people',
        word: { said: field.of, known: roles },
      })
  }
}

/** Names of the policy and of the map itself that a store map uses and nobody declares. */
export const reportNames = (map: StoreMap, policy: Policy, report: Report): void => {
  const exceptions = exceptionNames(policy)
  for (const table of map.tables) reportTable(table, policy, exceptions, report)
}
