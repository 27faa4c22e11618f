import { entriesOf, valueAt } from '../../commitments/block.ts'
import { commitmentKinds } from '../../commitments/index.ts'
import { dpvNamespaces } from '../../language/dpv.ts'
import type { StoreMap } from '../../language/store-map.ts'
import type { Plan } from '../../policy/plan.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Exported, Loss } from '../exported.ts'
import { properties, type SaidCommitment, sayCommitment } from './commitment.ts'
import { type JsonLdNode, type Names, namesOf, reference } from './names.ts'
import { aboutPurpose, controllerNode, exceptionNodes, lawNodes, linked, namedNodes, storeNodes } from './parts.ts'

/** The policy's bytes name it: an IRI by hash (RFC 6920); its parts are fragments. */
const policyIri = (sha256: string): string => `ni:///sha-256;${Buffer.from(sha256, 'hex').toString('base64url')}`

/** Prefixes only, and inline: whoever reads the document fetches nothing. */
const contextOf = (policy: Policy): JsonLdNode => ({
  ...dpvNamespaces,
  dct: 'http://purl.org/dc/terms/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  policy: `${policyIri(policy.sha256)}#`,
})

/** What a commitment says together with others that name it. */
const joined = (kind: string, name: string, plan: Plan, maps: readonly StoreMap[], names: Names): JsonLdNode => {
  if (kind === 'purposes') return aboutPurpose(name, plan, maps, names)
  if (kind === 'rights' && name === 'erasure')
    return properties({ 'dpv:hasJustification': exceptionNodes(plan, names) })
  return kind === 'disclosure' ? properties({ 'dpv:hasRecipient': names.recipients([name]) }) : {}
}

/**
 * The whole policy as one JSON-LD 1.1 document in terms of DPV 2.3, context inline. Commitments and keys for which DPV
 * has no term are `lost`. File: `policy.dpv.jsonld`.
 */
export const exportDpv = (policy: Policy, plan: Plan, maps: readonly StoreMap[]): Exported => {
  const names = namesOf(policy, plan)
  const lost: Loss[] = []
  const said: SaidCommitment[] = []
  for (const { key } of commitmentKinds) {
    for (const [name, entry] of entriesOf(valueAt(policy.located.value, key))) {
      const result = sayCommitment(key, name, entry ?? {}, names)
      lost.push(...result.lost)
      if (result.said === undefined) continue
      const node = { ...result.said.node, ...joined(key, name, plan, maps, names) }
      said.push({ ...result.said, node })
    }
  }
  const graph: readonly JsonLdNode[] = [
    {
      '@id': names.iri('processing'),
      '@type': 'dpv:PersonalDataProcess',
      ...properties({
        'dpv:hasDataController': [reference(names.iri('controller'))],
        'dpv:hasApplicableLaw': plan.law.map((law) => reference(names.iri('law', law))),
        'dpv:hasPersonalData': plan.data.map((category) => reference(names.iri('data', category.name))),
        'dct:source': [reference(policyIri(policy.sha256))],
        ...linked(said.filter((one) => one.of === 'processing')),
      }),
    },
    controllerNode(plan, names, said),
    ...lawNodes(plan, names),
    ...storeNodes(maps, names),
    ...said.map((one) => one.node),
    ...namedNodes(plan, names),
  ]
  const text = `${JSON.stringify({ '@context': contextOf(policy), '@graph': graph }, null, 2)}\n`
  return { files: [{ name: 'policy.dpv.jsonld', text }], lost, missing: [] }
}
