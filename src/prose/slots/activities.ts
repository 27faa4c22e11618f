import type { ShownText } from '../shown.ts'
import { type SlotValue, trimPhrase, valueAt } from './slot.ts'

const OCCASION =
  /\b(?:when(?:ever)?|if|unless|should|once|each time|as|by) (?:you|users|customers|visitors|they|someone|a (?:user|customer|visitor)) (?:choose to |decide to |wish to |want to |also |first )?([^.;:()]{4,240}?)(?=, (?:we|you|our|the|your|this|such|it|they|both|please|[\p{L}]+ (?:may|will|collects?|asks?|stores?))\b|, which|[.;:()]|$)/gu
const IN_ORDER =
  /^(?:in order )?to ((?:access|use|register|order|download|purchase|participate|sign|create|open|apply|obtain|receive|subscribe)\b[^.;:]{2,120}?), (?:you|we)\b/u

/** What people do when data is taken, by its noun: [verb phrase, name, DPV 2.3 term]; `$1` is what it is done to. */
const NAMED: readonly (readonly [RegExp, string, string])[] = [
  [
    /^regist(?:er|ering|ers)(?: (as (?:an? )?(?!an?\b|customer|user|member|visitor)[\p{L}-]+))?(?: .*)?$/u,
    'registration $1',
    'dpv:AccountManagement',
  ],
  [
    /^(?:create|open|set up|creating|opening) (?:an? |your )?(?:[\p{L}-]+ )?account.*$/u,
    'account creation',
    'dpv:AccountManagement',
  ],
  [/^(?:sign|log)(?:ging|ing)?[ -](?:in|on)\b.*$/u, 'sign-in', 'dpv:AccountManagement'],
  [/^sign(?:ing)?[ -]up(?: (?:for|to) (.*))?$/u, '$1 sign-up', 'dpv:AccountManagement'],
  [/^subscrib(?:e|ing)(?: to)? ?(.*)$/u, '$1 subscription', 'dpv:DirectMarketing'],
  [/^download(?:ing)? (.*)$/u, 'download of $1', 'dpv:ServiceProvision'],
  [/^order(?:ing)? (.*)$/u, '$1 order', 'dpv:CustomerOrderManagement'],
  [/^plac(?:e|ing) (?:an? )?(.*orders?).*$/u, '$1', 'dpv:CustomerOrderManagement'],
  [/^(?:purchase|buy|make (?:an? )?purchase|purchasing|buying)\b.*$/u, 'purchase', 'dpv:CustomerOrderManagement'],
  [/^request(?:ing)? (.*)$/u, 'request of $1', 'dpv:CustomerCare'],
  [/^appl(?:y|ying) for (.*)$/u, 'application for $1', 'dpv:ServiceProvision'],
  [
    /^(?:contact|call|write to|e-?mail)(?:ing)? (?:us|our [\p{L} ]{3,30}) for (?:help|support|assistance).*$/u,
    'support',
    'dpv:CustomerCare',
  ],
  [/^(?:contact|call|write to|e-?mail|communicate with)(?:ing)? us.*$/u, 'contact', 'dpv:CommunicationManagement'],
  [/^(?:participate|take part|participating|enter|enrol|enroll)(?: in| into)? (.*)$/u, '$1', 'dpv:ServiceProvision'],
  [/^(?:complete|fill (?:in|out)|answer|respond to|return) (.*)$/u, '$1', 'dpv:ServiceProvision'],
  [/^(?:attend|join|visit(?= (?:our|a) (?:booth|stand|event|office)))(?:ing)? (.*)$/u, '$1', 'dpv:ServiceProvision'],
  [
    /^(?:make|making) (?:an? )?(donation|reservation|booking|payment|enquiry|inquiry|complaint)s?.*$/u,
    '$1',
    'dpv:ServiceProvision',
  ],
]
const VERBS =
  /^(?:regist|creat|open|set up|sign|log in|log on|subscrib|download|order|plac|purchas|buy|make|making|request|appl|contact|call|write|e-?mail|communicat|participat|take part|enter|enrol|complet|fill|answer|respond|return|attend|join|visit)/u
const CLAUSE = /\b(?:is|are|was|has|have|may|will|can|use|uses|both|engage|otherwise|you|we)\b|(?:\S+ ){5}/u
/** Doings that are no occasion of their own. */
const NO_OCCASION = /^(?:us|we|it|this|other(?: activit(?:y|ies))?|our|site|website|services?|products?|.{0,2})$/u

/** What people do when their data is collected: "if you register, download software or order newsletters". */
export function findActivities(shown: ShownText, text: string): SlotValue[] {
  const values: SlotValue[] = []
  for (const found of [
    ...text.matchAll(OCCASION),
    ...[IN_ORDER.exec(text.trimStart())].filter((each) => each !== null),
  ]) {
    const words = found[1] ?? ''
    const start = text.indexOf(words, found.index)
    let verb: RegExp | undefined
    for (const [from, to] of parts(words)) {
      const part = words.slice(from, to)
      const goesOn = !VERBS.test(part)
      if (goesOn && CLAUSE.test(part)) continue
      const named = nameOf(part, goesOn ? verb : undefined)
      // "download software, upgrades": the second thing is downloaded too; "register, upgrades" says nothing.
      if (!goesOn)
        verb = NAMED.find(
          ([find, pattern]) => pattern.includes('$1') && !pattern.startsWith('reg') && find.test(part),
        )?.[0]
      else if (verb === undefined) continue
      if (named === undefined || values.some((value) => value.name === named.name) || values.length >= 8) continue
      values.push(valueAt(shown, start + from, start + to, named.name, named.term))
    }
  }
  return values
}

/** Verb phrases of a clause: cut at commas and at "or", "and". */
function parts(words: string): [number, number][] {
  const spans: [number, number][] = []
  let from = 0
  for (const cut of words.matchAll(/,? (?:or|and) (?:otherwise )?|, /gu)) {
    if (
      !VERBS.test(words.slice(cut.index + cut[0].length)) &&
      !/^[^,]{3,30}(?:,|$| or )/u.test(words.slice(cut.index + cut[0].length))
    )
      continue
    spans.push([from, cut.index])
    from = cut.index + cut[0].length
  }
  spans.push([from, words.length])
  return spans
}

function nameOf(part: string, verb: RegExp | undefined): { readonly name: string; readonly term: string } | undefined {
  const row = verb === undefined ? NAMED.find(([find]) => find.test(part)) : NAMED.find(([find]) => find === verb)
  if (row === undefined) return undefined
  const [find, pattern, term] = row
  const told = verb === undefined ? (find.exec(part)?.[1] ?? '') : part
  const object = trimPhrase(
    told
      .replace(/^as an? /u, 'as ')
      .replace(/ (?:from|on|through|via|using|with|at|of|in|by) (?:us|our|the|this|your)\b.*$/u, '')
      .replace(/ (?:that|which|you|we)\b.*$/u, '')
      .replace(/\b(?:our|your|a|an|the|free|one of)\s+/gu, '')
      .replace(pattern.startsWith('$1 ') ? /(?<=[^s])s$/u : /$^/u, ''),
  )
  if (pattern.includes('$1') && !pattern.startsWith('registration') && NO_OCCASION.test(object)) return undefined
  const name = pattern.replace('$1', object).replace(/\s+/gu, ' ').trim()
  return { name, term }
}
