import type { Commitment, Facts, Standing } from '../commitment-kind.ts'

/** A term is kept when the newest sweep of its commitment found nothing overdue; without a sweep it is unproven. */
export const verifyRetention = (commitment: Commitment, facts: Facts): Standing => {
  const newest = facts.findings
    .filter((finding) => finding.probe === 'retention.sweep' && finding.subject === commitment.id)
    .toSorted((left, right) => right.evidence - left.evidence)[0]
  if (newest === undefined) return { status: 'unproven', why: 'no sweep of this term is on record' }
  const why = {
    kept: 'the newest sweep found nothing past its term',
    broken: 'the newest sweep found data past its term',
    unproven: 'the newest sweep could not look everywhere',
  }[newest.outcome]
  return { status: newest.outcome, why, evidence: newest.evidence }
}
