import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { Fault } from '../language/fault.ts'

const texts = z.record(z.string(), z.string())
const forms = z.tuple([z.string(), z.string()])

/** A file of words: all that a notice says in one language. `words/en.yaml` tells in its head how sentences are written. */
const wordsShape = z.strictObject({
  language: z.string().regex(/^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/),
  name: z.string(),
  direction: z.enum(['ltr', 'rtl']),
  /** Opening and closing quotation mark. */
  quotes: z.tuple([z.string().length(1), z.string().length(1)]),
  list: z.strictObject({ comma: z.string(), and: z.string(), semicolon: z.string(), none: z.string() }),
  date: z.strictObject({ pattern: z.string(), twoDigits: z.boolean(), months: z.array(z.string()).length(12) }),
  durations: z.strictObject({
    years: forms,
    months: forms,
    weeks: forms,
    days: forms,
    hours: forms,
    minutes: forms,
    seconds: forms,
  }),
  page: texts,
  /** A letter that tells of a new version. */
  letter: texts,
  controller: texts,
  clocks: texts,
  every: texts,
  kinds: z.record(
    z.string(),
    z.strictObject({
      heading: z.string(),
      /** Names of entries that the language names: those of rights. */
      names: texts.optional(),
      says: texts,
      words: z.record(z.string(), texts),
    }),
  ),
  laws: texts,
  countries: texts,
  terms: texts,
})

export type Words = z.output<typeof wordsShape> & {
  /** The author's own texts and names of one policy in this language. */
  readonly own?: OwnWords
}

const label = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} /&–-]*$/u)

const ownShape = z.strictObject({
  language: z.string(),
  texts: texts.default({}),
  names: z.record(z.string(), label).default({}),
})

export type OwnWords = z.output<typeof ownShape>

const inversions = new WeakMap<Readonly<Record<string, string>>, ReadonlyMap<string, string>>()

/** The key of a table of words whose text is this one. */
export const keyOf = (table: Readonly<Record<string, string>>, text: string): string | undefined => {
  const known = inversions.get(table) ?? new Map(Object.entries(table).map(([key, value]) => [value, key]))
  inversions.set(table, known)
  return known.get(text)
}

/** Languages whose words come with Kept. */
export const languages = ['en', 'de'] as const

/** The words file of a language that comes with Kept: what a further one is written after. */
const shippedFile = (language: (typeof languages)[number]): string =>
  fileURLToPath(new URL(`words/${language}.yaml`, import.meta.url))

const unreadable = (file: string, what: string, cause?: unknown, form?: string): Fault =>
  new Fault({
    code: 'notice.words-unreadable',
    where: { file },
    what,
    mend: form ?? `write the file in the form of ${shippedFile('en')}`,
    cause,
  })

const OWN_FORM = 'write it as: language, texts (as the policy says it: as the notice shall), names'

/** Every place of a words file that holds a text, e.g. `kinds.retention.says.for`. */
export const wordPlaces = (words: unknown, prefix = ''): readonly string[] =>
  typeof words === 'object' && words !== null
    ? Object.entries(words).flatMap(([key, value]) => wordPlaces(value, prefix === '' ? key : `${prefix} ${key}`))
    : [prefix]

const slots = (sentence: string): string => [...sentence.matchAll(/\{[^}]+\}/gu)].map(String).toSorted().join(' ')

/** The sentences whose values differ from those of another language: one of them would hide or invent something. */
const differingSlots = (words: Words, reference: Words): readonly string[] => [
  ...Object.keys(words.every)
    .filter((rule) => slots(words.every[rule] ?? '') !== slots(reference.every[rule] ?? ''))
    .map((rule) => `every ${rule}`),
  ...Object.entries(words.kinds).flatMap(([kind, { says }]) =>
    Object.keys(says)
      .filter((rule) => slots(says[rule] ?? '') !== slots(reference.kinds[kind]?.says[rule] ?? ''))
      .map((rule) => `kinds ${kind} says ${rule}`),
  ),
]

/** What a words file lacks, has too much, or says of other values than the reference; empty where it is complete. */
export const wordGaps = (words: Words, reference: Words): readonly string[] => {
  const [own, wanted] = [new Set(wordPlaces(words)), new Set(wordPlaces(reference))]
  return [
    ...[...wanted].filter((place) => !own.has(place)).map((place) => `lacks: ${place}`),
    ...[...own].filter((place) => !wanted.has(place)).map((place) => `unknown: ${place}`),
    ...differingSlots(words, reference).map((place) => `other values: ${place}`),
  ]
}

const readShape = <Shape extends z.ZodType>(file: string, shape: Shape, form?: string): z.output<Shape> => {
  let value: unknown
  try {
    value = parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const absent = existsSync(file) ? '' : ': there is no such file'
    throw unreadable(file, `the words file cannot be read${absent}`, cause, form)
  }
  const read = shape.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw unreadable(file, `the words file is not complete: ${issue?.path.join(' ')}: ${issue?.message}`, undefined, form)
}

const shipped = new Map<string, Words>()

/** The words of a language that comes with Kept: `en` or `de`. */
export const wordsOf = (language: (typeof languages)[number]): Words => {
  const known = shipped.get(language)
  if (known !== undefined) return known
  const words = readShape(shippedFile(language), wordsShape)
  shipped.set(language, words)
  return words
}

/** Reads a further language from one file. Faults: `notice.words-unreadable`, `notice.words-missing` with what it lacks. */
export const readWords = (file: string): Words => {
  const words = readShape(file, wordsShape)
  const gaps = wordGaps(words, wordsOf('en'))
  if (gaps.length === 0) return words
  throw new Fault({
    code: 'notice.words-missing',
    where: { file },
    what: `the words file differs from that of English in ${gaps.length} places, first: ${gaps.slice(0, 5).join('; ')}`,
    mend: `give every word that ${shippedFile('en')} has, each sentence with the same values in braces`,
  })
}

/** Texts or names that a reader could not tell apart any more. */
const twice = (table: Readonly<Record<string, string>>): string | undefined => {
  const values = Object.values(table)
  return values.find((value, index) => values.indexOf(value) !== index)
}

/**
 * The words of a language with those of one policy's author: a file of `texts` (as the policy says them: as the notice
 * shall) and `names` of data, purposes and commitments. Faults: `notice.words-unreadable`, also for one text that stands
 * for two, or for another language.
 */
export const withOwnWords = (words: Words, file: string): Words => {
  const own = readShape(file, ownShape, OWN_FORM)
  if (own.language !== words.language)
    throw unreadable(
      file,
      `the file is for language ${own.language}, and the notice is in ${words.language}`,
      undefined,
      `name a file for ${words.language}, or build the notice in ${own.language}`,
    )
  const doubled = twice(own.texts) ?? twice(own.names)
  if (doubled !== undefined)
    throw unreadable(
      file,
      `"${doubled}" stands for two: nobody could tell which is meant`,
      undefined,
      'give each its own words',
    )
  return { ...words, own }
}

/** The words of the language that a file of the author's words names. Fault `notice.words-unreadable`. */
export const wordsOfTexts = (file: string): Words => {
  const { language } = readShape(file, ownShape, OWN_FORM)
  const known = languages.find((each) => each === language)
  if (known === undefined)
    throw unreadable(
      file,
      `Kept has no words of language ${language}`,
      undefined,
      `name the words file of ${language} with --words as well`,
    )
  return withOwnWords(wordsOf(known), file)
}

/** Where the author's words of a policy stand: `kept.de.yaml` beside `kept.yaml`. */
export const ownWordsFile = (policyFile: string, language: string): string =>
  `${policyFile.replace(/\.ya?ml$/iu, '')}.${language}.yaml`

/** The words of the language with those of the policy's author, where there is a file of them beside it. */
export const wordsForPolicy = (words: Words, policyFile: string): Words => {
  const file = ownWordsFile(policyFile, words.language)
  return existsSync(file) ? withOwnWords(words, file) : words
}
