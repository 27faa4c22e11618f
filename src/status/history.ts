import type { Facts, History } from '../commitments/commitment-kind.ts'
import type { Entry } from '../ledger.ts'

export interface ReadHistory extends History {
  /** An entry that a commitment may rest on. */
  entry(index: number): Pick<Entry, 'at' | 'body'> | undefined
}

/** Reads the evidence log once, in its order: acts on requests, and runs of equal findings. `facts`: what rests on it. */
export async function readHistory(entries: AsyncIterable<Entry>, facts: Facts): Promise<ReadHistory> {
  const rested = new Set([
    ...facts.findings.map(({ evidence }) => evidence),
    ...facts.requests.flatMap(({ evidence }) => (evidence === undefined ? [] : [evidence.last])),
  ])
  const acts = new Map<string, { type: string; at: string; state?: string }[]>()
  const runs = new Map<string, { outcome: unknown; since: string }>()
  const restedOn = new Map<number, Pick<Entry, 'at' | 'body'>>()
  for await (const { type, at, body, index } of entries) {
    if (rested.has(index)) restedOn.set(index, { at, body })
    if (typeof body.request === 'string') {
      const known = acts.get(body.request) ?? []
      acts.set(body.request, known)
      known.push({ type, at, ...(typeof body.state === 'string' ? { state: body.state } : {}) })
    }
    if (!type.startsWith('status.finding/')) continue
    const about = JSON.stringify([body.probe, body.subject])
    if (runs.get(about)?.outcome !== body.outcome) runs.set(about, { outcome: body.outcome, since: at })
  }
  return {
    acts: (request) => acts.get(request) ?? [],
    runSince: (probe, subject) => runs.get(JSON.stringify([probe, subject]))?.since,
    entry: (index) => restedOn.get(index),
  }
}
