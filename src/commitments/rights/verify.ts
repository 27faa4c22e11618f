import type { RequestRecord } from '../../records.ts'
import type { Commitment, Facts, Probe, Standing } from '../commitment-kind.ts'

/** A proof does not age by itself: nobody can ask people to make requests. The policy may set a period. */
export const requestProof: Probe = {
  name: 'request.proof',
  says: 'searches every cell after an erasure, and the written copy after an access',
}

/** The dates of cases: what people asked, by form, mail or staff, whether a store had a part in it or not. */
export const caseDeadline: Probe = {
  name: 'case.deadline',
  says: 'looks whether cases of people are answered within their term',
}

export const isClosed = (request: RequestRecord): boolean =>
  request.state === 'done' || request.state === 'denied' || request.state === 'cancelled'

export const isLate = (request: RequestRecord, now: Date): boolean =>
  new Date(isClosed(request) ? request.changedAt : now).getTime() > new Date(request.dueAt).getTime()

export const isProven = (request: RequestRecord): boolean =>
  request.state === 'done' && request.steps.every((step) => step.state === 'proven')

const newest = (requests: readonly RequestRecord[]): RequestRecord | undefined =>
  requests.toSorted((left, right) => right.changedAt.localeCompare(left.changedAt))[0]

/** A proof that reached more stores says more than a newer one that reached fewer. */
const fullest = (requests: readonly RequestRecord[]): RequestRecord | undefined => {
  const most = requests.reduce((highest, { steps }) => Math.max(highest, steps.length), 0)
  return newest(requests.filter(({ steps }) => steps.length === most))
}

/** The requests that a right is judged by. */
export const requestsOf = (commitment: Commitment, facts: Facts): readonly RequestRecord[] =>
  facts.requests.filter((request) => request.kind === commitment.name && request.state !== 'cancelled')

/**
 * A right is broken while a request is past its term or was answered after it, a task while one waits for a person,
 * kept when requests were carried out and every store's part was proven, and unproven otherwise.
 */
export const verifyRights = (commitment: Commitment, facts: Facts): Standing => {
  const requests = requestsOf(commitment, facts)
  const overdue = newest(requests.filter((request) => !isClosed(request) && isLate(request, facts.now)))
  if (overdue) return { status: 'broken', why: 'a request is past its term', request: overdue.id }
  const late = newest(requests.filter((request) => isLate(request, facts.now)))
  if (late) return { status: 'broken', why: 'a request was answered after its term', request: late.id }
  const missed = facts.findings.find(
    ({ probe, subject, outcome }) => probe === caseDeadline.name && subject === commitment.id && outcome === 'broken',
  )
  if (missed) {
    const why = 'a case was not answered within its term'
    return { status: 'broken', why, evidence: missed.evidence, probe: caseDeadline.name }
  }
  const waiting = newest(requests.filter((request) => request.state === 'awaiting-approval'))
  if (waiting) return { status: 'task', why: 'a request waits for approval', request: waiting.id }
  const held = newest(requests.filter((request) => request.state === 'open'))
  if (held)
    return { status: 'task', why: 'a request is held open by what was found or could not be reached', request: held.id }
  const proven = fullest(requests.filter(isProven))
  if (proven)
    return {
      status: 'kept',
      why: 'requests were carried out within their term and proven',
      request: proven.id,
      probe: requestProof.name,
      under: {
        policy: proven.policy,
        maps: Object.fromEntries(proven.steps.flatMap(({ store, map }) => (map === undefined ? [] : [[store, map]]))),
      },
    }
  return { status: 'unproven', why: 'no request was carried out and proven yet' }
}
