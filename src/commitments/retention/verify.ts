import { lookedUnder } from '../../language/looked-under.ts'
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
  return {
    status: newest.outcome,
    why,
    evidence: newest.evidence,
    probe: newest.probe,
    under: lookedUnder(newest.detail),
  }
}

/** As long as the sweeps found the same without a break. */
export const retentionSince = (commitment: Commitment, { probe }: Standing, _facts: Facts, history: History) =>
  probe === undefined ? undefined : history.runSince(probe, commitment.id)
