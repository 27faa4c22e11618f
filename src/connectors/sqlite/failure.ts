import { SqlFailure, type SqlFailureKind } from '../../sql/failure.ts'

/** Primary result codes (sqlite.org/rescode.html). */
const kinds: Readonly<Record<number, SqlFailureKind>> = {
  1: 'syntax',
  3: 'permission',
  5: 'lock',
  6: 'lock',
  8: 'permission',
  9: 'timeout',
  14: 'unreachable',
  19: 'constraint',
  20: 'constraint',
  23: 'permission',
}

const raised = 1811

/** Classifies an error of the driver; never carries its message on. */
export function sqliteFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error
  return new SqlFailure({ kind: error.errcode === raised ? 'raised' : (kinds[error.errcode & 0xff] ?? 'other') })
}
