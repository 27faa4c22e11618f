import type { Label } from '../labels.ts'
import type { Understood } from '../read-meanings.ts'
import type { ShownText } from '../shown.ts'
import { isDataHead, isPlace, isStrong, STRONG_HEADS, termOfHead } from './data-heads.ts'
import { dataName } from './data-name.ts'
import { dataWords } from './data-words.ts'
import { generalMention, type Mention } from './general-data.ts'
import { findImplied, inherit, type Surroundings } from './given.ts'
import { impliedData } from './implied.ts'
import { ALWAYS_DATA, LISTS_DATA, SPEAKS_AT_LARGE } from './labels-of-slots.ts'
import { isBare, listedThings, namesThing, type ThingList } from './listed-things.ts'
import { headOf, phraseStart, singular } from './noun-phrase.ts'
import { ownedThings } from './owned-things.ts'
import { type Found, findWords, type SlotValue, trimPhrase, valueAt } from './slot.ts'

const compiled = new Map<string, RegExp>()
const HEAD = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:${STRONG_HEADS})(?![\\p{L}\\p{N}-])(?! (?:the|your|which|how|what|all|collection|protection|processing|technolog\\p{L}+|cent(?:er|re)s?|subjects?|practices|security|retention|brokers?|controllers?) ?)`,
  'gu',
)

/** Data a sentence speaks of: the kinds it names, else personal data at large, else what its lead-in or the act tells. */
export function findData(understood: Understood, text: string, around: Surroundings): SlotValue[] {
  const { sentence, label, meaning } = understood
  const shown = sentence.shown
  const features = meaning?.features ?? new Set<string>()
  const item = sentence.leadIn !== undefined
  const refers = features.has('refers-back')
  const mention = generalMention(text, label, features, around.called)
  const atLarge = mention === undefined ? [] : [asValue(shown, mention)]
  if (label === 'aggregate-data' && around.before?.label === 'aggregate-data' && refers && !features.has('aggregate')) {
    const before = inherit(around.before, 'data').filter((value) => value.term === 'dpv:NonPersonalData')
    const span = mention ?? { start: 0, end: Math.min(20, text.length) }
    return before.length > 0 ? before : [valueAt(shown, span.start, span.end, 'aggregated data', 'dpv:NonPersonalData')]
  }
  if (label === 'definition' || label === 'consent-statement' || (label === 'children' && atLarge.length === 0))
    return atLarge
  if (label === 'california') {
    const meant = findImplied(shown, text, label, impliedData)
    return meant.length > 0 ? meant : atLarge
  }
  const lists = listedThings(text, item && LISTS_DATA.has(label), LISTS_DATA.has(label))
  const listed = listedData(shown, text, label, lists)
  const spelled = listed.length === 0 ? [] : lists.filter((list) => list.sure).map((list) => list.opens)
  const back = refers && features.has('back-subject') ? around.before : undefined
  if (back !== undefined && back.slots.data.length > 0 && !LISTS_DATA.has(label) && listed.length === 0)
    if (wordsOf(shown, text, label, [], spelled).length === 0) return inherit(back, 'data')
  const specific =
    /password|card|biometric|health (?:data|information|records)/u.test(text) || features.has('aggregate')
  if (SPEAKS_AT_LARGE.has(label) && listed.length === 0 && atLarge.length > 0 && !specific) return atLarge
  if (MAIL.has(label)) {
    const meant = findImplied(shown, text, label, impliedData)
    if (meant.length > 0) return meant
  }
  if (
    (item && LISTS_DATA.has(label) && listed.length === 0) ||
    /\b(?:information|data) from (?:our )?(?:surveys|contests)/u.test(text)
  ) {
    const meant = findImplied(shown, text, label, impliedData)
    if (meant.length > 0) return meant
  }
  const named = wordsOf(shown, text, label, listed, spelled)
  if (named.length > 0) return named
  if (item && around.leadIn !== undefined && around.leadIn.slots.data.length > 0 && label !== 'collection')
    return inherit(around.leadIn, 'data')
  if (label === 'public-area' || (!SPEAKS_AT_LARGE.has(label) && label !== 'security')) {
    const meant = findImplied(shown, text, label, impliedData)
    if (meant.length > 0 && (atLarge.length === 0 || (item && label !== 'public-area'))) return meant
  }
  if (atLarge.length > 0) return atLarge
  if (item && around.leadIn !== undefined) return inherit(around.leadIn, 'data')
  if (refers && around.before !== undefined && around.before.slots.data.length > 0)
    return inherit(around.before, 'data')
  const owned = understood.disposition === 'not-a-promise' ? [] : ownedData(shown, text)
  if (owned.length > 0 || !ALWAYS_DATA.has(label)) return owned
  return [valueAt(shown, 0, Math.min(text.length, 1 + text.search(/\S\s|$/u)), around.called, 'dpv:PersonalData')]
}

/** What is named as a person's own, where nothing closer is told. */
function ownedData(shown: ShownText, text: string): SlotValue[] {
  const values: SlotValue[] = []
  for (const [start, end] of ownedThings(text)) {
    const words = text.slice(start, end)
    if (!isGeneral(words)) push(values, shown, start, end, dataName(words), termOfHead(singular(headOf(words))))
  }
  return values
}

/** Labels under which a carrier is who receives data, not a detail of a device. */
const GIVES_AWAY: ReadonlySet<Label> = new Set<Label>(['disclosure', 'processors', 'contract', 'legal-disclosure'])
const MAIL: ReadonlySet<Label> = new Set<Label>(['marketing', 'opt-out', 'mandatory-communication'])

function asValue(shown: ShownText, mention: Mention): SlotValue {
  return valueAt(shown, mention.start, mention.end, mention.name, 'dpv:PersonalData')
}

/** What the lists of a sentence name; a part of an unsure list must be a kind of data by its own words. */
function listedData(shown: ShownText, text: string, label: Label, lists: readonly ThingList[]): SlotValue[] {
  const values: SlotValue[] = []
  for (const list of lists) {
    if (!list.sure && SPEAKS_AT_LARGE.has(label)) continue
    // Of what is collected, one known kind vouches for the others; so does "your".
    const vouched = LISTS_DATA.has(label) && list.parts.some(([start, end]) => vouches(text.slice(start, end)))
    for (const [start, end] of list.parts) {
      const words = text.slice(start, end)
      if (!namesThing(words) || isGeneral(words)) continue
      if (!list.sure && (!isBare(words) || isPlace(singular(headOf(words))))) continue
      const found = wordIn(text, start, end)
      const head = singular(headOf(words))
      // The word stands inside and is told about ("keep your password confidential"): the word alone is the name.
      const alone = list.parts.length === 1 || !LISTS_DATA.has(label)
      if (!list.sure && alone && found !== undefined && trimPhrase(words) !== text.slice(found.start, found.end))
        continue
      const known = found !== undefined || (list.sure ? isDataHead(head) : isStrong(words, head))
      if (!known && !vouched && !(list.sure && LISTS_DATA.has(label))) continue
      const whole = found !== undefined && trimPhrase(words) === trimPhrase(text.slice(found.start, found.end))
      const name = whole ? (found.name ?? dataName(words)) : dataName(words)
      if (isGeneral(name) && !/ identifying data$/u.test(name)) continue
      push(values, shown, start, end, name, found?.term ?? termOfHead(head))
    }
  }
  return values
}

function vouches(words: string): boolean {
  if (isGeneral(words)) return false
  const head = singular(headOf(words))
  return !isPlace(head) && ((/^(?:your|the|their) /u.test(words) && isBare(words)) || isDataHead(head))
}

function wordIn(text: string, start: number, end: number): Found | undefined {
  return findWords(text.slice(start, end), dataWords, compiled)
    .map((found) => ({ ...found, start: found.start + start, end: found.end + start }))
    .at(0)
}

/** The listed things, then other words and phrases of the sentence that name a kind of data. */
function wordsOf(
  shown: ShownText,
  text: string,
  label: Label,
  listed: readonly SlotValue[],
  spelled: readonly number[],
): SlotValue[] {
  const values: SlotValue[] = [...listed]
  const isSpelled = (end: number): boolean => spelled.some((opens) => opens - end >= -1 && opens - end <= 3)
  for (const word of findWords(text, dataWords, compiled).filter((each) => !isSpelled(each.end))) {
    // "host name" is no person's name: what stands before the word belongs to it.
    const start = word.term === 'pd:Name' ? phraseStart(text, word.start) : word.start
    if (word.term === 'pd:DeviceBased' && GIVES_AWAY.has(label)) continue
    const name = start === word.start ? word.name : undefined
    push(values, shown, start, word.end, name ?? dataName(text.slice(start, word.end)), word.term)
  }
  for (const match of text.slice(0, 3000).matchAll(HEAD)) {
    const start = phraseStart(text, match.index)
    const end = match.index + match[0].length
    const words = text.slice(start, end)
    if (
      start === match.index ||
      isSpelled(end) ||
      isGeneral(words) ||
      /^(?:the )?(?:contact|more|further|additional) /u.test(words)
    )
      continue
    push(values, shown, start, end, dataName(words), termOfHead(singular(match[0])))
  }
  if (label === 'cookies-beacons' && values.length > 1 && /^(?:cookies|technologies)/u.test(text.replace(/^\W+/u, '')))
    return values.slice(0, 2)
  if (label === 'cookies-beacons') {
    const seen = /(?:google|web) analytics|matomo|piwik|hotjar|mixpanel/u.exec(text)
    if (seen !== null && values.every((value) => value.name === 'cookie'))
      push(
        values,
        shown,
        seen.index,
        seen.index + seen[0].length,
        'website usage data',
        'pd:ServiceConsumptionBehaviour',
      )
  }
  return values.slice(0, 40)
}

/** "other personal information" says nothing of which. */
function isGeneral(words: string): boolean {
  return /^(?:\W*(?:and|or|other|additional|further|more|such|certain|any|all|some|the|your|this|that|these|those|following|same|own|individual|relevant|necessary|required|basic|specific|particular|special|new|important|true|accurate|personal(?:ly)?|private|identifiable|identifying|identified|personally-identifiable|self-identifying|confidential|non-public|sensitive|collected|standard|inaccurate|incorrect|incomplete|outdated|types?|kinds?|categories|pieces|of|different|various|related|applicable|requested|provided|submitted|stored|our|their|information|data|details|records)\b\W*)+$/u.test(
    words,
  )
}

function push(
  values: SlotValue[],
  shown: ShownText,
  start: number,
  end: number,
  name: string,
  term: string | undefined,
): void {
  const from = shown.from[start] ?? 0
  const to = shown.to[end - 1] ?? from
  if (name.length < 3 || values.some((value) => value.name === name || (from < value.end && value.start < to))) return
  values.push(valueAt(shown, start, end, name, term))
}
