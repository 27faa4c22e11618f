import type { ErasureFailure } from '../../connector.ts'
import { Fault } from '../../language/fault.ts'
import { SqlFailure } from '../../sql/failure.ts'

/** What a failed statement means for the store; the server's words stay out. */
export function storeFault(store: string, failure: SqlFailure): Fault {
  if (failure.kind === 'unreachable' || failure.kind === 'shutdown') {
    const held = failure.heldBy === undefined ? '' : `: ${failure.heldBy} has it open`
    return new Fault({
      code: 'store.unreachable',
      what: `store ${store} cannot be reached${held}`,
      mend:
        held === ''
          ? 'Start it, or correct the connection in the environment; the request goes on with `kept request resume`.'
          : 'Wait until that process has ended, or end it; an embedded database is open in one process only.',
      cause: failure,
    })
  }
  if (failure.kind === 'permission') {
    const table = failure.table === undefined ? '' : ` to table ${failure.table}`
    return new Fault({
      code: 'store.permission',
      what: `the role of store ${store} lacks a right${table}, or row security hides rows from it`,
      mend: 'Grant it; `kept check` names tables that cannot be read whole.',
      cause: failure,
    })
  }
  return new Fault({
    code: 'store.failed',
    what: `store ${store} refused a statement (${failure.message})`,
    mend: 'Check the rights of the role and the store map against the live schema: kept store check.',
    cause: failure,
  })
}

/**
 * What a failed batch means: a person set apart, or a store that cannot go on. Never the server's words. A constraint of
 * the table of markers says that the step was done before.
 */
export function failureOf(error: unknown, markerTable?: string): ErasureFailure {
  if (!(error instanceof SqlFailure)) throw error
  const place = {
    ...(error.table === undefined ? {} : { table: error.table }),
    ...(error.constraint === undefined ? {} : { constraint: error.constraint }),
  }
  switch (error.kind) {
    case 'lock':
    case 'serialization':
      return { scope: 'person', code: 'locked', ...place }
    case 'timeout':
      return { scope: 'person', code: 'timeout', ...place }
    case 'constraint':
      return {
        scope: 'person',
        code: markerTable !== undefined && error.table === markerTable ? 'conflict' : 'constraint',
        ...place,
      }
    case 'raised':
      return { scope: 'person', code: 'raised', ...place }
    case 'permission':
      return { scope: 'store', code: 'permission', ...place }
    case 'unreachable':
    case 'shutdown':
      return { scope: 'store', code: 'unreachable' }
    case 'syntax':
      return { scope: 'store', code: 'drift', ...place }
    default:
      return { scope: 'person', code: 'other', ...place }
  }
}
