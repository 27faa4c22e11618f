import { quoteIdentifier } from '../../sql/sql.ts'
import type { CatalogTable } from './catalog.ts'

/** A column that names a row; `sql` stands behind an alias and a dot. */
export interface KeyColumn {
  readonly name: string
  readonly sql: string
  readonly type: string
  readonly base: string
}

/**
 * What names a row of a table without a key: partition, place and the transaction that wrote it. The place alone is
 * given to other rows later; with its writer it names this version of this row or none.
 */
const placeColumns: readonly KeyColumn[] = [
  { name: 'tableoid', sql: 'tableoid', type: 'oid', base: 'oid' },
  { name: 'ctid', sql: 'ctid', type: 'tid', base: 'tid' },
  // Transaction numbers cannot be sorted, and groups with distinct values sort.
  { name: 'xmin', sql: 'xmin::text', type: 'text', base: 'xid' },
]

/** Their names: no column of a vendor's can be called so. */
export const placeNames: readonly string[] = placeColumns.map((one) => one.name)

/** The columns that name a row of the table. */
export function keyColumnsOf(live: CatalogTable): readonly KeyColumn[] {
  if (live.key.length === 0) return placeColumns
  return live.key.map((name) => {
    const column = live.columns.find((one) => one.name === name)
    return { name, sql: quoteIdentifier(name), type: column?.type ?? 'text', base: column?.base ?? 'text' }
  })
}
