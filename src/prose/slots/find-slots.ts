import type { Label } from '../labels.ts'
import type { Understood } from '../read-meanings.ts'
import type { ShownText } from '../shown.ts'
import { dataWords, generalWords } from './data-words.ts'
import {
  findAges,
  findConditions,
  findContacts,
  findExceptions,
  findFrameworks,
  findPlaces,
  findTerms,
} from './find-circumstances.ts'
import { findPurposes } from './find-purposes.ts'
import { type Implied, impliedData, impliedPurposes, impliedRecipients } from './implied.ts'
import { listedThings } from './listed-things.ts'
import { partyWords } from './party-words.ts'
import { findPersons, findTouchpoints } from './person-words.ts'
import { findWords, type Slots, type SlotValue, small, trimPhrase, valueAt } from './slot.ts'

const set = (labels: string): ReadonlySet<string> => new Set(labels.split(' '))
/** Labels whose sentences are about data, purposes or recipients; elsewhere such words are said in passing. */
const ABOUT_DATA = set(
  'collection automatic-collection cookies-beacons use-purpose aggregate-data disclosure sale legal-disclosure processors contract transfer framework public-area sharing-controls social-features opt-out marketing mandatory-communication access deletion correction restriction objection portability identity-verification retention security payment children device-monitoring remote-wipe-control error-report install-notice do-not-track consent-statement california',
)
const ABOUT_PURPOSES = set(
  'collection automatic-collection cookies-beacons use-purpose aggregate-data disclosure legal-disclosure processors transfer sharing-controls social-features opt-out marketing mandatory-communication retention payment error-report install-notice device-monitoring',
)
/** Labels whose purpose the act itself tells. */
const MEANT_FIRST = set('payment mandatory-communication collection')
const ABOUT_RECIPIENTS = set(
  'consent-statement cookies-beacons aggregate-data disclosure sale legal-disclosure processors contract transfer framework public-area sharing-controls social-features third-party-links payment portability recourse do-not-track opt-out contact mandatory-communication california',
)
/** Labels under which data is listed one by one; under the others it is mostly spoken of at large. */
const LISTS_DATA = set('collection automatic-collection device-monitoring error-report install-notice')
const AT_LARGE = set(
  'public-area correction deletion access use-purpose transfer legal-disclosure contract processors retention sale consent-statement restriction objection framework',
)
/** Labels under which companies are called by their names. */
const NAMES_COMPANIES = set('cookies-beacons disclosure processors payment recourse social-features')
/** Labels that speak of personal data even where no word for it stands. */
const ALWAYS_DATA = set('disclosure processors contract transfer retention legal-disclosure correction deletion')
const general = new Map<string, RegExp>()
const compiledData = new Map<string, RegExp>()
const compiledParties = new Map<string, RegExp>()
const compiledImplied = new Map<string, RegExp>()

const GENERAL_NAMES = [
  'personal information',
  'personal data',
  'personally identifiable information',
  'personal details',
] as const

/** What a document calls personal data most: the name for every general mention of it. */
export function generalName(text: string): string {
  const form = text.toLowerCase().replace(/\s+/gu, ' ')
  const counts = GENERAL_NAMES.map((name) => ({ name, times: form.split(name).length }))
  return counts.reduce((best, each) => (each.times > best.times ? each : best)).name
}

/** What the document and the sentences around it give to a sentence. */
export interface Surroundings {
  readonly called: string
  readonly vendor: RegExp | undefined
  readonly leadIn: { readonly number: number; readonly slots: Slots } | undefined
  readonly before: { readonly number: number; readonly slots: Slots; readonly label: Label } | undefined
}

export const emptySlots: Slots = {
  data: [],
  purposes: [],
  recipients: [],
  persons: [],
  touchpoint: [],
  condition: [],
  exception: [],
  term: [],
  age: [],
  framework: [],
  contact: [],
  place: [],
}

/** Fills the slots of a sentence; an item takes from its lead-in what it does not say itself, an anaphor from what it refers to. */
export function findSlots(understood: Understood, around: Surroundings): Slots {
  const { sentence, label, meaning, disposition } = understood
  if (meaning === undefined || (disposition === 'not-a-promise' && label === 'none'))
    return meaning === undefined ? emptySlots : { ...emptySlots, contact: findContacts(sentence.shown) }
  const shown = sentence.shown
  const text = small(shown.text)
  const idle = disposition === 'not-a-promise' && label === 'cookies-beacons'
  return {
    data: ABOUT_DATA.has(label) && !idle ? dataOf(understood, text, around) : [],
    purposes: idle ? [] : purposesOf(understood, text, around),
    recipients: ABOUT_RECIPIENTS.has(label) && !idle ? recipientsOf(understood, text, around) : [],
    persons: findPersons(shown, label, meaning.features),
    touchpoint: findTouchpoints(shown),
    condition: findConditions(shown),
    exception: findExceptions(shown),
    term: findTerms(shown),
    age: findAges(shown),
    framework: findFrameworks(shown),
    contact: findContacts(shown),
    place: findPlaces(shown),
  }
}

function inherit(
  from: { readonly number: number; readonly slots: Slots } | undefined,
  slot: 'data' | 'recipients' | 'purposes',
): SlotValue[] {
  return (from?.slots[slot] ?? []).map((value) =>
    value.from === undefined ? { ...value, from: from?.number ?? 0 } : value,
  )
}

function implied(shown: ShownText, text: string, label: Label, rows: readonly Implied[]): SlotValue[] {
  const values: SlotValue[] = []
  for (const [labels, fragment, name, term] of rows) {
    if (!labels.split(' ').includes(label)) continue
    const follows = name.startsWith('+')
    if (!follows && values.length > 0) continue
    const at = findWords(text, [[fragment, term]], compiledImplied)[0]
    if (at !== undefined) values.push(valueAt(shown, at.start, at.end, follows ? name.slice(1) : name, term))
  }
  return values
}

function dataOf(understood: Understood, text: string, around: Surroundings): SlotValue[] {
  const { sentence, label, meaning } = understood
  const shown = sentence.shown
  const features = meaning?.features ?? new Set<string>()
  const item = sentence.leadIn !== undefined
  const refers = features.has('refers-back')
  const large = findWords(text, [[generalWords, 'dpv:PersonalData']], general)[0]
  const atLarge =
    large === undefined
      ? []
      : [
          valueAt(
            shown,
            large.start,
            large.end,
            largeName(text.slice(large.start, large.end + 30), label, features, around.called),
            large.term,
          ),
        ]
  if (label === 'aggregate-data' && around.before?.label === 'aggregate-data' && refers && !features.has('aggregate')) {
    const before = inherit(around.before, 'data').filter((value) => value.term === 'dpv:NonPersonalData')
    const span = large ?? { start: 0, end: Math.min(20, text.length) }
    return before.length > 0 ? before : [valueAt(shown, span.start, span.end, 'aggregated data', 'dpv:NonPersonalData')]
  }
  if (label === 'california') return implied(shown, text, label, impliedData)
  if (
    refers &&
    features.has('back-subject') &&
    around.before !== undefined &&
    around.before.slots.data.length > 0 &&
    !LISTS_DATA.has(label) &&
    wordsOf(shown, text, label).length === 0
  )
    return inherit(around.before, 'data')
  const named =
    AT_LARGE.has(label) && atLarge.length > 0 && !features.has('aggregate') && !/password|card/u.test(text)
      ? atLarge
      : wordsOf(shown, text, label)
  if (named.length > 0) return named
  if (item && around.leadIn !== undefined && around.leadIn.slots.data.length > 0 && label !== 'collection')
    return inherit(around.leadIn, 'data')
  if (!AT_LARGE.has(label) && label !== 'security') {
    const meant = implied(shown, text, label, impliedData)
    if (
      meant.length > 0 &&
      (atLarge.length === 0 ||
        item ||
        label === 'marketing' ||
        label === 'opt-out' ||
        label === 'mandatory-communication')
    )
      return meant
  }
  if (atLarge.length > 0) return atLarge
  if (item && around.leadIn !== undefined) return inherit(around.leadIn, 'data')
  if (refers && around.before !== undefined && around.before.slots.data.length > 0)
    return inherit(around.before, 'data')
  if (!ALWAYS_DATA.has(label)) return []
  return [valueAt(shown, 0, Math.min(text.length, 1 + text.search(/\S\s|$/u)), around.called, 'dpv:PersonalData')]
}

function largeName(words: string, label: Label, features: ReadonlySet<string>, called: string): string {
  if (/^any (?:information|data)/u.test(words)) return 'any information collected or submitted'
  if (label === 'children' && !features.has('modality:does-not')) return `${called} of a child`
  if (label === 'public-area') return `${called} in posts`
  return GENERAL_NAMES.find((name) => words.includes(name)) ?? called
}

function wordsOf(shown: ShownText, text: string, label: Label): SlotValue[] {
  const values: SlotValue[] = []
  const free = (start: number, end: number): boolean =>
    !values.some((value) => (shown.from[start] ?? 0) < value.end && value.start < (shown.to[end - 1] ?? 0))
  const words = findWords(text, dataWords, compiledData)
  const add = (start: number, end: number, name: string, term: string | undefined): void => {
    if (name.length > 2 && free(start, end) && !values.some((value) => value.name === name))
      values.push(valueAt(shown, start, end, name, term))
  }
  if (LISTS_DATA.has(label)) {
    for (const [start, end] of listedThings(text)) {
      const word = words.find((each) => each.start >= start && each.end <= end)
      const whole = word !== undefined && end - start - (word.end - word.start) <= 10
      add(
        start,
        end,
        whole ? (word.name ?? trimPhrase(text.slice(start, end))) : trimPhrase(text.slice(start, end)),
        word?.term,
      )
    }
  }
  for (const word of words)
    add(word.start, word.end, word.name ?? trimPhrase(text.slice(word.start, word.end)), word.term)
  if (label === 'cookies-beacons' && values.length > 1 && /^(?:cookies|technologies)/u.test(text.replace(/^\W+/u, '')))
    return values.slice(0, 2)
  return values.slice(0, 40)
}

function purposesOf(understood: Understood, text: string, around: Surroundings): SlotValue[] {
  const { sentence, label } = understood
  const item = sentence.leadIn !== undefined
  const shown = sentence.shown
  const told = MEANT_FIRST.has(label) ? implied(shown, text, label, impliedPurposes) : []
  if (told.length > 0) return told
  const said = ABOUT_PURPOSES.has(label) && !(label === 'collection' && item) ? findPurposes(shown, item) : []
  if (sentence.opensList && said.length > 0 && /:\W*$/u.test(text))
    return said.filter((value) => value.end < (shown.to.at(-1) ?? 0) - 2)
  if (said.length > 0) return said
  if (label === 'security') return findPurposes(shown, false).filter((value) => /^prevent/u.test(value.name))
  const meant = implied(shown, text, label, impliedPurposes)
  return meant.length > 0
    ? meant
    : around.leadIn !== undefined && label === 'use-purpose' && around.leadIn.slots.purposes.length > 0
      ? inherit(around.leadIn, 'purposes')
      : []
}

function recipientsOf(understood: Understood, text: string, around: Surroundings): SlotValue[] {
  const { sentence, label, meaning } = understood
  const shown = sentence.shown
  const values: SlotValue[] = []
  const add = (value: SlotValue): void => {
    const same = values.some(
      (other) => other.name === value.name || (value.start < other.end && other.start < value.end),
    )
    if (!same) values.push(value)
  }
  if (label !== 'contact' && label !== 'framework' && label !== 'opt-out') {
    for (const [start, end] of NAMES_COMPANIES.has(label) ? named(shown.text, around.vendor) : [])
      add(valueAt(shown, start, end, shown.text.slice(start, end), 'dpv:ThirdParty'))
    for (const found of findWords(text, partyWords, compiledParties)) {
      add(
        valueAt(
          shown,
          found.start,
          found.end,
          trimPhrase(text.slice(found.start, found.end))
            .replace(/^third party(?= )/u, 'third-party')
            .replace(/^other (?=entities)/u, ''),
          found.term,
        ),
      )
    }
  } else if (label === 'contact') {
    for (const found of findWords(text, partyWords, compiledParties).filter((each) => each.term === 'dpv:Recipient'))
      add(
        valueAt(
          shown,
          found.start,
          found.end,
          shown.text.slice(found.start, found.end).replace(/^our /iu, ''),
          found.term,
        ),
      )
  }
  if (label === 'california') return implied(shown, text, label, impliedRecipients)
  if (label === 'transfer' || (label === 'consent-statement' && /transfer/u.test(text)))
    for (const place of findPlaces(shown)) add(place)
  const before = around.before?.slots.recipients ?? []
  if (meaning?.features.has('refers-back') === true && before.length > 0 && values.length <= 1) {
    const only = (values[0]?.name ?? '').replace(/s$/u, '')
    const fuller = before.filter((value) => value.name.includes(only))
    if ((meaning.features.has('back-subject') || label === 'contract') && fuller.length > 0)
      return fuller.map((value) => ({ ...value, from: value.from ?? around.before?.number ?? 0 }))
    if (values.length === 0 && !features(label)) return inherit(around.before, 'recipients')
  }
  if (values.length === 0) for (const value of implied(shown, text, label, impliedRecipients)) add(value)
  if (values.length === 0 && sentence.leadIn !== undefined && label === 'disclosure')
    return inherit(around.leadIn, 'recipients')
  return values.slice(0, 20)
}

/** Labels that take no recipient over from the sentence before. */
function features(label: Label): boolean {
  return (
    label === 'legal-disclosure' ||
    label === 'aggregate-data' ||
    label === 'california' ||
    label === 'cookies-beacons' ||
    label === 'opt-out'
  )
}

const NO_NAMES =
  /^(?:we|our|us|you|your|the|this|these|those|if|when|where|for|in|to|by|as|and|or|but|at|a|an|all|any|such|however|please|also|third|other|privacy|policy|notice|terms|internet|website|site|ssl|tls|gdpr|california|eu|eea|u\.s|uk|united|states|european|safe|harbor|data|personal|information|cookies?|may|products?|services?|section|art|article|although|google analytics terms|while|under|some|no|not|each|it|they|because|personally|credit|profile|faq|ip|social|company|code|civil|principles|google analytics|inc)$/iu

/** Names of companies inside a sentence: capitalised words that are not the vendor's own and do not open the sentence. */
function named(text: string, vendor: RegExp | undefined): [number, number][] {
  const spans: [number, number][] = []
  for (const match of text
    .slice(0, 2000)
    .matchAll(
      /(?<=(?:provided by|by|such as|like|including|called|named|to|with|from|use|on|vendors:|processors?:|,|or|and|our [a-z ]{3,40}) )(?:\p{Lu}[\p{L}\d&-]+|\d\p{Lu}[\p{L}\d]+)(?: \p{Lu}[\p{L}\d&-]+){0,3}(?:,? (?:Inc|Ltd|LLC|GmbH|plc)\b\.?)?/gu,
    )) {
    const words = match[0].split(' ')
    if (
      /\b(?:Analytics|Terms|Policy|Act|Code|Section)\b/u.test(match[0]) ||
      words.every((word) => NO_NAMES.test(word)) ||
      NO_NAMES.test(words[0] ?? '')
    )
      continue
    if (vendor !== undefined && new RegExp(vendor.source, 'u').test(match[0])) continue
    spans.push([match.index, match.index + match[0].length])
  }
  return spans.slice(0, 8)
}
