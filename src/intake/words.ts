import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const texts = z.record(z.string(), z.string())

/** What letters and the page of a case say in one language. */
const wordsShape = z.strictObject({
  language: z.string(),
  kinds: texts,
  letters: texts,
  'extension-reasons': texts,
  grounds: texts,
  tasks: texts,
  page: z.strictObject({ asked: z.string(), due: z.string(), steps: texts, next: texts, can: texts }),
})

export type CaseWords = z.output<typeof wordsShape>

export const caseLanguages = ['en', 'de'] as const

const read = new Map<string, CaseWords>()

/** The words of a language, by BCP 47: `de-AT` is told in German; what there are no words for in English. */
export function wordsOf(language: string): CaseWords {
  const wanted = language.toLowerCase().split('-')[0]
  const found = caseLanguages.find((one) => one === wanted) ?? 'en'
  const known = read.get(found)
  if (known !== undefined) return known
  const file = new URL(`words/${found}.yaml`, import.meta.url)
  const words = wordsShape.parse(parse(readFileSync(file, 'utf8')))
  read.set(found, words)
  return words
}

/** Puts values into the places of a sentence; a value is never read for places itself. */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{([a-zA-Z]+)\}/g, (place, name: string) => values[name] ?? place)
}

/** A day in the words of the language, in UTC. */
export function dayWords(instant: string, language: string): string {
  const format = new Intl.DateTimeFormat(wordsOf(language).language, { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(new Date(instant))
}
