import type { Commitment, Facts, Standing } from '../commitments/commitment-kind.ts'
import { commitmentKinds } from '../commitments/index.ts'
import type { Plan } from '../policy/plan.ts'
import type { Records } from '../records.ts'

/** Where one commitment of the policy stands, and the evidence entry that says so. */
export interface CommitmentStatus {
  readonly commitment: string
  readonly kind: string
  readonly status: Standing['status']
  /** One sentence; names no person. */
  readonly why: string
  /** Index of the entry in the evidence log; null where none says anything. */
  readonly evidence: number | null
  /** The request that says so. */
  readonly request: string | null
  readonly where: Commitment['place']
  /** Sentences of the imported notice that say it. */
  readonly source: readonly string[]
}

export interface StatusSummary {
  readonly commitments: readonly CommitmentStatus[]
  readonly counts: Readonly<Record<Standing['status'], number>>
}

/**
 * Each commitment of the plan as its kind judges it from the requests and findings on record. What no kind can judge is
 * unproven, never kept; so is what a kind calls kept without an entry of the log that says so.
 */
export function statusOf(plan: Plan, facts: Facts): StatusSummary {
  const evidenceOf = new Map(facts.requests.map((request) => [request.id, request.evidence?.last]))
  const commitments = plan.commitments.map((commitment): CommitmentStatus => {
    const standing = standingOf(commitment, facts)
    const evidence = standing.evidence ?? (standing.request && evidenceOf.get(standing.request)) ?? null
    const attested = evidence !== null && evidence !== ''
    const unattested = standing.status === 'kept' && !attested
    return {
      commitment: commitment.id,
      kind: commitment.kind,
      status: unattested ? 'unproven' : standing.status,
      why: unattested ? 'no entry of the evidence says so' : standing.why,
      evidence: attested ? Number(evidence) : null,
      request: standing.request ?? null,
      where: commitment.place,
      source: commitment.source,
    }
  })
  const counts = { kept: 0, broken: 0, unproven: 0, task: 0 }
  for (const { status } of commitments) counts[status] += 1
  return { commitments, counts }
}

function standingOf(commitment: Commitment, facts: Facts): Standing {
  const kind = commitmentKinds.find((one) => one.key === commitment.kind)
  const verify = kind && 'verify' in kind ? kind.verify : undefined
  if (verify) return verify(commitment, facts)
  const reason = kind?.absent.verify
  return { status: 'unproven', why: reason ?? 'nothing verifies this yet' }
}

/** All requests and newest findings, read in pages so that no request is forgotten. */
export async function factsOf(records: Records, now: Date): Promise<Facts> {
  const page = 1000
  const requests: Facts['requests'][number][] = []
  for (let before: string | undefined; ; ) {
    const more = await records.requests({ limit: page, ...(before === undefined ? {} : { before }) })
    requests.push(...more)
    before = more.at(-1)?.id
    if (more.length < page || before === undefined) break
  }
  return { now, requests, findings: await records.findings() }
}
