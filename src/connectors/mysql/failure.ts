import { SqlFailure, type SqlFailureKind } from '../../sql/failure.ts'

/** Numbers of MariaDB's and MySQL's error reference; those that are not here are `other`. */
const kinds: Readonly<Record<number, SqlFailureKind>> = {
  1205: 'lock',
  3572: 'lock',
  1213: 'serialization',
  1969: 'timeout',
  3024: 'timeout',
  1317: 'timeout',
  1028: 'timeout',
  1022: 'constraint',
  1048: 'constraint',
  1062: 'constraint',
  1169: 'constraint',
  1216: 'constraint',
  1217: 'constraint',
  1264: 'constraint',
  1265: 'constraint',
  1292: 'constraint',
  1364: 'constraint',
  1366: 'constraint',
  1406: 'constraint',
  1451: 'constraint',
  1452: 'constraint',
  1761: 'constraint',
  3819: 'constraint',
  4025: 'constraint',
  4078: 'constraint',
  1644: 'raised',
  1044: 'permission',
  1045: 'permission',
  1142: 'permission',
  1143: 'permission',
  1227: 'permission',
  1290: 'permission',
  1370: 'permission',
  1698: 'permission',
  1792: 'permission',
  1836: 'permission',
  1040: 'unreachable',
  1049: 'unreachable',
  1203: 'unreachable',
  1226: 'unreachable',
  1053: 'shutdown',
  1077: 'shutdown',
  1079: 'shutdown',
  1927: 'shutdown',
  3169: 'shutdown',
  1054: 'syntax',
  1064: 'syntax',
  1146: 'syntax',
  1176: 'syntax',
  1109: 'syntax',
  1305: 'syntax',
}

const lost =
  /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENETUNREACH|ENOENT|EACCES|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|HANDSHAKE|PROTOCOL_CONNECTION_LOST|PROTOCOL_SEQUENCE)/

/** Classifies an error of the driver; never carries its message on: that holds values of rows. Names of keys are kept. */
export function mysqlFailure(error: unknown): SqlFailure {
  if (error instanceof SqlFailure) return error
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const number = typeof thrown.errno === 'number' ? thrown.errno : 0
  const state =
    typeof thrown.sqlState === 'string' && /^[0-9A-Z]{5}$/.test(thrown.sqlState) ? thrown.sqlState : undefined
  const code = typeof thrown.code === 'string' ? thrown.code : ''
  const kind =
    kinds[number] ?? (state === '45000' ? 'raised' : lost.test(code) ? 'unreachable' : closedOr(thrown.message))
  const constraint = kind === 'constraint' && typeof thrown.message === 'string' ? nameIn(thrown.message) : undefined
  return new SqlFailure({
    kind,
    ...(state === undefined ? {} : { sqlstate: state }),
    ...(constraint === undefined ? {} : { constraint }),
  })
}

function closedOr(message: unknown): SqlFailureKind {
  return typeof message === 'string' && /closed state|Connection lost|connect ETIMEDOUT/.test(message)
    ? 'unreachable'
    : 'other'
}

/** The name of a key or constraint: it stands after all values, between quotes of its own. */
function nameIn(message: string): string | undefined {
  const found = /(?:for key '([^']{1,128})'$|CONSTRAINT `([^`]{1,128})` (?:FOREIGN KEY|failed))/.exec(message)
  return found?.[1] ?? found?.[2]
}
