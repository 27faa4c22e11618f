import { purposeVerbs } from './purpose-words.ts'
import { trimPhrase } from './slot.ts'

/** Long enough for any purpose; what is longer tells circumstances. */
const LONGEST = 160

/** The name of a purpose: "improve our products" is "improving products"; whose and where are dropped. Empty when it names none. */
export function purposeName(words: string): string {
  const told = RENAMED.reduce(
    (text, [find, name]) => text.replace(find, name),
    trimPhrase(words.replace(/\s+/gu, ' ').replace(/ (?=[,;])/gu, '')),
  )
  const [verb = '', ...rest] = told.split(' ')
  let object = rest.join(' ')
  for (const [tail, kept] of TAILS) object = object.replace(tail, kept)
  object = definite(object).replace(/\s+/gu, ' ').trim()
  let name =
    `${doingOf(verb, object, /^ (?:your|our|their|its|the|an?|this|these|those)\b/u.test(told.slice(verb.length)))} ${object}`.trim()
  const joint = /^(\p{L}+ing),? (and|or|and\/or) (\p{L}+)\b/u.exec(name)
  if (joint !== null && purposeVerbs.has(joint[3] ?? ''))
    name = `${joint[1]} ${joint[2]} ${withIng(joint[3] ?? '')}${name.slice(joint[0].length)}`
  name = trimPhrase(
    name.replace(
      /(^|ing )(?:the|an?) (?=(?:(?!(?:for|of|with|to|in|on|from) )\p{L}+ ){0,2}(?:\p{L}+[a-rt-z]s(?!['’])|and|or)\b)/gu,
      '$1',
    ),
  ).slice(0, LONGEST)
  return NO_PURPOSE.test(name) ? '' : name
}

/** Acts that add nothing to what they are for, and turns with a shorter name. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/^(?:better|effectively|efficiently|further|properly|simply|continuously|only|also|either) /u, ''],
  [
    /^(?:provid(?:e|ing)|giv(?:e|ing)|supply|offer) (?:to )?(?:you|users|customers|them|the user|visitors) with (?:the |an? |more )?(?=\p{L})/u,
    '',
  ],
  [/^(\p{L}+) (?:the |your |those )?(.+?) (?:that )?you have (?:requested|ordered)(?: from us)?$/u, '$1 requested $2'],
  [/^shar(?:e|ing) with you /u, ''],
  [
    /^(?:perform|conduct|carry out|do|undertake)(?:ing)? (?=(?:[\p{L}-]+ )?(?:research|functions|statistical|analys[ei]s|surveys|studies|audits?|marketing|due diligence|credit))/u,
    '',
  ],
  [
    /^(?:(?:investigate|prevent|detect|address|identify|stop|mitigate),? (?:and |or )?)*tak(?:e|ing) (?:any )?actions? (?:regarding|against|on|concerning) /u,
    '',
  ],
  [
    /^(?:(?:investigate|prevent|detect|identify|stop|mitigate|combat),? (?:and |or )?)+(?:otherwise )?(?:address|prevent|investigate|stop|respond to|combat|mitigate) /u,
    '',
  ],
  [
    /^(?:(?:establish|protect|exercise|enforce|defend|defend against),? (?:and |or )?)+(?:our )?(?=legal (?:rights|claims))/u,
    '',
  ],
  [/^comply with (?:our |any |all )?(?=legal obligations)/u, ''],
  [/^resolve (?:any )?(?=disputes)/u, ''],
  [/^situations (?:that )?involv(?:e|ing) /u, ''],
  [
    /^communicat(?:e|ing) with (?:you|users|customers)(?: directly)?(?: by e-?mail.*? (?=about|regarding))? ?/u,
    'communication ',
  ],
  [
    /^(see|know|learn|understand) how (?:you|users|visitors|people|customers) (?:are using|use|interact with) (?:our|the) (\p{L}+)/u,
    '$1 how the $2 is used',
  ],
  [/^(?:allow|enable|permit)(?:ing)? (?:you|users) to /u, ''],
  [/^for /u, ''],
  [/^(.*(?:keeping|processing|billing|accounting|shipping|hosting)) purposes$/u, '$1'],
]

/** What a name leaves out after its object. */
const TAILS: readonly (readonly [RegExp, string])[] = [
  [
    /,? (?:such as|including|e\.g|by considering|by other|among other|as further|as otherwise|as described|in accordance|pursuant|as set forth|as part of|at any time|whenever|where applicable|as applicable|as appropriate|more efficiently|from time to time|without hindrance) ?.*$| \(?e\.?g.*$/u,
    '',
  ],
  [/ (?:offered|provided|available|sold) (?:by|from|through)\b.*$/u, ''],
  [/ (?:arising|resulting|entered into) .*$/u, ''],
  [/ (?:served|imposed|incumbent|binding) (?:on|upon) .*$| applicable to .*$/u, ''],
  [/ ?\((?:such as|including|as) .*$/u, ''],
  [/ (?:that |which )?(?:you|we) (?:have )?(?:request|order|purchas|ask)\p{L}*(?: from us)?$/u, ''],
  [
    / (?:that |which )?(?:you|we) (?:have )?(?:think|may|see|store|hold|believe|feel|consider|offer|provide|might|can|will).*$/u,
    '',
  ],
  [/ (?:that|which|who) .*$/u, ''],
  [
    /(?<=\p{L}{3,}) (?:of|on|in|with|through|within|via|from|at) (?:our|your|the|this|these) (?:web ?)?(?:products?|services?|sites?|apps?|applications?|platforms?|software|agreements?|polic(?:y|ies))(?:,? (?:and|or) (?:our |other )?\p{L}+(?: \p{L}+)?)?$/u,
    '',
  ],
  [/(?<=\p{L}{4,}) (?:with|from|to) (?:you|us)$/u, ''],
  [/\b(?:you|us|we|any|more|such)\s+/gu, ''],
  [/\s+(?:you|us|with|to|for|and|or)$/u, ''],
]

/** "our business" is "the business"; "our products and services" are "products and services". */
function definite(object: string): string {
  return object
    .replace(
      /\b(?:our|your|their|its|his or her)\s+((?:\p{L}+ )?\p{L}+)(?=$| (?:of|on|in|at|by|for|with|to|and improve)\b)/gu,
      (_, noun: string) =>
        /(?:[^s]s|services|\bidentity|privacy|security|support|advertising|marketing|traffic|consent)$/u.test(noun)
          ? noun
          : `the ${noun}`,
    )
    .replace(/\b(?:our|your|their|its)\s+/gu, '')
    .replace(/\b(?:with|of|to) an? (?=(?:law|court|legal|subpoena))/gu, (match) =>
      match.slice(0, -(match.endsWith('an ') ? 3 : 2)),
    )
}

/** A verb in -ing; other words stay. */
function doingOf(verb: string, object: string, acts: boolean): string {
  if (verb === 'use' && /^of /u.test(object)) return verb
  return (purposeVerbs.has(verb) || (acts && !/(?:ing|[^s]s)$/u.test(verb))) && !NOUNS.test(`${verb} ${object}`)
    ? withIng(verb)
    : verb
}

/** Verbs by spelling that are nouns by what follows. */
const NOUNS =
  /^(?:research\b|support(?:$| (?:services|requests|purposes|and))|service|account (?:management|creation|administration|maintenance)|market research|credit|work (?:orders|history)|record|quality|advance notices|order|purchase|test(?:s|ing)? purposes|contact forms|survey (?:invitations|purposes))/u

export function withIng(verb: string): string {
  if (
    /^(?:set|run|plan|ship|let|stop|log|scan|get|put|fulfil|enrol|cancel|control|refer|transfer|submit|permit)$/u.test(
      verb,
    )
  )
    return `${verb}${verb.at(-1) ?? ''}ing`
  if (/ie$/u.test(verb)) return `${verb.slice(0, -2)}ying`
  if (/[^eo]e$/u.test(verb)) return `${verb.slice(0, -1)}ing`
  return `${verb}ing`
}

/** Phrases that look like a purpose and name none. */
const NO_PURPOSE =
  /^(?:(?:the |another |other |any |those |these |such |new |same |various |following |all |our )*purposes?|.{0,3}|(?:other )?functions|others?|other (?:functions|purposes|reasons|services|things|similar purposes)|transferring .*|receiving .*|(?!(?:host|bill|market|advertis|account|report|shipp|troubleshoot|invoic|profil|test|train|debugg|benchmark|network|recruit|fundrais|onboard|mail|messag|print|process|log|backup|schedul|screen|underwrit|pric|plann)ing)\p{L}+ing|(?:doing|making|keeping|letting|allowing|enabling|helping|ensuring|providing|using|getting) ?(?:so|it|this|that)?|delivering cookies.*|(?:retaining|accessing|keeping) .{0,20}(?:information|data)|including|operating systems?(?: .*)?|following.*|according.*|regarding.*)$/u

/** Services for the company, told only at large: they count where nothing closer is told. */
export const AT_LARGE =
  /^(?:(?:collecting|gathering|obtaining|receiving) (?:information|data)\b.*|(?:(?:providing|performing) )?(?:limited |certain |various |other |specific )?(?:functions|services|tasks|work)(?: on (?:behalf|the behalf|company's behalf).*)?)$/u
