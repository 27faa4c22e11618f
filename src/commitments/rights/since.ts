import type { Commitment, Facts, History, Standing } from '../commitment-kind.ts'
import { isLate, isProven, requestsOf } from './verify.ts'

interface Span {
  readonly from: string
  /** Undefined: it goes on. */
  readonly to?: string
}

/** From what begins a wait for a person to what ends it. */
const begins = new Set(['request.previewed/1'])
const ends = new Set([
  'request.approved/1',
  'request.executed/1',
  'request.exported/1',
  'request.denied/1',
  'request.cancelled/1',
])

/** When a request waited for a person or was held open. */
const waits = (acts: ReturnType<History['acts']>): readonly Span[] => {
  const spans: Span[] = []
  let from: string | undefined
  for (const { type, at, state } of acts) {
    const held = type === 'request.closed/1' && state === 'open'
    if (from === undefined && (held || begins.has(type))) from = at
    else if (from !== undefined && !held && (ends.has(type) || type === 'request.closed/1')) {
      spans.push({ from, to: at })
      from = undefined
    }
  }
  return from === undefined ? spans : [...spans, { from }]
}

/** The beginning of the unbroken stretch of waits that reaches the present. */
const waitingSince = (spans: readonly Span[]): string | undefined => {
  let since = spans
    .filter(({ to }) => to === undefined)
    .map(({ from }) => from)
    .toSorted()[0]
  for (const { from, to } of spans.toSorted((left, right) => right.from.localeCompare(left.from)))
    if (since !== undefined && to !== undefined && from < since && to >= since) since = from
  return since
}

/**
 * Broken since the first term that was missed; a task since the wait began; kept since the proof that made it so, or since
 * the last wait ended where others had proven it before.
 */
export const rightsSince = (
  commitment: Commitment,
  { status }: Standing,
  facts: Facts,
  history: History,
): string | undefined => {
  const requests = requestsOf(commitment, facts)
  if (status === 'broken')
    return requests
      .filter((request) => isLate(request, facts.now))
      .map(({ dueAt }) => dueAt)
      .toSorted()[0]
  const spans = facts.requests
    .filter((request) => request.kind === commitment.name)
    .flatMap((request) => waits(waitedFor(request.kind, history.acts(request.id))))
  if (status === 'task') return waitingSince(spans)
  const first = requests
    .filter(isProven)
    .map(({ changedAt }) => changedAt)
    .toSorted()[0]
  if (status !== 'kept' || first === undefined) return undefined
  return [first, ...spans.flatMap(({ to }) => (to === undefined ? [] : [to]))].toSorted().at(-1)
}

/** An access that nobody has to decide on goes on by itself: its preview begins no wait. */
const waitedFor = (kind: string, acts: ReturnType<History['acts']>): ReturnType<History['acts']> =>
  kind === 'access' ? acts.filter(({ type }) => !begins.has(type)) : acts
