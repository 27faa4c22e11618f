import type { ShownText } from '../shown.ts'
import type { Span } from './noun-phrase.ts'
import { AT_LARGE, purposeName } from './purpose-name.ts'
import { actsOn, purposeVerbs, purposeWords } from './purpose-words.ts'
import { type SlotValue, valueAt } from './slot.ts'
import { BOUNDARY_WORDS } from './words.ts'

/** The DPV purpose that words speak of, where they tell. */
export const purposeTerm = (words: string): string | undefined => PURPOSES.find(({ find }) => find.test(words))?.term

const PURPOSES = purposeWords.map(([fragment, term]) => ({ find: new RegExp(fragment, 'u'), term }))

/** Where a purpose is told: each expression ends just before its first word. */
const OPENINGS: readonly RegExp[] = [
  // used for billing; need it for the performance of a contract; vendors for storage, network services
  /\b(?:used?|uses|using|processed|process|needed|required|stored|serves?|necessary|collected|(?:use[ds]?|processed) \p{L}+ly|(?:information|data|cookies|them|it|these|technologies)(?: only| solely| exclusively| primarily| mainly)?|vendors|providers|contractors|companies|partners|services?|tools?|only|solely|exclusively|primarily|mainly),? for (?:the (?:sole |following |purposes? of )?)?(?=\p{L}{3,})(?!(?:\p{L}+ ){0,3}(?:years?|months?|days?|weeks?|hours?)\b)(?!you\b|us\b|purposes?\b|this\b|that\b|which\b|as long|so long|any\b|(?:a|the|this|such) (?:period|time|duration|first|longer|purpose|minimum)|example|instance|children|more\b|further\b|additional\b|our (?:website|site|users|customers)|their own|the (?:content|privacy|practices|security|actions)|each\b|all\b|it\b|them\b)/gu,
  // use your feedback for staff training
  /\b(?:use|uses|using|process|processes) (?:(?!for\b)[\p{L}'-]+ ){1,5}for (?!(?:\p{L}+ ){0,3}(?:years?|months?|days?|weeks?|hours?|purposes?)\b)(?!you\b|us\b|them\b|as long|so long|any\b|example|instance|the (?:following|content|same)|a (?:period|time|while))(?=\p{L}{3})/gu,
  // for marketing purposes; for the purpose of answering
  /\bfor (?:the )?(?:(?:sole|following|limited|specific|express) )?purposes? of /gu,
  /\bfor (?:(?:our|their|its|the|these|such|other|any|various|certain|similar|the following) )*(?=(?:(?!for\b|the\b|these\b|such\b|other\b|any\b)[\p{L}-]+(?:,(?: and| or)?| and| or)? ){1,6}purposes\b)/gu,
  /\b(?:following|these|such|other|limited|business|several|various) purposes?: /gu,
  // to assist us in hosting, billing
  /\b(?:assist|help|support)(?:s|ing)? (?:us|them|the company) (?:in|with|by) /gu,
  // functions on our behalf, such as delivering packages
  /\b(?:functions|services|tasks|activities|behalf|purposes),? (?:such as|including|like|for example|e\.g\.,?) (?=\p{L}+ing\b|storage|hosting|billing|payment|customer)/gu,
  // used in analysing trends
  /\bused? (?:in|when|while) (?=\p{L}+ing\b)/gu,
  // so that we can improve; which lets us see
  /\b(?:so (?:that )?(?:we|you|they|it|he|she) (?:can|may)|helps? us(?: to)?|(?:allow|enable|let|permit)s?(?:ing)? us(?: to)?|help(?:s|ing)? you(?: to)?) (?=\p{L}+)/gu,
  // we rely on legitimate interests when we check each login; a legitimate interest in direct marketing
  /\blegitimate (?:business )?interests? (?:when|where|if|in order to|to) (?:we )?(?=\p{L}{3,})|\blegitimate (?:business )?interests? in (?=\p{L}{4,})/gu,
  // Acme for hosting, Other for payments and Third for email
  /(?:,| and) [\p{L}\d.-]+ for (?=(?:payments?|email|hosting|support|analytics|billing|storage|customer|error|sending|messaging|monitoring|delivery|invoicing|chat|telephony|authentication)\b)/gu,
  // for a credit check
  /\bfor (?:an? )(?=(?:credit|identity|background|security|fraud|quality) (?:checks?|assessments?|controls?)\b)/gu,
  // a fee for copying; in connection with handling
  /\b(?:for|in connection with|when|while|by) (?=(?:handling|processing|copying|sending|providing|improving|developing|maintaining|managing|answering|delivering|operating|analy[sz]ing|personali[sz]ing|conducting|performing|communicating|responding|fulfilling|marketing|promoting|monitoring|administering)\b)(?<=\b(?:for|in connection with) )/gu,
]
const TO =
  /\bto (?:help (?:us |you )?(?:to )?|(?:allow|enable|help) us to |either |(?:better|further|more (?:easily|effectively)) |assist (?:us|them) (?:in|with) )?(\p{L}+)/gu
/** Words after which "to …" is what somebody may, must or wants to do. */
const GOVERNS_TO =
  /(?:\brequires? (?:\p{L}+ ){1,2}\p{L}+|\bright,?|\bask(?:ed|s)?(?: you| users)?|\brequest(?:ed|s)?(?: you)?|\b(?:wish|want|like|prefer|able|unable|ability|free|not|decline|declines|refuse|option|opportunity|opportunities|required|obliged|obligated|chooses?|chose|elect|decide|likely|agree[ds]?|consents?|continue|continues|try|attempt|fail|permitted|entitled|intended|designed|directed|subject|according|due|prior|relat(?:ed|ing)|addition|respect|regards?|access|available|applicable|similar|relevant|responsibility|duty|invited?|encouraged?|urged?|reserve|able|instructions?|how|limited|restricted|have|has|had|need|needs|needed(?= to be)|you|us|them|users|customers|visitors|anyone|individuals|authority|permission|failure|means|way|effort|efforts|care|happy|seek|seeks|strive|pleased|committed|expected|supposed|going|allowed|submitted|refer|back|up|come|given|applies|apply|respond|responding|regard|sent|directly|extent|parties?|companies|providers?|others|persons?|entities|acquirers?|individuals|recipients?|such|employees))\s$/u
const NEED = /\b(?:they|it|providers|vendors|who) needs? $/u
const AFTER_PARTY =
  /\b(?:third )?(?:parties|companies|providers?|vendors|contractors|others|individuals|partners|people)\s$/u
const EMPLOYS =
  /\b(?:use|uses|hire|hires|engage|engages|employ|employs|rely on|retain|contract with|work with|share|disclose|provide|contracts? with|partner with)\b/u

/** What a sentence says data is for: "to …", "for … purposes", "such as …ing"; an item may be a purpose as a whole, by its nouns where `nouns`. */
export function findPurposes(shown: ShownText, whole: string, item: boolean, nouns: boolean): SlotValue[] {
  // What a bracket gives as an example is no purpose of its own.
  const text = whole.replace(/\((?:e\.?g|for example)[^()]*\)/gu, (bracket) => ' '.repeat(bracket.length))
  const spans: Span[] = []
  const series = item ? wholeItem(text, nouns) : undefined
  if (series !== undefined) spans.push(series)
  for (const match of text.matchAll(TO)) {
    const verb = match[1] ?? ''
    const before = text.slice(Math.max(0, match.index - 30), match.index)
    if (
      /^(?:give|provide|tell|send|supply|furnish) us\b/u.test(text.slice(match.index + match[0].length - verb.length))
    )
      continue
    const acts = purposeVerbs.has(verb) || actsOn(text.slice(match.index + match[0].length))
    if ((!acts || BOUNDARY_WORDS.has(verb)) && !/assist/u.test(match[0])) continue
    const employed = AFTER_PARTY.test(before) && EMPLOYS.test(text.slice(0, match.index))
    if (GOVERNS_TO.test(before) && !employed && !/in order $/u.test(before) && !NEED.test(before)) continue
    const start = match.index + match[0].length - verb.length
    spans.push([start, phraseEnd(text, start)])
  }
  for (const opening of OPENINGS) {
    for (const match of text.matchAll(opening)) {
      const start = match.index + match[0].length
      spans.push([start, phraseEnd(text, start)])
    }
  }
  const values: SlotValue[] = []
  for (const [start, end] of merged(spans))
    for (const part of seriesParts(text, start, end)) pushPurpose(values, shown, text, part)
  const closer = values.filter((value) => !AT_LARGE.test(value.name))
  return closer.length > 0 ? closer : values
}

/** An item that is itself the purpose: "deliver the products", "(1) in order to comply with a law", "statistical analysis". */
function wholeItem(text: string, nouns: boolean): Span | undefined {
  const opening =
    /^(?:[-*•\s]+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s+)?(?:and |or )?(?:where |if (?:we|you) [a-z ]{3,40}(?:necessary|required) )?(?:in order )?(?:to |for )?(?:help )?/u.exec(
      text,
    )
  const start = opening?.[0].length ?? 0
  const rest = text.slice(start).replace(/ (?:to which|under which|which|that) [^,;]*$/u, '')
  if (
    !(nouns && /^the \p{L}+(?:,? (?:and|or) \p{L}+)? of\b/u.test(rest)) &&
    /^(?:we|you|they|it|if|when|where|as|the |our |your |with|this|that|because|or when|in |at |third part|necessary)\b/u.test(
      rest,
    )
  )
    return undefined
  const verb = /^[a-z]+/u.exec(rest)?.[0] ?? ''
  const short = nouns && rest.split(' ').length <= 10 && !/\b(?:is|are|will|may|can|must|has|have)\b/u.test(rest)
  return purposeVerbs.has(verb) || /ing$/u.test(verb) || short
    ? [start, text.replace(/[;.,]?\s*(?:and|or)?[;.,]?\s*$/u, '').length]
    : undefined
}

/** A purpose runs to the end of its clause. */
function phraseEnd(text: string, start: number): number {
  const rest = text.slice(start)
  const stop =
    /[.;:](?:\s|$)|\)|,? (?:and )?[\p{L}\d.-]+ for (?=(?:payments?|email|hosting|support|analytics|billing|storage|customer|error|sending|messaging|monitoring|delivery|invoicing|chat|telephony|authentication)\b)|,? such as (?=\p{L}+ing\b)|(?<=\bpurposes),? (?:to|in|we|by|or provided|without)\b|,? (?:unless|except|if|when|although|however|(?:after|in|upon|during|from) which|provided|but|you can|we will|we may|in accordance|because|by (?:considering|following|clicking|\p{L}+ing))\b| so (?:that )?(?:we|you)\b|,? or to (?:agents|third|our|other|any|those|the)\b|, (?:which|who|we|you|they|and (?:we|you|may|are|is|by|with|will|in (?:some|certain) cases)|your|our|this|as|subject)\b| or provided\b| (?:and|or) (?:we|you) (?:may|will|can|do)\b| (?:is|are|was|were) (?:not )?(?:used|based|being|required|necessary)\b/u.exec(
      rest,
    )
  const end = start + (stop === null ? rest.length : stop.index)
  // A list of purposes after a colon goes on over its semicolons.
  return stop !== null && rest.startsWith(';', stop.index) && /purposes?:\s$/u.test(text.slice(0, start))
    ? text.replace(/[.\s]+$/u, '').length
    : end
}

function merged(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((left, right) => left[0] - right[0] || right[1] - left[1])
  const kept: Span[] = []
  for (const span of sorted) if (!kept.some((other) => span[0] >= other[0] && span[0] < other[1])) kept.push(span)
  return kept
}

const DOING_NOUNS =
  /^(?:infrastructure|network|technical|storage|marketing|sales|billing|other|customer|statistical|analytics?|security|fraud|authentication|payment|product|editorial|research|advertising|support|maintenance|account|order|identity|legal|administration|delivery|shipping|communications?|personali[sz]ation|information)$/u

/** "improve X, to analyse Y and prevent Z": one part a verb, or one part a noun of a list of doings. */
function seriesParts(text: string, start: number, end: number): Span[] {
  const within = text.slice(start, end)
  const parts: Span[] = []
  let from = 0
  const verbs = (words: string): boolean =>
    words.split(/[,\s]+/u).every((word) => /^(?:|and|or|otherwise)$/u.test(word) || purposeVerbs.has(word))
  const doing = /^\p{L}+ing\b/u.test(within) || DOING_NOUNS.test(/^\p{L}+/u.exec(within)?.[0] ?? '')
  for (const match of within.matchAll(
    /(?:[,;]? (?:and|or|and\/or)| in order(?= to )|[,;])(?: also| otherwise| for)? (?:in order )?(?:to )?(?:help )?(?:us |you )?([\p{L}-]+)/gu,
  )) {
    const word = match[1] ?? ''
    const opens = /\bto\b|\bfor\b|;/u.test(match[0])
    const after = within.slice(match.index + match[0].length)
    const verb =
      (purposeVerbs.has(word) && (opens || beginsVerb(after))) ||
      (!BOUNDARY_WORDS.has(word) && !/[^s]s$/u.test(word) && /^ (?:your|our|their|its)\b/u.test(after))
    const left = within.slice(from, match.index)
    const joint = !opens && !/[,;]/u.test(match[0])
    if (!/ /u.test(left.trim()) && (verb || /ing$/u.test(word)) && joint) continue
    if (verbs(left) && !/\bto\b/u.test(match[0])) continue
    if (!verb && !/,.* for /u.test(match[0]) && /^\s+of\b/u.test(within.slice(match.index + match[0].length))) continue
    if (
      !verb &&
      !/, for /u.test(match[0]) &&
      !(doing && (/ing$/u.test(word) || DOING_NOUNS.test(word))) &&
      !/;/u.test(match[0])
    )
      continue
    parts.push([start + from, start + match.index])
    from = match.index + match[0].length - word.length
  }
  parts.push([start + from, end])
  return parts
}

/** After a verb stands what it is done to; after a noun, the end or another noun's "of". */
function beginsVerb(rest: string): boolean {
  if (/^ in \p{L}+ing\b/u.test(rest)) return true
  return (
    !/^(?:$|\s+(?:of|and|or|is|are|in|purposes?)\b|[,;])/u.test(rest) ||
    /^\s+(?:and|or) \p{L}+ (?:our|your|the|with|to)\b/u.test(rest)
  )
}

function pushPurpose(values: SlotValue[], shown: ShownText, text: string, [start, end]: Span): void {
  const phrase = text.slice(start, end)
  const name = purposeName(phrase)
  if (name === '' || values.length >= 40 || values.some((value) => value.name === name)) return
  const term = purposeTerm(phrase)
  values.push(valueAt(shown, start, end, name, term))
}
