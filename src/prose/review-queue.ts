import type { Imported } from './imported.ts'
import type { Disposition, Label } from './labels.ts'
import { type Decision, occurrences, type Proposal, type Review } from './review.ts'

/** A sentence that waits for a decision. */
export interface QueueItem {
  readonly id: string
  /** Key and occurrence by which a decision on it is found again. */
  readonly text: string
  readonly occurrence: number
  /** `unsure`: the reading is; `changed`: one was decided on before it changed. */
  readonly reason: 'unsure' | 'changed'
  readonly says: string
  readonly section: string
  readonly label: Label
  readonly disposition: Disposition
  readonly sure: number
  /** Rules that spoke for the label. */
  readonly because: readonly string[]
  /** What was decided on the sentence as it stood before. */
  readonly formerly?: Pick<Decision, 'label' | 'disposition' | 'by' | 'on' | 'says'>
  readonly proposals: readonly Proposal[]
}

/** The sentences that wait, in reading order, each with what is proposed for it. */
export function queueOf(imported: Imported, review: Review): QueueItem[] {
  const keys = occurrences(imported.sentences.map((sentence) => sentence.text))
  return imported.sentences.flatMap((sentence, index) => {
    const found = keys[index]
    if (sentence.review === undefined || found === undefined) return []
    return [
      {
        id: sentence.id,
        ...found,
        reason: sentence.review,
        says: sentence.text,
        section: sentence.section,
        label: sentence.label,
        disposition: sentence.disposition,
        sure: sentence.sure,
        because: sentence.because.slice(0, 4),
        ...(sentence.formerly === undefined ? {} : { formerly: sentence.formerly }),
        proposals: review.proposals.filter((proposal) => proposal.text === found.text),
      },
    ]
  })
}

/** Decisions by sentence, from 0, the newest last; those whose sentence is gone; and which sentence a gone one seems to have become. */
export interface Found {
  readonly decided: ReadonlyMap<number, readonly Decision[]>
  readonly gone: readonly Decision[]
  readonly formerly: ReadonlyMap<number, Decision>
}

/** Finds decisions again: moved sentences by the hash of their text, changed ones by their words. */
export function findDecisions(texts: readonly string[], decisions: readonly Decision[]): Found {
  const decided = new Map<number, readonly Decision[]>()
  if (decisions.length === 0) return { decided, gone: [], formerly: new Map() }
  const on = new Map<string, Decision[]>()
  for (const each of decisions) {
    const key = `${each.text} ${each.occurrence}`
    on.set(key, [...(on.get(key) ?? []), each])
  }
  for (const [index, { text, occurrence }] of occurrences(texts).entries()) {
    const found = on.get(`${text} ${occurrence}`)
    if (found !== undefined) decided.set(index, found)
  }
  const used = new Set([...decided.values()].flat())
  const gone = decisions.filter((each) => !used.has(each))
  return { decided, gone, formerly: changed(texts, decided, gone) }
}

/** The reading that was decided last; a decision that only accepts a warning leaves the reading as unsure as it was. */
export const readingOf = (decisions: readonly Decision[] | undefined): Decision | undefined =>
  decisions?.findLast((each) => each.label !== undefined || each.disposition !== undefined)

/** Half of the words of both together: less is another sentence, more lets a new date go by as a new sentence. */
const ALIKE = 0.5

function changed(
  texts: readonly string[],
  decided: ReadonlyMap<number, readonly Decision[]>,
  gone: readonly Decision[],
): Map<number, Decision> {
  const found = new Map<number, Decision>()
  const waiting = gone
    .slice(0, 500)
    .flatMap((decision) =>
      decision.says === undefined || readingOf([decision]) === undefined
        ? []
        : [{ decision, words: wordsOf(decision.says) }],
    )
  if (waiting.length === 0) return found
  for (const [index, text] of texts.entries()) {
    if (readingOf(decided.get(index)) !== undefined) continue
    const words = wordsOf(text)
    const best = waiting
      .map((each) => ({ ...each, alike: alike(words, each.words) }))
      .reduce((one, other) => (other.alike > one.alike ? other : one))
    if (best.alike >= ALIKE) found.set(index, best.decision)
  }
  return found
}

const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .toLowerCase()
      .slice(0, 2000)
      .match(/[\p{L}\p{N}]+/gu),
  )

function alike(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length
  return shared / Math.max(1, one.size + other.size - shared)
}
