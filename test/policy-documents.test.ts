import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { formatFault } from '../src/language/fault-text.ts'
import { checkPolicy } from '../src/policy/check.ts'
import { compilePlan } from '../src/policy/plan.ts'
import { readPolicyBytes } from '../src/policy/policy.ts'
import { readStoreMapBytes } from '../src/policy/stores.ts'

function document(name: string): string {
  return readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8')
}

function examples(name: string): string[] {
  return [...document(name).matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
// The pages show days; what is current on this one is old some years later.
const clock = { now: () => new Date('2026-11-22T12:00:00Z') }
const [policyText = '', ...fragments] = examples('policy.md')
const [storeText = ''] = examples('store-map.md')

it('shows a policy and a store map that hold together', () => {
  const { policy, faults } = readPolicyBytes('kept.yaml', bytes(policyText), clock)
  const { map, faults: ofMap } = readStoreMapBytes('shop.yaml', bytes(storeText), policy)
  const maps = map ? [map] : []
  const all = [...faults, ...ofMap, ...checkPolicy(compilePlan(policy, maps), maps)]
  expect(all.map((fault) => formatFault(fault))).toEqual([])
  expect(maps).toHaveLength(1)
})

it.each(fragments)('shows parts of a policy that are read without a fault: %s', (fragment) => {
  const merged = { ...(parse(policyText) as object), ...(parse(fragment) as object) }
  // A shortened block of data would leave the other blocks without their categories.
  const data = { ...(parse(policyText) as { data: object }).data, ...(parse(fragment) as { data?: object }).data }
  expect(readPolicyBytes('kept.yaml', bytes(stringify({ ...merged, data })), clock).faults).toEqual([])
})

it('shows the fault as it is printed', () => {
  const wrong = policyText.replace('from: last-contact', 'frm: last-contact')
  const { faults } = readPolicyBytes('kept.yaml', bytes(wrong))
  const printed = faults.map((fault) => formatFault(fault, wrong)).find((text) => text.includes('"frm"'))
  expect(document('policy.md')).toContain(printed)
})

it('names in the words only terms of the vocabulary', (context) => {
  const folder = new URL('../../shared/fixtures/dpv/', import.meta.url)
  if (!existsSync(folder)) context.skip('there is no ../shared/fixtures/dpv beside this checkout')
  const list = ['dpv', 'pd', 'eu-gdpr'].map((name) => readFileSync(new URL(`${name}.csv`, folder), 'utf8')).join('\n')
  const named = [...document('words.md').matchAll(/`(?:dpv|pd|eu-gdpr):([\w-]+)`/g)].map((match) => match[1] ?? '')
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((term) => !list.includes(`\n"${term}",`))).toEqual([])
})
