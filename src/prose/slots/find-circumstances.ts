import type { ShownText } from '../shown.ts'
import { placeWords } from './place-words.ts'
import { findWords, type SlotValue, small, valueAt } from './slot.ts'

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fourteen: 14,
  thirty: 30,
  sixty: 60,
  ninety: 90,
  'twenty-four': 24,
  'seventy-two': 72,
}
const UNITS: Readonly<Record<string, (count: number) => string>> = {
  hour: (count) => `PT${count}H`,
  day: (count) => `P${count}D`,
  week: (count) => `P${count * 7}D`,
  month: (count) => `P${count}M`,
  year: (count) => `P${count}Y`,
}

/** "within 30 days", "for ten years", and the words that stand where a number should ("as long as needed"). */
export function findTerms(shown: ShownText): SlotValue[] {
  const text = small(shown.text)
  const values: SlotValue[] = []
  for (const match of text.matchAll(
    /\b(\d{1,4}|[a-z]+(?:-[a-z]+)?)(?: \((\d{1,4})\))? (?:business |working |calendar |full )?(hour|day|week|month|year)s?\b/gu,
  )) {
    const count = match[2] ?? match[1] ?? ''
    const number = /^\d+$/u.test(count) ? Number(count) : NUMBERS[count]
    const unit = UNITS[match[3] ?? '']
    if (
      number === undefined ||
      unit === undefined ||
      /\bages?\b|\bold\b|under/u.test(text.slice(Math.max(0, match.index - 12), match.index + match[0].length + 5))
    )
      continue
    values.push(valueAt(shown, match.index, match.index + match[0].length, match[0], unit(number)))
  }
  for (const match of text.matchAll(OPEN_TERMS)) {
    const inside = values.some(
      (value) =>
        value.words.length > 0 &&
        (shown.from[match.index] ?? 0) <= value.start &&
        value.end <= (shown.to[match.index + match[0].length - 1] ?? 0),
    )
    if (!inside) values.push(valueAt(shown, match.index, match.index + match[0].length, match[0]))
  }
  return values
}

/** Terms that name no number. */
const OPEN_TERMS =
  /\b(?:(?:for )?(?:as|so) long as (?:[^.,;]{3,60})|within (?:a |that |this )?(?:reasonable |such )?(?:time ?frame|time|period)(?: of time)?|(?:only )?as (?:long as )?(?:is )?necessary(?: to [^.,;]{3,60})?|(?:in|without) (?:a timely|undue) (?:manner|delay)|promptly|without delay|as soon as (?:possible|practicable)|periodically|from time to time|occasionally|until (?:no longer )?[^.,;]{3,50}|for the duration of [^.,;]{3,60}|no longer than (?:is )?necessary|prior to [a-z ]{3,40}|in advance|before or at the time of collection)/gu

/** Ages: "under 13", "under the age of 18", "at least 16". */
export function findAges(shown: ShownText): SlotValue[] {
  const text = small(shown.text)
  const values: SlotValue[] = []
  for (const match of text.matchAll(
    /\b(?:under(?: the age of)?|younger than|at least|over|below(?: the age of)?|age of|aged?) (\d{1,2}|thirteen|sixteen|eighteen)\b(?! (?:days|users|runners|hours|months|people|customers|bit|char))/gu,
  )) {
    const age = { thirteen: '13', sixteen: '16', eighteen: '18' }[match[1] ?? ''] ?? match[1] ?? ''
    values.push(valueAt(shown, match.index, match.index + match[0].length, match[0], age))
  }
  for (const match of text.matchAll(/\bequivalent minimum age\b/gu))
    values.push(valueAt(shown, match.index, match.index + match[0].length, match[0]))
  return values
}

const CONDITION =
  /(?:^|[,;(] ?|\b(?:and|but|or) )((?:if|when|whenever|where|once|in the event|in case|provided that|should you|upon|only if|only where|only when)\b[^.;]{3,240}?)(?=,|;|\.(?:\s|$)|$)/gu
const EXCEPTION =
  /\b((?:except|unless|other than|save (?:for|where)|apart from|excluding|but not|even if|only if|not overridden)\b[^.;)]{2,200}?)(?=,(?! or| and)|;|\)|\.(?:\s|$)|$)/gu

/** The clause under which a sentence holds. */
export function findConditions(shown: ShownText): SlotValue[] {
  return clauses(shown, CONDITION)
}

/** The clause that takes something out again: kept as such, because it turns the meaning. */
export function findExceptions(shown: ShownText): SlotValue[] {
  return clauses(shown, EXCEPTION)
}

function clauses(shown: ShownText, find: RegExp): SlotValue[] {
  const text = small(shown.text).slice(0, 3000)
  const values: SlotValue[] = []
  for (const match of text.matchAll(find)) {
    const words = match[1] ?? ''
    const start = match.index + match[0].indexOf(words)
    values.push(valueAt(shown, start, start + words.length, words.trim()))
  }
  return values.slice(0, 6)
}

/** Mail addresses, telephone numbers, links and postal addresses, as printed. */
export function findContacts(shown: ShownText): SlotValue[] {
  const values: SlotValue[] = []
  const add = (find: RegExp, term: (found: string) => string): void => {
    for (const match of shown.text.slice(0, 4000).matchAll(find)) {
      const words = match[0].replace(/[.,;)_*]+$/u, '')
      const start = match.index
      if (!values.some((value) => value.start <= (shown.from[start] ?? 0) && (shown.from[start] ?? 0) < value.end))
        values.push(valueAt(shown, start, start + words.length, words, term(words)))
    }
  }
  add(/[\p{L}\d.+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,4}/gu, (words) => `mailto:${words}`)
  add(/https?:\/\/[^\s<>")\]]{3,300}/gu, (words) => words)
  add(
    /(?<![\w.])\+?\(?\d{1,4}\)?[ .-]\(?\d{2,4}\)?[ .-]\d{2,4}(?:[ .-]?\d{2,5})?(?![\w])/gu,
    (words) => `tel:${words.replace(/[^\d+]/gu, '')}`,
  )
  add(
    /\b\d{1,5} [\p{Lu}][^.;:]{8,120}?\b(?:\d{5}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b(?:, [A-Z]{2,3})?/gu,
    (words) => words,
  )
  return values.slice(0, 12)
}

const FRAMEWORKS: readonly (readonly [string, string])[] = [
  [
    '(?:u\\.?s\\.?[- –]?(?:eu|swiss)?,? ?|eu[- –]u\\.?s\\.?,? |swiss[- –]u\\.?s\\.?,? |(?:european union and )?swiss )*safe harbou?r(?: (?:framework|principles|privacy principles|privacy statements|certifications?|program))?',
    'safe-harbor',
  ],
  ['(?:(?:eu|swiss)[- –]u\\.?s\\.? )?privacy shield(?: framework)?', 'privacy-shield'],
  ['(?:eu[- –]u\\.?s\\.? )?data privacy framework', 'data-privacy-framework'],
  ['(?:eu )?(?:standard contractual|model contract(?:ual)?|model) clauses', 'standard-contractual-clauses'],
  ['binding corporate rules', 'binding-corporate-rules'],
  ['adequacy decision', 'adequacy-decision'],
  ["truste(?:d)?(?:'s)?(?: privacy seal| program)?", 'truste'],
  ['iso(?:/iec)? ?27\\d{3}', 'iso-27001'],
  ['soc ?2', 'soc-2'],
  ['pci[- ]?dss', 'pci-dss'],
]
const compiledFrameworks = new Map<string, RegExp>()
const compiledPlaces = new Map<string, RegExp>()

/** Frameworks, seals and clause sets that a sentence rests on. */
export function findFrameworks(shown: ShownText): SlotValue[] {
  return findWords(small(shown.text), FRAMEWORKS, compiledFrameworks).map((found) =>
    valueAt(shown, found.start, found.end, shown.text.slice(found.start, found.end), found.term),
  )
}

/** Countries and regions, ISO 3166-1 where there is one. */
export function findPlaces(shown: ShownText): SlotValue[] {
  return findWords(small(shown.text), placeWords, compiledPlaces).map((found) =>
    valueAt(
      shown,
      found.start,
      found.end,
      shown.text.slice(found.start, found.end),
      found.term === '' ? undefined : found.term,
    ),
  )
}
