import { Fault, Faults, type Place } from '../language/fault.ts'
import { faultTold, placeTold } from './places.ts'

/** A failure as the API tells it: RFC 9457, with the code of our fault, never a value of the request or of a person. */
export interface Problem {
  /** `urn:kept:fault:CODE`; docs/faults.md lists the codes. */
  readonly type: string
  readonly title: string
  readonly status: number
  /** The request it belongs to, as in the logs: `urn:kept:request:ID`. */
  readonly instance: string
  readonly code: string
  readonly detail: string
  readonly mend: string
  readonly where?: Place
  /** All faults, where there are several. */
  readonly faults?: readonly ReturnType<typeof faultTold>[]
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Not understood',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Wrong media type',
  422: 'Not accepted',
  429: 'Too many requests',
  500: 'Error of Kept itself',
  503: 'Not available',
}

// What is none of these is a fault of what was asked: 422.
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  'api.unknown-route': 404,
  'api.unknown-tenant': 404,
  'api.no-such': 404,
  'api.wrong-method': 405,
  'api.not-json': 400,
  'api.too-large': 413,
  'api.wrong-type': 415,
  'api.too-often': 429,
  'api.too-slow': 503,
  'api.not-signed-in': 401,
  'api.no-token': 401,
  'api.forbidden': 403,
  'api.second-factor': 403,
  'api.cross-site': 403,
  'api.not-seen': 409,
  'api.edited-meanwhile': 409,
  'api.still-running': 409,
  'api.outcome-unknown': 409,
  'request.unknown': 404,
  'hold.unknown': 404,
  'notice.version-unknown': 404,
  'request.state': 409,
  'request.closed': 409,
  'request.same-person': 403,
  'staff.unknown': 404,
  'staff.unknown-token': 404,
  'staff.last-administrator': 409,
  'staff.other-tenant': 409,
  'request.changed': 409,
  'request.obstacle': 409,
  'records.stale': 409,
  'store.unreachable': 503,
  'database.unreachable': 503,
  'kept.own-error': 500,
}

export function statusOf(code: string): number {
  return STATUS_OF_CODE[code] ?? 422
}

/** Any failure as a problem. What is no fault is told as an error of our own, without its message. */
export function problemOf(error: unknown, requestId: string): Problem {
  const faults = error instanceof Faults ? error.faults : error instanceof Fault ? [error] : [ownError(error)]
  const [first = ownError(error)] = faults
  const status = statusOf(first.code)
  const where = placeTold(first.where)
  return {
    type: `urn:kept:fault:${first.code}`,
    title: TITLES[status] ?? 'Not accepted',
    status,
    instance: `urn:kept:request:${requestId}`,
    code: first.code,
    detail: first.what,
    mend: first.mend,
    ...(Object.keys(where).length === 0 ? {} : { where }),
    ...(faults.length > 1 ? { faults: faults.map(faultTold) } : {}),
  }
}

/** The same as an HTTP answer. */
export function problemResponse(error: unknown, requestId: string): Response {
  const problem = problemOf(error, requestId)
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (problem.status === 401) headers.set('www-authenticate', 'Bearer')
  if (problem.status === 429 || problem.status === 503) headers.set('retry-after', '5')
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}

function ownError(cause: unknown): Fault {
  return new Fault({
    code: 'kept.own-error',
    what: 'An error of Kept itself.',
    mend: 'Try it again; if it stays, report it with the id of the request and the line of the log.',
    cause,
  })
}
