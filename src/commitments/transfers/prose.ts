import { countries, europeanEconomicArea } from '../../language/countries.ts'
import { barredHandOver, declaredRecipients } from '../declared-recipients.ts'
import { formReader } from '../reader.ts'
import {
  addressesOf,
  common,
  type Drafted,
  type DraftOf,
  denies,
  listed,
  nameOf,
  open,
  type Statement,
  unconditional,
} from '../statement.ts'
import { groundOf } from './grounds.ts'
import { transfersForms } from './vocabulary.ts'

const isCountry = (each: { readonly term?: string }): boolean => countries.has(each.term ?? '')

/** Codes of the countries that a sentence names; regions are none. */
const countriesOf = (statement: Statement): string[] => [
  ...new Set(statement.place.filter(isCountry).map((each) => each.term ?? '')),
]

/** Recipients of the sentence that are no countries and not the reader's own words for somewhere. */
const received = (statement: Statement): Statement => ({
  ...statement,
  recipients: statement.recipients.filter(
    (each) =>
      !isCountry(each) &&
      !/^(?:dpv:(?:ThirdCountry|NationalAuthority|Region)|EU|EEA)$/u.test(each.term ?? '') &&
      !statement.place.some((place) => place.name === each.name),
  ),
})

const grounded = (statement: Statement, spoken: string): Drafted => {
  const { form } = statement
  const swiss = /swiss|switzerland/u.test(form)
  const ground = swiss && (spoken === 'safe-harbor' || spoken === 'privacy-shield') ? `swiss-${spoken}` : spoken
  const known = groundOf(ground)
  const proof = listed('proof', addressesOf(statement.contact))
  const rest = unconditional(statement)
  if (known === undefined) {
    const issuer = { truste: 'TRUSTe', 'iso-27001': 'ISO/IEC 27001', 'soc-2': 'SOC 2', 'pci-dss': 'PCI DSS' }[spoken]
    const left = /(?:does|do) not cover/u.test(form)
      ? { 'leaves-out': open('what does the seal leave out? Name sites, products and data.') }
      : {}
    return {
      name: nameOf(`seal ${spoken}`),
      entry: { is: 'seal', issuer: issuer ?? spoken, ...proof, ...left, stands: false, ...rest },
    }
  }
  // What is void is a claim on which nothing rests; it is drafted as such, never as a ground.
  if (known.until !== undefined && known.until < '2026')
    return {
      name: nameOf(`claim ${ground}`),
      entry: { is: 'claim', ground: [ground], stands: false, ...proof, ...rest },
    }
  return {
    name: nameOf(spoken),
    entry: {
      is: 'transfer',
      ground:
        spoken === 'standard-contractual-clauses'
          ? open({ asks: 'which set of clauses, with whom, since when?', ...valid })
          : [ground],
      // A framework that covers one country reaches that country and no other.
      ...listed('countries', known.countries ?? countriesOf(statement)),
      ...listed('data', statement.data),
      ...proof,
      ...rest,
    },
  }
}

/** A sentence on countries, grounds, frameworks and seals. */
const draft: DraftOf = (statement) => {
  const spoken = [...new Set(statement.framework.map((each) => each.term ?? nameOf(each.name)))]
  if (spoken.length > 0) {
    const both =
      /(?:u\.?s\.?[- –]?eu|european union|\beu\b)/u.test(statement.form) && /swiss|switzerland/u.test(statement.form)
    const drafts = spoken.map((each) => grounded(statement, each))
    const european = both
      ? spoken
          .filter((each) => each === 'safe-harbor' || each === 'privacy-shield')
          .map((each) => grounded({ ...statement, form: '' }, each))
      : []
    return [...european, ...drafts]
  }
  if (statement.label === 'framework')
    return [
      {
        name: 'framework',
        entry: {
          is: 'claim',
          stands: false,
          ...listed('proof', addressesOf(statement.contact)),
          ...unconditional(statement),
        },
      },
    ]
  // What does not leave is a bar, never a transfer.
  if (denies(statement)) return [barredHandOver(statement)]
  const to = received(statement)
  const reached = countriesOf(statement)
  const near = reached.length > 0 && reached.every((each) => europeanEconomicArea.includes(each))
  return [
    {
      name: near ? 'within-europe' : 'abroad',
      entry: {
        is: 'transfer',
        ...listed('countries', reached),
        ...(near ? { ground: open(within) } : {}),
        ...listed('data', statement.data),
        ...common(statement),
      },
    },
    ...declaredRecipients(to),
  ]
}

const within = {
  asks: 'on which ground? Where the controller is in the European Economic Area as well, it is no transfer.',
  proposes: 'within-eea',
  source: 'GDPR art. 1(3)',
}

const valid = {
  proposes: 'standard-contractual-clauses',
  source: 'Decision (EU) 2021/914; earlier sets are void since 27 December 2022',
  verified: true,
} as const

export const transfersReader = formReader(transfersForms, draft, {
  countries: { asks: 'which countries, by their two letters (ISO 3166-1)?', source: 'GDPR art. 13(1)(f), 44' },
  ground: {
    asks: 'on which ground is each country reached? Use of a site, and living in a place, are none.',
    ...valid,
  },
  issuer: { asks: 'who gave the seal?' },
  covers: {
    asks: 'what is the seal about, and until when? Without a current entry in its register it proves nothing.',
  },
})
