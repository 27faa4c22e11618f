import type { Standing, Task } from '../commitments/commitment-kind.ts'
import type { DocumentSentence } from '../language/imported-document.ts'
import type { ReadDocument } from './documents.ts'
import { type CommitmentStatus, forAPerson } from './status.ts'

export type SentenceState = Standing['status'] | 'not-a-promise'

/** A sentence of the imported notice and how it is kept. */
export interface SentenceStatus {
  /** Document and running number, e.g. `kayako#88`. */
  readonly id: string
  /** The document's own text. */
  readonly quote: string
  /** The same as a reader sees it. */
  readonly text: string
  readonly section: string
  readonly heading: boolean
  readonly disposition: DocumentSentence['disposition']
  readonly label: string
  /** Ids of the commitments that name it. */
  readonly commitments: readonly string[]
  readonly state: SentenceState
  /** One sentence; names no person. */
  readonly why: string
  /** Instant at which the state began, as the log shows it; null where it shows none. */
  readonly since: string | null
  readonly gates: readonly string[]
  readonly probes: readonly string[]
  /** Instant of the entry that says so. */
  readonly checked: string | null
  /** Index of the entry in the evidence log. */
  readonly evidence: number | null
  /** Whose task it is and by when, where it is one. */
  readonly task: Task | null
}

/** Of several commitments the worst state is the sentence's: broken, then task, then unproven, then kept. */
export const worstFirst = ['broken', 'task', 'unproven', 'kept'] as const

export type SentenceTotals = Readonly<Record<SentenceState, number>>

/** Every sentence of the documents in reading order. What nobody bound is unproven, or a task without an owner. */
export function sentenceStatuses(
  documents: readonly ReadDocument[],
  commitments: readonly CommitmentStatus[],
): { readonly sentences: readonly SentenceStatus[]; readonly totals: SentenceTotals } {
  const naming = new Map<string, CommitmentStatus[]>()
  for (const commitment of commitments)
    for (const source of new Set(commitment.source)) naming.set(source, [...(naming.get(source) ?? []), commitment])
  const sentences = documents.flatMap(({ sentences: read, quotes }) =>
    read.map((sentence, index) => stateOf(sentence, quotes[index] ?? '', naming.get(sentence.id) ?? [])),
  )
  const totals = { kept: 0, broken: 0, unproven: 0, task: 0, 'not-a-promise': 0 }
  for (const { state } of sentences) totals[state] += 1
  return { sentences, totals }
}

function stateOf(sentence: DocumentSentence, quote: string, bound: readonly CommitmentStatus[]): SentenceStatus {
  const { id, text, section, heading, disposition, label } = sentence
  const said = {
    id,
    quote,
    text,
    section,
    heading,
    disposition,
    label,
    commitments: bound.map((one) => one.commitment),
  }
  const nothing = { since: null, gates: [], probes: [], checked: null, evidence: null, task: null }
  if (disposition === 'not-a-promise')
    return { ...said, ...nothing, state: 'not-a-promise', why: 'it promises nothing' }
  const human = disposition === 'human-task'
  const worst = worstFirst.find((state) => bound.some(({ status }) => status === state))
  if (worst === undefined) {
    const why = 'no commitment of the policy names this sentence'
    return { ...said, ...nothing, state: human ? 'task' : 'unproven', why }
  }
  // Software cannot know that a person has acted: however its commitments stand, it is a task unless one is broken.
  const state = human && worst !== 'broken' ? 'task' : worst
  const deciding = bound.filter(({ status }) => status === worst)
  const newest = deciding.toSorted((left, right) => (right.evidence ?? -1) - (left.evidence ?? -1))[0]
  return {
    ...said,
    state,
    why: state === worst ? (newest?.why ?? '') : forAPerson,
    since: state === worst ? sinceOf(state, deciding) : null,
    gates: named(bound.map(({ gate }) => gate)),
    probes: named(bound.map(({ probe }) => probe)),
    checked: newest?.checked ?? null,
    evidence: newest?.evidence ?? null,
    task: bound.find(({ task }) => task !== null)?.task ?? null,
  }
}

/** Kept since the last of its commitments was; any other state since the first of them had it; unknown where one is. */
function sinceOf(state: SentenceState, deciding: readonly CommitmentStatus[]): string | null {
  const known = deciding.flatMap(({ since }) => (since === null ? [] : [since])).toSorted()
  if (known.length < deciding.length && state !== 'broken') return null
  return (state === 'kept' ? known.at(-1) : known[0]) ?? null
}

const named = (names: readonly (string | null)[]): readonly string[] => [
  ...new Set(names.filter((name) => name !== null)),
]
