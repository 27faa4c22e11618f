import type { JsonValue } from '../base/canonical-json.ts'
import { type OwnNotice, readNotice } from '../notice/read/read-notice.ts'
import type { Words } from '../notice/words.ts'
import { countWords, type ImportOptions, importDocument } from '../prose/import-document.ts'
import type { Imported, ImportedSentence } from '../prose/imported.ts'
import { guessFormat } from '../prose/sentences.ts'

interface Stretch {
  readonly start: number
  readonly end: number
}

const overlaps = (one: Stretch, other: Stretch): boolean => one.start < other.end && other.start < one.end

/** Everything but the stretches as white space: what stays keeps its place. */
const only = (source: string, stretches: readonly Stretch[]): string => {
  let text = ''
  let from = 0
  const blank = (to: number): string => source.slice(from, to).replace(/[^\n]/gu, ' ')
  for (const { start, end } of stretches.toSorted((left, right) => left.start - right.start)) {
    text += blank(start) + source.slice(Math.max(from, start), end)
    from = Math.max(from, end)
  }
  return text + blank(source.length)
}

const isMap = (value: unknown): value is { readonly [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Ids of sentences inside a draft, by what they are called in the whole document. */
const renamed = (value: JsonValue, names: ReadonlyMap<string, string>): JsonValue => {
  if (typeof value === 'string') return names.get(value) ?? value
  if (Array.isArray(value)) return value.map((each) => renamed(each, names))
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamed(each, names)]))
}

/** Our own statement as read: sure, and with no question, as nothing of it is open. */
const recognised = (sentence: ImportedSentence, commitments: readonly string[]): ImportedSentence => {
  const { unbound: _, review: __, ...rest } = sentence
  const isTold = commitments.length > 0
  const disposition = isTold && rest.disposition === 'not-a-promise' ? 'machine' : rest.disposition
  return {
    ...rest,
    disposition: isTold ? disposition : 'not-a-promise',
    sure: 1,
    because: ['own-notice'],
    commitments,
    warnings: [],
    questions: [],
  }
}

/** The policy with the sentences that each commitment was read from. */
const sourced = (own: OwnNotice, sentences: readonly ImportedSentence[]): { readonly [key: string]: JsonValue } => {
  const sources = new Map<string, string[]>()
  for (const { id, commitments } of sentences)
    for (const commitment of commitments) sources.set(commitment, [...(sources.get(commitment) ?? []), id])
  const policy = own.policy as { readonly [key: string]: JsonValue }
  return Object.fromEntries(
    Object.entries(policy).map(([kind, block]) => {
      if (!isMap(block)) return [kind, block]
      const entries = Object.entries(block).map(([name, entry]): [string, JsonValue] => {
        const source = sources.get(`${kind}.${name}`)
        return [name, source === undefined || !isMap(entry) ? entry : { ...entry, source }]
      })
      return [kind, Object.fromEntries(entries)]
    }),
  )
}

/** Two drafts as one: what our notice says stands; what other sentences drafted stands beside it under its own name. */
const joined = (
  own: { readonly [key: string]: JsonValue },
  other: { readonly [key: string]: JsonValue },
): { readonly [key: string]: JsonValue } => {
  const keys = [...new Set([...Object.keys(own), ...Object.keys(other)])]
  return Object.fromEntries(
    keys.map((key): [string, JsonValue] => {
      const [mine, theirs] = [own[key], other[key]]
      if (mine === undefined) return [key, theirs ?? null]
      if (!isMap(mine) || !isMap(theirs) || key === 'controller') return [key, mine]
      return [key, { ...theirs, ...mine }]
    }),
  )
}

/**
 * The import of a document: a notice that `kept notice build` made gives back the very policy it was made of, whatever
 * its language; sentences that somebody else put into it go the way of all prose. Any other document is as it was.
 */
export function importNotice(source: string, options: ImportOptions, more: readonly Words[] = []): Imported {
  const imported = importDocument(source, options)
  const format = options.format ?? guessFormat(source, options.name)
  const own = readNotice(source, format === 'html' ? 'html' : 'markdown', more)
  if (own === undefined) return imported
  const rest = own.others.length === 0 ? undefined : importRest(only(source, own.others), { ...options, format })
  const byStart = new Map((rest?.sentences ?? []).map((sentence) => [sentence.start, sentence]))
  const names = new Map<string, string>()
  const sentences = imported.sentences.map((sentence): ImportedSentence => {
    const foreign = own.others.some((stretch) => overlaps(stretch, sentence))
    const counterpart = foreign ? byStart.get(sentence.start) : undefined
    if (counterpart !== undefined) {
      names.set(counterpart.id, sentence.id)
      return { ...counterpart, id: sentence.id, section: sentence.section }
    }
    if (foreign) return sentence
    const told = own.places.filter((place) => overlaps(place, sentence)).map(({ of }) => of)
    return recognised(sentence, [...new Set(told)])
  })
  const draft = sourced(own, sentences)
  const others = rest === undefined ? {} : (renamed(rest.draft, names) as { readonly [key: string]: JsonValue })
  return {
    ...imported,
    sentences,
    questions: (rest?.questions ?? []).flatMap((question) => {
      const name = names.get(`${imported.document.name}#${question.sentence}`)
      return name === undefined ? [] : [{ ...question, sentence: Number(name.split('#').at(-1)) }]
    }),
    warnings: [],
    draft: joined(draft, rest === undefined ? {} : others),
    coverage: {
      quotedWords: sentences.reduce((sum, one) => sum + countWords(format === 'html' ? one.text : one.quote), 0),
      bound: sentences.filter(({ commitments }) => commitments.length > 0).length,
      unbound: sentences.filter(({ unbound }) => unbound !== undefined).length,
      questions: rest?.coverage.questions ?? 0,
      review: sentences.filter(({ review }) => review !== undefined).length,
    },
  }
}

/** The sentences that are not ours; none where only marks or headings are left. */
function importRest(source: string, options: ImportOptions): Imported | undefined {
  return /[\p{L}\p{N}]/u.test(source) ? importDocument(source, options) : undefined
}
