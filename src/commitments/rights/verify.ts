import type { RequestRecord } from '../../records.ts'
import type { Commitment, Facts, Standing } from '../commitment-kind.ts'

const isClosed = (request: RequestRecord): boolean =>
  request.state === 'done' || request.state === 'denied' || request.state === 'cancelled'

const isLate = (request: RequestRecord, now: Date): boolean =>
  new Date(isClosed(request) ? request.changedAt : now).getTime() > new Date(request.dueAt).getTime()

const isProven = (request: RequestRecord): boolean =>
  request.state === 'done' && request.steps.every((step) => step.state === 'proven')

const newest = (requests: readonly RequestRecord[]): RequestRecord | undefined =>
  requests.toSorted((left, right) => right.changedAt.localeCompare(left.changedAt))[0]

/**
 * A right is broken while a request is past its term or was answered after it, a task while one waits for a person,
 * kept when requests were carried out and every store's part was proven, and unproven otherwise.
 */
export const verifyRights = (commitment: Commitment, facts: Facts): Standing => {
  const requests = facts.requests.filter((request) => request.kind === commitment.name && request.state !== 'cancelled')
  const overdue = newest(requests.filter((request) => !isClosed(request) && isLate(request, facts.now)))
  if (overdue) return { status: 'broken', why: 'a request is past its term', request: overdue.id }
  const late = newest(requests.filter((request) => isLate(request, facts.now)))
  if (late) return { status: 'broken', why: 'a request was answered after its term', request: late.id }
  const waiting = newest(requests.filter((request) => request.state === 'awaiting-approval'))
  if (waiting) return { status: 'task', why: 'a request waits for approval', request: waiting.id }
  const held = newest(requests.filter((request) => request.state === 'open'))
  if (held)
    return { status: 'task', why: 'a request is held open by what was found or could not be reached', request: held.id }
  const proven = newest(requests.filter(isProven))
  if (proven)
    return { status: 'kept', why: 'requests were carried out within their term and proven', request: proven.id }
  return { status: 'unproven', why: 'no request was carried out and proven yet' }
}
