import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { policyCases } from '../../test/policy-case.ts'
import { formatFault } from '../language/fault-text.ts'
import { checkPolicy } from './check.ts'
import { compilePlan } from './plan.ts'
import { readPolicyBytes } from './policy.ts'
import { readStoreMapBytes } from './stores.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Reads, checks and prints whatever it is given; throws only if the program itself fails. */
const readAll = (policyText: string, storeText: string): number => {
  const { policy, faults } = readPolicyBytes('kept.yaml', bytes(policyText))
  const { map, faults: ofMap } = readStoreMapBytes('desk.yaml', bytes(storeText), policy)
  const maps = map ? [map] : []
  const all = [...faults, ...ofMap, ...checkPolicy(compilePlan(policy, maps), maps)]
  for (const fault of all) {
    formatFault(fault, fault.where.file === 'kept.yaml' ? policyText : storeText)
    expect(fault.where.line ?? 1).toBeGreaterThan(0)
    expect(fault.where.column ?? 1).toBeGreaterThan(0)
  }
  return all.length
}

const word = fc.constantFrom(
  ...'kept controller law laws data purposes retention rights erasure except access is basis uses keep from for within'.split(
    ' ',
  ),
  ...'store connect read tables person people key hint fields erase via when to codec by clock allow cascades'.split(
    ' ',
  ),
  ...'constructor toString __proto__ hasOwnProperty 1 null email id row part none env:DESK P1M eu-gdpr a.b'.split(' '),
)
const leaf = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.string({ maxLength: 8 }))
const { tree } = fc.letrec((again) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    leaf,
    fc.array(again('tree'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(word, again('tree')), { maxLength: 6, selector: ([key]) => key })
      .map((entries) => Object.fromEntries(entries.filter(([key]) => key !== '__proto__'))),
  ),
}))

const cases = policyCases(new URL('./cases', import.meta.url).pathname)
const policies = cases.map(({ read }) => read.policy)
const stores = cases.flatMap(({ read }) => Object.values(read.stores))

describe('whatever is in a file', () => {
  test('any tree of values is read to faults, never to an exception', () => {
    fc.assert(
      fc.property(tree, tree, (policy, store) => readAll(stringify(policy), stringify(store)) >= 0),
      { numRuns: 100 },
    )
  })

  test('any part of a sound file replaced by anything is read to faults', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...policies),
        fc.constantFrom(...stores),
        fc.nat(),
        fc.nat(30),
        fc.oneof(word, fc.string({ maxLength: 6 })),
        (policy, store, at, length, instead) => {
          const changed = (text: string): string => {
            const start = at % text.length
            return text.slice(0, start) + instead + text.slice(start + length)
          }
          return readAll(changed(policy), changed(store)) >= 0
        },
      ),
      { numRuns: 150 },
    )
  })

  test('names of object properties are names like others', () => {
    const policy = `kept: 1
controller: { name: A }
data: { constructor: pd:Name, toString: pd:Name }
purposes: { valueOf: { is: dpv:CustomerCare, uses: [constructor, hasOwnProperty] } }
`
    const codes = readPolicyBytes('kept.yaml', bytes(policy)).faults.map((fault) => fault.code)
    expect(codes).toEqual(['policy.unknown-category'])
  })
})
