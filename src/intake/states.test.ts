import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseDecision, CaseKind, CaseState } from '../cases.ts'
import { caseKinds } from './kinds.ts'
import { caseStates, following, forbidden } from './states.ts'

const at = '2026-11-22T00:00:00.000Z'
const kinds = Object.keys(caseKinds) as CaseKind[]

/** One thing that somebody tries to do with a case, in any order. */
const attempt = fc.record({
  any: fc.constantFrom(...caseStates),
  lawful: fc.boolean(),
  next: fc.nat(10),
  identity: fc.boolean(),
  decision: fc.option(
    fc.record({
      outcome: fc.constantFrom<CaseDecision['outcome']>('granted', 'denied', 'nothing-held', 'answered'),
      ground: fc.boolean(),
    }),
    { nil: undefined },
  ),
  request: fc.boolean(),
  closing: fc.boolean(),
})

describe('the life of a case', () => {
  test('no order of acts reveals, changes, refuses in silence, or calls done what is not', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.array(attempt, { maxLength: 40 }), (kind, attempts) => {
        let state: CaseState = 'received'
        const passed = new Set<CaseState>()
        let held: Parameters<typeof forbidden>[1] = { kind, state, requests: [] }
        for (const { any, lawful, next, identity, decision, request, closing } of attempts) {
          const follows: readonly CaseState[] = following[state]
          const to: CaseState = lawful ? (follows[next % follows.length] as CaseState) : any
          const then = {
            ...held,
            state: to,
            requests: request ? ['7k2m9q4x8v3b'] : held.requests,
            ...(identity ? { identity: { how: 'mail' as const, at } } : {}),
            ...(decision === undefined
              ? {}
              : {
                  decision: { outcome: decision.outcome, at, ...(decision.ground ? { ground: 'legal-claims' } : {}) },
                }),
            ...(closing ? { closing: { at, why: 'withdrawn' } } : {}),
          }
          if (forbidden(state, then) !== undefined) continue
          if (state !== to) expect(following[state]).toContain(to)
          const reveals = ['search', 'preview', 'decision', 'carried-out', 'proven'].includes(to)
          if (reveals && caseKinds[kind].identity) expect(then.identity).toBeDefined()
          if (to === 'carried-out') expect(passed.has('decision')).toBe(true)
          if (to === 'proven') expect(passed.has('carried-out') && then.requests.length > 0).toBe(true)
          if (to === 'answered') expect(then.decision).toBeDefined()
          if (then.decision?.outcome === 'denied') expect(then.decision.ground).toBeDefined()
          if (to === 'closed') expect(then.closing).toBeDefined()
          held = then
          state = to
          passed.add(to)
        }
      }),
    )
  })

  test('every state is reached, and none but a closed case is an end', () => {
    const reached = new Set<CaseState>(['received'])
    for (const state of reached) for (const next of following[state]) reached.add(next)
    expect([...reached].sort()).toEqual([...caseStates].sort())
    for (const state of caseStates) expect(following[state].length, state).toBeGreaterThan(0)
  })
})
