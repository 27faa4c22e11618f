import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { everyCapability, faultLine, liveSchema, type PolicyCase, policyCases } from '../../test/policy-case.ts'
import { commitmentKinds } from '../commitments/index.ts'
import type { Fault } from '../language/fault.ts'
import { sortFaults } from '../language/fault-text.ts'
import type { StoreMap } from '../language/store-map.ts'
import { checkLive, checkPolicy } from './check.ts'
import { compilePlan } from './plan.ts'
import { readPolicyBytes } from './policy.ts'
import { readStoreMapBytes } from './stores.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
// Cases tell what has ended by this day.
const clock = { now: () => new Date('2026-11-22T12:00:00Z') }

const run = (read: PolicyCase) => {
  const { policy, faults } = readPolicyBytes('kept.yaml', bytes(read.policy), clock)
  const found: Fault[] = [...faults]
  const maps: StoreMap[] = []
  for (const [store, text] of Object.entries(read.stores)) {
    const { map, faults: ofMap } = readStoreMapBytes(`${store}.yaml`, bytes(text), policy)
    found.push(...ofMap)
    if (map) maps.push(map)
  }
  const plan = compilePlan(policy, maps)
  // A policy alone is checked alone; with stores, everything is held together.
  if (Object.keys(read.stores).length > 0) found.push(...checkPolicy(plan, maps))
  for (const map of maps) {
    const live = read.live[map.store]
    if (live) found.push(...checkLive(plan, map, liveSchema(live), { ...everyCapability, ...read.capabilities }, maps))
  }
  return { plan, maps, faults: sortFaults(found) }
}

const folders = [
  fileURLToPath(new URL('./cases', import.meta.url)),
  ...commitmentKinds.map((kind) => fileURLToPath(new URL(`../commitments/${kind.key}/cases`, import.meta.url))),
].filter((folder) => existsSync(folder))

describe.each(folders)('cases of %s', (folder) => {
  test.each(policyCases(folder))('$file', ({ read }) => {
    const { plan, maps, faults } = run(read)
    expect(faults.map(faultLine)).toEqual(read.faults)
    if (read.commitments) expect(plan.commitments.map((one) => `${one.id} ${one.enforced}`)).toEqual(read.commitments)
    if (read.plan) expect(plan).toMatchObject(read.plan)
    if (read.maps) expect(Object.fromEntries(maps.map((map) => [map.store, map]))).toMatchObject(read.maps)
  })
})

test('there are cases', () => {
  expect(folders.flatMap(policyCases).length).toBeGreaterThan(20)
})
