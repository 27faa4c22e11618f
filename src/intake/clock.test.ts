import { describe, expect, test } from 'vitest'
import type { Plan } from '../policy/plan.ts'
import { addBusinessDays, clockFor, lawsFor } from './clock.ts'

const planOf = (law: readonly string[], rights: Partial<Plan['rights']> = {}): Plan =>
  ({ law, rights: { exceptions: [], others: 'redact', ...rights } }) as unknown as Plan

const at = (text: string) => new Date(text)

describe('clocks of cases', () => {
  test('the GDPR gives a month, and two more from its end', () => {
    const { clock, dueAt } = clockFor(planOf(['eu-gdpr']), 'access', ['eu-gdpr'], at('2026-01-31T10:00:00Z'))
    expect(dueAt).toBe('2026-02-28T10:00:00.000Z')
    expect(clock).toEqual({
      law: 'eu-gdpr',
      source: 'GDPR art. 12(3)',
      verified: true,
      latest: '2026-04-28T10:00:00.000Z',
    })
  })

  test('California gives 45 days and 45 more, ten business days to confirm, fifteen to stop selling, thirty to name recipients', () => {
    const friday = at('2026-11-20T10:00:00Z')
    const plan = planOf(['us-ca'])
    const { clock, dueAt } = clockFor(plan, 'erasure', ['us-ca'], friday)
    expect(dueAt).toBe('2027-01-04T10:00:00.000Z')
    expect(clock).toMatchObject({
      latest: '2027-02-18T10:00:00.000Z',
      confirmBy: '2026-12-04T10:00:00.000Z',
      verified: true,
    })
    const optOut = clockFor(plan, 'opt-out', ['us-ca'], friday)
    expect(optOut).toMatchObject({
      dueAt: '2026-12-11T10:00:00.000Z',
      clock: { source: '11 CCR § 7026(f)', verified: false },
    })
    expect(optOut.clock.latest).toBeUndefined()
    const disclosures = clockFor(plan, 'marketing-disclosures', ['us-ca'], friday)
    expect(disclosures).toMatchObject({ dueAt: '2026-12-20T10:00:00.000Z', clock: { verified: false } })
  })

  test('the policy’s own term holds where it is shorter, the law’s where the policy promises longer', () => {
    const received = at('2026-11-02T00:00:00Z')
    const short = planOf(['eu-gdpr'], { access: { within: 'P10D' } })
    expect(clockFor(short, 'access', ['eu-gdpr'], received)).toMatchObject({
      dueAt: '2026-11-12T00:00:00.000Z',
      clock: { law: 'policy', latest: '2027-02-02T00:00:00.000Z' },
    })
    const long = planOf(['eu-gdpr'], { access: { within: 'P90D' } })
    expect(clockFor(long, 'access', ['eu-gdpr'], received).clock.law).toBe('eu-gdpr')
    const answers = planOf(['eu-gdpr'], { answersWithin: 'P14D' })
    expect(clockFor(answers, 'question', ['eu-gdpr'], received).dueAt).toBe('2026-11-16T00:00:00.000Z')
  })

  test('a person leans on the laws of their country; without one on all, and without any a month is taken', () => {
    const plan = planOf(['eu-gdpr', 'uk-gdpr', 'us-ca', 'gb-tax'])
    expect(lawsFor(plan, 'DE')).toEqual(['eu-gdpr'])
    expect(lawsFor(plan, 'GB')).toEqual(['uk-gdpr'])
    expect(lawsFor(plan, 'US')).toEqual(['us-ca'])
    expect(lawsFor(plan, undefined)).toEqual(['eu-gdpr', 'uk-gdpr', 'us-ca'])
    expect(clockFor(planOf([]), 'question', [], at('2026-11-02T00:00:00Z'))).toMatchObject({
      dueAt: '2026-12-02T00:00:00.000Z',
      clock: { verified: false },
    })
  })

  test('business days leave weekends out', () => {
    expect(addBusinessDays(at('2026-11-20T10:00:00Z'), 1).toISOString()).toBe('2026-11-23T10:00:00.000Z')
    expect(addBusinessDays(at('2026-11-21T10:00:00Z'), 5).toISOString()).toBe('2026-11-27T10:00:00.000Z')
  })
})
