import type { Field } from './entry-fields.ts'
import { nameHeard, nameShown, type Phrasebook, phrasebook } from './phrasebook.ts'
import { listed, separable, shown, unlisted, unshown } from './show-text.ts'
import { dateHeard, dateShown, durationHeard, durationShown } from './time-words.ts'
import { keyOf, type Words } from './words.ts'

/** What is needed to put values into words and back: the words of a language, and the phrases of one policy. */
export interface Speech {
  readonly words: Words
  readonly data: Phrasebook
  readonly purposes: Phrasebook
  readonly laws: Phrasebook
}

export type Scalar = string | number | boolean

const own = (texts: Readonly<Record<string, string>> | undefined, key: string): string | undefined =>
  texts !== undefined && Object.hasOwn(texts, key) ? texts[key] : undefined

/** Clocks that the language has words for; others by their name. */
const clockBook = (words: Words): Phrasebook => {
  const taken = new Set(Object.values(words.clocks))
  return {
    phraseOf: (name) => {
      const plain = own(words.clocks, name) ?? nameShown(name, words)
      return own(words.clocks, name) === undefined && taken.has(plain)
        ? `${words.quotes[0]}${name}${words.quotes[1]}`
        : plain
    },
    nameOf: (phrase) => keyOf(words.clocks, phrase) ?? nameHeard(phrase, words),
  }
}

const wordsOfField = (field: Field, kind: string, { words }: Speech): Readonly<Record<string, string>> =>
  words.kinds[kind]?.words[field.key] ?? {}

/** One value of a field in words. `alone`: it is the only item of what could be a list. */
const sayOne = (value: Scalar, field: Field, kind: string, speech: Speech, alone: boolean): string => {
  const { words } = speech
  const text = String(value)
  switch (field.type) {
    case 'word':
      return own(wordsOfField(field, kind, speech), text) ?? text
    case 'data':
      return speech.data.phraseOf(text)
    case 'purpose':
      return speech.purposes.phraseOf(text)
    case 'law':
      return speech.laws.phraseOf(text)
    case 'clock':
      return clockBook(words).phraseOf(text)
    case 'name':
      return nameShown(text, words)
    case 'term':
      return own(words.terms, text) ?? text
    case 'country':
      return own(words.countries, text) ?? text
    case 'duration':
      return durationShown(text, words)
    case 'date':
      return dateShown(text, words)
    case 'ages':
      return text.replace(/^(..)=/u, (_, code: string) => `${own(words.countries, code) ?? code} `)
    case 'text':
      return shown(text, words, (plain) =>
        field.shape === 'one' ? false : plain === words.list.none || (alone && separable(plain, words)),
      )
    default:
      return text
  }
}

/** A law by its phrase, or by the quoted name of one that nobody here knows. */
export const lawHeard = (text: string, { laws, words }: Speech): string | undefined =>
  laws.nameOf(text) ?? (text.startsWith(words.quotes[0]) ? unshown(text, words) : undefined)

const hearOne = (text: string, field: Field, kind: string, speech: Speech): Scalar | undefined => {
  const { words } = speech
  switch (field.type) {
    case 'word':
      return keyOf(wordsOfField(field, kind, speech), text)
    case 'data':
      return speech.data.nameOf(text)
    case 'purpose':
      return speech.purposes.nameOf(text)
    case 'law':
      return lawHeard(text, speech)
    case 'clock':
      return clockBook(words).nameOf(text)
    case 'name':
      return nameHeard(text, words)
    case 'term':
      return keyOf(words.terms, text)
    case 'country':
      return keyOf(words.countries, text)
    case 'duration':
      return durationHeard(text, words)
    case 'date':
      return dateHeard(text, words)
    case 'number':
      return /^\d{1,9}$/u.test(text) ? Number(text) : undefined
    case 'ages': {
      const [, place = '', age] = /^(.+) (\d{1,2})$/u.exec(text) ?? []
      const code = keyOf(words.countries, place)
      return code === undefined ? undefined : `${code}=${age}`
    }
    case 'text':
      return unshown(text, words)
    default:
      return undefined
  }
}

/** The values of a field in words: one, or a list of several. */
export const sayValues = (values: readonly Scalar[], field: Field, kind: string, speech: Speech): string =>
  listed(
    values.map((value) => sayOne(value, field, kind, speech, values.length === 1)),
    speech.words,
  )

/** The values that were said; undefined where the words are not those of this field. */
export const hearValues = (text: string, field: Field, kind: string, speech: Speech): readonly Scalar[] | undefined => {
  if (text === '') return undefined
  const single = field.shape === 'one' && field.type !== 'ages'
  if (!single && text === speech.words.list.none) return []
  // An open text alone is quoted where it could be a list; a phrase of a closed set is known as a whole.
  const open = field.type === 'text' || field.type === 'name'
  const whole = single || !open ? hearOne(text, field, kind, speech) : undefined
  if (whole !== undefined || single) return whole === undefined ? undefined : [whole]
  const heard = unlisted(text, speech.words).map((item) => hearOne(item, field, kind, speech))
  return heard.every((value) => value !== undefined) ? heard : undefined
}

/** The speech of a policy: its own phrases for data, purposes and laws, by what it declares. */
export const speechOf = (
  declared: {
    readonly data: readonly { readonly name: string; readonly is: string; readonly words?: string | undefined }[]
    readonly purposes: readonly { readonly name: string; readonly is: string; readonly words?: string | undefined }[]
    readonly laws: readonly { readonly name: string; readonly title: string }[]
  },
  words: Words,
): Speech => {
  const phrase = (each: { readonly is: string; readonly words?: string | undefined }): string =>
    each.words ?? own(words.terms, each.is) ?? each.is
  const titled = new Set(declared.laws.map(({ name }) => name))
  const known = [...Object.entries(words.laws), ...Object.entries(words.terms)].filter(([name]) => !titled.has(name))
  return {
    words,
    data: phrasebook(
      declared.data.map((each) => [each.name, phrase(each)]),
      words,
    ),
    purposes: phrasebook(
      declared.purposes.map((each) => [each.name, phrase(each)]),
      words,
    ),
    laws: phrasebook([...known, ...declared.laws.map(({ name, title }) => [name, title] as const)], words),
  }
}
