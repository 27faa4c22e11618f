import { laws } from '../../language/laws.ts'
import type { StoreMap } from '../../language/store-map.ts'
import type { Plan } from '../../policy/plan.ts'
import { properties, type SaidCommitment } from './commitment.ts'
import { duration } from './keys.ts'
import { type JsonLdNode, type Names, reference } from './names.ts'

const given = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value])

/** Who decides why and how the data is used, and whom people turn to. */
export const controllerNode = ({ controller }: Plan, names: Names, said: readonly SaidCommitment[]): JsonLdNode => ({
  '@id': names.iri('controller'),
  '@type': 'dpv:DataController',
  ...properties({
    'dpv:hasName': given(controller.name),
    'dpv:hasCountry': names.countries(given(controller.country)),
    'dpv:hasContact': [...given(controller.contact), ...given(controller.website)],
    'dpv:hasAddress': given(controller.address),
    'dpv:hasDataProtectionOfficer': given(controller.officer).map((name) => ({
      '@type': 'dpv:DataProtectionOfficer',
      'dpv:hasName': name,
    })),
    'dpv:hasRepresentative': given(controller.representative).map((name) => ({
      '@type': 'dpv:Representative',
      'dpv:hasName': name,
    })),
    ...linked(said.filter((one) => one.of === 'controller')),
  }),
})

/** The properties by which a node leads to commitments. */
export const linked = (said: readonly SaidCommitment[]): Record<string, JsonLdNode[]> => {
  const links: Record<string, JsonLdNode[]> = {}
  for (const { link, node } of said) links[link] = [...(links[link] ?? []), reference(String(node['@id']))]
  return links
}

/** Each store is a place of storage; its copies end when they end. */
export const storeNodes = (maps: readonly StoreMap[], names: Names): readonly JsonLdNode[] =>
  maps.map((map) => ({
    '@id': names.iri('store', map.store),
    '@type': 'dpv:StorageLocation',
    'dct:title': map.store,
    ...properties({
      'dpv:hasCountry': names.countries(given(map.country)),
      'dpv:hasStorageCondition': Object.entries(map.copies).map(([copy, { keep }]) => ({
        '@type': 'dpv:StorageDuration',
        'dct:title': copy,
        'dpv:hasDuration': duration(keep),
      })),
    }),
  }))

/** Exceptions of erasure are its justifications. */
export const exceptionNodes = (plan: Plan, names: Names): readonly JsonLdNode[] =>
  plan.rights.exceptions.map((exception) => ({
    '@id': names.iri('rights', 'erasure', 'except', exception.name),
    '@type': ['dpv:Justification', ...(exception.law.startsWith('eu-gdpr:Justification') ? [exception.law] : [])],
    'dct:title': exception.name,
    ...properties({
      'dpv:hasApplicableLaw': exception.law.includes(':') ? [] : [reference(names.iri('law', exception.law))],
      'dpv:hasPersonalData': names.data(exception.data),
      'dpv:hasDuration': given(exception.keep).map(duration),
    }),
  }))

/** The laws that apply and those that exceptions rest on. */
export const lawNodes = (plan: Plan, names: Names): readonly JsonLdNode[] => {
  const cited = plan.rights.exceptions.flatMap(({ law }) => (law.includes(':') ? [] : [law]))
  return [...new Set([...plan.law, ...cited])].map((law) => ({
    '@id': names.iri('law', law),
    '@type': 'dpv:Law',
    'dct:title': laws[law]?.title ?? law,
  }))
}

/** What other commitments say about a purpose: who receives its data, how long and where it is kept. */
export const aboutPurpose = (name: string, plan: Plan, maps: readonly StoreMap[], names: Names): JsonLdNode => {
  const terms = plan.retention.filter((rule) => rule.for.length === 0 || rule.for.includes(name))
  const uses = plan.purposes.find((purpose) => purpose.name === name)?.uses ?? []
  const stores = maps.filter((map) => map.tables.some((table) => table.for.includes(name)))
  const disclosed = plan.disclosure.filter(
    ([, entry]) => entry.never !== true && [entry.for ?? []].flat().includes(name),
  )
  return properties({
    'dpv:hasDataController': [reference(names.iri('controller'))],
    'dpv:hasRecipient': names.recipients(disclosed.map(([disclosure]) => disclosure)),
    'dpv:hasStorageCondition': [
      ...terms
        .filter((rule) => rule.data.some((category) => uses.includes(category)))
        .map((rule) => reference(names.iri('retention', rule.name))),
      ...stores.map((map) => reference(names.iri('store', map.store))),
    ],
  })
}

/** The categories, recipients and countries that commitments refer to. */
export const namedNodes = (plan: Plan, names: Names): readonly JsonLdNode[] => {
  const recipients = [...names.recipient].map(([recipient, { named, types, countries }]) => ({
    '@id': names.iri('recipient', recipient),
    '@type': types,
    [named ? 'dpv:hasName' : 'dct:title']: recipient,
    ...properties({ 'dpv:hasCountry': names.countries(countries) }),
  }))
  return [
    ...plan.data.map((category) => ({
      '@id': names.iri('data', category.name),
      '@type': [...new Set(['dpv:PersonalData', category.is])],
      'dct:title': category.name,
      ...properties({ 'dct:description': given(category.words) }),
    })),
    ...recipients,
    ...[...names.country].map((code) => ({
      '@id': names.iri('country', code),
      '@type': 'dpv:Country',
      'dpv:hasIdentifier': code,
    })),
  ]
}
