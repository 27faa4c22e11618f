import { quoteLiteral } from '../../sql/sql.ts'
import { fieldAction, isCoded } from './field-action.ts'
import { keptFields } from './keep.ts'
import type { FieldLayout, TableLayout } from './layout.ts'
import { typeFamily } from './values.ts'

/** So much hexadecimal is no word and no name that somebody bore before. */
const tellingLength = 12

/** True where a stand-in can be told from what a person put there; numbers, UUIDs and short words look like any other. */
export function isTelling(field: FieldLayout): boolean {
  if (field.column.path !== undefined) return true
  return ['text', 'citext'].includes(typeFamily(field.base)) && (field.maxLength ?? tellingLength) >= tellingLength
}

/** True in SQL when a cell holds what `pseudonym` puts there (see `pseudonymSql`): hexadecimal, or an address in `.invalid`. */
export function isStandInSql(cell: string): string {
  return `${cell}::text ~ ${quoteLiteral(`^([0-9a-f]{${tellingLength},24}|[0-9a-f]{1,24}@(erased|x)\\.invalid)$`)}`
}

/**
 * What tells of a row, without knowing whom it is of, whether an erasure left it so: true in SQL when it still holds a
 * person, NULL where nothing tells. Only rows in which one person alone can stand tell it.
 */
export function stillHoldsSql(table: TableLayout): string {
  const about = table.chains.filter(({ erase }) => erase !== 'keep-link')
  if (about.length !== 1 || about[0]?.toOne !== true) return 'NULL::bool'
  const kept = keptFields(table)
  const tests = table.fields.flatMap((field) => {
    const action = fieldAction(field)
    const cell = `t."${field.column.column.replaceAll('"', '""')}"`
    if (kept.includes(field) || field.of !== undefined || field.column.path !== undefined || isCoded(field)) return []
    if (action === 'clear')
      return [
        field.nullable ? `${cell} IS NOT NULL` : `${cell}::text IS DISTINCT FROM (${field.defaultSql ?? 'NULL'})::text`,
      ]
    return action === 'pseudonym' && isTelling(field) ? [`(${cell}::text <> '' AND NOT ${isStandInSql(cell)})`] : []
  })
  if (tests.length === 0) return 'NULL::bool'
  // A row of others that only named the person is on record too: what else stands in it tells nothing of them.
  const mayMention = table.fields.some(({ erase }) => erase === 'redact')
  return `CASE WHEN coalesce(${tests.join(' OR ')}, false) THEN ${mayMention ? 'NULL::bool' : 'true'} ELSE false END`
}
