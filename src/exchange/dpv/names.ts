import { entriesOf, valueAt } from '../../commitments/block.ts'
import { listOf } from '../../language/terms.ts'
import type { Plan } from '../../policy/plan.ts'
import type { Policy } from '../../policy/policy.ts'
import { recipientTypes } from './sayings.ts'

export type JsonLdValue = string | boolean | number | JsonLdNode | readonly JsonLdValue[]
/** A node of JSON-LD 1.1: properties and classes are CURIEs of the context. */
export interface JsonLdNode {
  readonly [key: string]: JsonLdValue
}

/** Who receives data, as all disclosures together name it. */
interface Recipient {
  /** False where a disclosure names nobody: then it is only called by the entry's name. */
  readonly named: boolean
  readonly types: readonly string[]
  readonly countries: readonly string[]
}

/** What the names of a policy stand for in the document. */
export interface Names {
  /** The IRI of a part of this policy, as CURIE. */
  iri(...path: readonly string[]): string
  data(names: readonly string[]): readonly JsonLdNode[]
  /** DPV terms of declared purposes. */
  purposes(names: readonly string[]): readonly JsonLdNode[]
  recipients(names: readonly string[]): readonly JsonLdNode[]
  countries(codes: readonly string[]): readonly JsonLdNode[]
  /** Countries that were referred to so far. */
  readonly country: ReadonlySet<string>
  readonly recipient: ReadonlyMap<string, Recipient>
  readonly lawful: ReadonlySet<string>
}

export const reference = (iri: string): JsonLdNode => ({ '@id': iri })

const texts = (value: unknown): readonly string[] => listOf(value).filter((each) => typeof each === 'string')

const recipientsOf = (policy: Policy): ReadonlyMap<string, Recipient> => {
  const found = new Map<string, Recipient>()
  for (const [name, entry] of entriesOf(valueAt(policy.located.value, 'disclosure'))) {
    const form = String(valueAt(entry, 'is'))
    if (form === 'bar') continue
    const type = recipientTypes[form] ?? 'dpv:ThirdParty'
    const named = texts(valueAt(entry, 'to'))
    for (const each of named.length === 0 ? [name] : named) {
      const before = found.get(each)
      found.set(each, {
        named: named.length > 0 || before?.named === true,
        types: [...new Set([...(before?.types ?? []), type])],
        countries: [...new Set([...(before?.countries ?? []), ...texts(valueAt(entry, 'countries'))])],
      })
    }
  }
  return found
}

/** A name may be a recipient's own, or that of the disclosure that lists several. */
const namedBy = (policy: Policy, name: string): readonly string[] => {
  const to = texts(valueAt(valueAt(valueAt(policy.located.value, 'disclosure'), name), 'to'))
  return to.length === 0 ? [name] : to
}

export const namesOf = (policy: Policy, plan: Plan): Names => {
  const iri = (...path: readonly string[]): string => `policy:${path.map(encodeURIComponent).join('.')}`
  const declared = new Set(plan.data.map((category) => category.name))
  const country = new Set<string>()
  const terms = new Map(plan.purposes.map((purpose) => [purpose.name, purpose.is]))
  return {
    iri,
    data: (names) => names.filter((name) => declared.has(name)).map((name) => reference(iri('data', name))),
    purposes: (names) => [...new Set(names.flatMap((name) => terms.get(name) ?? []))].map(reference),
    recipients: (names) =>
      [...new Set(names.flatMap((name) => namedBy(policy, name)))].map((name) => reference(iri('recipient', name))),
    countries: (codes) =>
      codes.map((code) => {
        country.add(code)
        return reference(iri('country', code))
      }),
    country,
    recipient: recipientsOf(policy),
    lawful: new Set(plan.law),
  }
}
