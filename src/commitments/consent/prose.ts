import { formReader } from '../reader.ts'
import { addressesOf, common, type DraftOf, listed, type Statement, unconditional, wordsIn } from '../statement.ts'
import { consentForms } from './vocabulary.ts'

/** What a text takes for agreement, and is none. */
const claims = {
  use: /\b(?:by|your|continued?|continuing to|through) (?:\w+,? ){0,6}?(?:using|use|accessing|access|interacting|downloading|installing)\b|do not (?:access|use)/u,
  browsing: /\b(?:by|continued?|continuing to) (?:\w+,? ){0,4}?(?:visiting|browsing|visit|browse)\b/u,
  purchase: /\b(?:purchas|order|buy)(?:e|ing)?\b/u,
  residence: /\b(?:reside|residing|located|live|living) (?:in|outside)\b/u,
  submission: /\b(?:by|voluntarily) (?:\w+,? ){0,4}?(?:providing|submitting|giving|registering|supplying)\b/u,
  silence: /\b(?:deemed|do not object|unless you (?:object|tell))/u,
} as const
const acts = {
  tick: /\b(?:tick|check)(?:ing|ed)? (?:the |a |this )?(?:\w+ )?box/u,
  click: /\bclick/u,
  signature: /\bsign(?:ing|ed)? (?:the|a|this)\b|signature/u,
} as const
const ways = {
  link: /\bunsubscribe\b|\blink\b/u,
  account: /\b(?:account|profile|preferences?|settings?)\b/u,
  form: /\bform\b/u,
  mail: /\bemail|@|write to/u,
} as const

const draft: DraftOf = (statement) => {
  if (statement.label === 'opt-out') return withdrawal(statement)
  const given = wordsIn(statement.form, acts)
  const claimed = wordsIn(statement.form, claims)
  if (claimed.length === 0 && given.length > 0)
    return [
      {
        name: 'act',
        entry: {
          is: 'act',
          by: given,
          ...listed('for', statement.purposes),
          ...listed('data', statement.data),
          ...common(statement),
        },
      },
    ]
  // No consent is stored for it: what rests on it needs an act of its own.
  return [
    {
      name: claimed[0] === undefined ? 'claim' : `by-${claimed[0]}`,
      entry: { is: 'claim', counts: false, ...listed('by', claimed), ...unconditional(statement) },
    },
  ]
}

const withdrawal = (statement: Statement): ReturnType<DraftOf> => {
  if (!/withdraw|revok|consent/u.test(statement.form)) return { unbound: 'it says nothing of consent' }
  const by = wordsIn(statement.form, ways)
  return [
    {
      name: 'withdrawal',
      entry: {
        is: 'withdrawal',
        ...listed('by', by),
        ...listed('at', addressesOf(statement.contact)),
        ...listed('for', statement.purposes),
        ...unconditional(statement),
      },
    },
  ]
}

const free = { source: 'GDPR art. 7(3)' }

/** A sentence that claims or offers consent: a claim by mere use is drafted as none. */
export const consentReader = formReader(consentForms, draft, {
  by: {
    asks: 'by which act: tick, click, setting, signature, reply, link, mail, account, form, spoken?',
    source: 'GDPR art. 4(11), 7',
    verified: true,
  },
  'claim.by': {
    asks: 'what does the text take for consent: use, browsing, purchase, residence, submission, silence, ticked-before?',
    source: 'GDPR art. 4(11), recital 32',
    verified: true,
  },
  'withdrawal.by': { asks: 'how is it taken back, as easily as it was given: link, mail, account, form …?', ...free },
  withdraw: { asks: 'how is it taken back, as easily as it was given: link, mail, account, form …?', ...free },
  for: { asks: 'for which purposes, each with a consent of its own?', source: 'GDPR art. 6(1)(a), 7' },
})
