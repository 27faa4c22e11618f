import type { Label } from '../labels.ts'
import type { Understood } from '../read-meanings.ts'
import type { ShownText } from '../shown.ts'
import { termOfHead } from './data-heads.ts'
import { dataName } from './data-name.ts'
import { isGeneral, listedData, namedData, push } from './data-phrases.ts'
import { dataWords } from './data-words.ts'
import { generalMention, type Mention } from './general-data.ts'
import { findImplied, inherit, type Surroundings } from './given.ts'
import { impliedData } from './implied.ts'
import { ALWAYS_DATA, LISTS_DATA, SPEAKS_AT_LARGE } from './labels-of-slots.ts'
import { listedThings } from './listed-things.ts'
import { headOf, singular } from './noun-phrase.ts'
import { ownedThings } from './owned-things.ts'
import { findWords, type SlotValue, valueAt } from './slot.ts'

const compiled = new Map<string, RegExp>()
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
  const words = findWords(text, dataWords, compiled)
  const lists = listedThings(text, item && LISTS_DATA.has(label), LISTS_DATA.has(label))
  const listed = listedData(shown, text, label, lists, words)
  const spelled = listed.length === 0 ? [] : lists.filter((list) => list.sure).map((list) => list.opens)
  const back = refers && features.has('back-subject') ? around.before : undefined
  if (back !== undefined && back.slots.data.length > 0 && !LISTS_DATA.has(label) && listed.length === 0)
    if (namedData(shown, text, label, [], spelled, words).length === 0) return inherit(back, 'data')
  const specific =
    /password|card|biometric|health (?:data|information|records)/u.test(text) || features.has('aggregate')
  if (SPEAKS_AT_LARGE.has(label) && listed.length === 0 && atLarge.length > 0 && !specific) return atLarge
  if (MAIL.has(label)) {
    const said = namedData(shown, text, label, listed, spelled, words).filter(({ words: own }) =>
      /address(?:es)?$|numbers?$/u.test(own),
    )
    const meant = said.length > 0 && /\buse\b/u.test(text) ? said : findImplied(shown, text, label, impliedData)
    if (meant.length > 0) return meant
  }
  if (
    (item && LISTS_DATA.has(label) && listed.length === 0) ||
    /\b(?:information|data) from (?:our )?(?:surveys|contests)/u.test(text)
  ) {
    const meant = findImplied(shown, text, label, impliedData)
    if (meant.length > 0) return meant
  }
  const named = namedData(shown, text, label, listed, spelled, words)
  if (named.length > 0) return named
  const ended = label === 'retention' ? endedThing(shown, text) : undefined
  if (ended !== undefined) return [ended]
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

const ENDED =
  /^\W*(?:all |any |the |our |your |such |these |those )*((?!data\b|information\b|personal\b|they\b|it\b|this\b|we\b|you\b)[\p{L}-]{3,}(?: [\p{L}-]+){0,2}?)(?: (?:of|from|about|on|in|by) [^,;.]{3,60}?)? (?:is|are|will be|shall be|may be) (?:\p{L}+ly )?(?:deleted|erased|kept|retained|stored|removed|destroyed|purged|archived|anonymi[sz]ed|shredded|overwritten|held)\b/u

/** What a sentence on a term says is kept or erased, where no listed word names it: "applications of people we did not hire are deleted". */
function endedThing(shown: ShownText, text: string): SlotValue | undefined {
  const words = ENDED.exec(text)?.[1]
  if (words === undefined || isGeneral(words) || BACKUP.test(words)) return undefined
  const start = text.indexOf(words)
  return valueAt(shown, start, start + words.length, dataName(words), termOfHead(singular(headOf(words))))
}

const BACKUP = /back-?ups?|copies|servers?|accounts?$/u

/** What is named as a person's own, where nothing closer is told. */
function ownedData(shown: ShownText, text: string): SlotValue[] {
  const values: SlotValue[] = []
  for (const [start, end] of ownedThings(text)) {
    const words = text.slice(start, end)
    if (!isGeneral(words)) push(values, shown, start, end, dataName(words), termOfHead(singular(headOf(words))))
  }
  return values
}

const MAIL: ReadonlySet<Label> = new Set<Label>(['marketing', 'opt-out', 'mandatory-communication'])

function asValue(shown: ShownText, mention: Mention): SlotValue {
  return valueAt(shown, mention.start, mention.end, mention.name, 'dpv:PersonalData')
}
