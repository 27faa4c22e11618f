import { declaredRecipients } from '../declared-recipients.ts'
import { isMailTracking } from '../mail-tracking.ts'
import { formReader } from '../reader.ts'
import {
  addressesOf,
  common,
  type DraftEntry,
  type Drafted,
  type DraftOf,
  denies,
  durationOf,
  kept,
  listed,
  namesOf,
  open,
  type Statement,
  unconditional,
} from '../statement.ts'
import { trackingForms } from './vocabulary.ts'

/** What a cookie is said not to do, besides not being there at all. */
const UNJOINED =
  /(?:not|never|nor) (?:\w+ ){0,3}(?:tell|identif|contain|link|associat|combin|reveal|hold|includ|store (?:any )?personal|know)/u
const NEEDED =
  /strictly necessary|essential|technically (?:required|necessary)|necessary (?:for|to)|required (?:for|to)|(?:signed|logged) in|session cookies?/u

const choice = { source: 'Directive 2002/58/EC art. 5(3)' }
const JOINED = /linked|associat|combin/u

const stored = (statement: Statement): DraftEntry => ({
  ...(denies(statement) && !UNJOINED.test(statement.form) ? { never: true } : {}),
  ...listed('data', statement.data),
  ...listed('for', statement.purposes),
  ...listed('to', namesOf(statement.recipients)),
  ...(JOINED.test(statement.form) && !denies(statement) ? { joined: 'registration' } : {}),
  ...(denies(statement) && UNJOINED.test(statement.form)
    ? { joined: statement.exception.length > 0 ? 'registration' : 'never' }
    : {}),
  wait: 'choice',
  ...(denies(statement) || JOINED.test(statement.form) ? unconditional(statement) : common(statement)),
})

const SESSION = /session cookies?|when you close|end of (?:your|the) session/u

const lifetime = (statement: Statement): string | undefined =>
  durationOf(statement) ?? (SESSION.test(statement.form) ? 'session' : undefined)

const signals = (statement: Statement): Drafted[] => {
  const gpc = /global privacy control|\bgpc\b/u.test(statement.form)
  const heeded = !denies(statement) && !/not (?:\w+ ){0,3}(?:respond|react|honou?r|recogni[sz]e)/u.test(statement.form)
  const binding = !heeded && /other (?:mechanisms|signals|similar)|mechanisms/u.test(statement.form)
  const rest = unconditional(statement)
  const own: Drafted = {
    name: gpc ? 'global-privacy-control' : 'do-not-track',
    entry: { is: 'signal', signals: [gpc ? 'gpc' : 'dnt'], answer: heeded || gpc ? 'obey' : 'ignore', ...rest },
  }
  // The sentence would ignore every signal; Global Privacy Control binds (11 CCR § 7025).
  return binding
    ? [own, { name: 'global-privacy-control', entry: { is: 'signal', signals: ['gpc'], answer: 'obey', ...rest } }]
    : [own]
}

/** A way to stop cookies, analytics or advertisements; messages are stopped elsewhere. */
const stops = (statement: Statement): ReturnType<DraftOf> => {
  if (!/cookie|analytics|\bads?\b|advertis|tracking|track you|recogni[sz]ing you/u.test(statement.form))
    return { unbound: 'it stops nothing that a site stores' }
  const browser = /browser/u.test(statement.form) && statement.contact.length === 0
  if (browser) return [refusal(statement)]
  return [
    {
      name: 'opt-out',
      entry: {
        is: 'opt-out',
        ...listed('at', addressesOf(statement.contact)),
        ...listed('to', namesOf(statement.recipients)),
        ...unconditional(statement),
      },
    },
    ...declaredRecipients(statement),
  ]
}

const refusal = (statement: Statement): Drafted => ({
  name: 'refusal',
  entry: { is: 'refusal', signals: ['cookies-off'], ...unconditional(statement) },
})

/** What is needed waits for nothing and says why; whatever else the sentence speaks of waits for a choice. */
const neededCookies = (statement: Statement): Drafted => ({
  name: 'needed-cookies',
  entry: {
    is: 'cookie',
    party: 'first',
    // "Session cookies …; others last 13 months": the term is the others'.
    ...kept('keep', SESSION.test(statement.form) ? 'session' : lifetime(statement)),
    ...listed('data', statement.data),
    ...listed('for', statement.purposes),
    wait: 'none',
    needed: open({ asks: 'why can the service asked for not do without it?', ...choice }),
    ...unconditional(statement),
  },
})

/** Storing or loading something, by the technique it names (Directive 2002/58/EC art. 5(3)): it waits for a choice. */
const technique = (statement: Statement): Drafted => {
  const { form } = statement
  const entry = stored(statement)
  const terms = statement.touchpoint.map((each) => each.term ?? '')
  const third = statement.recipients.length > 0 || /third part/u.test(form)
  const { keep: _keep, ...loaded } = { keep: undefined, ...entry }
  if (statement.label === 'social-features') return { name: 'social', entry: { is: 'tag', ...loaded, wait: 'click' } }
  if (terms.includes('beacons') && !/^cookies\b/u.test(form))
    return { name: 'beacons', entry: { is: 'beacon', party: third ? 'third' : 'first', ...loaded } }
  const named = terms.find((term) => term === 'analytics' || term === 'advertising')
  if (named !== undefined && third) return { name: named, entry: { is: 'tag', ...loaded } }
  const storage = /local storage|html5|flash cookies?|local shared objects?/u.test(form)
  const is = storage ? 'storage' : 'cookie'
  const name = third ? `third-party-${is}s` : `${is}s`
  return {
    name: entry.never === true ? `no-${is}s` : name,
    entry: { is, party: third ? 'third' : 'first', ...kept('keep', lifetime(statement)), ...entry },
  }
}

/** A sentence on cookies, beacons, analytics, social buttons and signals: one entry for each technique. */
const draft: DraftOf = (statement) => {
  if (
    statement.label === 'do-not-track' &&
    /signal|do[- ]not[- ]track|\bdnt\b|mechanism|\bgpc\b|privacy control|header/u.test(statement.form)
  )
    return signals(statement)
  if (statement.label === 'opt-out') return stops(statement)
  const { form } = statement
  if (isMailTracking(statement)) return { unbound: 'it is about mail' }
  if (/\blist of (?:\w+ ){0,4}cookies/u.test(form))
    return [
      {
        name: 'register',
        entry: { is: 'register', ...listed('at', addressesOf(statement.contact)), ...unconditional(statement) },
      },
    ]
  if (/cookies must be (?:enabled|accepted)|must (?:accept|enable|allow) cookies|without cookies/u.test(form))
    return [refusal(statement)]
  if (
    /\b(?:reject|refuse|disable|block|delete|control|turn off|decline|set your browser)\b/u.test(form) &&
    /browser|settings|reject|disable/u.test(form)
  )
    return [refusal(statement)]
  if (NEEDED.test(form) && !denies(statement)) {
    const more =
      (SESSION.test(form) && durationOf(statement) !== undefined) ||
      /consent|agree|choice|analytics|advertis|third part/u.test(form) ||
      statement.recipients.length > 0
    return [neededCookies(statement), ...(more ? [technique(statement), ...declaredRecipients(statement)] : [])]
  }
  return [technique(statement), ...declaredRecipients(statement)]
}

export const trackingReader = formReader(trackingForms, draft, {
  keep: { asks: 'how long does it live: session, or a duration?', ...choice },
  for: { asks: 'for which purposes?', ...choice },
  data: { asks: 'which data does it hold or send?', source: 'GDPR art. 5(1)(c)' },
  to: { asks: 'to whom, by name?', source: 'GDPR art. 13(1)(e)' },
  at: { asks: 'on which page?', ...choice },
  parts: { asks: 'which parts do not work without cookies?' },
  party: { asks: 'whose is it: first or third?' },
  signals: { asks: 'which signals: dnt, gpc, cookies-off, own-opt-out?' },
  answer: { asks: 'obey or ignore?', proposes: 'obey', source: '11 CCR § 7025', verified: true },
})
