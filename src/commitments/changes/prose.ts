import { formReader } from '../reader.ts'
import {
  addressesOf,
  common,
  type Drafted,
  type DraftOf,
  denies,
  durationOf,
  kept,
  listed,
  nameOf,
  namesOf,
  open,
  type Statement,
  unconditional,
  wordsIn,
} from '../statement.ts'
import { changesForms } from './vocabulary.ts'

const MONTHS = 'january february march april may june july august september october november december'.split(' ')

/** The day that a text states: 27 June 2006, June 27, 2006, 2006-06-27; of a month alone the first. */
const dayOf = (form: string): string | undefined => {
  const iso = /\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b/u.exec(form)
  if (iso !== null) return iso[0]
  const named =
    /\b(?:(\d{1,2})(?:st|nd|rd|th)?\.? )?(january|february|march|april|may|june|july|august|september|october|november|december)(?: (\d{1,2})(?:st|nd|rd|th)?)?,? ((?:19|20)\d\d)\b/u.exec(
      form,
    )
  if (named === null) return undefined
  const month = String(MONTHS.indexOf(named[2] ?? '') + 1).padStart(2, '0')
  return `${named[4]}-${month}-${(named[1] ?? named[3] ?? '1').padStart(2, '0')}`
}

const channels = {
  email: /\bemail/u,
  'home-page': /home ?page/u,
  'in-app': /in[- ]app|in the app|dashboard|(?:log|sign) ?in/u,
  post: /\bby (?:post|letter)\b|postal/u,
  site: /\b(?:website|site|web page|this page|post(?:ing|ed)?|prominent|publish)/u,
} as const
const subjects = {
  material: /\b(?:material|significant|substantial)/u,
  purpose: /(?:new|different|other) purposes?|how we (?:\w+ )?use/u,
  recipient: /new recipients?|whom we (?:share|disclose)/u,
} as const

const notice = (statement: Statement): Drafted => ({
  name: 'notice',
  entry: {
    is: 'notice',
    ...kept('lead', durationOf(statement)),
    ...listed('channels', wordsIn(statement.form, channels)),
    ...listed('what', wordsIn(statement.form, subjects)),
    ...unconditional(statement),
  },
})

const changed = (statement: Statement): Drafted => {
  const day = dayOf(statement.form)
  if (day !== undefined) return { name: 'version', entry: { is: 'version', date: day, ...unconditional(statement) } }
  if (/effective (?:as of|on|from|date)|last[ -]updated|top of this|date specified/u.test(statement.form))
    return { name: 'version', entry: { is: 'version', next: 'own-date', ...unconditional(statement) } }
  if (/(?:previous|prior|earlier|past) versions?|archive/u.test(statement.form))
    return { name: 'version', entry: { is: 'version', archive: 'all', ...unconditional(statement) } }
  // Posting alone reaches nobody: notice before effect is drafted unless a named person decided otherwise.
  if (statement.laxer.has('posting-suffices'))
    return {
      name: 'posting',
      entry: { is: 'posting', ...listed('at', addressesOf(statement.contact)), ...unconditional(statement) },
    }
  return notice(statement)
}

const usedOn = (statement: Statement): Drafted => ({
  under: 'consent',
  name: 'by-use',
  entry: { is: 'claim', counts: false, by: ['use'], source: [statement.source] },
})

/** The word that a sentence defines: in quotation marks, else its subject. */
const defined = (form: string): string | undefined =>
  /"([^"]{2,60}?)[,.]?"/u.exec(form)?.[1] ??
  /^(?:the term |a |an |the )?([^,.;:"]{2,40}?) (?:is|are|means?|refers? to|includes?) /u.exec(form)?.[1]

const scope = (statement: Statement): Drafted => {
  const { form } = statement
  if (/\bprevails?\b|precedence|supersedes?|take priority|more restrictive/u.test(form))
    return {
      name: 'precedence',
      entry: { is: 'precedence', floor: 'law', record: 'each-customer', ...common(statement) },
    }
  const places = namesOf([...statement.touchpoint, ...statement.place])
  if (denies(statement))
    return {
      name: 'scope',
      entry: {
        is: 'scope',
        excludes: open('what exactly does the policy leave out? Name sites, products, companies.'),
        ...unconditional(statement),
      },
    }
  return { name: 'scope', entry: { is: 'scope', ...listed('covers', places), ...unconditional(statement) } }
}

/** A sentence on versions, notice before effect, what the policy covers, and what its words mean. */
const draft: DraftOf = (statement) => {
  if (statement.label === 'change-notice') {
    // Going on to use a service agrees to nothing, least of all for data given before.
    const claimed = /continu(?:ed|ing)(?: to)? (?:use|using|access|visit)/u.test(statement.form)
    return [changed(statement), ...(claimed ? [usedOn(statement)] : [])]
  }
  if (statement.label !== 'definition') return [scope(statement)]
  const word = defined(statement.form)
  return [
    {
      name: nameOf(word === undefined ? 'definition' : `word ${word}`),
      entry: { is: 'definition', ...kept('of', word), ...unconditional(statement) },
    },
  ]
}

export const changesReader = formReader(changesForms, draft, {
  date: { asks: 'on which day does this version begin?', source: 'GDPR art. 5(2)' },
  lead: {
    asks: 'how long before a change takes effect are people told?',
    proposes: 'P30D',
    source: 'the law says before it begins: GDPR art. 13(3)',
  },
  channels: { asks: 'how are people told: site, home-page, email, in-app, post?', source: 'GDPR art. 13(3)' },
  at: { asks: 'on which page does the current version stand?' },
  most: { asks: 'how often at most?' },
  'goes-before': { asks: 'which terms go before this policy?', source: 'GDPR art. 12 to 22' },
  of: { asks: 'which word is defined?' },
  means: { asks: 'what does it stand for? In words of your own.' },
})
