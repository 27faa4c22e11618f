import type { StoreMap } from '../language/store-map.ts'

/** Whom the rows of a purpose are about, as the store maps name them: roles, and tables of people. */
export const subjectsOf = (maps: readonly StoreMap[], purpose: string): readonly string[] => {
  const tables = maps.flatMap((map) => map.tables).filter((table) => table.for.includes(purpose))
  return [
    ...new Set(
      tables.flatMap((table) => [
        ...(table.person === undefined ? [] : [table.table]),
        ...table.people.filter((role) => role.erase !== 'keep-link').map((role) => role.role),
      ]),
    ),
  ]
}
