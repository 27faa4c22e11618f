import { Fault } from '../language/fault.ts'
import { SqlFailure } from '../sql/failure.ts'

/** Kept's own database failed: what kind of failure, never its words. */
export function databaseFault(failure: SqlFailure): Fault {
  if (failure.kind === 'unreachable' || failure.kind === 'shutdown') {
    return new Fault({
      code: 'database.unreachable',
      what: "Kept's own database cannot be reached.",
      mend: 'See that the server runs and that KEPT_DATABASE_URL names it; nothing was recorded, the act can be tried again.',
      cause: failure,
    })
  }
  if (failure.kind === 'permission') {
    return new Fault({
      code: 'database.permission',
      what: "Kept may not do in its own database what it must (it owns the schema 'kept').",
      mend: 'Give the account of KEPT_DATABASE_URL the right to log in and to create the schema `kept`.',
      cause: failure,
    })
  }
  return new Fault({
    code: 'database.failed',
    what: `Kept's own database refused a statement: ${failure.message}.`,
    mend: 'Nothing was recorded. If it happens again, report it with this line.',
    cause: failure,
  })
}

/** Turns a failure of the database into a fault; lets everything else through. */
export function asFault(error: unknown): unknown {
  return error instanceof SqlFailure ? databaseFault(error) : error
}

export function stale(): Fault {
  return new Fault({
    code: 'records.stale',
    what: 'What was to be changed was changed by somebody else in the meantime; nothing of this was recorded.',
    mend: 'Look at it again and decide anew.',
  })
}

export function outcomeUnknown(cause?: unknown): Fault {
  return new Fault({
    code: 'database.outcome-unknown',
    what: "Kept's own database or its journal failed during a commit; whether it was recorded is not known yet.",
    mend: 'Start again: what was recorded is found, the rest is done again.',
    ...(cause === undefined ? {} : { cause }),
  })
}
