/** What kind of failure a database reported; decides whether to try again, set apart or stop. */
export type SqlFailureKind =
  | 'unreachable'
  | 'lock'
  | 'timeout'
  | 'constraint'
  | 'raised'
  | 'permission'
  | 'serialization'
  | 'shutdown'
  | 'syntax'
  | 'other'

export interface SqlFailureParts {
  readonly kind: SqlFailureKind
  /** Five characters of the SQL standard or the server, when the server answered. */
  readonly sqlstate?: string
  readonly schema?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
  /** Character of the statement the server stopped at, from 1. */
  readonly position?: number
  /** The process that holds an embedded database, where that is why it cannot be reached. */
  readonly heldBy?: string
}

/** A failed statement without the server's words: they hold values of rows. Names of tables and constraints are kept. */
export class SqlFailure extends Error implements SqlFailureParts {
  readonly kind: SqlFailureKind
  declare readonly sqlstate?: string
  declare readonly schema?: string
  declare readonly table?: string
  declare readonly column?: string
  declare readonly constraint?: string
  declare readonly position?: number
  declare readonly heldBy?: string

  constructor(parts: SqlFailureParts) {
    super(describe(parts))
    this.name = 'SqlFailure'
    this.kind = parts.kind
    for (const key of ['sqlstate', 'schema', 'table', 'column', 'constraint', 'position', 'heldBy'] as const) {
      if (parts[key] !== undefined) Object.defineProperty(this, key, { value: parts[key], enumerable: true })
    }
  }
}

function describe(parts: SqlFailureParts): string {
  const where = [
    parts.sqlstate && `sqlstate ${parts.sqlstate}`,
    parts.table && `table ${parts.table}`,
    parts.column && `column ${parts.column}`,
    parts.constraint && `constraint ${parts.constraint}`,
    parts.position && `at character ${parts.position} of the statement`,
    parts.heldBy && `in use by ${parts.heldBy}`,
  ].filter(Boolean)
  return where.length === 0
    ? `database failure: ${parts.kind}`
    : `database failure: ${parts.kind} (${where.join(', ')})`
}

/** Classes and codes of PostgreSQL's Appendix A; the longest match decides. */
const kinds: Readonly<Record<string, SqlFailureKind>> = {
  '08': 'unreachable',
  '0LP01': 'permission',
  '23': 'constraint',
  '25006': 'permission',
  '27': 'constraint',
  '28': 'permission',
  '3D': 'unreachable',
  '40': 'serialization',
  '42': 'syntax',
  '42501': 'permission',
  '44': 'constraint',
  '53300': 'unreachable',
  '55P03': 'lock',
  '57014': 'timeout',
  '57P': 'shutdown',
  P0: 'raised',
}

const connectionErrors =
  /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENETWORK|ENETUNREACH|ENOENT|EACCES|ERR_TLS|CERT_)/
const connectionMessages =
  /connection terminated|timeout exceeded when trying|not queryable|timeout expired|Cannot use a pool|Client was closed/i

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 256 ? value : undefined

/** Classifies any error of the driver; never carries its message or detail on, nor the error itself. */
export function sqlFailure(error: unknown): SqlFailure {
  if (error instanceof SqlFailure) return error
  const raw = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const code = text(raw.code)
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !connectionErrors.test(code)) {
    const position = Number(raw.position)
    const schema = text(raw.schema)
    const table = text(raw.table)
    const column = text(raw.column)
    const constraint = text(raw.constraint)
    return new SqlFailure({
      kind: kinds[code] ?? kinds[code.slice(0, 3)] ?? kinds[code.slice(0, 2)] ?? 'other',
      sqlstate: code,
      ...(schema === undefined ? {} : { schema }),
      ...(table === undefined ? {} : { table }),
      ...(column === undefined ? {} : { column }),
      ...(constraint === undefined ? {} : { constraint }),
      ...(position > 0 ? { position } : {}),
    })
  }
  const message = text(raw.message) ?? ''
  const lost = (code !== undefined && connectionErrors.test(code)) || connectionMessages.test(message)
  return new SqlFailure({ kind: lost ? 'unreachable' : 'other' })
}
