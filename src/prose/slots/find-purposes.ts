import type { ShownText } from '../shown.ts'
import { purposeVerbs, purposeWords } from './purpose-words.ts'
import { type SlotValue, small, trimPhrase, valueAt } from './slot.ts'

/** What a sentence says data is for: "to …", "for … purposes", "such as …ing", "used for …". */
export function findPurposes(shown: ShownText, item: boolean): SlotValue[] {
  const text = small(shown.text)
  const spans: [number, number][] = []
  const series = item ? bareSeries(text) : undefined
  if (series !== undefined) spans.push(series)
  for (const match of text.matchAll(
    /(?<!\bright )(?<!\bask you )(?<!\bwish )(?<!\bwant )(?<!\blike )(?<!\bable )(?<!\brequired )(?<!\bhave )(?<!\bchoose )(?<!\byou )(?<!\bability )(?<!\blikely )\bto (?:help (?:us |you )?|(?:allow|enable) us to |assist (?:us|them) (?:in|with) )?([a-z]+)/gu,
  )) {
    if (purposeVerbs.has(match[1] ?? '') || /assist/u.test(match[0])) {
      const start = match.index + match[0].length - (match[1] ?? '').length
      spans.push([start, phraseEnd(text, start)])
    }
  }
  for (const match of text.matchAll(
    /\b(?:used|use|only|providers?|assist us|services|functions|behalf),? (?:for|in|such as) ((?!the|our|your|this|any|a |an |which|such|as )[a-z-]+ing?\b|storage|hosting|billing)/gu,
  )) {
    const start = match.index + match[0].length - (match[1] ?? '').length
    spans.push([start, phraseEnd(text, start)])
  }
  for (const match of text.matchAll(
    /\bfor (?:the (?:following )?purposes? of )?((?:[a-z-]+(?:,| and| or)? ){1,4}purposes?)\b/gu,
  ))
    spans.push([match.index + 4, match.index + match[0].length])
  for (const match of text.matchAll(
    /\b(?:used|collected|processed|needed|required|stored|serves?) (?:only |solely |exclusively |primarily |mainly )?for (?:the (?:sole )?purposes? of )?((?!the |purposes?|this|that|other|any|as long|a period|so long)[a-z][^.;:]{3,})/gu,
  )) {
    const start = match.index + match[0].length - (match[1] ?? '').length
    spans.push([start, phraseEnd(text, start)])
  }
  for (const match of text.matchAll(
    /\b(?:so (?:that )?(?:we|you) can|helps? us|allows? us to|allow us to|help(?:s|ing)? you) ([a-z]+)/gu,
  )) {
    const start = match.index + match[0].length - (match[1] ?? '').length
    spans.push([start, phraseEnd(text, start)])
  }
  const values: SlotValue[] = []
  for (const [start, end] of merged(spans))
    for (const part of seriesParts(text, start, end)) pushPurpose(values, shown, text, part)
  return values
}

/** An item that is itself the purpose: "deliver the products", "(1) in order to comply with a law", "marketing". */
function bareSeries(text: string): [number, number] | undefined {
  const opening =
    /^(?:[-*•\s]+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s+)?(?:and |or )?(?:where |if (?:we|you) [a-z ]{3,40}(?:necessary|required) )?(?:in order )?(?:to )?(?:help )?/u.exec(
      text,
    )
  const start = opening?.[0].length ?? 0
  const verb = /^[a-z]+/u.exec(text.slice(start))?.[0] ?? ''
  return purposeVerbs.has(verb) || /^[a-z]+ing\b/u.test(text.slice(start))
    ? [start, text.replace(/[;.,]?\s*(?:and|or)?[;.,]?\s*$/u, '').length]
    : undefined
}

/** A purpose runs to the end of its clause. */
function phraseEnd(text: string, start: number): number {
  const rest = text.slice(start)
  const stop =
    /[.;:](?:\s|$)|\)|,? (?:unless|except|if|when|although|however|provided|but|you can|we will|we may|which|in accordance|by (?:considering|following|clicking|\w+ing))\b| so (?:that )?(?:we|you)\b|,? or to (?:agents|third|our|other|any|those|the)\b|, (?:we|you|they|and (?:we|you|may|are|by|with)|your|our)\b| or provided\b/u.exec(
      rest,
    )
  return start + (stop === null ? rest.length : stop.index)
}

function merged(spans: readonly [number, number][]): [number, number][] {
  const sorted = [...spans].sort((left, right) => left[0] - right[0] || right[1] - left[1])
  const kept: [number, number][] = []
  for (const span of sorted) if (!kept.some((other) => span[0] >= other[0] && span[0] < other[1])) kept.push(span)
  return kept
}

/** "improve X, to analyse Y and prevent Z": one part a verb, or one part a noun of a list of doings. */
function seriesParts(text: string, start: number, end: number): [number, number][] {
  const within = text.slice(start, end)
  const parts: [number, number][] = []
  let from = 0
  for (const match of within.matchAll(
    /(?:,? (?:and|or|and\/or)|,)(?: also)? (?:in order )?(?:to )?(?:help )?([a-z-]+)/gu,
  )) {
    const word = match[1] ?? ''
    const doing = /^[a-z]+ing\b/u.test(within)
    if (
      !purposeVerbs.has(word) &&
      !(
        doing &&
        (/ing$/u.test(word) ||
          /^(?:infrastructure|network|technical|storage|marketing|sales|billing|other)$/u.test(word))
      )
    )
      continue
    parts.push([start + from, start + match.index])
    from = match.index + match[0].length - word.length
  }
  parts.push([start + from, end])
  return parts
}

function pushPurpose(values: SlotValue[], shown: ShownText, text: string, [start, end]: [number, number]): void {
  const phrase = text.slice(start, end)
  const name = doing(trimPhrase(phrase))
  if (name.length < 4 || values.length >= 40 || EMPTY.test(name)) return
  const term = purposeWords.find(([fragment]) => new RegExp(fragment, 'u').test(phrase))?.[1]
  values.push(valueAt(shown, start, end, name.slice(0, 120), term))
}

/** Phrases that look like a purpose and name none. */
const EMPTY =
  /^(?:(?:another|other|any|those|these|such|new|same|various) )?purposes?$|^other (?:functions|purposes)$|^[a-z]+ing$|^delivering cookies|^retaining/u

/** "improve our products" as "improving products": the first verb in -ing, possessives and pronouns dropped, tails cut. */
function doing(phrase: string): string {
  const told = phrase
    .replace(/^provide (?:you|users|customers) with (?=\w)/u, '')
    .replace(/^(?:perform|conduct|carry out) (?=(?:research|functions|statistical|analy))/u, '')
    .replace(
      /^(?:investigat\w+|prevent|detect|address)?,? ?(?:and |or )?tak(?:e|ing) action (?:regarding|against|on) /u,
      '',
    )
  const [verb = '', ...rest] = told.split(' ')
  const object = rest
    .join(' ')
    .replace(
      /,? (?:such as|including|e\.g|by considering|by other|among other|as further|as otherwise|as described) ?.*$| \(?e\.?g.*$/u,
      '',
    )
    .replace(/ (?:that |which )?(?:you|we) (?:have )?(?:request|think|may|see|store|hold|believe).*$/u, '')
    .replace(/ (?:that|which) .*$/u, '')
    .replace(/\b(?:our|your|their|you with|you|us|we|any|more|such)\s+/gu, '')
    .replace(/\s+(?:you|us|with)$/u, '')
  const head = purposeVerbs.has(verb) ? withIng(verb) : verb
  return `${head} ${object}`.trim()
}

function withIng(verb: string): string {
  if (/^(?:set|run|plan|ship|let)$/u.test(verb)) return `${verb}${verb.at(-1) ?? ''}ing`
  if (/ie$/u.test(verb)) return `${verb.slice(0, -2)}ying`
  if (/[^eo]e$/u.test(verb)) return `${verb.slice(0, -1)}ing`
  return `${verb}ing`
}
