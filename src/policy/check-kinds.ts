import { isConsent } from '../commitments/purposes/consent-basis.ts'
import { europeanEconomicArea } from '../language/countries.ts'
import { Fault } from '../language/fault.ts'
import type { StoreMap } from '../language/store-map.ts'
import { listOf } from '../language/terms.ts'
import { mapPlace } from './map-place.ts'
import type { Plan } from './plan.ts'

const warning = (plan: Plan, code: string, path: readonly string[], what: string, mend: string): Fault =>
  new Fault({ code, where: plan.place(path, 'key'), what, mend, severity: 'warning' })

const entriesOfForm = <Entry extends { readonly is: string }>(
  slice: readonly (readonly [string, Entry])[],
  ...forms: readonly Entry['is'][]
): readonly (readonly [string, Entry])[] => slice.filter(([, entry]) => forms.includes(entry.is))

/** What rests on consent is asked, and can be taken back (GDPR art. 7). */
const checkConsent = (plan: Plan): readonly Fault[] => {
  if (plan.consent.length === 0) return []
  const resting = plan.purposes.filter(
    (purpose) => purpose.basis.length > 0 && purpose.basis.every((basis) => isConsent(basis)),
  )
  const asked = new Set(entriesOfForm(plan.consent, 'act').flatMap(([, entry]) => listOf(entry.for)))
  const unasked = resting
    .filter((purpose) => !asked.has(purpose.name))
    .map((purpose) =>
      warning(
        plan,
        'consent.not-asked',
        ['purposes', purpose.name],
        `purpose "${purpose.name}" rests on consent, and no act of consent names it`,
        'add an entry with is: act under consent',
      ),
    )
  const wayBack = entriesOfForm(plan.consent, 'withdrawal', 'act').length > 0
  if (resting.length === 0 || wayBack) return unasked
  return [
    ...unasked,
    warning(
      plan,
      'consent.no-withdrawal',
      ['consent'],
      'purposes rest on consent, and nothing says how it is taken back (GDPR art. 7(3))',
      'add an entry with is: withdrawal under consent',
    ),
  ]
}

/** Countries within which no data crosses a border, under the laws that apply; none where no law asks. */
const homeOf = (plan: Plan): readonly string[] | undefined =>
  plan.law.includes('eu-gdpr') ? europeanEconomicArea : plan.law.includes('uk-gdpr') ? ['GB'] : undefined

/** A store abroad holds data on a ground, as soon as the policy speaks of transfers at all (GDPR art. 44). */
const checkStores = (plan: Plan, maps: readonly StoreMap[]): readonly Fault[] => {
  const home = homeOf(plan)
  if (home === undefined || plan.transfers.length === 0) return []
  const reached = entriesOfForm(plan.transfers, 'transfer').flatMap(([, transfer]) => listOf(transfer.countries))
  return maps.flatMap((map) =>
    map.country === undefined || home.includes(map.country) || reached.includes(map.country)
      ? []
      : [
          new Fault({
            code: 'transfers.store-unreached',
            severity: 'warning',
            where: mapPlace(map, ['country'], 'value'),
            what: `store "${map.store}" is in ${map.country}, and no transfer reaches it there on a ground`,
            mend: 'add an entry with is: transfer under transfers of the policy',
          }),
        ],
  )
}

/** Every country of a recipient is reached on a ground (GDPR art. 44). */
const checkCountries = (plan: Plan): readonly Fault[] => {
  const home = homeOf(plan)
  if (home === undefined) return []
  const reached = entriesOfForm(plan.transfers, 'transfer')
  return plan.disclosure.flatMap(([entryName, entry]) => {
    const away = listOf(entry.countries).filter((country) => !home.includes(country))
    const missing = away.filter(
      (country) =>
        !reached.some(([, transfer]) => {
          const to = listOf(transfer.to)
          const names = [entryName, ...listOf(entry.to)]
          return (
            listOf(transfer.countries).includes(country) && (to.length === 0 || to.some((one) => names.includes(one)))
          )
        }),
    )
    if (missing.length === 0) return []
    return [
      warning(
        plan,
        'disclosure.no-transfer-ground',
        ['disclosure', entryName, 'countries'],
        `"${entryName}" is in ${missing.join(', ')}, and no transfer reaches it there on a ground`,
        'add an entry with is: transfer under transfers',
      ),
    ]
  })
}

const underEurope = (plan: Plan): boolean => plan.law.includes('eu-gdpr') || plan.law.includes('uk-gdpr')

/** What a policy in full must not leave out. One that names no place to write to is no such policy yet. */
const checkGaps = (plan: Plan): readonly Fault[] => {
  if (plan.recourse.length === 0) return []
  const found: Fault[] = []
  if (underEurope(plan) && entriesOfForm(plan.security, 'breach-notice').length === 0)
    found.push(
      warning(
        plan,
        'security.no-breach-notice',
        ['security'],
        'nothing says who is told of a breach (GDPR art. 33, 34)',
        'add breach: { is: breach-notice, within: PT72H, tells: [authority, people] }',
      ),
    )
  if (entriesOfForm(plan.recourse, 'contact', 'officer').length === 0)
    found.push(
      warning(
        plan,
        'recourse.no-contact',
        ['recourse'],
        'no entry is a contact (GDPR art. 13(1)(b))',
        'add privacy: { is: contact, at: privacy@example.org }',
      ),
    )
  const ages = plan.data.filter((category) => ['pd:Age', 'pd:AgeExact', 'pd:BirthDate'].includes(category.is))
  if (ages.length > 0 && plan.children.length === 0)
    found.push(
      warning(
        plan,
        'children.silent',
        ['data', ages[0]?.name ?? ''],
        `"${ages[0]?.name}" tells who is a child, and the policy says nothing on children`,
        'add found: { is: discovery, under: 13, local: true, knows: [typed-age], within: P7D } under children',
      ),
    )
  return found
}

/** Kinds of commitment against each other: what one of them alone cannot tell. */
export const checkKinds = (plan: Plan, maps: readonly StoreMap[]): readonly Fault[] => [
  ...checkConsent(plan),
  ...checkCountries(plan),
  ...checkStores(plan, maps),
  ...checkGaps(plan),
]
