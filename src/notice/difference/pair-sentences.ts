import { isArchiveNote, type ReadDocument, type ReadSentence, spelled, wordsOfText } from './document.ts'

export interface PairedSentences {
  readonly pairs: readonly (readonly [before: ReadSentence, after: ReadSentence])[]
  readonly went: readonly ReadSentence[]
  readonly came: readonly ReadSentence[]
}

/** Two sentences are taken for one that was rewritten when they share at least this part of their words. */
const ALIKE = 0.5
// A word in more sentences than this tells none of them; looking up only rarer ones keeps long documents quick.
const COMMON = 60
// Longer sentences are told apart by their beginning, and in documents that share next to nothing no breaks are looked for:
// time stays bounded on hostile input.
const MOST_WORDS = 300
const MOST_SOUGHT = 2000

const stream = ({ sentences }: ReadDocument): string =>
  ` ${sentences.flatMap(({ text }) => wordsOfText(text)).join(' ')} `

/** The words stand somewhere in the other text in this order: only the breaks between sentences are others. */
const saidIn = (text: string, whole: string): boolean => {
  const words = wordsOfText(spelled(text))
  return words.length === 0 || whole.includes(` ${words.join(' ')} `)
}

/** Share of words that two sentences have in common (Dice). */
const likeness = (left: ReadonlySet<string>, right: ReadonlySet<string>): number => {
  let shared = 0
  for (const word of left) if (right.has(word)) shared++
  return (2 * shared) / (left.size + right.size)
}

/** The best pairs first; each sentence is paired once. */
const bestPairs = (
  left: readonly ReadSentence[],
  right: readonly ReadSentence[],
): readonly (readonly [ReadSentence, ReadSentence])[] => {
  const words = new Map(
    [...left, ...right].map((sentence) => [sentence, new Set(wordsOfText(sentence.text).slice(0, MOST_WORDS))]),
  )
  const byWord = new Map<string, ReadSentence[]>()
  for (const sentence of right) {
    for (const word of words.get(sentence) ?? []) {
      const found = byWord.get(word)
      if (found === undefined) byWord.set(word, [sentence])
      else found.push(sentence)
    }
  }
  const scored = left.flatMap((sentence) => {
    const mine = words.get(sentence) ?? new Set<string>()
    const candidates = new Set(
      [...mine].flatMap((word) => {
        const found = byWord.get(word) ?? []
        return found.length > COMMON ? [] : found
      }),
    )
    return [...candidates].flatMap((other) => {
      const score = likeness(mine, words.get(other) ?? new Set())
      return score < ALIKE ? [] : [{ sentence, other, score: score + (sentence.label === other.label ? 0.1 : 0) }]
    })
  })
  const taken = new Set<ReadSentence>()
  const pairs: (readonly [ReadSentence, ReadSentence])[] = []
  for (const { sentence, other } of scored.toSorted((one, two) => two.score - one.score)) {
    if (taken.has(sentence) || taken.has(other)) continue
    taken.add(sentence)
    taken.add(other)
    pairs.push([sentence, other])
  }
  return pairs
}

/**
 * Which sentence of one document became which of the other. Sentences that stand in both, wherever and however broken into
 * lines, are left out; so is what promises nothing.
 */
export const pairSentences = (before: ReadDocument, after: ReadDocument): PairedSentences => {
  const rest = (document: ReadDocument, other: ReadDocument): readonly ReadSentence[] => {
    const said = new Set(other.sentences.map(({ text }) => spelled(text)))
    const seen = new Set<string>()
    return document.sentences.filter((sentence) => {
      const text = spelled(sentence.text)
      const isNew = sentence.promises && !isArchiveNote(sentence.text) && !said.has(text) && !seen.has(text)
      seen.add(text)
      return isNew
    })
  }
  const [left, right] = [rest(before, after), rest(after, before)]
  const [streamBefore, streamAfter] = [stream(before), stream(after)]
  const sought = left.length + right.length <= MOST_SOUGHT
  const isUnsaid = (sentence: ReadSentence, whole: string): boolean => !sought || !saidIn(sentence.text, whole)
  const unsaidLeft = new Set(left.filter((sentence) => isUnsaid(sentence, streamAfter)))
  const unsaidRight = new Set(right.filter((sentence) => isUnsaid(sentence, streamBefore)))
  // What both texts say, broken otherwise, matters only as the other half of what one of them says anew.
  const pairs = bestPairs(left, right).filter(([one, other]) => unsaidLeft.has(one) || unsaidRight.has(other))
  const paired = new Set(pairs.flat())
  return {
    pairs,
    went: [...unsaidLeft].filter((sentence) => !paired.has(sentence)),
    came: [...unsaidRight].filter((sentence) => !paired.has(sentence)),
  }
}
