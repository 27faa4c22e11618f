import type { CellHit, RowOwner, RowRef } from '../../connector.ts'
import { correctionOf, type FieldMap, type StoreMap } from '../../language/store-map.ts'
import type { ResidualClass } from '../prove/classify.ts'

/**
 * Classes a place in which an old value still stands. `kept`: the map says that it tells what was true then, or it is a text
 * that nobody rewrites; undefined: a cell that a correction reaches, which is read again by itself.
 */
export function classifyOld(
  hit: CellHit,
  map: StoreMap,
  category: string,
  persons: readonly RowRef[],
  owners: readonly RowOwner[],
): ResidualClass | undefined {
  const table = map.tables.find((one) => one.table === hit.table)
  if (!table) return 'unmapped'
  const fields = table.fields.filter((field) => isIn(field, hit.column))
  const own = (row: RowRef) => persons.some((one) => one.table === row.table && one.key === row.key)
  const theirs = table.person === undefined ? owners.some(({ person }) => own(person)) : own(hit)
  const others = table.person === undefined ? owners.some(({ person }) => !own(person)) : !own(hit)
  if (others && !theirs) return 'other-person'
  const same = fields.filter((field) => field.is === category)
  if (same.some((field) => correctionOf(field) === 'spread')) return others ? 'other-person' : undefined
  if (fields.some((field) => field.is !== undefined && correctionOf(field) === 'keep')) return 'kept'
  if (fields.some((field) => field.is !== undefined && (field.erase === 'redact' || field.codec !== undefined)))
    return 'kept'
  if (fields.some((field) => field.is !== undefined)) return 'ambiguous'
  // A column that leads to people is declared by that use; a correction takes it along.
  const leads = table.people.some(
    ({ link }) => 'columns' in link && link.columns.some(({ column }) => column === hit.column),
  )
  return leads ? 'missed' : 'unmapped'
}

function isIn({ column }: FieldMap, name: string): boolean {
  return column.column === name || (column.path !== undefined && name.startsWith(column.column))
}
