import { everyEntryKeys } from '../every-entry.ts'
import {
  addressesOf,
  type DraftEntry,
  type Drafted,
  type DraftOf,
  durationOf,
  kept,
  listed,
  nameOf,
  open,
  type Reader,
  type Statement,
  unconditional,
  wordsIn,
} from '../statement.ts'

const proofs = {
  account: /password|user ?id|user ?name|log(?:ging)? ?in|sign(?:ing)? in|\baccount\b|credentials/u,
  document: /\b(?:passport|photo id|identification|identity card|driver|copy of your id)/u,
  code: /\bcode\b/u,
  reply: /reply|confirmation email/u,
  agent: /\bagent\b/u,
} as const
const before = {
  access: /\baccess/u,
  change: /\b(?:correct|chang|updat|amend)/u,
  erasure: /\b(?:delet|eras|remov)/u,
} as const

/** Rights that a sentence grants besides the one it is told under: "view, change or delete". */
const granted = (statement: Statement): string[] => {
  const { label, form, features } = statement
  const own = {
    access: 'access',
    deletion: 'erasure',
    correction: 'correction',
    portability: 'portability',
    restriction: 'restriction',
    objection: 'objection',
  }[label]
  if (own === undefined) return []
  const offered = statement.modality === 'you may' || /ability|request|right|may|can\b/u.test(form)
  return [
    ...new Set([
      own,
      ...(offered && features.has('see') && /\b(?:access|view|review|see|obtain|copy)\b/u.test(form) ? ['access'] : []),
      ...(offered && /\b(?:correct|change|update|amend|rectif|edit|modify)/u.test(form) ? ['correction'] : []),
      ...(offered && /\b(?:delet|eras|remov)/u.test(form) ? ['erasure'] : []),
      ...(offered && /\brestrict/u.test(form) ? ['restriction'] : []),
      ...(offered && /\bobject/u.test(form) ? ['objection'] : []),
      ...(offered && /\bportab/u.test(form) ? ['portability'] : []),
    ]),
  ]
}

const answer = {
  asks: 'answered within how long?',
  proposes: 'P1M',
  source: 'GDPR art. 12(3)',
  verified: true,
} as const

/** What an erasure keeps: a reason in the text is none in law before its law, data and term are named. */
const exceptions = (statement: Statement): DraftEntry => {
  const why = statement.exception[0]
  if (why === undefined) return {}
  return {
    except: {
      [nameOf(`hold ${why.split(' ').slice(1, 5).join(' ')}`)]: {
        data: statement.data.length > 0 ? [...statement.data] : open('which data is kept?'),
        law: open({ asks: 'which law requires or allows to keep it?', source: 'GDPR art. 17(3)' }),
        keep: open({ asks: 'how long is it kept?', source: 'GDPR art. 17(3)' }),
        from: open('counted from when: the name of a clock?'),
        source: [statement.source],
      },
    },
  }
}

const identity = (statement: Statement): Drafted => ({
  name: 'identity',
  entry: {
    ...listed('by', wordsIn(statement.form, proofs)),
    ...listed('before', wordsIn(statement.form, before)),
    ...unconditional(statement),
  },
})

const FREE =
  /free of charge|\b(?:no|any) (?:fee|charge)s? (?:is|are|applies)|no (?:fee|charge)|without (?:a |any )?(?:fee|charge)|(?:never|not) (?:\w+ )?charge/u

const fees = (statement: Statement): Drafted => ({
  name: 'fees',
  entry: {
    // The first copy is free, whatever the text says.
    first: 'free',
    ...(FREE.test(statement.form) ? {} : { amount: open(asks.amount) }),
    ...(/in advance|before|prior/u.test(statement.form) ? { told: 'before' } : {}),
    ...unconditional(statement),
  },
})

const answers = (statement: Statement): Drafted[] => {
  const { form } = statement
  const fee = /\b(?:fees?|charges?|cost)\b/u.test(form)
  const within = durationOf(statement)
  const told = /\b(?:respond|answer|repl(?:y|ies)|process|consider|act on|comply|explain|explanation|denied)\b/u.test(
    form,
  )
  if (fee && !told) return [fees(statement)]
  return [
    {
      name: 'answers',
      entry: {
        ...kept('within', within),
        ...(/expla(?:in|nation)|reasons?\b|why/u.test(form) ? { denial: 'explained' } : {}),
        ...(/\bdate (?:when|by|on)|cannot be provided within|extend|longer than/u.test(form) ? { late: 'date' } : {}),
        ...listed('at', addressesOf(statement.contact)),
        ...unconditional(statement),
      },
    },
    ...(fee ? [fees(statement)] : []),
  ]
}

const california = (statement: Statement): Drafted => {
  const { form } = statement
  const minors = /under (?:the age of )?18|minors?/u.test(form) && /remov|delet/u.test(form)
  return {
    name: 'california',
    entry: {
      ...(/once (?:a|per|every|each) (?:calendar )?year|annual|1798\.83|shine/u.test(form) ? { list: 'yearly' } : {}),
      ...listed(
        'opt-out',
        wordsIn(form, {
          sale: /\b(?:sale|sell)/u,
          sharing: /cross-context|\bsharing\b/u,
          sensitive: /sensitive/u,
          'disclosure-for-marketing': /(?:third part|direct) (?:\w+ ){0,6}marketing|marketing purposes/u,
        }),
      ),
      ...(/global privacy control|\bgpc\b/u.test(form) ? { signals: ['gpc'] } : {}),
      ...(minors ? { minors: { under: 18, removal: 'own-posts' } } : {}),
      ...kept('within', durationOf(statement)),
      ...listed('at', addressesOf(statement.contact)),
      ...unconditional(statement),
    },
  }
}

/** A sentence on what people may ask for, how it is answered, what is kept nevertheless. A right is granted whole: its conditions are the law's. */
const draft: DraftOf = (statement) => {
  const { label } = statement
  if (label === 'identity-verification') return [identity(statement)]
  if (label === 'fees-deadlines-explanations') return answers(statement)
  if (label === 'california') return [california(statement)]
  if (label === 'correction' && /accura|complete|up[- ]to[- ]date|current/u.test(statement.form) && statement.human)
    return [{ name: 'accuracy', entry: unconditional(statement) }]
  const names = granted(statement)
  if (names.length === 0) return { unbound: 'it names no right' }
  const at = addressesOf(statement.contact)
  // Where a right is asked for, people can write to.
  const point: Drafted[] =
    at.length === 0
      ? []
      : [
          {
            under: 'recourse',
            name: 'contact',
            entry: { is: 'contact', at, about: ['rights'], source: [statement.source] },
          },
        ]
  const drafted = names.map((name) => ({
    name,
    entry: {
      ...kept('within', durationOf(statement)),
      ...listed('at', addressesOf(statement.contact)),
      ...(name === 'erasure' ? exceptions(statement) : {}),
      ...unconditional(statement),
    },
  }))
  return [...drafted, ...point]
}

const asks = {
  within: answer,
  amount: {
    asks: 'how much, for what, and for whom? The first copy is free.',
    proposes: 'nothing',
    source: 'GDPR art. 12(5), 15(3)',
  },
  at: { asks: 'where is it asked for?', source: 'GDPR art. 12(2)' },
  by: { asks: 'what shows who asks: account, reply, code, document, knowledge, agent?', source: 'GDPR art. 12(6)' },
} as const

const asked = ['access', 'erasure', 'correction', 'portability', 'restriction', 'objection']
const others: Readonly<Record<string, readonly string[]>> = {
  answers: ['within', 'at', 'late', 'denial', 'grounds', 'tells'],
  fees: ['first', 'amount', 'told', 'for'],
  identity: ['by', 'before', 'keep'],
  accuracy: ['confirmed', 'flags', 'spreads'],
  california: ['list', 'opt-out', 'signals', 'minors', 'within', 'at'],
}
const needed: Readonly<Record<string, readonly string[]>> = {
  answers: ['within'],
  identity: ['by'],
  california: ['within'],
}

export const rightsReader: Reader = {
  draft,
  one: true,
  asks: {
    ...asks,
    'california.within': {
      asks: 'answered within how long?',
      proposes: 'P45D',
      source: 'Cal. Civ. Code § 1798.130(a)(2)',
      verified: true,
    },
  },
  keys: (name) =>
    asked.includes(name)
      ? { needs: ['within'], takes: ['within', 'extend', 'fee', 'at', ...everyEntryKeys] }
      : { needs: needed[name] ?? [], takes: [...(others[name] ?? []), ...everyEntryKeys] },
}
