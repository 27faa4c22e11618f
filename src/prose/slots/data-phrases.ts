import type { Label } from '../labels.ts'
import type { ShownText } from '../shown.ts'
import { isDataHead, isPlace, isStrong, STRONG_HEADS, termOfHead } from './data-heads.ts'
import { dataName } from './data-name.ts'
import { LISTS_DATA, SPEAKS_AT_LARGE } from './labels-of-slots.ts'
import { isBare, namesThing, type ThingList } from './listed-things.ts'
import { headOf, phraseStart, singular } from './noun-phrase.ts'
import { type Found, type SlotValue, trimPhrase, valueAt } from './slot.ts'

const HEAD = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:${STRONG_HEADS})(?![\\p{L}\\p{N}-])(?! (?:the|your|which|how|what|all|collection|protection|processing|technolog\\p{L}+|cent(?:er|re)s?|subjects?|practices|security|retention|brokers?|controllers?) ?)`,
  'gu',
)

/** Labels under which a carrier is who receives data, not a detail of a device. */
const GIVES_AWAY: ReadonlySet<Label> = new Set<Label>(['disclosure', 'processors', 'contract', 'legal-disclosure'])

/** What the lists of a sentence name; a part of an unsure list must be a kind of data by its own words. */
export function listedData(
  shown: ShownText,
  text: string,
  label: Label,
  lists: readonly ThingList[],
  words: readonly Found[],
): SlotValue[] {
  const values: SlotValue[] = []
  for (const list of lists) {
    if (!list.sure && SPEAKS_AT_LARGE.has(label)) continue
    // Of what is collected, one known kind vouches for the others; so does "your".
    const vouched = LISTS_DATA.has(label) && list.parts.some(([start, end]) => vouches(text.slice(start, end)))
    for (const [start, end] of list.parts) {
      const part = text.slice(start, end)
      if (!namesThing(part) || isGeneral(part)) continue
      const head = singular(headOf(part))
      if (!list.sure && (!isBare(part) || isPlace(head))) continue
      const found = words.find((each) => each.start >= start && each.end <= end)
      // The word stands inside and is told about ("keep your password confidential"): the word alone is the name.
      const alone = list.parts.length === 1 || !LISTS_DATA.has(label)
      if (!list.sure && alone && found !== undefined && trimPhrase(part) !== text.slice(found.start, found.end))
        continue
      const known = found !== undefined || (list.sure ? isDataHead(head) : isStrong(part, head))
      if (!known && !vouched && !(list.sure && LISTS_DATA.has(label))) continue
      const whole =
        found !== undefined &&
        [trimPhrase(part), dataName(part)].includes(trimPhrase(text.slice(found.start, found.end)))
      const name = whole ? (found.name ?? dataName(part)) : dataName(part)
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

/** The listed things, then other words and phrases of the sentence that name a kind of data. */
export function namedData(
  shown: ShownText,
  text: string,
  label: Label,
  listed: readonly SlotValue[],
  spelled: readonly number[],
  words: readonly Found[],
): SlotValue[] {
  const values: SlotValue[] = [...listed]
  const isSpelled = (end: number): boolean => spelled.some((opens) => opens - end >= -1 && opens - end <= 3)
  for (const word of words.filter((each) => !isSpelled(each.end))) {
    // "host name" is no person's name: what stands before the word belongs to it.
    const start = word.term === 'pd:Name' ? phraseStart(text, word.start) : word.start
    if (word.term === 'pd:DeviceBased' && GIVES_AWAY.has(label)) continue
    const name = start === word.start ? word.name : undefined
    push(values, shown, start, word.end, name ?? dataName(text.slice(start, word.end)), word.term)
  }
  for (const match of text.slice(0, 3000).matchAll(HEAD)) {
    const start = phraseStart(text, match.index)
    const end = match.index + match[0].length
    const phrase = text.slice(start, end)
    if (start === match.index || isSpelled(end) || isGeneral(phrase) || TO_READ.test(phrase)) continue
    push(values, shown, start, end, dataName(phrase), termOfHead(singular(match[0])))
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

/** Information a reader may ask for, not data of a person. */
const TO_READ = /^(?:the )?(?:contact|more|further|additional) /u
/** Words that tell nothing of which data. */
const GENERAL: ReadonlySet<string> = new Set(
  (
    'and or other additional further more such certain any all some the your this that these those following same own individual relevant necessary required basic specific particular special new important true accurate ' +
    'personal personally private identifiable identifying identified self confidential non public sensitive collected standard inaccurate incorrect incomplete outdated type types kind kinds category categories pieces of different various ' +
    'related applicable requested provided submitted stored our their information data details records'
  ).split(' '),
)

/** "other personal information" says nothing of which. */
export function isGeneral(words: string): boolean {
  return words.split(/[^\p{L}\p{N}]+/u).every((word) => word === '' || GENERAL.has(word))
}

/** Adds a value unless its name or its place is taken. */
export function push(
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
