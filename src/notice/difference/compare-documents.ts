import type { Direction, Nature } from '../../commitments/comparison.ts'
import { type BrokenCapture, brokenCaptures } from './broken-capture.ts'
import type { Difference } from './difference.ts'
import { natureOf, type ReadDocument, type ReadPhrase, type ReadSentence, wordsOfText } from './document.ts'
import { plainText, termDays } from './normal.ts'
import { pairSentences } from './pair-sentences.ts'
import { opposite, weigh } from './weigh.ts'

/** A difference of what sentences mean; `before` and `after` are the sentences as a reader sees them. */
export type SentenceDifference = Omit<Difference, 'before' | 'after' | 'purposes'> & {
  readonly before?: string
  readonly after?: string
}

export interface DocumentComparison {
  /** While a capture is broken nothing is compared. */
  readonly broken: readonly BrokenCapture[]
  readonly differences: readonly SentenceDifference[]
  /** Sentences in other words whose meaning, as far as it was read, is the same: for a person to look at. */
  readonly reworded: readonly { readonly before: string; readonly after: string; readonly sentence: string }[]
}

interface SlotRule {
  readonly noun: string
  readonly weight: 'as-entry' | 'against-entry' | 'neutral'
  readonly topic: Difference['topic']
}

const slotRules: Readonly<Record<string, SlotRule>> = {
  data: { noun: 'data', weight: 'as-entry', topic: 'data' },
  purposes: { noun: 'purpose', weight: 'as-entry', topic: 'purpose' },
  recipients: { noun: 'recipient', weight: 'as-entry', topic: 'recipient' },
  place: { noun: 'place', weight: 'as-entry', topic: 'country' },
  condition: { noun: 'condition', weight: 'against-entry', topic: 'consent' },
  exception: { noun: 'exception', weight: 'against-entry', topic: 'other' },
  age: { noun: 'age', weight: 'neutral', topic: 'other' },
  framework: { noun: 'framework', weight: 'neutral', topic: 'basis' },
  contact: { noun: 'contact', weight: 'neutral', topic: 'other' },
}

const why: Readonly<Record<Direction, string>> = {
  wider: 'more is done with data than was said before, or less protects it',
  narrower: 'less is done with data than was said before, or more protects it',
  neutral: 'it cannot be told whether more is done with data',
}

const termOf = ({ name, term }: ReadPhrase): string => term ?? plainText(name).toLowerCase()

/** Where both sides are read alike the nature is that of both. */
const sharedNature = (before: ReadSentence, after: ReadSentence): Nature | undefined =>
  natureOf(before) === natureOf(after) ? natureOf(after) : undefined

type Found = Pick<SentenceDifference, 'class' | 'what' | 'topic' | 'change'> & { readonly key?: string }

const slotDifferences = (before: ReadSentence, after: ReadSentence): readonly Found[] => {
  const nature = sharedNature(before, after)
  return Object.entries(slotRules).flatMap(([slot, { noun, weight, topic }]) => {
    const [then, now] = [before.slots[slot] ?? [], after.slots[slot] ?? []]
    const came = now.filter((phrase) => !then.some((other) => termOf(other) === termOf(phrase)))
    const went = then.filter((phrase) => !now.some((other) => termOf(other) === termOf(phrase)))
    const more = weigh(weight, nature)
    const told = (change: 'added' | 'removed', phrases: readonly ReadPhrase[]): readonly Found[] =>
      [...new Map(phrases.map((phrase) => [termOf(phrase), phrase])).values()].map((phrase) => ({
        key: slot,
        change,
        class: change === 'added' ? more : opposite[more],
        topic,
        what: `${noun} ${change}: ${phrase.name} (${after.label})`,
      }))
    return [...told('added', came), ...told('removed', went)]
  })
}

const longestTerm = ({ slots }: ReadSentence): number | undefined => {
  const days = (slots.term ?? []).flatMap(({ term }) => termDays(term) ?? [])
  return days.length === 0 ? undefined : Math.max(...days)
}

const termDifference = (before: ReadSentence, after: ReadSentence): readonly Found[] => {
  const names = ({ slots }: ReadSentence): string => (slots.term ?? []).map(({ name }) => name).join(', ')
  const spelled = ({ slots }: ReadSentence): string => JSON.stringify((slots.term ?? []).map(termOf).sort())
  if (spelled(before) === spelled(after)) return []
  const [then, now] = [longestTerm(before), longestTerm(after)]
  if (then !== undefined && then === now) return []
  // A longer notice before a change protects; any other longer time does not.
  const longer: Direction = after.kinds.includes('changes') ? 'narrower' : 'wider'
  const direction = then === undefined || now === undefined ? 'neutral' : now > then ? longer : opposite[longer]
  const from = names(before) || 'no term'
  return [
    {
      key: 'term',
      change: 'changed',
      class: direction,
      topic: after.kinds.includes('retention') ? 'retention' : 'other',
      what: `term changed from ${from} to ${names(after) || 'no term'} (${after.label})`,
    },
  ]
}

const modalityDifference = (before: ReadSentence, after: ReadSentence): readonly Found[] => {
  if (before.modality === after.modality) return []
  const [then, now] = [before.modality === 'does not', after.modality === 'does not']
  // A promise not to do something is the protection; where a protection itself is denied, it is the other way round.
  const undone: Direction =
    (after.kinds.length > 0 ? natureOf({ ...after, modality: 'does' }) : 'neither') === 'protection'
      ? 'wider'
      : 'narrower'
  const direction = then === now ? 'neutral' : now ? undone : opposite[undone]
  return [
    {
      key: 'modality',
      change: 'changed',
      class: direction,
      topic: 'use',
      what: `"${before.modality}" became "${after.modality}" (${after.label})`,
    },
  ]
}

const numbersIn = (text: string): string =>
  JSON.stringify(
    wordsOfText(text)
      .filter((word) => /\d/u.test(word))
      .sort(),
  )

const TURNING =
  /^(?:not|no|never|nor|neither|cannot|without|unless|except|only|n[o']t|don't|won't|isn't|aren't|doesn't|all|any|always)$/u
const turnsIn = (text: string): string =>
  JSON.stringify(
    wordsOfText(text)
      .filter((word) => TURNING.test(word))
      .sort(),
  )

/** Words with a capital letter inside the sentence: names of companies, products, countries, laws. */
const namesIn = (text: string): readonly string[] => [
  ...new Set(
    plainText(text)
      .split(/\s+/u)
      .slice(1)
      .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
      .filter((word) => /^\p{Lu}[\p{L}\p{N}&.-]+$/u.test(word)),
  ),
]

/** Topic of a change that no slot names. */
const topicOf = ({ kinds }: ReadSentence): Difference['topic'] =>
  kinds.includes('disclosure') ? 'recipient' : kinds.includes('retention') ? 'retention' : 'other'

/** Which way a sentence went that says all it said before and more, or less of it, and nothing that turns it. */
const extent = (before: ReadSentence, after: ReadSentence): Direction => {
  const [then, now] = [new Set(wordsOfText(before.text)), new Set(wordsOfText(after.text))]
  if (turnsIn(before.text) !== turnsIn(after.text)) return 'neutral'
  const more = weigh('as-entry', sharedNature(before, after))
  if ([...then].every((word) => now.has(word))) return more
  return [...now].every((word) => then.has(word)) ? opposite[more] : 'neutral'
}

/** What no slot holds and still changes what is meant: names, numbers, words like "not", "only", "unless", the reading. */
const otherDifference = (before: ReadSentence, after: ReadSentence): readonly Found[] => {
  const [then, now] = [namesIn(before.text), namesIn(after.text)]
  // A word that only lost or gained its capital is no other name.
  const isSaid = (name: string, { text }: ReadSentence): boolean => wordsOfText(text).includes(name.toLowerCase())
  const came = now.filter((name) => !then.includes(name) && !isSaid(name, before))
  const went = then.filter((name) => !now.includes(name) && !isSaid(name, after))
  const named = [
    came.length > 0 ? `named anew: ${came.join(' ')}` : '',
    went.length > 0 ? `no longer named: ${went.join(' ')}` : '',
  ]
  const what =
    came.length + went.length > 0
      ? named.filter((one) => one !== '').join('; ')
      : numbersIn(before.text) !== numbersIn(after.text)
        ? 'a number changed'
        : turnsIn(before.text) !== turnsIn(after.text)
          ? 'a word that turns the sentence changed'
          : before.label !== after.label
            ? `it is read as ${after.label} instead of ${before.label}`
            : undefined
  return what === undefined
    ? []
    : [{ change: 'changed', class: extent(before, after), topic: topicOf(after), what: `${what} (${after.label})` }]
}

const pairDifferences = (before: ReadSentence, after: ReadSentence): readonly Found[] => {
  const found = [
    ...modalityDifference(before, after),
    ...slotDifferences(before, after),
    ...termDifference(before, after),
  ]
  return found.length > 0 ? found : otherDifference(before, after)
}

const whole = (sentence: ReadSentence, change: 'added' | 'removed'): SentenceDifference => {
  const direction = weigh(change === 'added' ? 'as-entry' : 'against-entry', natureOf(sentence))
  return {
    commitment: sentence.id,
    change,
    class: direction,
    topic: 'other',
    what: `sentence ${change} (${sentence.label}): ${sentence.text}`,
    why: why[direction],
    [change === 'added' ? 'after' : 'before']: sentence.text,
  }
}

/**
 * What two prose documents mean otherwise, sentence by sentence. Other lines, markup, order, marks nobody sees and what
 * promises nothing (headings, archive notes) are no difference; a text that collapsed, exploded or is another page is
 * told as a broken capture, and nothing else.
 */
export const compareDocuments = (before: ReadDocument, after: ReadDocument): DocumentComparison => {
  const broken = brokenCaptures(before, after)
  if (broken.length > 0) return { broken, differences: [], reworded: [] }
  const { pairs, went, came } = pairSentences(before, after)
  const differences: SentenceDifference[] = []
  const reworded: { before: string; after: string; sentence: string }[] = []
  for (const [then, now] of pairs) {
    const found = pairDifferences(then, now)
    if (found.length === 0) reworded.push({ before: then.text, after: now.text, sentence: now.id })
    for (const one of found)
      differences.push({ commitment: now.id, ...one, why: why[one.class], before: then.text, after: now.text })
  }
  return {
    broken: [],
    differences: [
      ...differences,
      ...went.map((sentence) => whole(sentence, 'removed')),
      ...came.map((sentence) => whole(sentence, 'added')),
    ],
    reworded,
  }
}
