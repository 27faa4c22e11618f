import { folded, listed, quotedWhereUnsafe, separable, translated, unlisted } from './show-text.ts'
import { keyOf, type Words } from './words.ts'

/** Names of one sort with the phrase that a notice uses for each; no two names share a phrase. */
export interface Phrasebook {
  /** The phrase of a name; one that is not in the book stands in quotation marks. */
  phraseOf(name: string): string
  nameOf(phrase: string): string | undefined
}

const simple = /^[\p{Ll}\p{N}]+(-[\p{Ll}\p{N}]+)*$/u

/** The name that the author gave in the language of the notice, where it fits the place. */
const ownName = (name: string, { own }: Words, fits: (shownName: string) => boolean): string | undefined => {
  const given = own !== undefined && Object.hasOwn(own.names, name) ? own.names[name] : undefined
  return given !== undefined && fits(given) ? given : undefined
}

/** A name of the policy as people read it: `service-data` is “service data”; what is not of that form stands in quotes. */
export const nameShown = (name: string, words: Words): string =>
  ownName(name, words, (shownName) => !separable(shownName, words) && shownName !== words.list.none) ??
  (simple.test(name) && !separable(name.replaceAll('-', ' '), words) && name !== words.list.none
    ? name.replaceAll('-', ' ')
    : `${words.quotes[0]}${name}${words.quotes[1]}`)

/** What a policy may call a thing (its language's `name`), less the one word that is no plain key of an object. */
const possible = /^(?!__proto__$)[\p{L}_][\p{L}\p{N}_-]{0,63}$/u

/** The name that was shown so; undefined for what can be none. */
export const nameHeard = (shownName: string, words: Words): string | undefined => {
  const own = words.own === undefined ? undefined : keyOf(words.own.names, shownName)
  if (own !== undefined) return own
  const [open, close] = words.quotes
  const quoted = shownName.startsWith(open) && shownName.endsWith(close)
  const name = quoted ? shownName.slice(1, -1) : shownName.replaceAll(' ', '-')
  return possible.test(name) ? name : undefined
}

const upper = (text: string): string => {
  const first = [...text][0] ?? ''
  return first.toUpperCase() + text.slice(first.length)
}

/** A name as the label of its statement, with a capital where that can be taken back. */
export const labelShown = (name: string, words: Words): string => {
  const own = ownName(name, words, () => true)
  if (own !== undefined) return own
  const plain = simple.test(name) ? name.replaceAll('-', ' ') : `${words.quotes[0]}${name}${words.quotes[1]}`
  const label = upper(plain)
  return lowered(label) === plain ? label : plain
}

const lowered = (label: string): string => {
  const first = [...label][0] ?? ''
  return first.toLowerCase() + label.slice(first.length)
}

/** The name that a label stands for. */
export const labelHeard = (label: string, words: Words): string | undefined =>
  (words.own === undefined ? undefined : keyOf(words.own.names, label)) ??
  nameHeard(label.startsWith(words.quotes[0]) ? label : lowered(label), words)

/** A phrase for each name; where two would be the same, or one reads as a list of others, the name stands beside it. */
export const phrasebook = (wanted: readonly (readonly [name: string, phrase: string])[], words: Words): Phrasebook => {
  const quoted = (phrase: string, plain: ReadonlySet<string>): string => {
    const parts = separable(phrase, words) ? unlisted(phrase, words) : [phrase]
    const several = parts.length > 1 && parts.every((part) => plain.has(part))
    return several || phrase === words.list.none ? quotedWhereUnsafe(phrase, words, () => true) : phrase
  }
  const base = wanted.map(([, phrase]) => translated(phrase, words))
  let phrases = base.map((phrase) => quotedWhereUnsafe(phrase, words))
  for (let round = 0; round < 4; round++) {
    const counts = new Map<string, number>()
    for (const phrase of phrases) counts.set(phrase, (counts.get(phrase) ?? 0) + 1)
    if (counts.size === phrases.length) break
    phrases = phrases.map((phrase, index) =>
      (counts.get(phrase) ?? 0) > 1
        ? quotedWhereUnsafe(`${base[index]}${` (${wanted[index]?.[0]})`.repeat(round + 1)}`, words)
        : phrase,
    )
  }
  const plain = new Set(phrases)
  phrases = phrases.map((phrase) => quoted(phrase, plain))
  const byName = new Map(wanted.map(([name], index) => [name, phrases[index] ?? name]))
  const byPhrase = new Map(phrases.map((phrase, index) => [phrase, wanted[index]?.[0]]))
  return {
    phraseOf: (name) => byName.get(name) ?? quotedWhereUnsafe(folded(name), words, () => true),
    nameOf: (phrase) => byPhrase.get(phrase),
  }
}

/** Names as a list of their phrases. */
export const phrasesListed = (names: readonly string[], book: Phrasebook, words: Words): string =>
  listed(
    names.map((name) => book.phraseOf(name)),
    words,
  )
