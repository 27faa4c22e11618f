import type { Label } from '../labels.ts'
import type { Understood } from '../read-meanings.ts'
import type { ShownText } from '../shown.ts'
import { companyNames, servingCompany, spelledNames, wellKnownNames } from './company-names.ts'
import { findPlaces } from './find-circumstances.ts'
import { findImplied, inherit, type Surroundings } from './given.ts'
import { impliedRecipients } from './implied.ts'
import { KEEPS_RECIPIENTS, NAMES_COMPANIES } from './labels-of-slots.ts'
import { phraseStart, type Span } from './noun-phrase.ts'
import { deskWords, EMPTY_QUALITY, partyHeads, partyWords } from './party-words.ts'
import { type Found, findWords, type SlotValue, trimPhrase, valueAt } from './slot.ts'
import { BOUNDARY_WORDS } from './words.ts'

const compiled = new Map<string, RegExp>()
const compiledDesks = new Map<string, RegExp>()
const heads = partyHeads.map(([fragment, term, alone]) => ({
  term,
  alone,
  find: new RegExp(`(?<![\\p{L}\\p{N}@-])(?:${fragment})(?![\\p{L}\\p{N}@-])`, 'gu'),
}))

/** Labels that speak of others in passing: only those who are given something count. */
const ONLY_GIVEN: ReadonlySet<Label> = new Set<Label>([
  'use-purpose',
  'automatic-collection',
  'device-monitoring',
  'consent-statement',
])
const GIVES = /\b(?:shar|disclos|provid|transfer|pass|sell|transmit|releas|send|sent|forward|available)\p{L}*\b/u

/** Who else receives or sees data, or whom a reader may turn to. */
export function findRecipients(understood: Understood, text: string, around: Surroundings): SlotValue[] {
  const { sentence, label, meaning } = understood
  const shown = sentence.shown
  if (label === 'california') return findImplied(shown, text, label, impliedRecipients)
  if (label === 'contact') return desks(shown, text)
  const values: SlotValue[] = []
  const add = (found: SlotValue): void => {
    const full = around.fullNames.get(found.name)
    const value = full === undefined ? found : { ...found, name: full }
    const same = values.some(
      (other) => plural(other.name) === plural(value.name) || (value.start < other.end && other.start < value.end),
    )
    if (!same) values.push(value)
  }
  if (label === 'transfer' || (label === 'consent-statement' && /transfer/u.test(text))) {
    for (const value of destinations(shown, text)) add(value)
  } else {
    const all = parties(text)
    for (const [start, end] of namesOf(label, shown.text, around.vendor).filter(
      ([start]) => start >= sentence.runIn && !all.some((each) => each.start < start && start < each.end),
    ))
      add(valueAt(shown, start, end, shown.text.slice(start, end), 'dpv:ThirdParty'))
    const names = values.map(({ words }): Span => {
      const at = shown.text.indexOf(words)
      return [at, at + words.length]
    })
    for (const found of partiesOf(label, text, all, values.length > 0 ? shown.text : undefined).filter(
      (each) => !isRoleOf(each, names, shown.text),
    ))
      add(valueAt(shown, found.start, found.end, partyName(shown.text, found, around.vendor), found.term))
  }
  const before = around.before?.slots.recipients ?? []
  if (meaning?.features.has('refers-back') === true && before.length > 0 && values.length <= 1) {
    const only = (values[0]?.name ?? '').replace(/s$/u, '')
    const fuller = before.filter((value) => value.name.includes(only))
    if (
      (meaning.features.has('back-subject') || label === 'contract') &&
      fuller.length > 0 &&
      !KEEPS_RECIPIENTS.has(label)
    )
      return fuller.map((value) => ({ ...value, from: value.from ?? around.before?.number ?? 0 }))
    if (values.length === 0 && (!KEEPS_RECIPIENTS.has(label) || BACK_TO_PARTIES.test(text)))
      return inherit(around.before, 'recipients')
  }
  if (values.length === 0) for (const value of findImplied(shown, text, label, impliedRecipients)) add(value)
  if (values.length === 0 && sentence.leadIn !== undefined && label === 'disclosure')
    return inherit(around.leadIn, 'recipients')
  return values.slice(0, 20)
}

/** Names of companies, where sentences of this label give them. */
function namesOf(label: Label, text: string, vendor: RegExp | undefined): Span[] {
  if (label === 'recourse' || label === 'framework') return spelledNames(text, vendor)
  const serving = SERVED.has(label) ? servingCompany(text, vendor) : undefined
  const others = NAMES_COMPANIES.has(label) ? [...companyNames(text, vendor), ...wellKnownNames(text)] : []
  if (serving === undefined) return others
  return [serving, ...others.filter(([start, end]) => end <= serving[0] || serving[1] <= start)]
}

/** Labels under which a company that does part of the work receives data. */
const SERVED: ReadonlySet<Label> = new Set<Label>(['processors', 'disclosure', 'payment', 'transfer', 'contract'])

/** The parties of a text that a sentence of this label speaks of; `named`: its text as written, when companies stand there by name. */
function partiesOf(label: Label, text: string, all: readonly Found[], named: string | undefined): readonly Found[] {
  if (label === 'opt-out') return []
  if (label === 'framework') return all.filter((found) => found.term === 'dpv:NationalAuthority')
  if (label === 'recourse' && named !== undefined) return all.filter((found) => /Authority$/u.test(found.term))
  if (label === 'scope' && !/\bnot\b/u.test(text)) return []
  if (label === 'public-area' && !SEEN.test(text)) return []
  const given = ONLY_GIVEN.has(label) ? text.search(GIVES) : 0
  const told = all.filter(
    (found) =>
      given >= 0 &&
      found.start >= given &&
      !/\b(?:on|across|from|to|between) (?:our |this |your )?(?:web ?)?(?:sites?|websites?) and $|\b(?:on|across) $/u.test(
        text.slice(Math.max(0, found.start - 24), found.start),
      ) &&
      !(named !== undefined && NAMED_NEXT.test(named.slice(found.end, found.end + 50))),
  )
  const own = told.filter(
    (found) => !/\b(?:these|those|such|the|that) $/u.test(text.slice(Math.max(0, found.start - 6), found.start)),
  )
  return own.length > 0 && own.length < told.length && BACK.test(text) ? own : told
}

/** "our hosting provider Acme", "Acme, our host", "Acme as our host": the name tells who it is, the role adds nobody. */
function isRoleOf(role: Found, names: readonly Span[], written: string): boolean {
  return names.some(
    ([start, end]) =>
      (role.end <= start && /^,? $/u.test(written.slice(role.end, start))) ||
      (end <= role.start &&
        /^(?:,| \(|,? (?:which|who) is|,? as| is) ?(?:our|an?|the) (?:[\p{L}-]+ ){0,3}$|^ \(/u.test(
          written.slice(end, role.start),
        )),
  )
}

const BACK_TO_PARTIES =
  /\b(?:these|those|such) (?:companies|parties|providers|vendors|partners|organi[sz]ations|entities|firms)\b/u
/** The company itself follows: "our payment provider, Acme". */
const NAMED_NEXT = /^(?: \([^)]*\))?(?::|,? such as|,? including|,? like|,? called|,? namely|, \p{Lu}\p{L}+,)/u
const SEEN = /\b(?:read|access(?:ed)?|see|seen|viewed?|collected|displayed|visible|available|disclosed?)\b/u
const BACK = /^\W*(?:these|those|such) /u

/** Fixed names of parties, and noun phrases whose head is a company or office; the longest wins. */
function parties(text: string): Found[] {
  const body = text.slice(0, 3000)
  const found: Found[] = findWords(body, partyWords, compiled).slice()
  for (const { find, term, alone } of heads) {
    for (const match of body.matchAll(find)) {
      const end = match.index + match[0].length
      if (
        /^(?:['’]s? |[ /-](?:names?|numbers?|web ?sites?|sites?|polic\w+|software|services?|products?|information|data|address\w*|accounts?|programs?|networks?|agreements?|employees|pages?|apps?|applications?)\b)/u.test(
          body.slice(end, end + 16),
        )
      )
        continue
      const own = phraseStart(body, match.index)
      const start = own - (/\b(?:any )?(?:an)?other $/u.exec(body.slice(Math.max(0, own - 12), own))?.[0].length ?? 0)
      if (!alone && start === match.index && !match[0].startsWith('third')) continue
      if (/^partners?$/u.test(match[0]) && /^ with\b/u.test(body.slice(end))) continue
      if (/\b(?:isp|internet service)\b/u.test(body.slice(start, end + 6))) continue
      found.push({ start, end: bracketEnd(body, end), term })
    }
  }
  return [...longest(found), ...listedWith(body, found)].sort((one, other) => one.start - other.start)
}

/** Parts of one list with a party are parties: "your physician, laboratories and pharmacies". */
function listedWith(text: string, found: readonly Found[]): Found[] {
  const more: Found[] = []
  for (const { find, term } of heads)
    for (const match of text.matchAll(find)) {
      const [start, end] = [match.index, match.index + match[0].length]
      if ([...found, ...more].some((other) => start < other.end && other.start < end)) continue
      const near = [...found, ...more].some((other) =>
        /^(?:,| and| or|, and|, or)\s$/u.test(
          start > other.end ? text.slice(other.end, start) : text.slice(end, other.start),
        ),
      )
      if (near && /^(?:\s(?:and|or|who|that|to|for|in|involved)\b|[.,;)]|$)/u.test(text.slice(end)))
        more.push({ start, end, term })
    }
  return more
}

/** "a local partner (distributor or reseller)": what the bracket tells belongs to the name. */
function bracketEnd(text: string, end: number): number {
  const told = /^ \((?!e\.?g|see|free|http|the |“|")[\p{L} ,.-]{3,60}\)/u.exec(text.slice(end, end + 70))
  return end + (told?.[0].length ?? 0)
}

function longest(found: readonly Found[]): Found[] {
  const kept: Found[] = []
  for (const each of [...found].sort((one, other) => other.end - other.start - (one.end - one.start)))
    if (!kept.some((other) => each.start < other.end && other.start < each.end)) kept.push(each)
  return kept.sort((one, other) => one.start - other.start)
}

function partyName(shown: string, found: Found, vendor: RegExp | undefined): string {
  const said = shown.slice(found.start, found.end)
  if (found.term === 'dpv:NationalAuthority') return said
  const written = vendor === undefined ? said : said.replace(new RegExp(vendor.source, 'u'), '')
  if (/^the (?:general )?public$/iu.test(written)) return written.toLowerCase()
  return trimPhrase(written.toLowerCase())
    .replace(/^(.*) of (?:those |such |these |the )?third parties$/u, 'third-party $1')
    .replace(/^other (?=associated )/u, '')
    .replace(EMPTY_QUALITY, '')
    .replace(/third part(?:y|ies)(?= \p{L})/u, 'third-party')
    .replace(/^other (?=entities)/u, '')
    .replace(/under a common/u, 'under common')
    .replace(/^users you (?:choose|select)$/u, 'users chosen by the user')
    .replace(/ you (?:invite)$/u, ' invited by the user')
}

/** One and several of a party are the same recipient. */
function plural(name: string): string {
  return name
    .replace(/party$/u, 'parties')
    .replace(/company$/u, 'companies')
    .replace(/(?<=provider|vendor|partner|processor|contractor|agent|site)$/u, 's')
}

function desks(shown: ShownText, text: string): SlotValue[] {
  return findWords(text, deskWords, compiledDesks).map((found) =>
    valueAt(
      shown,
      found.start,
      found.end,
      shown.text.slice(found.start, found.end).replace(/^(?:our|the|a|your|contact|this|email|by) /iu, ''),
      found.term,
    ),
  )
}

/** Where data goes: places by name, and countries told by who has facilities there. */
function destinations(shown: ShownText, text: string): SlotValue[] {
  const values: SlotValue[] = []
  const hosts =
    /\b(?:any (?:other )?|other |those |the )?(?:countr(?:y|ies)|jurisdictions?) (?:in which|where) (.{3,120}?) (?:maintain|have|has|operate|are located|is located|do business|conduct)/u.exec(
      text,
    )
  const span: Span | undefined = hosts === null ? undefined : [hosts.index, hosts.index + hosts[0].length]
  if (hosts !== null && span !== undefined) {
    const who = hostsOf(hosts[1] ?? '')
    values.push(
      valueAt(shown, span[0], span[1], who === '' ? 'other countries' : `countries of ${who}`, 'dpv:ThirdCountry'),
    )
  }
  const goes = Math.max(0, text.search(/\b(?:transfer|stor|process|sent|send|access|host|locat|shar)\p{L}*\b/u))
  for (const place of findPlaces(shown)) {
    const at = shown.from.indexOf(place.start)
    if (at < goes || (span !== undefined && at >= span[0] && at < span[1])) continue
    const beyond = /\boutside (?:of )?(?:the )?$/u.test(text.slice(Math.max(0, at - 16), at))
    const name = /countr|jurisdiction|region/u.test(place.name)
      ? 'other countries'
      : beyond
        ? `countries outside ${place.name}`
        : place.name
    if (!values.some((value) => value.name === name)) values.push({ ...place, name })
  }
  const beyond = values.some((value) => value.name.startsWith('countries outside'))
  return beyond ? values.filter((value) => value.name !== 'other countries') : values
}

function hostsOf(words: string): string {
  const others = words
    .split(/,| or | and /u)
    .map((part) => trimPhrase(part))
    .filter(
      (part) =>
        part !== '' &&
        !BOUNDARY_WORDS.has(part) &&
        /^(?:affiliates|subsidiaries|agents|contractors|partners|providers|service providers|vendors|suppliers)$/u.test(
          part,
        ),
    )
  return ['the company', ...others].join(', ').replace(/, (?=[^,]+$)/u, ' or ')
}
