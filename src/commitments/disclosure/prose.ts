import { countries, europeanEconomicArea } from '../../language/countries.ts'
import { formReader } from '../reader.ts'
import {
  common,
  type DraftEntry,
  type Drafted,
  type DraftOf,
  denies,
  durationOf,
  kept,
  listed,
  nameOf,
  namesOf,
  type Statement,
  wordsIn,
} from '../statement.ts'
import { BEHALF, CONSENT, clauses, considerations, DIRECTION, grounds, MERGER, told } from './phrases.ts'
import { disclosureForms } from './vocabulary.ts'

/** Codes of the countries that a sentence names. */
const countriesOf = (statement: Statement): string[] => [
  ...new Set(statement.place.flatMap(({ term }) => (term !== undefined && countries.has(term) ? [term] : []))),
]

/** What every hand-over of a sentence carries. */
const handed = (statement: Statement): DraftEntry => ({
  ...(denies(statement) ? { never: true } : {}),
  ...listed('to', namesOf(statement.recipients)),
  ...listed('data', statement.data),
  ...listed('for', statement.purposes),
  ...(statement.recipients.length === 0 || denies(statement) ? {} : listed('countries', countriesOf(statement))),
  ...(/(?:for|in) their own (?:\w+ ){0,2}(?:marketing|promotional|advertising)|their direct marketing/u.test(
    statement.form,
  )
    ? { marketing: true }
    : {}),
  ...common(statement),
})

const law = (statement: Statement): Drafted => {
  const { if: conditions, ...rest } = { if: [], ...handed(statement) }
  const facts = [conditions].flat().filter((each) => !/believe|good faith/u.test(String(each)))
  return {
    name: 'law',
    entry: {
      is: 'law',
      ...listed('grounds', wordsIn(statement.form, grounds)),
      // Belief alone is no ground: the order or the facts are filed first, unless a named person decided otherwise.
      document: !statement.laxer.has('belief-suffices'),
      ...(facts.length === 0 ? {} : { if: facts }),
      ...rest,
    },
  }
}

const merger = (statement: Statement): Drafted => ({
  name: 'merger',
  entry: {
    is: 'merger',
    ...listed('to', namesOf(statement.recipients)),
    ...listed('data', statement.data),
    ...listed('notice', /notif|inform|notice/u.test(statement.form) ? wordsIn(statement.form, told) : []),
    ...kept('lead', durationOf(statement)),
    ...(/no less protective|honou?r|bound|same (?:level|protection)|this privacy policy|agrees? to/u.test(
      statement.form,
    )
      ? { successor: 'bound' }
      : {}),
    ...(statement.human ? { task: true } : {}),
    source: [statement.source],
  },
})

const contract = (statement: Statement): DraftEntry => {
  const found = wordsIn(statement.form, clauses)
  return { contract: found.length > 0 ? { clauses: found } : true }
}

const bar = (statement: Statement): Drafted => {
  const refuse = CONSENT.test(statement.form) ? 'without-consent' : 'undeclared'
  return {
    name: refuse === 'undeclared' ? 'default' : 'default-without-consent',
    entry: {
      is: 'bar',
      refuse,
      ...listed('data', statement.data),
      // "Except as described" is what the other entries are.
      ...listed(
        'unless',
        statement.exception.filter((each) => !/as (?:described|set (?:forth|out)|stated|provided)/u.test(each)),
      ),
      source: [statement.source],
    },
  }
}

const sale = (statement: Statement): ReturnType<DraftOf> => {
  if (!denies(statement) && statement.data.length === 0) return { unbound: 'it names no data that is sold' }
  const means = listed('means', wordsIn(statement.form, considerations))
  const { for: _for, marketing: _marketing, ...entry } = { for: undefined, marketing: undefined, ...handed(statement) }
  if (!denies(statement)) return [{ name: 'sale-allowed', entry: { is: 'sale', ...means, ...entry } }]
  const merged = statement.exception.some((each) => MERGER.test(each))
  return [{ name: 'sale', entry: { is: 'sale', ...means, ...entry } }, ...(merged ? [merger(statement)] : [])]
}

const isGroup = (statement: Statement): boolean =>
  statement.features.has('group') ||
  statement.recipients.some((each) => /affiliat|subsidiar|parent compan|group|common control/u.test(each.name))

const received = (statement: Statement): Drafted => {
  const { form } = statement
  if (
    /^(?:within|inside) (?:the|our)\b|only (?:those |our |the )?(?:employees|staff|colleagues|team members)\b/u.test(
      form,
    )
  )
    // Who sees it inside is a matter of access, not of a hand-over.
    return {
      under: 'security',
      name: 'access-control',
      entry: { is: 'access-control', ...listed('data', statement.data), ...common(statement) },
    }
  if (
    /only (?:in the ways|as (?:described|set|stated)|with|to)|except as (?:described|set|stated|provided)/u.test(
      form,
    ) &&
    !DIRECTION.test(form)
  )
    return bar(statement)
  if (
    denies(statement) &&
    (CONSENT.test(form) || statement.recipients.every((each) => /third part|anyone|others|outside/u.test(each.name)))
  )
    return bar(statement)
  if (isGroup(statement) && !denies(statement)) return { name: 'group', entry: { is: 'group', ...handed(statement) } }
  if (DIRECTION.test(form) && !denies(statement))
    return { name: 'direction', entry: { is: 'direction', basis: 'dpv:ExpressedConsent', ...handed(statement) } }
  if (BEHALF.test(form) || statement.recipients.some((each) => each.term === 'dpv:DataProcessor'))
    return { name: 'processors', entry: { is: 'processor', ...handed(statement) } }
  const name = nameOf(namesOf(statement.recipients)[0] ?? 'third-parties')
  return { name: denies(statement) ? nameOf(`not ${name}`) : name, entry: { is: 'partner', ...handed(statement) } }
}

/** Who works for the company: a company that the sentence names is an entry of its own, and where it is may be a transfer. */
const processors = (statement: Statement): Drafted[] => {
  const named = statement.features.has('named-vendor') && statement.recipients.length === 1
  const entry = { is: 'processor', ...handed(statement) }
  const outside = countriesOf(statement).filter((country) => !europeanEconomicArea.includes(country))
  const transfer: Drafted = {
    under: 'transfers',
    name: 'abroad',
    entry: {
      is: 'transfer',
      countries: outside,
      ...listed('data', statement.data),
      source: [statement.source],
    },
  }
  return [
    { name: named ? nameOf(namesOf(statement.recipients)[0] ?? 'processors') : 'processors', entry },
    ...(outside.length === 0 || denies(statement) ? [] : [transfer]),
  ]
}

const payment = (statement: Statement): Drafted => {
  if (
    /\byou (?:\w+ ){0,4}(?:asked|provide|enter|give|submit)\b|\bask(?:ed)? (?:you )?(?:for|to)\b/u.test(
      statement.form,
    ) &&
    statement.recipients.length === 0
  )
    return {
      under: 'collection',
      name: 'order',
      entry: {
        from: ['subject'],
        ...listed('data', statement.data),
        ...listed('for', statement.purposes.length > 0 ? statement.purposes : ['payment']),
        source: [statement.source],
      },
      ...(statement.purposes.length > 0 ? {} : { declares: { payment: 'dpv:PaymentManagement' } }),
    }
  return {
    name: 'payment',
    entry: {
      is: 'payment',
      ...handed(statement),
      ...(statement.purposes.length > 0 ? {} : { for: ['payment'] }),
    },
    ...(statement.purposes.length > 0 ? {} : { declares: { payment: 'dpv:PaymentManagement' } }),
  }
}

/** A sentence on who receives data, why, under which contract; sale, law, mergers, payment. */
const draft: DraftOf = (statement) => {
  const merged = statement.touchpoint.some((each) => each.term === 'merger') || MERGER.test(statement.form)
  if (statement.label === 'sale' || (denies(statement) && /\b(?:sell|rent|lease)\b/u.test(statement.form)))
    return sale(statement)
  if (statement.label === 'payment') return [payment(statement)]
  if (merged && denies(statement)) return [bar(statement)]
  if (merged && (statement.label === 'disclosure' || statement.label === 'legal-disclosure'))
    return [merger(statement), ...(isGroup(statement) ? [received(statement)] : [])]
  if (statement.label === 'legal-disclosure') return [denies(statement) ? bar(statement) : law(statement)]
  if (statement.label === 'processors') return processors(statement)
  if (
    statement.label === 'contract' &&
    /^(?:all |every |each )?(?:of )?(?:our |the )?(?:staff|employees?|personnel|workers?|team)\b/u.test(statement.form)
  )
    return [{ under: 'security', name: 'organisation', entry: { is: 'organisation', ...common(statement) } }]
  if (statement.label === 'contract') {
    const { never: _never, ...entry } = { never: undefined, ...handed(statement) }
    if (isGroup(statement)) return [{ name: 'group', entry: { is: 'group', ...entry, ...contract(statement) } }]
    return [{ name: 'processors', entry: { is: 'processor', ...entry, ...contract(statement) } }]
  }
  return [received(statement)]
}

/** Where something is never sold, what another sentence sells must pass the test of aggregates: the ban wins for what is personal. */
const settle: NonNullable<ReturnType<typeof formReader>['settle']> = (block) => {
  const banned = Object.values(block).some((entry) => entry.is === 'sale' && entry.never === true)
  if (!banned) return block
  return Object.fromEntries(
    Object.entries(block).map(([name, entry]) => [
      name,
      entry.is === 'sale' && entry.never !== true ? { ...entry, tested: true } : entry,
    ]),
  )
}

const processing = { source: 'GDPR art. 28(3)' }

export const disclosureReader = formReader(
  disclosureForms,
  draft,
  {
    to: { asks: 'who exactly, by legal name?', source: 'GDPR art. 13(1)(e)' },
    for: { asks: 'for which purposes?', source: 'GDPR art. 5(1)(b)' },
    data: { asks: 'which data?', source: 'GDPR art. 5(1)(c)' },
    contract: { asks: 'under which contract, since when?', ...processing },
    'group.contract': {
      asks: 'is each company of the group bound in writing, and by which clauses? Expecting it binds nobody.',
      proposes: '{ clauses: [this-policy] }',
      source: 'GDPR art. 26, 28',
    },
    basis: { asks: 'on which legal basis?', source: 'GDPR art. 6(1)' },
    cards: {
      asks: 'what of a card number stays in own systems?',
      proposes: 'never-kept',
      source: 'PCI DSS requirement 3',
    },
    grounds: {
      asks: 'on which grounds: legal-duty, legal-process, legal-claims, enforcement, fraud, abuse, safety, property?',
      source: 'GDPR art. 6(1)',
    },
    approver: { asks: 'which role approves each one?', source: 'GDPR art. 5(2)' },
    notice: {
      asks: 'how are people told before: email, site, post?',
      proposes: '[email, site]',
      source: 'GDPR art. 13(3)',
    },
  },
  settle,
)
