import { formReader } from '../reader.ts'
import {
  addressesOf,
  common,
  type DraftEntry,
  type Drafted,
  type DraftOf,
  durationOf,
  kept,
  listed,
  type Statement,
  unconditional,
  wordsIn,
} from '../statement.ts'
import { securityForms } from './vocabulary.ts'

/** Measures by the words that name them, in the order they are told. */
const measures = {
  'encryption-in-transit':
    /\b(?:ssl|tls|https)\b|secured? sockets?|transport layer|encrypt\w* (?:\w+ ){0,6}(?:transmi|transit|transfer|sen[dt]|over the internet)|(?:transmi\w+|transfer\w*|exchang\w+) (?:\w+ ){0,8}(?:encrypt|secur|industry-standard)|industry-standard technolog\w+ when transfer/u,
  'encryption-at-rest':
    /encrypt\w* (?:\w+ ){0,4}(?:at rest|stored|storage|database|disk)|stor\w+ (?:\w+ ){0,4}encrypted|(?:laptops?|devices?|disks?|drives?|databases?|backups?) (?:\w+ ){0,2}encrypted/u,
  passwords:
    /\b(?:hash|salt)(?:ed|es|ing)?\b|password protection|passwords? (?:is|are) (?:\w+ )?(?:stored|kept|protected|encrypted)/u,
  'secret-answers': /secret (?:questions?|answers?)|security questions?/u,
  accounts:
    /two-factor|multi-factor|(?:unique|individual|own) (?:user ?id|user ?name|user|account|login)|not shar(?:e|ed) (?:\w+ )?(?:accounts?|logins?)|authenticat/u,
  'access-control':
    /access (?:to|is|controls?|restrict\w*|limited)|restrict\w* access|internal restrictions|need[- ]to[- ]know|only (?:authori[sz]ed|those) (?:\w+ )?(?:employees|staff|persons?|personnel|people)|limited (?:number|access)/u,
  firewall: /\bfirewalls?\b|intrusion/u,
  monitoring: /\bmonitor/u,
  physical: /\bphysical|locked|controlled environment|data cent(?:er|re)/u,
  backup: /\bback-?ups?\b/u,
  testing: /penetration test|vulnerabilit|security (?:tests?|audits?)|audited/u,
  training: /\btrain(?:ed|ing)\b/u,
} as const

const risks = {
  loss: /\bloss\b|\blost\b/u,
  misuse: /\bmisus/u,
  access: /unauthori[sz]ed (?:\w+,? (?:or )?){0,2}access|\baccess\b.{0,40}unauthori[sz]ed|access, use/u,
  disclosure: /\bdisclos/u,
  alteration: /\balter|modif/u,
  destruction: /\bdestr/u,
} as const
const told = {
  authority: /authorit|regulator|supervisory|commissioner/u,
  people: /\byou\b|individuals?|persons?|users?|people|data subjects?/u,
  customers: /\bcustomers?\b/u,
} as const
const asked = { 'ask-by-mail': /email|mail|message/u, 'ask-by-phone': /phone|call/u } as const

/** The oldest protocol accepted, where a text names a version that still protects; else it is asked. */
const least = (form: string): string | undefined => {
  const version = /\btls ?v?(1\.[23])\b/u.exec(form)?.[1]
  return version === undefined ? undefined : `TLS ${version}`
}

const breach = (statement: Statement): Drafted => ({
  name: 'breach-notice',
  entry: {
    is: 'breach-notice',
    ...kept('within', durationOf(statement)),
    ...listed('tells', wordsIn(statement.form, told)),
    ...common(statement),
  },
})

/** A sentence on measures: each by its name; what names none is a register that a person keeps. */
const draft: DraftOf = (statement) => {
  const { form } = statement
  if (statement.label === 'breach') return [breach(statement)]
  const against = listed('against', wordsIn(form, risks))
  const data = listed('data', statement.data)
  if (/\b(?:never|not) (?:\w+ ){0,3}ask (?:\w+ ){0,4}password/u.test(form)) {
    const never = wordsIn(form, asked)
    return [
      {
        name: 'mail-promise',
        entry: {
          is: 'mail-promise',
          never: never.length > 0 ? never : ['ask-by-mail', 'ask-by-phone'],
          // Mail is seen by its gate; what staff say on the phone is a matter of training, on record.
          ...(never.length === 0 || never.includes('ask-by-phone') ? { task: true } : {}),
          ...unconditional(statement),
        },
      },
    ]
  }
  if (
    /\b(?:report|notify us|contact us|tell us|let us know|inform us|advise us)\b/u.test(form) &&
    /misus|suspect|compromis|breach|unauthori[sz]ed|incident|lost|stolen|vulnerabilit/u.test(form)
  )
    return [
      {
        name: 'incident',
        entry: {
          is: 'incident',
          ...listed('at', addressesOf(statement.contact)),
          ...kept('within', durationOf(statement)),
          ...unconditional(statement),
        },
      },
    ]
  const named = wordsIn(form, measures)
  if (named.length === 0)
    return [{ name: 'organisation', entry: { is: 'organisation', ...data, ...against, ...common(statement) } }]
  return named.map((is) => {
    const own: DraftEntry =
      is === 'encryption-in-transit'
        ? kept('least', least(form))
        : is === 'passwords' && /\b(?:hash|salt)(?:ed|es|ing)?\b/u.test(form)
          ? { hashed: true }
          : {}
    return { name: is, entry: { is, ...own, ...data, ...against, ...common(statement) } }
  })
}

export const securityReader = formReader(securityForms, draft, {
  least: {
    asks: 'which protocol is the oldest accepted?',
    proposes: 'TLS 1.2',
    source: 'RFC 7568; RFC 8996',
    verified: true,
  },
  hashed: { asks: 'are they kept as salted hashes only?', proposes: 'true', source: 'GDPR art. 32' },
  never: { asks: 'what is never done: ask-by-mail, ask-by-phone, send-by-mail?' },
  at: { asks: 'where are incidents reported?', source: 'GDPR art. 33(2)' },
  within: {
    asks: 'within how long is the authority told?',
    proposes: 'PT72H',
    source: 'GDPR art. 33(1)',
    verified: true,
  },
  tells: {
    asks: 'who is told: authority, people, customers?',
    proposes: '[authority, people]',
    source: 'GDPR art. 33, 34',
  },
})
