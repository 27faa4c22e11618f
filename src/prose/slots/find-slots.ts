import type { Label } from '../labels.ts'
import type { Understood } from '../read-meanings.ts'
import type { ShownText } from '../shown.ts'
import { dataWords, generalWords } from './data-words.ts'
import { findAges, findConditions, findContacts, findExceptions, findFrameworks, findPlaces, findTerms } from './find-circumstances.ts'
import { findPurposes } from './find-purposes.ts'
import { listedThings } from './listed-things.ts'
import { partyWords } from './party-words.ts'
import { findPersons, findTouchpoints } from './person-words.ts'
import { findWords, type SlotValue, type Slots, small, trimPhrase, valueAt } from './slot.ts'

const set = (labels: string): ReadonlySet<string> => new Set(labels.split(' '))
/** Labels whose sentences are about data, purposes or recipients; elsewhere such words are said in passing. */
const ABOUT_DATA = set('collection automatic-collection cookies-beacons use-purpose aggregate-data disclosure sale legal-disclosure processors contract transfer public-area sharing-controls social-features opt-out marketing access deletion correction restriction objection portability retention security payment children device-monitoring remote-wipe-control error-report install-notice do-not-track consent-statement breach')
const ABOUT_PURPOSES = set('collection automatic-collection cookies-beacons use-purpose aggregate-data disclosure legal-disclosure processors transfer sharing-controls social-features opt-out marketing mandatory-communication retention payment error-report install-notice device-monitoring security')
const ABOUT_RECIPIENTS = set('cookies-beacons aggregate-data disclosure sale legal-disclosure processors contract transfer framework public-area sharing-controls social-features third-party-links payment california portability recourse do-not-track objection mandatory-communication contact')
const LISTS_DATA = set('collection automatic-collection device-monitoring error-report install-notice payment cookies-beacons disclosure sharing-controls')
const general = new Map<string, RegExp>()
const compiledData = new Map<string, RegExp>()
const compiledParties = new Map<string, RegExp>()

/** What a document calls personal data most: the name for every general mention of it. */
export function generalName(text: string): string {
  const data = text.match(/personal\s+data/giu)?.length ?? 0
  return data > (text.match(/personal(?:ly identifiable)?\s+information/giu)?.length ?? 0) ? 'personal data' : 'personal information'
}

/** Fills the slots of a sentence; an item takes from its lead-in what it does not say itself, an anaphor from what it refers to. */
export function findSlots(understood: Understood, called: string, vendor: RegExp | undefined, leadIn: Slots | undefined, leadNumber: number | undefined, before: Slots | undefined): Slots {
  const { sentence, label, meaning } = understood
  const shown = sentence.shown
  const nothing: SlotValue[] = []
  if (meaning === undefined) return { data: nothing, purposes: nothing, recipients: nothing, persons: nothing, touchpoint: nothing, condition: nothing, exception: nothing, term: nothing, age: nothing, framework: nothing, contact: nothing, place: nothing }
  const item = sentence.leadIn !== undefined
  let data = ABOUT_DATA.has(label) ? findData(shown, label, called) : nothing
  const purposes = ABOUT_PURPOSES.has(label) ? findPurposes(shown, item && label !== 'collection') : nothing
  let recipients = ABOUT_RECIPIENTS.has(label) ? findRecipients(shown, label, vendor) : nothing
  const refers = meaning.features.has('refers-back')
  if (data.length === 0 && ABOUT_DATA.has(label)) data = inherit(item ? leadIn?.data : refers ? before?.data : undefined, item ? leadNumber : sentence.number - 1)
  else if (refers && before !== undefined && data.every((value) => value.name === called) && before.data.length > 0 && meaning.features.has('back-subject')) data = inherit(before.data, sentence.number - 1)
  if (recipients.length === 0 && ABOUT_RECIPIENTS.has(label) && refers && !item) recipients = inherit(before?.recipients, sentence.number - 1)
  return {
    data,
    purposes,
    recipients,
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

function inherit(values: readonly SlotValue[] | undefined, from: number | undefined): SlotValue[] {
  return (values ?? []).map((value) => (from === undefined || value.from !== undefined ? value : { ...value, from }))
}

function findData(shown: ShownText, label: Label, called: string): SlotValue[] {
  const text = small(shown.text)
  const values: SlotValue[] = []
  const free = (start: number, end: number): boolean => !values.some((value) => (shown.from[start] ?? 0) < value.end && value.start < (shown.to[end - 1] ?? 0))
  const listed = LISTS_DATA.has(label) ? listedThings(text) : []
  const words = findWords(text, dataWords, compiledData)
  for (const [start, end] of listed) {
    const term = words.find((word) => word.start >= start && word.end <= end)?.term
    const name = trimPhrase(text.slice(start, end))
    if (name.length > 2 && free(start, end)) values.push(valueAt(shown, start, end, name, term))
  }
  for (const word of words) if (free(word.start, word.end)) values.push(valueAt(shown, word.start, word.end, trimPhrase(text.slice(word.start, word.end)), word.term))
  if (values.length === 0) {
    const found = findWords(text, [[generalWords, 'dpv:PersonalData']], general)[0]
    if (found !== undefined) {
      const all = /\bany (?:information|data)\b/u.test(text.slice(found.start, found.end))
      values.push(valueAt(shown, found.start, found.end, all ? 'any information' : called, found.term))
    }
  }
  return values.slice(0, 40)
}

function findRecipients(shown: ShownText, label: Label, vendor: RegExp | undefined): SlotValue[] {
  const text = small(shown.text)
  const values = findWords(text, partyWords, compiledParties).map((found) => valueAt(shown, found.start, found.end, trimPhrase(text.slice(found.start, found.end)), found.term))
  for (const [start, end] of named(shown.text, vendor)) {
    const taken = values.some((value) => (shown.from[start] ?? 0) < value.end && value.start < (shown.to[end - 1] ?? 0))
    if (!taken) values.push(valueAt(shown, start, end, shown.text.slice(start, end), 'dpv:ThirdParty'))
  }
  if (label === 'transfer') {
    const places = findPlaces(shown)
    values.push(...places.filter((place) => !values.some((value) => value.start < place.end && place.start < value.end)))
  }
  return values.slice(0, 20)
}

const NO_NAMES =
  /^(?:we|our|us|you|your|the|this|these|those|if|when|where|for|in|to|by|as|and|or|but|at|a|an|all|any|such|however|please|also|third|other|privacy|policy|notice|terms|internet|website|site|ssl|tls|gdpr|california|eu|eea|u\.s|uk|united|states|european|safe|harbor|data|personal|information|cookies?|may|products?|services?|section|art|article|although|google analytics terms|while|under|some|no|not|each|it|they|because|personally|credit|profile|faq|ip|social)$/iu

/** Names of companies inside a sentence: capitalised words that are not the vendor's own and do not open the sentence. */
function named(text: string, vendor: RegExp | undefined): [number, number][] {
  const spans: [number, number][] = []
  for (const match of text.slice(0, 2000).matchAll(/(?<=(?:provided by|by|such as|like|including|called|named|to|with|from|use|on|vendors:|processors?:|,|or|and|our [a-z ]{3,40}) )(?:\p{Lu}[\p{L}\d&-]+|\d\p{Lu}[\p{L}\d]+)(?: \p{Lu}[\p{L}\d&-]+){0,3}(?:,? (?:Inc|Ltd|LLC|GmbH|plc)\b\.?)?/gu)) {
    const words = match[0].split(' ')
    if (words.every((word) => NO_NAMES.test(word)) || NO_NAMES.test(words[0] ?? '')) continue
    if (vendor !== undefined && new RegExp(vendor.source, 'u').test(match[0])) continue
    spans.push([match.index, match.index + match[0].length])
  }
  return spans.slice(0, 8)
}
