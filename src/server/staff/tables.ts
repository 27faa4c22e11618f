import type { SqlPool, SqlSession } from '../../sql/sql.ts'

/** What the parts of the staff's sign-in work with: Kept's own tables, a secret derived from its keys, the present. */
export interface StaffTables {
  readonly pool: SqlPool
  /** 32 bytes for one purpose; see `KeptDatabase.secretFor`. */
  secretFor(purpose: string): Buffer
  now(): Date
}

/** A pool, or a transaction that is already open. */
export type Queries = Pick<SqlSession, 'query'>

/** An instant as rows show it. */
export function instantOf(text: unknown): Date {
  return new Date(String(text))
}
