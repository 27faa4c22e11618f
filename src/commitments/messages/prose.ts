import { isMailTracking } from '../mail-tracking.ts'
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
  type Statement,
  unconditional,
  wordsIn,
} from '../statement.ts'
import { messagesForms } from './vocabulary.ts'

const channels = {
  email: /\bemail|newsletter|mailings?/u,
  post: /postal|\bby (?:post|mail|letter)\b|direct mail/u,
  phone: /\b(?:tele)?phone\b|\bcall/u,
  sms: /\bsms\b|text messages?|mobile devices?/u,
  push: /\bpush\b/u,
  'in-app': /in[- ]app/u,
} as const
const stops = {
  link: /unsubscribe|\blink\b|instructions? (?:\w+ ){0,6}(?:in|at|on)|click/u,
  mail: /@|\bemail(?:ing)? (?:us|to)|\bcontact(?:ing)? us|write to|by email/u,
  account: /\b(?:account|profile|preferences?|settings?)\b/u,
  form: /\bform\b/u,
  phone: /\bcall(?:ing)?\b|by (?:tele)?phone/u,
  post: /\bby (?:post|letter)\b/u,
} as const
const ways = { link: stops.link, mail: stops.mail, account: stops.account, form: stops.form } as const
const offers = {
  'third-parties': /(?:third part|partners?|other compan|advertisers?|sponsors?)/u,
  group: /affiliat|subsidiar|group compan/u,
} as const

const purposesOf = (statement: Statement, name: string, term: string): Pick<Drafted, 'declares'> & { for: string[] } =>
  statement.purposes.length > 0 && statement.label !== 'opt-out' && statement.label !== 'cookies-beacons'
    ? { for: [...statement.purposes] }
    : { for: [name], declares: { [name]: term } }

/** Which type of message a sentence is about: each one sent is of exactly one. */
const promotional = (form: string): 'newsletter' | 'survey' | 'marketing' => {
  if (/newsletter/u.test(form) && !/promot|marketing|offers/u.test(form)) return 'newsletter'
  return /\bsurveys?\b/u.test(form) && !/promot|marketing|mailings|offers/u.test(form) ? 'survey' : 'marketing'
}
const functional = (form: string): 'order' | 'security' | 'administrative' | 'service' => {
  if (/order|shipping|receipt|invoice/u.test(form)) return 'order'
  if (/security|breach|password/u.test(form)) return 'security'
  return /administrative|account|terms|policy/u.test(form) ? 'administrative' : 'service'
}

const marketing = (statement: Statement): Drafted => {
  const { form, features } = statement
  const is = promotional(form)
  const { for: purposes, declares } = purposesOf(statement, 'marketing', 'dpv:DirectMarketing')
  const asked =
    features.has('opt-in') || /\bif you (?:\w+ )?(?:agree|consent|subscribe|ask|opt-in|elect|request)/u.test(form)
  return {
    name: is,
    entry: {
      is,
      for: purposes,
      ...listed('data', statement.data),
      ...listed('channels', wordsIn(form, channels)),
      ...(asked ? { 'opt-in': true } : {}),
      ...listed('offers', wordsIn(form, offers)),
      ...common(statement),
    },
    ...(declares === undefined ? {} : { declares }),
  }
}

const stopping = (statement: Statement): Drafted => {
  const { form } = statement
  const is = promotional(form)
  const { for: purposes, declares } = purposesOf(statement, 'marketing', 'dpv:DirectMarketing')
  return {
    name: is,
    entry: {
      is,
      for: purposes,
      ...listed('channels', wordsIn(form, { email: channels.email })),
      ...listed('opt-out', wordsIn(`${form} ${statement.contact.length > 0 ? '@' : ''}`, stops)),
      ...listed('at', addressesOf(statement.contact)),
      ...kept('stops', durationOf(statement)),
      // A condition here would narrow the way out.
      ...unconditional(statement),
    },
    ...(declares === undefined ? {} : { declares }),
  }
}

const going = (statement: Statement): Drafted => {
  const is = functional(statement.form)
  const { for: purposes, declares } = purposesOf(statement, 'service-messages', 'dpv:CommunicationForCustomerCare')
  return {
    name: is,
    entry: {
      is,
      for: purposes,
      mandatory: true,
      ...listed('data', statement.data),
      ...listed('channels', wordsIn(statement.form, channels)),
      ...common(statement),
    },
    ...(declares === undefined ? {} : { declares }),
  }
}

/** A sentence on mail and other messages: marketing, what goes on regardless, and how to stop. */
const draft: DraftOf = (statement) => {
  if (statement.label === 'mandatory-communication') return [going(statement)]
  if (statement.label === 'marketing') {
    const barred = denies(statement) && statement.exception.length === 0 && !statement.features.has('opt-in')
    return barred
      ? { unbound: 'nothing of the kind is sent: what no entry declares is not sent' }
      : [marketing(statement)]
  }
  if (statement.label !== 'opt-out')
    return isMailTracking(statement) ? [tracked(statement)] : { unbound: 'it is about no message' }
  const { form } = statement
  const about = /email|mail|newsletter|message|communicat|marketing|promotion|offers|subscri|sms|texts|calls|contact/u
  if (!about.test(form) || statement.purposes.some((purpose) => /analytics|interest-based|ads/u.test(purpose)))
    // Neither a message nor anything a site stores: what was agreed to is taken back.
    return [
      {
        under: 'consent',
        name: 'withdrawal',
        entry: {
          is: 'withdrawal',
          ...listed('by', wordsIn(form, { setting: /settings?|turn(?:ed)? off|switch/u, ...ways })),
          ...listed('at', addressesOf(statement.contact)),
          ...unconditional(statement),
        },
      },
    ]
  return [stopping(statement)]
}

/** Opens and clicks are tracked for those who agreed, whoever the text says: the law allows no more. */
const tracked = (statement: Statement): Drafted => {
  const { for: purposes, declares } = purposesOf(statement, 'marketing', 'dpv:DirectMarketing')
  const is = promotional(statement.form)
  return {
    name: is,
    entry: {
      is,
      for: purposes,
      channels: ['email'],
      opens: denies(statement) ? 'never' : 'consent',
      ...(/click|link/u.test(statement.form) ? { clicks: denies(statement) ? 'never' : 'consent' } : {}),
      ...unconditional(statement),
    },
    ...(declares === undefined ? {} : { declares }),
  }
}

export const messagesReader = formReader(messagesForms, draft, {
  for: { asks: 'for which purposes is it sent?' },
  channels: { asks: 'how is it sent: email, post, phone, sms, push, in-app?', source: 'Directive 2002/58/EC art. 13' },
  'opt-in': {
    asks: 'is it sent only to those who asked for it?',
    proposes: 'true',
    source: 'Directive 2002/58/EC art. 13(1)',
  },
  'opt-out': {
    asks: 'how is it stopped: link, mail, account, form?',
    proposes: '[link, mail]',
    source: 'GDPR art. 21(2) and (3)',
  },
  mandatory: {
    asks: 'does it go on after an opt-out, and carry no promotion?',
    source: 'Directive 2002/58/EC art. 13',
  },
  most: { asks: 'how many at most, in which time?' },
  at: { asks: 'at which address or page is it stopped?' },
})
