/** A policy to Fideslang and back: drafts with every open question answered by something of the right shape. */
import { expect } from 'vitest'
import { stringify } from 'yaml'
import { isOpen } from '../src/commitments/statement.ts'
import { exportFideslang } from '../src/exchange/fideslang/export.ts'
import { importFideslang } from '../src/exchange/fideslang/import-policy.ts'
import { readFideslangBytes } from '../src/exchange/fideslang/read.ts'
import type { StoreMap } from '../src/language/store-map.ts'
import { compilePlan, type Plan } from '../src/policy/plan.ts'
import { readPolicyBytes } from '../src/policy/policy.ts'
import { readStoreMapBytes } from '../src/policy/stores.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** Answers whatever a draft asks with something of the right shape, by the last key of its path. */
const answers: Readonly<Record<string, unknown>> = {
  law: 'eu-gdpr',
  data: 'email',
  from: 'last-contact',
  keep: 'P9Y',
  within: 'P1M',
  countries: 'DE',
  contract: true,
  name: 'Any Ltd',
  contact: 'privacy@example.org',
  basis: 'eu-gdpr:A6-1-f',
  party: 'first',
  for: 'delivery',
  owner: 'officer',
  ground: 'standard-contractual-clauses',
  erase: 'row',
  by: 'officer',
  date: '2026-01-01',
}
export const answered = (value: unknown, own: Readonly<Record<string, unknown>> = {}, key = ''): unknown => {
  if (isOpen(value)) {
    // Which exception keeps a field, nobody knows who has only the dataset: left away here.
    if (value.includes('read_only')) return undefined
    const given = { ...answers, ...own }
    if (!Object.hasOwn(given, key)) throw new Error(`nobody answers ${key}: ${value}`)
    return given[key]
  }
  if (Array.isArray(value)) return value.map((inner) => answered(inner, own, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, answered(each, own, inner)]))
}

export interface Read {
  readonly plan: Plan
  readonly maps: readonly StoreMap[]
}

/** Reads a policy and its maps; any fault fails the test. */
export function readDrafts(policyText: string, mapTexts: readonly string[]): Read {
  const { policy, faults } = readPolicyBytes('kept.yaml', bytes(policyText))
  expect(faults.filter(({ severity }) => severity === 'error').map((fault) => fault.message)).toEqual([])
  const maps = mapTexts.flatMap((text, index) => {
    const read = readStoreMapBytes(`stores/${index}.yaml`, bytes(text), policy)
    expect(read.faults.map((fault) => fault.message)).toEqual([])
    return read.map ?? []
  })
  return { plan: compilePlan(policy, maps), maps }
}

export function exported({ plan, maps }: Read): string {
  return exportFideslang(plan, maps).files[0]?.text ?? ''
}

export function roundTrip(yaml: string): Read {
  const { fideslang, faults } = readFideslangBytes('fideslang.yml', bytes(yaml))
  expect(faults.map((fault) => fault.message)).toEqual([])
  const { policy, maps } = importFideslang(fideslang)
  return readDrafts(
    stringify(answered(policy)),
    maps.map((map) => stringify(answered(map))),
  )
}
