import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { exported, type Read, readDrafts, roundTrip } from '../../../test/fideslang-drafts.ts'
import { fideslangLines } from '../../language/fideslang.ts'
import { legalBases } from './words.ts'

const exact = (position: 'data' | 'purpose') => [
  ...new Set(
    fideslangLines[position].flatMap(({ sure, term, now }) =>
      sure === 'same' && now === undefined && term !== undefined ? [term] : [],
    ),
  ),
]
const name = fc.stringMatching(/^[a-z][a-z-]{0,20}[a-z]$/)
const anyPolicy = fc
  .record({
    data: fc.uniqueArray(fc.constantFrom(...exact('data')), { minLength: 1, maxLength: 12 }),
    purposes: fc.uniqueArray(
      fc.record({
        name,
        is: fc.constantFrom(...exact('purpose')),
        basis: fc.constantFrom(...legalBases.map(({ term }) => term)),
      }),
      { minLength: 1, maxLength: 6, selector: (purpose) => purpose.name },
    ),
    picks: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
  })
  .map(({ data, purposes, picks }) => ({
    kept: 1,
    controller: { name: 'Any Ltd' },
    law: 'eu-gdpr',
    data: Object.fromEntries(data.map((is, index) => [`category-${index}`, { is }])),
    purposes: Object.fromEntries(
      purposes.map(({ name: purpose, is, basis }, index) => {
        const uses = data.flatMap((_, at) =>
          (((picks[index] ?? 0) >> at) & 1) === 1 || at === 0 ? [`category-${at}`] : [],
        )
        return [purpose, { is, basis, uses }]
      }),
    ),
  }))

test('any policy in words that both have comes back with the same purposes, bases and data', () => {
  const said = ({ plan }: Read) =>
    plan.purposes.map(({ name: purpose, is, basis, uses }) => ({
      purpose,
      is,
      basis,
      data: uses.map((use) => plan.data.find((category) => category.name === use)?.is ?? '').toSorted(),
    }))
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      const before = readDrafts(stringify(policy), [])
      expect(said(roundTrip(exported(before)))).toEqual(said(before))
    }),
    { numRuns: 40 },
  )
})
