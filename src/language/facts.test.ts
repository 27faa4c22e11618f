import { describe, expect, it } from 'vitest'
import { checkFact, evidenceName } from './facts.ts'
import { Fault } from './fault.ts'

const closed = { type: 'request.closed/1', body: { request: 'k7m2x9q4w8nd', state: 'done' } }

describe('checkFact', () => {
  it('takes a declared fact', () => {
    expect(() => checkFact(closed)).not.toThrow()
  })

  const breaches: [string, { type: string; body: unknown }][] = [
    ['an undeclared type', { type: 'request.noted/1', body: {} }],
    ['a type out of the prototype', { type: 'constructor', body: {} }],
    ['an undeclared member', { ...closed, body: { ...closed.body, note: 'x' } }],
    ['an address as id', { ...closed, body: { ...closed.body, request: 'ada@people.example' } }],
    [
      'an address as staff',
      { type: 'request.cancelled/1', body: { request: 'k7m2x9q4w8nd', by: 'ada@people.example' } },
    ],
    [
      'a sentence as ground',
      {
        type: 'request.denied/1',
        body: { request: 'k7m2x9q4w8nd', by: `s${'0'.repeat(26)}`, ground: 'she is not a customer' },
      },
    ],
    [
      'a name in a table',
      {
        type: 'request.executed/1',
        body: { request: 'k7m2x9q4w8nd', store: 'desk', tables: [{ table: 'Ada Lovelace', rows: 1 }] },
      },
    ],
    ['a phone number as store', { type: 'store.checked/1', body: { store: '+44 20 7946 0000', findings: [] } }],
  ]
  for (const [what, fact] of breaches) {
    it(`refuses ${what} without repeating it`, () => {
      let fault: unknown
      try {
        checkFact(fact)
      } catch (error) {
        fault = error
      }
      expect(fault).toBeInstanceOf(Fault)
      expect((fault as Fault).code).toBe('evidence.not-allowed')
      expect(`${(fault as Fault).message} ${(fault as Fault).mend}`).not.toMatch(/ada|lovelace|7946|customer/i)
    })
  }
})

describe('evidenceName', () => {
  it('leaves ordinary names and hashes the others', () => {
    expect(evidenceName('public.tickets')).toBe('public.tickets')
    expect(evidenceName('mail of ada@people.example')).toMatch(/^name-[0-9a-f]{24}$/)
  })
})
