import type { Label } from '../labels.ts'
import type { ShownText } from '../shown.ts'
import { findWords, type SlotValue, small, valueAt } from './slot.ts'

const PERSONS: readonly (readonly [string, string])[] = [
  ['visitors?|when you visit', 'dpv:Visitor'],
  ['(?:prospective |former )?customers?|when you (?:purchase|order)', 'dpv:Customer'],
  ['registered users?|end-?users?|users?|account holders?', 'dpv:User'],
  ['subscribers?|newsletter recipients?', 'dpv:Subscriber'],
  ['applicants?|candidates?', 'dpv:JobApplicant'],
  ['employees?|staff', 'dpv:Employee'],
  ['child(?:ren)?|minors?|persons under \\d+|anyone under [a-z ]*\\d+', 'dpv:Child'],
  ['parents?(?: or (?:legal )?guardians?)?|guardians?', 'dpv:ParentOfDataSubject'],
  ['california residents?|californians?', 'dpv:Citizen'],
  [
    '(?:individuals|persons|residents) (?:from|in) the (?:eea|eu|european economic area|european union)|reside in the (?:eea|european economic area)',
    'dpv:Citizen',
  ],
  ['administrators?', 'dpv:User'],
  ['device users?', 'dpv:User'],
]
const TOUCHPOINTS: readonly (readonly [string, string])[] = [
  ['web ?sites?|web ?pages?|sites?|home page', 'website'],
  ['cookies?', 'cookies'],
  ['(?:web )?beacons?|clear gifs?|pixels?(?: tags?)?', 'beacons'],
  ['google analytics|analytics', 'analytics'],
  ['advertis\\w+|ads', 'advertising'],
  ['social media|like button|pinterest button|facebook', 'social'],
  ['regist(?:er|ration)|sign(?:ing)? up|create an account|account', 'account'],
  ['downloads?|trials?|demonstrations?', 'download'],
  ['orders?|purchases?|checkout|payments?', 'order'],
  ['newsletters?|promotional e-?mails?|mailings', 'newsletter'],
  ['surveys?|questionnaires?', 'survey'],
  ['contests?|sweepstakes|prize draws?', 'contest'],
  ['forums?|message boards?|blogs?|commenting sections?|reviews', 'forum'],
  ['shared files|collaborat\\w+', 'collaboration'],
  ['third[- ]party applications?', 'connected-application'],
  ['support|help desk|contact us for help', 'support'],
  ['error reports?|crash reports?', 'error-report'],
  ['install(?:ed|ation)', 'installation'],
  ['devices?|phones?|tablets?', 'device'],
  ['conferences?|webinars?', 'event'],
  ['databases?', 'database'],
  ['acquired|merg(?:ed|er)|acquirer', 'merger'],
  ['links?', 'link'],
]
const compiledPersons = new Map<string, RegExp>()
const compiledTouchpoints = new Map<string, RegExp>()
const TOLD: Readonly<Partial<Record<Label, string>>> = {
  'public-area': 'forum poster',
  'opt-out': 'newsletter recipient',
  'automatic-collection': 'visitor',
  'cookies-beacons': 'visitor',
}

/** Whom a sentence is about: by the words it uses, else by what it speaks of; the words then are "you". */
export function findPersons(shown: ShownText, label: Label, features: ReadonlySet<string>): SlotValue[] {
  const text = small(shown.text)
  const values = findWords(text, PERSONS, compiledPersons).map((found) =>
    valueAt(shown, found.start, found.end, text.slice(found.start, found.end), found.term),
  )
  if (values.length > 0) return values.slice(0, 8)
  const you = /\b(?:you|your)\b/u.exec(text)
  if (you === null) return []
  const name = features.has('topic:california') ? 'California resident' : (TOLD[label] ?? 'customer')
  return [
    valueAt(shown, you.index, you.index + you[0].length, name, name === 'visitor' ? 'dpv:Visitor' : 'dpv:Customer'),
  ]
}

/** Where the vendor and the person meet: site, form, mail, device. */
export function findTouchpoints(shown: ShownText): SlotValue[] {
  const text = small(shown.text)
  const seen = new Set<string>()
  return findWords(text, TOUCHPOINTS, compiledTouchpoints)
    .filter((found) => !seen.has(found.term) && seen.add(found.term) !== undefined)
    .map((found) => valueAt(shown, found.start, found.end, text.slice(found.start, found.end), found.term))
    .slice(0, 6)
}
