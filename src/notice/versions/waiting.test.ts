import { describe, expect, it } from 'vitest'
import { readPolicyBytes } from '../../policy/policy.ts'
import { comparePolicies } from '../difference/compare-policies.ts'
import { asksAnew, waitFor } from './waiting.ts'

const base = `
kept: 1
controller: { name: Foxglove Ltd }
data:
  email: { is: pd:EmailAddress }
  visits: { is: pd:BrowsingBehaviour }
purposes:
  news: { is: dpv:DirectMarketing, basis: dpv:Consent, uses: [email] }
  orders: { is: dpv:FulfilmentOfContractualObligation, basis: eu-gdpr:A6-1-b, uses: [email] }
  profile: { is: dpv:Personalisation, basis: dpv:Consent, uses: [visits] }
disclosure:
  mailer: { is: processor, to: [Acme Ltd], for: [news] }
  carrier: { is: processor, to: [Beta Ltd], for: [orders] }
consent:
  tick: { is: act, for: [news, profile], by: tick, withdraw: link }
security:
  access: { is: access-control, roles: [support] }
retention:
  logs: { data: [visits], keep: P30D, from: visit }
`
const read = (text: string) => readPolicyBytes('kept.yaml', new TextEncoder().encode(text)).policy

const change = (from: string, to: string, promises = '') => {
  const before = read(base + promises)
  const text = (base + promises).replace(from, to)
  expect(text).not.toBe(base + promises)
  const after = read(text)
  const differences = comparePolicies(before, after)
  return { wait: waitFor(differences, before), asks: asksAnew(differences, before, after) }
}

describe('a change waits', () => {
  it.each([
    [
      'a new purpose',
      'profile:',
      'adverts: { is: dpv:Advertising, basis: eu-gdpr:A6-1-f, uses: [email] }\n  profile:',
      'P30D',
    ],
    ['a new recipient', '[Acme Ltd]', '[Acme Ltd, Gamma Ltd]', 'P30D'],
    ['a longer term', 'P30D', 'P60D', 'P30D'],
    ['wider access', '[support]', '[support, sales]', 'P14D'],
    ['a shorter term', 'P30D', 'P7D', 'PT0S'],
    ['fewer recipients', '  carrier: { is: processor, to: [Beta Ltd], for: [orders] }\n', '', 'PT0S'],
    ['another address', 'Foxglove Ltd', 'Foxglove Limited', 'PT0S'],
  ])('for %s as the table says, where the policy in force promises nothing', (_name, from, to, lead) => {
    expect(change(from, to).wait.lead).toBe(lead)
  })

  it('as the policy in force promises for changes of its kind', () => {
    const told = (lead: string, what: string) =>
      `changes: { told: { is: notice, lead: ${lead}, channels: [site], what: ${what} } }\n`
    expect(change('P30D', 'P60D', told('P90D', 'any')).wait).toEqual({ lead: 'P90D', because: 'changes.told' })
    expect(change('P30D', 'P60D', told('P1D', '[retention]')).wait.lead).toBe('P1D')
    // A promise about recipients says nothing about terms: there the table holds.
    expect(change('P30D', 'P60D', told('P90D', '[recipient]')).wait.lead).toBe('P30D')
    expect(change('P30D', 'P7D', told('P90D', 'material')).wait.lead).toBe('PT0S')
    expect(change('P30D', 'P7D', told('P90D', 'any')).wait.lead).toBe('P90D')
  })
})

describe('consent is asked anew', () => {
  it.each([
    ['more data for it', 'basis: dpv:Consent, uses: [email]', 'basis: dpv:Consent, uses: [email, visits]', ['news']],
    ['a recipient of it', '[Acme Ltd]', '[Acme Ltd, Gamma Ltd]', ['news']],
    ['a longer term of its data', 'P30D', 'P60D', ['profile']],
    ['another meaning of its data', 'pd:BrowsingBehaviour', 'pd:Location', ['profile']],
    ['a recipient of what rests on a contract', '[Beta Ltd]', '[Beta Ltd, Delta Ltd]', []],
    ['less data for it', 'uses: [visits]', 'uses: []', []],
    ['other words', 'is: pd:BrowsingBehaviour', 'is: pd:BrowsingBehaviour, words: your visits', []],
  ])('for %s', (_name, from, to, asks) => {
    expect(change(from, to).asks).toEqual(asks)
  })

  it('only for what the policy in force names, and at every version where consent says so', () => {
    const asks = (names: string) => `changes: { told: { is: notice, lead: P1D, channels: [site], asks: ${names} } }\n`
    expect(change('[Acme Ltd]', '[Acme Ltd, Gamma Ltd]', asks('[wider-use]')).asks).toEqual([])
    expect(change('[Acme Ltd]', '[Acme Ltd, Gamma Ltd]', asks('[new-recipient]')).asks).toEqual(['news'])
    const every = base.replace('withdraw: link', 'withdraw: link, asks: new-version')
    const [before, after] = [read(every), read(every.replace('Foxglove Ltd', 'Foxglove Limited'))]
    expect(asksAnew(comparePolicies(before, after), before, after)).toEqual(['news', 'profile'])
  })
})
