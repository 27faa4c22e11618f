import { expect, it } from 'vitest'
import { compilePlan } from '../policy/plan.ts'
import { readPolicyBytes } from '../policy/policy.ts'
import { readStoreMapBytes } from '../policy/stores.ts'
import { drawFlows } from './draw.ts'
import { flowsOf } from './flows.ts'
import { wordsOf } from './words.ts'

const POLICY = `kept: 1
controller: { name: Larkspur & Sons, country: IE }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress, words: your <e-mail> address }
  note: { is: pd:Communication }
  card: { is: pd:PaymentCardNumber }
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, note] }
  leaflet: { is: dpv:DirectMarketing, basis: dpv:Consent, uses: [email] }
disclosure:
  host: { is: processor, to: Harbour GmbH, for: [support], data: [note], countries: [DE, US], contract: true }
  advertisers: { is: partner, to: Adverts Ltd, for: [leaflet], data: [email], never: true }
`

const MAP = `store: desk
connect: { read: env:DESK }
country: IE
tables:
  people:
    for: support
    person: { key: { email: mail } }
    fields: { mail: email, body: note, number: card }
`

const { policy } = readPolicyBytes('kept.yaml', Buffer.from(POLICY))
const { map } = readStoreMapBytes('stores/desk.yaml', Buffer.from(MAP), policy)
if (map === undefined) throw new Error('the map could not be read')
const plan = compilePlan(policy, [map])

it('follows each category to its purposes, stores, recipients and countries; what never happens is no flow', () => {
  expect(flowsOf(plan, [map])).toEqual([
    { category: 'email', purpose: 'support', store: 'desk', country: 'IE' },
    { category: 'note', purpose: 'support', store: 'desk', country: 'IE' },
    { category: 'card', store: 'desk', country: 'IE' },
    { category: 'note', purpose: 'support', recipient: 'Harbour GmbH', country: 'DE' },
    { category: 'note', purpose: 'support', recipient: 'Harbour GmbH', country: 'US' },
  ])
  expect(flowsOf(plan, [map], { country: 'US' })).toHaveLength(1)
  expect(flowsOf(plan, [map], { category: 'email', store: 'elsewhere' })).toEqual([])
})

it('draws them as a document of its own, in the words of the policy, with nothing of them as markup', () => {
  const drawn = drawFlows(flowsOf(plan, [map]), 'Data of Larkspur & Sons', wordsOf(plan))
  expect(drawn).toContain('<title id="title">Data of Larkspur &amp; Sons</title>')
  expect(drawn).toContain('your &lt;e-mail&gt;')
  expect(drawn).toContain('>Germany<')
  expect(drawn).not.toMatch(/<style|<script|href|<e-mail>/)
  // A line for each pair of neighbours, once.
  expect(drawn.match(/<path /g)).toHaveLength(8)
  expect(drawFlows([], 'Nothing', wordsOf(plan))).toContain('<svg')
})
