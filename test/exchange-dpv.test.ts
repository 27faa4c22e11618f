/** The exported JSON-LD is read back by a JSON-LD processor that shares nothing with the export. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { exportDpv } from '../src/exchange/dpv/document.ts'
import { compilePlan } from '../src/policy/plan.ts'
import { readPolicy } from '../src/policy/policy.ts'
import { readStoreMaps, storesDirectory } from '../src/policy/stores.ts'
import { ROOT } from './checkout.ts'

const DPV = join(ROOT, '../shared/fixtures/dpv')
const POLICIES = [
  'demo/larkspur/kept.yaml',
  ...['kerio', 'kaseya', 'open-xchange', 'kayako', 'zimbra', 'request-tracker'].map(
    (name) => `examples/${name}/kept.yaml`,
  ),
]

/** What a processor would drop without a word is an error, and nothing may be fetched. */
const STRICT = {
  safe: true,
  documentLoader: async (url: string) => {
    throw new Error(`it would fetch ${url}`)
  },
}

interface Node {
  readonly '@id': string
  readonly '@type'?: readonly string[]
  readonly [property: string]: unknown
}

async function exported(file: string) {
  const { policy } = await readPolicy(join(ROOT, file))
  const { maps } = await readStoreMaps(storesDirectory(join(ROOT, file)), policy)
  const plan = compilePlan(policy, maps)
  const { files, lost } = exportDpv(policy, plan, maps)
  const document = JSON.parse(files[0]?.text ?? '')
  const nodes = (await jsonld.flatten(document, undefined, STRICT)) as unknown as Node[]
  return { policy, plan, maps, lost, document, nodes }
}

const ids = (node: Node | undefined, property: string): string[] =>
  ((node?.[property] ?? []) as readonly { '@id'?: string; '@value'?: string }[]).map(
    (value) => value['@id'] ?? value['@value'] ?? '',
  )
const dpv = (name: string) => `https://w3id.org/dpv#${name}`
const title = 'http://purl.org/dc/terms/title'
const iriOf = (curie: string) =>
  curie
    .replace(/^dpv:/, 'https://w3id.org/dpv#')
    .replace(/^pd:/, 'https://w3id.org/dpv/pd#')
    .replace(/^eu-gdpr:/, 'https://w3id.org/dpv/legal/eu/gdpr#')

/** Every IRI of the vocabulary that stands anywhere in an expanded document. */
function iris(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('https://w3id.org/dpv') ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [...iris(key), ...iris(inner)])
}

function knownIris(): ReadonlySet<string> {
  const files = ['dpv', 'pd', 'eu-gdpr', 'tech'].map((name) => readFileSync(join(DPV, `${name}.csv`), 'utf8'))
  return new Set(
    files.flatMap((text) => [...text.matchAll(/^"[^"]*","(?:class|property)","([^"]+)"/gm)].map((row) => row[1] ?? '')),
  )
}

describe.each(POLICIES)('%s as DPV', (file) => {
  test('uses only terms that DPV 2.3 has', async (context) => {
    if (!existsSync(DPV)) return context.skip('../shared/fixtures/dpv is not there')
    const known = knownIris()
    const { nodes } = await exported(file)
    const used = [...new Set(iris(nodes))]
    expect(used.length).toBeGreaterThan(20)
    expect(used.filter((iri) => !known.has(iri))).toEqual([])
  })

  test('says every category, purpose, basis and term of the policy', async () => {
    const { plan, nodes } = await exported(file)
    const byTitle = (kind: string, name: string) =>
      nodes.find((node) => node['@id'].endsWith(`#${kind}.${encodeURIComponent(name)}`))
    const nameOf = (iri: string) =>
      ids(
        nodes.find((node) => node['@id'] === iri),
        title,
      )[0]
    for (const category of plan.data) expect(byTitle('data', category.name)?.['@type']).toContain(iriOf(category.is))
    for (const purpose of plan.purposes) {
      const node = byTitle('purposes', purpose.name)
      expect(ids(node, dpv('hasPurpose'))).toEqual([iriOf(purpose.is)])
      expect(ids(node, dpv('hasLegalBasis'))).toEqual(purpose.basis.map(iriOf))
      expect(ids(node, dpv('hasPersonalData')).map(nameOf)).toEqual([...new Set(purpose.uses)])
    }
    for (const [name, entry] of plan.disclosure) {
      if (entry.is === 'bar') continue
      const node = byTitle('disclosure', name)
      const named = nodes.filter((each) => ids(node, dpv('hasRecipient')).includes(each['@id']))
      const said = named.flatMap((each) => [...ids(each, dpv('hasName')), ...ids(each, title)])
      expect(said.toSorted()).toEqual([entry.to ?? name].flat().toSorted())
    }
    for (const rule of plan.retention) {
      const node = byTitle('retention', rule.name)
      const lasts = nodes.filter((each) => ids(node, dpv('hasDuration')).includes(each['@id']))
      expect(JSON.stringify(lasts)).toContain(`"@value":"${rule.keep}"`)
      expect(ids(node, dpv('hasPersonalData')).map(nameOf)).toEqual([...new Set(rule.data)])
    }
  })

  test('refers to nothing that is not there, and says of each commitment what it cannot say', async () => {
    const { plan, nodes, lost, document } = await exported(file)
    const own = new Set(nodes.map((node) => node['@id']))
    const referred = [...JSON.stringify(nodes).matchAll(/"@id":"(ni:[^"]+#[^"]+)"/g)].map((match) => match[1] ?? '')
    expect(referred.filter((iri) => !own.has(iri))).toEqual([])
    const told = new Set(lost.map((loss) => loss.path))
    const unsaid = plan.commitments.filter(
      ({ kind, name }) => !nodes.some((node) => node['@id'].endsWith(`#${kind}.${encodeURIComponent(name)}`)),
    )
    expect(unsaid.filter(({ id }) => !told.has(id)).map(({ id }) => id)).toEqual([])
    expect(
      ((await jsonld.toRDF(document, { ...STRICT, format: 'application/n-quads' })) as unknown as string).split('\n')
        .length,
    ).toBeGreaterThan(40)
  })
})

test('an IRI that DPV does not have is caught', async (context) => {
  if (!existsSync(DPV)) return context.skip('../shared/fixtures/dpv is not there')
  expect(
    iris([{ 'https://w3id.org/dpv#hasPlanted': [{ '@id': 'https://w3id.org/dpv/pd#EmailAddress' }] }]).filter(
      (iri) => !knownIris().has(iri),
    ),
  ).toEqual(['https://w3id.org/dpv#hasPlanted'])
})
