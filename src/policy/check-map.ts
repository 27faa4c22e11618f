import { nearestWord } from '../base/nearest.ts'
import type { Path } from '../commitments/commitment-kind.ts'
import { isOpen } from '../commitments/statement.ts'
import { Fault } from '../language/fault.ts'
import type { StoreMap, TableMap } from '../language/store-map.ts'
import { mapPlace } from './map-place.ts'
import type { Plan } from './plan.ts'
import { isReachable, leadsToPeople } from './reach.ts'

interface Finding {
  readonly code: string
  readonly path: Path
  readonly at?: 'key' | 'value'
  readonly what: string
  readonly mend: string
  readonly severity?: 'error' | 'warning'
}

/** Rows with categories must lead to the people they are about, else no request finds them. */
const checkReach = (map: StoreMap, table: TableMap): readonly Finding[] => {
  const path = ['tables', table.table]
  const idle = table.people
    .filter((role) => !leadsToPeople(map, table, role))
    .map((role) => ({
      code: 'store.role-leads-nowhere',
      path: [...path, 'people', role.role],
      at: 'key' as const,
      what: `role "${role.role}" of table "${table.table}" leads to no table of people`,
      mend: 'let key and to, or via, end in a table that has person, or in one whose people lead to such a table',
    }))
  const categories = table.fields.filter((field) => field.is !== undefined && !isOpen(field.is))
  if (categories.length === 0 || isReachable(map, table)) return idle
  const unreachable = {
    code: 'store.unreachable-table',
    path,
    at: 'key',
    what: `table "${table.table}" holds personal data, and nothing leads from its rows to a person`,
    mend: 'add person if its rows are people, or people with key and to, or via',
  } as const
  // A row that names a person by a key identity is found by that, where the field is redacted.
  const mentions = categories.every((field) => field.erase === 'redact')
  return [
    ...idle,
    mentions
      ? {
          ...unreachable,
          what: `${unreachable.what}: only those that name one by a key identity are found`,
          severity: 'warning',
        }
      : unreachable,
  ]
}

/** What an exception keeps is of its categories, and has the clock that its term counts from. */
const checkKept = (plan: Plan, table: TableMap): readonly Finding[] =>
  table.fields.flatMap((field): readonly Finding[] => {
    const exception = plan.rights.exceptions.find((named) => named.name === field.keep)
    if (exception === undefined) return []
    const path = ['tables', table.table, 'fields', field.column.column, 'keep']
    const found: Finding[] = []
    if (field.is === undefined || !exception.data.includes(field.is))
      found.push({
        code: 'store.keep-other-category',
        path,
        what: `exception "${exception.name}" keeps ${exception.data.join(', ')}, and this column is ${field.is ?? 'none'}`,
        mend: 'add the category to data of the exception, or erase the column',
        severity: 'warning',
      })
    if (exception.from !== undefined && !Object.hasOwn(table.clock, exception.from)) {
      const nearest = nearestWord(exception.from, Object.keys(table.clock))
      const add = `add clock: { ${exception.from}: COLUMN } to the table`
      found.push({
        code: 'store.clock-missing',
        path,
        what: `exception "${exception.name}" counts from "${exception.from}", and table "${table.table}" has no such clock`,
        mend:
          nearest === undefined
            ? `${add}; without it nobody can tell the end`
            : `did you mean "${nearest}"? Else ${add}`,
        severity: 'warning',
      })
    }
    return found
  })

/** Rows serve purposes that may use what they hold. */
const checkPurposes = (plan: Plan, table: TableMap): readonly Finding[] => {
  const purposes = plan.purposes.filter((purpose) => table.for.includes(purpose.name))
  if (purposes.length === 0) return []
  const held = [...new Set(table.fields.flatMap((field) => field.is ?? []))]
  return held
    .filter((category) => plan.data.some((declared) => declared.name === category))
    .filter((category) => !purposes.some((purpose) => purpose.uses.includes(category)))
    .map((category) => ({
      code: 'store.purpose-does-not-use',
      path: ['tables', table.table, 'for'],
      what: `table "${table.table}" holds "${category}" for ${table.for.join(', ')}, which does not use it`,
      mend: 'name the purpose that uses it too, or stop holding it',
      severity: 'warning' as const,
    }))
}

/** An `id` is a person's only within one table: two that are called the same link strangers. */
const checkKeys = (map: StoreMap): readonly Finding[] => {
  const withId = map.tables.filter((table) => table.person?.keys.some((key) => key.identity === 'id'))
  return withId.slice(1).map((table) => ({
    code: 'store.ambiguous-key',
    path: ['tables', table.table, 'person', 'key', 'id'],
    at: 'key',
    what: `"id" is a key of ${withId.map((other) => `"${other.table}"`).join(' and ')}: the same number may be two people`,
    mend: 'name the identities apart, e.g. customer-id and agent-id',
    severity: 'warning',
  }))
}

/** A record of a person that no identity names is found by no request. */
const checkNamed = (table: TableMap): readonly Finding[] =>
  table.person === undefined || table.person.keys.length > 0
    ? []
    : [
        {
          code: 'store.no-key',
          path: ['tables', table.table, 'person', 'key'],
          what: `no identity is a key of "${table.table}": no request finds its people`,
          mend: 'name at least one, e.g. key: { email: COLUMN }',
        },
      ]

/** What is wrong inside one store map, or between it and the policy, that can be told without the store. */
export const checkMap = (plan: Plan, map: StoreMap): readonly Fault[] =>
  [
    ...map.tables.flatMap((table) => [
      ...checkNamed(table),
      ...checkReach(map, table),
      ...checkKept(plan, table),
      ...checkPurposes(plan, table),
    ]),
    ...checkKeys(map),
  ].map(({ path, at, ...finding }: Finding) => new Fault({ ...finding, where: mapPlace(map, path, at ?? 'value') }))
