import { lookedUnder } from '../../language/looked-under.ts'
import type { Finding } from '../../records.ts'
import type { Commitment, Facts, History, Probe, Standing } from '../commitment-kind.ts'

/** Without a look every day a term that ended yesterday would still be called kept. */
export const retentionSweep: Probe = {
  name: 'retention.sweep',
  says: 'looks for data past its term',
  every: 'P1D',
}

/** A term is kept when the newest sweep of its commitment found nothing overdue; without a sweep it is unproven. */
export const verifyRetention = (commitment: Commitment, facts: Facts): Standing => {
  const newest = facts.findings
    .filter((finding) => finding.probe === retentionSweep.name && finding.subject === commitment.id)
    .toSorted((left, right) => right.evidence - left.evidence)[0]
  if (newest === undefined) return { status: 'unproven', why: 'no sweep of this term is on record' }
  const why = {
    kept: 'the newest sweep found nothing past its term',
    broken: 'the newest sweep found data past its term',
    unproven: 'the newest sweep could not look everywhere',
  }[newest.outcome]
  const waiting = newest.outcome === 'unproven' ? waitingIn(newest.detail) : 0
  return {
    status: waiting > 0 ? 'task' : newest.outcome,
    why: waiting > 0 ? `${waiting} rows past their term wait for a person to look at them` : why,
    evidence: newest.evidence,
    probe: newest.probe,
    under: lookedUnder(newest.detail),
  }
}

/** Rows that a person has to look at, where nothing else is missing. */
function waitingIn(detail: Finding['detail']): number {
  if (typeof detail !== 'object' || detail === null || !('review' in detail)) return 0
  const { review, gaps, undated } = detail as { readonly [key: string]: unknown }
  return typeof review === 'number' && gaps === 0 && undated === 0 ? review : 0
}

/** As long as the sweeps found the same without a break. */
export const retentionSince = (commitment: Commitment, { probe }: Standing, _facts: Facts, history: History) =>
  probe === undefined ? undefined : history.runSince(probe, commitment.id)
