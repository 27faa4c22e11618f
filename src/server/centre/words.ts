import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { CaseKind } from '../../cases.ts'
import { fill } from '../../intake/words.ts'

/** What people can ask for here, in the order shown. What only Californian law knows comes by the API and by mail. */
export const offered = [
  'access',
  'erasure',
  'correction',
  'objection',
  'withdrawal',
  'restriction',
  'portability',
  'automated-decision',
  'question',
  'complaint',
] as const satisfies readonly CaseKind[]

export type Offered = (typeof offered)[number]

export const centreLanguages = ['en', 'de'] as const
export type CentreLanguage = (typeof centreLanguages)[number]

const shape = z.strictObject({
  language: z.enum(centreLanguages),
  texts: z.record(z.string(), z.string()),
  kinds: z.record(z.enum(offered), z.string()),
})

/** The words of the pages in one language. */
export interface CentreWords {
  readonly language: CentreLanguage
  readonly kinds: Readonly<Record<Offered, string>>
  /** Every text by its key; the tests hold the languages against each other. */
  readonly texts: Readonly<Record<string, string>>
  say(key: string, values?: Readonly<Record<string, string>>): string
}

const read = new Map<CentreLanguage, CentreWords>()

export function centreWords(language: CentreLanguage): CentreWords {
  const known = read.get(language)
  if (known !== undefined) return known
  const { texts, kinds } = shape.parse(parse(readFileSync(new URL(`words/${language}.yaml`, import.meta.url), 'utf8')))
  const say = (key: string, values: Readonly<Record<string, string>> = {}): string => {
    const text = texts[key]
    if (text === undefined) throw new RangeError(`the words of the privacy centre lack ${key}`)
    return fill(text, values)
  }
  const words: CentreWords = { language, kinds, texts, say }
  read.set(language, words)
  return words
}

/** The language that was chosen (`lang`), else the first of ours that the browser names (RFC 9110 §12.5.4), else English. */
export function languageOf(chosen: string | undefined, accepted: string | undefined): CentreLanguage {
  const wanted = [chosen ?? '', ...(accepted ?? '').slice(0, 500).split(',')]
  for (const one of wanted) {
    const short = one.trim().slice(0, 2).toLowerCase()
    const found = centreLanguages.find((language) => language === short)
    if (found !== undefined) return found
  }
  return 'en'
}
