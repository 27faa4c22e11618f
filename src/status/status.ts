import type { Commitment, Facts, History, Standing, Task } from '../commitments/commitment-kind.ts'
import { commitmentKinds, probes } from '../commitments/index.ts'
import type { Plan } from '../policy/plan.ts'
import type { Records } from '../records.ts'
import type { ReadHistory } from './history.ts'
import { lapseOf } from './probe-state.ts'

/** Where one commitment of the policy stands, and the evidence entry that says so. */
export interface CommitmentStatus {
  readonly commitment: string
  readonly kind: string
  readonly status: Standing['status']
  /** One sentence; names no person. */
  readonly why: string
  /** Gate that carries it out; null where none does. */
  readonly gate: string | null
  /** Probe that verified it; null where none has. */
  readonly probe: string | null
  /** Instant of the entry that says so. */
  readonly checked: string | null
  /** Instant at which this status began, as the log shows it; null where it shows none. */
  readonly since: string | null
  /** Index of the entry in the evidence log; null where none says anything. */
  readonly evidence: number | null
  /** The request that says so. */
  readonly request: string | null
  /** What a person has to do for it; null where nobody has. */
  readonly task: Task | null
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
 * unproven, never kept; so is what a kind calls kept where the entry of the log does not say so, or on the word of a probe
 * that is switched off or out of date. A breach stays one until a probe has looked again. What nobody proved and a person has
 * to do is a task.
 */
export function statusOf(plan: Plan, facts: Facts, history: ReadHistory): StatusSummary {
  const evidenceOf = new Map(facts.requests.map((request) => [request.id, request.evidence?.last]))
  const gates = new Map(plan.steps.map((step) => [`${step.kind}.${step.commitment}`, step.gate]))
  const commitments = plan.commitments.map((commitment): CommitmentStatus => {
    const standing = standingOf(commitment, facts)
    const evidence = standing.evidence ?? (standing.request ? evidenceOf.get(standing.request) : undefined)
    const entry = evidence === undefined ? undefined : history.entry(evidence)
    const checked = entry?.at
    const judged = judge(commitment, standing, entry, { plan, facts, history })
    return {
      commitment: commitment.id,
      kind: commitment.kind,
      ...asked(commitment, facts.now, judged),
      gate: gates.get(commitment.id) ?? null,
      probe: standing.probe ?? null,
      checked: checked ?? null,
      since: judged.since ?? null,
      evidence: evidence ?? null,
      request: standing.request ?? null,
      task: commitment.task ?? null,
      where: commitment.place,
      source: commitment.source,
    }
  })
  const counts = { kept: 0, broken: 0, unproven: 0, task: 0 }
  for (const { status } of commitments) counts[status] += 1
  return { commitments, counts }
}

interface Known {
  readonly plan: Plan
  readonly facts: Facts
  readonly history: History
}

interface Judged extends Pick<Standing, 'status' | 'why'> {
  readonly since?: string | undefined
}

type Attesting = ReturnType<ReadHistory['entry']>

/** True when the entry is about what the standing rests on: what Kept remembers is not believed without it. */
function attests(entry: Attesting, commitment: Commitment, { request, probe }: Standing): boolean {
  if (entry === undefined) return false
  if (request !== undefined) return entry.body.request === request
  return entry.body.probe === probe && entry.body.subject === commitment.id && entry.body.outcome === 'kept'
}

function judge(commitment: Commitment, standing: Standing, entry: Attesting, known: Known): Judged {
  const { plan, facts, history } = known
  if (standing.status === 'kept' && !attests(entry, commitment, standing))
    return { status: 'unproven', why: 'no entry of the evidence says so' }
  const lapse = standing.status === 'kept' ? lapseOf(standing, entry?.at, plan, probes, facts.now) : undefined
  if (lapse) return { ...lapse, status: 'unproven' }
  const kind = kindOf(commitment)
  const since = kind && 'since' in kind ? kind.since?.(commitment, standing, facts, history) : undefined
  return { status: standing.status, why: standing.why, since }
}

/** Why a task is one, where nothing else is to be told. */
export const forAPerson = 'a person has to see to it'

/** What nobody proved and a person has to do is a task; what a probe has seen, kept or broken, is that. */
function asked({ task }: Commitment, now: Date, { status, why }: Judged): Pick<CommitmentStatus, 'status' | 'why'> {
  if (task === undefined || status !== 'unproven') return { status, why }
  const over = task.due !== undefined && task.due < now.toISOString().slice(0, 10)
  return { status: 'task', why: over ? `its day, ${task.due}, is over` : forAPerson }
}

const kindOf = (commitment: Commitment) => commitmentKinds.find((one) => one.key === commitment.kind)

function standingOf(commitment: Commitment, facts: Facts): Standing {
  const kind = kindOf(commitment)
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
