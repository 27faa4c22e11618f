/** Where a fault stands: a file with line and column (both from 1), and a path inside the policy, store map or data. */
export interface Place {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** Dotted path, e.g. `retention.tickets.keep` or `tables.users.fields.email`. */
  readonly path?: string
}

/** What a fault says: what is wrong, where, and how to mend it. `severity` decides the exit code of `kept check`. */
export interface FaultParts {
  /** Stable code, born once and never reused, e.g. `policy.unknown-key`. */
  readonly code: string
  readonly what: string
  readonly mend: string
  readonly where?: Place
  readonly severity?: 'error' | 'warning'
  readonly cause?: unknown
}

/** The one error class of Kept. Never carries personal data, secrets or connection strings. */
export class Fault extends Error {
  readonly code: string
  readonly what: string
  readonly mend: string
  readonly where: Place
  readonly severity: 'error' | 'warning'

  constructor(parts: FaultParts) {
    super(`${parts.code}: ${parts.what}`, parts.cause === undefined ? undefined : { cause: parts.cause })
    this.name = 'Fault'
    this.code = parts.code
    this.what = parts.what
    this.mend = parts.mend
    this.where = parts.where ?? {}
    this.severity = parts.severity ?? 'error'
  }
}

/** Several faults at once: a reader gets all of them, sorted by place. */
export class Faults extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => fault.message).join('\n'))
    this.name = 'Faults'
    this.faults = faults
  }
}
