import { plainReader } from '../reader.ts'
import { type Drafted, type DraftOf, listed, nameOf, open, type Reader } from '../statement.ts'

/** Clocks that texts count from, where they say so. */
const clocks = {
  'account-closed':
    /account (?:is|remains|has been|was) (?:active|open|closed|deleted|terminated)|(?:after|until|once|when) (?:you )?(?:\w+ ){0,3}(?:clos|cancel|delet|terminat)\w* (?:of )?(?:\w+ )?(?:your |the |an )?account|(?:end|termination) of (?:the|your) (?:contract|subscription|agreement)|(?:after|until|once|when) you (?:close|cancel|delete|terminate|leave)|you are (?:a|our) customer|you have an account/u,
  'last-contact':
    /(?:after|since|from) (?:\w+ ){0,3}last (?:contact|message|correspondence|reply)|(?:request|enquir\w+|ticket|case) (?:is|was|has been) (?:closed|answered|resolved)/u,
  'last-activity': /(?:after|since|from) (?:\w+ ){0,3}last (?:activity|login|visit|use|used|signed)|of inactivity/u,
  'invoice-date': /(?:after|since|from) (?:\w+ ){0,3}(?:invoice|purchase|transaction)/u,
  decision: /(?:after|since|from) (?:\w+ ){0,3}(?:decision|rejection|position)/u,
  collected: /(?:after|since|from) (?:\w+ ){0,3}(?:collect|receiv|record|creat|visit)/u,
} as const

/** Backups and replicas have an end of their own: the store map says it, and no rule of the policy erases inside them. */
const COPIES =
  /^\W*(?:(?:all|any|the|our|your|these|such|daily|nightly|weekly|encrypted|old|older) )*(?:back-?ups?|back-?up (?:copies|tapes|files|sets)|copies in (?:(?:our|the) )?(?:\w+ )?back-?ups?|replicas?|snapshots?)\b/u

const DUTIES =
  /\b(?:statutory|legal|mandatory|tax|commercial) (?:\w+ ){0,3}(?:retention|storage|archiving|record-keeping) (?:obligations?|periods?|duties|requirements?)\b|\b(?:retention|storage) (?:obligations?|periods?|duties) (?:under|of|in|imposed by) (?:\w+ ){0,4}law\b/u

const HOLD =
  /legal (?:obligation|requirement|claim|dut)|resolve disputes|enforce (?:our|agreements)|record keeping|required by (?:\w+ )?law|statutory/u

/** The word of the language for what happens at the end; a name, as a literal `then` would look like a promise. */
const end = 'then'

/** A sentence on how long: a number is taken, words that stand for one are asked; the term of an exception is the exception's. */
const draft: DraftOf = (statement) => {
  const { form } = statement
  const copies = COPIES.test(form) ? statement.term.find((each) => each.term !== undefined)?.term : undefined
  if (copies !== undefined)
    return {
      unbound: `it is the term of a copy: write copies: { backup: ${copies} } in the map of each store that is copied`,
    }
  const terms = statement.term.filter((each) => each.term !== undefined)
  const excepted = terms.filter((each) =>
    statement.exception.some((clause) => clause.includes(each.name.toLowerCase())),
  )
  const keep = terms.find((each) => !excepted.includes(each))?.term
  // A law that keeps some records keeps them, and nothing else: which ones, a person has to say.
  const byLaw = DUTIES.test(form)
  const held = (HOLD.test(form) && keep === undefined && excepted.length === 0) || byLaw
  const clock = Object.entries(clocks).find(([, says]) => says.test(form))?.[0]
  const name = statement.data[0] ?? 'data'
  const rule: Drafted = {
    name: nameOf(`${name}${held ? '-hold' : ''}${keep === undefined || statement.data.length > 0 ? '' : `-${keep}`}`),
    entry: {
      ...(byLaw ? { data: open(asks.data) } : listed('data', statement.data)),
      ...listed('for', statement.purposes),
      keep: (byLaw && terms.length > 1 ? undefined : keep) ?? open(held ? asks.hold : asks.keep),
      ...(clock === undefined ? {} : { from: clock }),
      ...(/anonymi[sz]|de-?identif|aggregat/u.test(form) ? { [end]: 'anonymise' } : held ? { [end]: 'review' } : {}),
      ...(statement.human ? { task: true } : {}),
      ...listed('unless', excepted.length > 0 ? [] : statement.exception),
      source: [statement.source],
    },
  }
  if (excepted.length === 0) return [rule]
  const hold: Drafted = {
    name: nameOf(`${name}-hold`),
    entry: {
      keep: excepted[0]?.term ?? open(asks.hold),
      [end]: 'review',
      if: statement.exception.map((each) =>
        each.replace(/^(?:unless|except (?:where|when|if|that)|other than|save where) /u, ''),
      ),
      source: [statement.source],
    },
  }
  return [rule, hold]
}

const asks = {
  keep: { asks: 'how long? The text names no number.', source: 'GDPR art. 5(1)(e), 13(2)(a)' },
  hold: { asks: 'which law or dispute holds it, and how long?', source: 'GDPR art. 17(3)' },
  from: {
    asks: 'counted from when: the name of a clock, e.g. last-contact, account-closed, invoice-date?',
    source: 'GDPR art. 13(2)(a)',
  },
  data: { asks: 'which data?', source: 'GDPR art. 5(1)(e)' },
}

export const retentionReader: Reader = {
  ...plainReader(['data', 'keep', 'from'], ['for', end], draft, asks),
  whole: { key: 'data', secrets: true },
  apart: ['for'],
}
