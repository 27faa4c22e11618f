import { valueAt } from '../../commitments/block.ts'
import { groundOf } from '../../commitments/transfers/grounds.ts'
import { listOf } from '../../language/terms.ts'
import { type JsonLdNode, type Names, reference } from './names.ts'
import { dataSources } from './sayings.ts'

type Parts = Readonly<Record<string, readonly (JsonLdNode | string)[]>>
/** What a key of a commitment says in DPV; undefined where it has no term for this value. */
type KeySaying = (value: unknown, names: Names) => Parts | undefined

const texts = (value: unknown): readonly string[] => listOf(value).filter((each) => typeof each === 'string')

/** A length of time, ISO 8601-1. */
export const duration = (term: string): JsonLdNode => ({
  '@type': 'dpv:TemporalDuration',
  'rdf:value': { '@type': 'xsd:duration', '@value': term },
})

const someone = (name: string): JsonLdNode => ({ '@type': 'dpv:Entity', 'dpv:hasName': name })
const data: KeySaying = (value, names) => ({ 'dpv:hasPersonalData': names.data(texts(value)) })
const literal =
  (property: string): KeySaying =>
  (value) =>
    texts(value).length === 0 ? undefined : { [property]: texts(value) }
const lasting: KeySaying = (value) => (typeof value === 'string' ? { 'dpv:hasDuration': [duration(value)] } : undefined)
const stored: KeySaying = (value) =>
  typeof value === 'string' && value.startsWith('P')
    ? { 'dpv:hasStorageCondition': [{ '@type': 'dpv:StorageDuration', 'dpv:hasDuration': duration(value) }] }
    : undefined
const recipients: KeySaying = (value, names) => ({ 'dpv:hasRecipient': names.recipients(texts(value)) })
const refused: KeySaying = (value, names) =>
  texts(value).length === 0
    ? undefined
    : { 'dpv:hasProhibition': [{ '@type': 'dpv:Prohibition', 'dpv:hasPersonalData': names.data(texts(value)) }] }

const byAnyKind: Readonly<Record<string, KeySaying>> = {
  data,
  of: data,
  uses: data,
  never: refused,
  for: (value, names) => ({ 'dpv:hasPurpose': names.purposes(texts(value)) }),
  basis: (value) => ({ 'dpv:hasLegalBasis': texts(value).map(reference) }),
  countries: (value, names) => ({ 'dpv:hasCountry': names.countries(texts(value)) }),
  words: literal('dct:description'),
  source: literal('dct:source'),
  at: literal('dpv:hasContact'),
  owner: (value) => (typeof value === 'string' ? { 'dpv:hasResponsibleEntity': [someone(value)] } : undefined),
  task: (value) => {
    const owner = valueAt(value, 'owner')
    return typeof owner === 'string' ? { 'dpv:hasResponsibleEntity': [someone(owner)] } : undefined
  },
  within: lasting,
  lead: lasting,
  keep: stored,
}

/** Keys that say something else in one kind, or nothing that DPV has a term for. */
const byKind: Readonly<Record<string, Readonly<Record<string, KeySaying>>>> = {
  collection: {
    from: (value) => {
      const known = texts(value).flatMap((from) => dataSources[from] ?? [])
      return known.length === 0 ? undefined : { 'dpv:hasDataSource': known.map(reference) }
    },
    needed: (value, names) => ({
      'dpv:hasPersonalDataProcess': [
        {
          '@type': 'dpv:PersonalDataProcess',
          'dpv:hasPersonalData': names.data(texts(value)),
          'dpv:hasNecessity': reference('dpv:Required'),
        },
      ],
    }),
  },
  purposes: { is: (value) => ({ 'dpv:hasPurpose': texts(value).map(reference) }) },
  tracking: { to: recipients },
  disclosure: { to: recipients },
  aggregates: { to: recipients },
  transfers: {
    to: (value, names) => ({ 'dpv:hasDataImporter': names.recipients(texts(value)) }),
    countries: (value, names) => ({ 'dpv:hasThirdCountry': names.countries(texts(value)) }),
    ground: (value) => {
      const terms = texts(value).map((ground) => groundOf(ground)?.term)
      return terms.every((term) => term !== undefined) ? { 'dpv:hasLegalBasis': terms.map(reference) } : undefined
    },
    issuer: (value) => (typeof value === 'string' ? { 'dpv:isDeterminedByEntity': [someone(value)] } : undefined),
  },
  rights: {
    at: literal('dpv:isExercisedAt'),
    fee: (value) => (value === 'none' ? { 'dpv:hasFee': [reference('dpv:FeeNotRequired')] } : undefined),
  },
  retention: {
    keep: lasting,
    from: (value) =>
      typeof value === 'string' ? { 'dpv:hasContext': [{ '@type': 'dpv:Context', 'dct:title': value }] } : undefined,
  },
  recourse: { to: literal('dpv:hasName') },
  changes: { date: literal('dct:issued'), at: literal('dct:source'), covers: literal('dct:description') },
}

/** An erasure at the end is said by a class of the term; what is only looked at again, DPV has no term for. */
const endOfTerm = (end: unknown): Parts | undefined => {
  if (end === 'erase') return {}
  return end === 'anonymise' ? { 'dpv:hasProcessing': [reference('dpv:Anonymise')] } : undefined
}

/** What the values of a key say in DPV, by property, and undefined where DPV has no term for it. */
export const sayKey = (kind: string, key: string, value: unknown, names: Names): Parts | undefined =>
  kind === 'retention' && key === 'then' ? endOfTerm(value) : (byKind[kind]?.[key] ?? byAnyKind[key])?.(value, names)
