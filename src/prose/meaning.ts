import { acts } from './lexicon/acts.ts'
import { affairs } from './lexicon/affairs.ts'
import { circumstances } from './lexicon/circumstances.ts'
import { law } from './lexicon/law.ts'
import { parties } from './lexicon/parties.ts'
import { things } from './lexicon/things.ts'
import { topics } from './lexicon/topics.ts'
import { purposeVerbs } from './slots/purpose-words.ts'

export type Modality = 'does' | 'does not' | 'may' | 'will' | 'you may'
export type Actor = 'we' | 'you' | 'they' | 'data' | 'policy' | 'reader' | 'none'

/** What a sentence says, in features that rules can name: `share`, `share@m` (in the main clause), `actor:we`, `topic:security`. */
export interface Meaning {
  readonly form: string
  readonly main: string
  readonly actor: Actor
  readonly modality: Modality
  readonly features: ReadonlySet<string>
}

/** One expression for a list of phrases: each begins and ends a word; `^` phrases begin the sentence. */
function compile(phrases: readonly string[]): RegExp {
  const within = phrases.filter((phrase) => !phrase.startsWith('^'))
  const first = phrases.filter((phrase) => phrase.startsWith('^'))
  return new RegExp(
    [...first, ...(within.length > 0 ? [`(?<![\\w-])(?:${within.join('|')})(?!\\w)`] : [])].join('|'),
    'u',
  )
}

const lexicon = Object.entries({ ...acts, ...things, ...affairs, ...law, ...parties, ...circumstances }).map(
  ([name, phrases]) => ({
    name,
    find: compile(phrases),
  }),
)
const headings = Object.entries(topics).map(([name, phrases]) => ({
  name,
  find: new RegExp(`(?<![\\w])(?:${phrases.join('|')})`, 'u'),
}))

const BEGINNING =
  /^(?:(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s+|\((?:\d{1,2}|[a-z]|[ivx]{1,5})\)\s+)?(?:(?:however|also|in addition|additionally|further(?:more)?|moreover|finally|for example|for instance|in general|generally|similarly|therefore|consequently|accordingly|and|or|but|please note(?: that)?|note that|please be (?:aware|advised)(?: that)?|be advised that|in particular|in such (?:cases|instances)|currently|sometimes|occasionally|from time to time|in (?:some|certain|many|most) cases|if necessary|where (?:necessary|required|appropriate|applicable)|with your (?:consent|permission)|like (?:most|many) (?:websites|sites|companies|apps)|on request|upon request|instead|likewise|thus|otherwise|of course|we hereby|finally)\b,?\s*){0,3}/u
const PURPOSES =
  /(?:^|[\s(])to (?!you\b|us\b|the\b|our\b|your\b|any\b|an?\b|third\b|other\b|this\b|these\b|such\b|be\b|which\b|it\b|them\b|their\b|that\b)[a-z]{3,}/gu
const BARE_SUBJECT =
  /(?<=\S+ \S+) (?=(?:you (?:hereby |explicitly |expressly |also )?(?:consent|agree|acknowledge|accept|should|can|may|must|need|have to|will)|we (?:will|may|ask|collect|use|shall|do|cannot)|please)\b)/u
const SUBORDINATE =
  /^(?:if|when|whenever|while|where|wherever|once|unless|until|although|though|even|because|since|by|to|in order|as|for|with respect|with regard|except|other than|notwithstanding|in the event|in case|at|upon|after|before|during|under|should you|depending|in some|in certain|in addition to|on|from|within|through|subject to|without|regardless|given|given that|following|pursuant)\b/u
const SUBJECT =
  /,\s+(?:then\s+)?(?=(?:we|you|our|your|they|he or she|it|the|this|these|those|that|such|any|each|all|some|certain|please|write|contact|click|visit|send|email|call|sign in|no|users|customers|visitors|personal|information|data|parents|california|third|individuals|neither)\b)/u

/** Reads the meaning of one sentence from its normal form and the heading it stands under. */
export function readMeaning(form: string, section: string): Meaning {
  const main = mainClause(form)
  const features = new Set<string>()
  for (const concept of lexicon) {
    const inMain = main !== form && concept.find.test(main)
    if (!inMain && !concept.find.test(form)) continue
    features.add(concept.name)
    if (inMain || main === form) features.add(`${concept.name}@m`)
  }
  if (features.has('datum')) features.add('pd')
  if (features.has('datum@m')) features.add('pd@m')
  const place = section.toLowerCase()
  for (const topic of headings) if (topic.find.test(place)) features.add(`topic:${topic.name}`)
  const actor = whoActs(main, form)
  const modality = modalityOf(main, actor)
  features.add(`actor:${actor}`)
  features.add(`modality:${modality.replace(' ', '-')}`)
  if (/\?$/u.test(form)) features.add('question')
  if (form.split(' ').length <= 4) features.add('short')
  if (/:\W*$/u.test(form)) features.add('colon')
  if ((form.match(/[;:,] (?:and )?\w+ing\b/gu)?.length ?? 0) >= 3 || /for the following (?:\w+ )?purposes?/u.test(form))
    features.add('many-purposes')
  if (
    [...main.matchAll(/(?:\bto|,(?: and| or)?| and) ([a-z]+)\b/gu)].filter((match) => purposeVerbs.has(match[1] ?? ''))
      .length >= 3
  )
    features.add('many-purposes')
  if (/^(?:for (?:example|instance))/u.test(form)) features.add('elaborates')
  if (/^(?:such|this|these|those|the same|they|it)\b/u.test(main) && form.length - main.length < 30)
    features.add('back-subject')
  if ((main.match(PURPOSES)?.length ?? 0) >= 3) features.add('many-purposes')
  if (
    /^(?:\W*(?:and|or)\s)?(?:we|you|they|our|third|such|these|this|the|your|any|users?|people|individuals)\b.{0,160}?\b(?:may|will|is|are|have|has|can|must|do|does|use|uses|share|collect|expect|sign|provide|retain|keep)\b/u.test(
      form,
    )
  )
    features.add('own-clause')
  return { form, main, actor, modality, features }
}

/** The clause that carries the sentence: without opening words and without what stands before the comma of a condition. */
export function mainClause(form: string): string {
  // What stands in brackets explains; it does not state.
  let clause = form
    .replace(/(?<=\S )\((?:[^()]|\([^()]{0,80}\)){3,600}\)/gu, '')
    .replace(/\s{2,}/gu, ' ')
    .replace(/, (?:which|who|whose)\b[^,.;]{3,200}(?=[,.;]|$)/gu, '')
    .replace(BEGINNING, '')
  for (let round = 0; round < 2 && SUBORDINATE.test(clause); round += 1) {
    const at = earlier(SUBJECT.exec(clause.slice(0, 900)), BARE_SUBJECT.exec(clause.slice(0, 900)))
    if (at === null) break
    clause = clause.slice(at.index + at[0].length).replace(BEGINNING, '')
  }
  return clause
}

function earlier(one: RegExpExecArray | null, other: RegExpExecArray | null): RegExpExecArray | null {
  if (one === null || other === null) return one ?? other
  return other.index < one.index ? other : one
}

function whoActs(main: string, form: string): Actor {
  const start = main.replace(
    /^(?:neither|both|either|only|all|some|many|most|certain|each|any|every)\s+(?:of\s+)?/u,
    '',
  )
  if (
    /^(?:we|our (?:(?:web )?servers?|systems?|website|site|partners? and we|staff|employees|team|support|application|app|software|products?|services?|platform|store|shop|bank|privacy team|network|clinic|hospital|school|university|company|shops?|stores?|engineers|apps?))\b/u.test(
      start,
    )
  )
    return 'we'
  if (
    /^(?:you|users?|visitors?|customers?|members?|subscribers?|individuals?|data subjects?|california residents?|residents?|parents?|guests?|he or she|clients?|patients?|teachers?|students?|schools?|players?|passengers?|donors?|volunteers?|applicants?|candidates?|readers?|drivers?|tenants?|participants?|merchants?|sellers?|subscribers?|hosts?|consumers?|persons?|people)\b/u.test(
      start,
    )
  )
    return 'you'
  if (
    /^(?:please|be sure|make sure|always|never|do not|check|contact|visit|see|click|read|review|note|email|write|send|keep|choose|refer|consult|remember|think|consider|beware|avoid|change (?:the|your)|(?:delete|close|cancel) your (?:account|profile)|ask|go to|use (?:a|strong|the))\b/u.test(
      start,
    )
  )
    return 'reader'
  if (
    /^(?:this|the|our|such|these|it)?\s*(?:\w+\s)?(?:privacy policy|policy|statement|notice|terms|version|changes|section|document|page)\b/u.test(
      start,
    )
  )
    return 'policy'
  if (
    /^(?:they|these|those|such|third|the|google|other|our|a|an)?\s*(?:[\w-]+\s){0,2}(?:they|part(?:y|ies)|compan(?:y|ies)|providers?|suppliers?|vendors?|contractors?|partners?|entit(?:y|ies)|agents|affiliates|resellers|distributors|carriers|subprocessors?|processors?|advertisers?|recipients?|networks?|people|anyone|insurers?|hospitals?|physicians?|doctors?|laborator(?:y|ies)|pharmac(?:y|ies)|agenc(?:y|ies)|operators?|publishers?|banks?|universit(?:y|ies)|employers?|charities|hotels?|airlines?|cent(?:er|re)s|printers|authorit(?:y|ies))\b/u.test(
      start,
    )
  )
    return 'they'
  if (
    /^(?:[\w'/-]+\s){0,5}(?:information|data|cookies?|numbers?|addresses|content|technologies|records|logs?|passwords?|details|reports?|transactions?|files|messages|beacons|orders?|payments?)\b/u.test(
      start,
    )
  )
    return 'data'
  return /\bwe\b/u.test(form) ? 'we' : 'none'
}

function modalityOf(main: string, actor: Actor): Modality {
  const head = main.slice(0, 160)
  if (actor === 'you')
    return /\b(?:may|can|could|might|have (?:the|a) (?:\w+ )?(?:right|choice|option)|are able)\b/u.test(head)
      ? 'you may'
      : /\bwill\b/u.test(head)
        ? 'will'
        : 'does'
  if (
    /^(?:in this (?:context|case|respect),? )?no (?:\w+ ){0,3}(?:data|information|details|cookies?|records|e-?mails?|copies|logs)\b(?: of \w+)? (?:is|are|will be|has been|have been)\b/u.test(
      head,
    )
  )
    return 'does not'
  if (
    /\b(?:not|never|nor|no longer|cannot|neither)\b/u.test(head) &&
    !/\b(?:but|and) (?:not )?(?:are|is|may)\b/u.test(head.split(/\bnot\b/u)[0] ?? '')
  )
    return 'does not'
  if (/\b(?:may|might|could|reserves? the right|can)\b/u.test(head)) return 'may'
  if (/\b(?:will|shall|must|would)\b/u.test(head)) return 'will'
  return 'does'
}
