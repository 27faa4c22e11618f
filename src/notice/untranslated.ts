import { valueAt } from '../commitments/block.ts'
import { Fault } from '../language/fault.ts'
import { folded } from './show-text.ts'
import { ownWordsFile, type Words } from './words.ts'

/** Keys whose values are sentences or phrases of the policy's author; names, addresses and terms are the same everywhere. */
const written = new Set(['words', 'if', 'unless', 'says'])

/** Small words by which a text of several sentences shows its language: the likelier one counts. */
const marks = {
  en: /\b(?:the|of|and|you|your|we|our|to|for|with|what|is|are)\b/giu,
  de: /\b(?:der|die|das|und|Sie|Ihnen|Ihre[mnrs]?|wir|unsere?[mnrs]?|für|mit|von|zu|auf|ist|sind)\b/gu,
} as const

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return Object.entries(value).flatMap(([key, inner]) =>
    written.has(key) ? [inner].flat().filter((each) => typeof each === 'string') : textsIn(inner),
  )
}

/** The language that a policy's own texts are in: `en` or `de`; undefined where they have none or do not tell. */
const languageOf = (texts: readonly string[]): keyof typeof marks | undefined => {
  const all = texts.join(' \n ')
  const [en, de] = [all.match(marks.en)?.length ?? 0, all.match(marks.de)?.length ?? 0]
  return en === de ? undefined : en > de ? 'en' : 'de'
}

/**
 * The warning `notice.texts-untranslated` where a notice would show texts of its policy in another language than its own;
 * none where the author gave them all in `kept.LANGUAGE.yaml`. `policyFile`: as the person named it.
 */
export const untranslated = (policy: unknown, words: Words, policyFile: string): readonly Fault[] => {
  const texts = [...new Set(textsIn(policy).map(folded))]
  const language = languageOf(texts)
  if (language === undefined || words.language.startsWith(language)) return []
  const missing = texts.filter((text) => valueAt(words.own?.texts, text) === undefined)
  const [first = ''] = missing
  if (missing.length === 0) return []
  const shown = first.length > 60 ? `${first.slice(0, 59)}…` : first
  return [
    new Fault({
      code: 'notice.texts-untranslated',
      severity: 'warning',
      where: { file: ownWordsFile(policyFile, words.language) },
      what: `the notice in ${words.name} shows ${missing.length} of the policy's ${texts.length} own texts in another language, first: "${shown}"`,
      mend: `give them in this file: language: ${words.language}, and under texts each text with its translation`,
    }),
  ]
}
