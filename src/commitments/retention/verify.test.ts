import { expect, test } from 'vitest'
import type { Finding } from '../../records.ts'
import type { Commitment } from '../commitment-kind.ts'
import { verifyRetention } from './verify.ts'

const tickets: Commitment = {
  id: 'retention.tickets',
  kind: 'retention',
  name: 'tickets',
  place: {},
  enforced: false,
  source: [],
}

const finding = (parts: Partial<Finding>): Finding => ({
  probe: 'retention.sweep',
  subject: 'retention.tickets',
  outcome: 'kept',
  at: '2026-11-22T00:00:00Z',
  evidence: 1,
  ...parts,
})

const standing = (...findings: Finding[]) =>
  verifyRetention(tickets, { now: new Date('2026-11-22T00:00:00Z'), requests: [], findings })

test('a term without a sweep is unproven', () => {
  expect(standing().status).toBe('unproven')
  expect(standing(finding({ subject: 'retention.logs' }), finding({ probe: 'other' })).status).toBe('unproven')
})

test('the newest sweep decides', () => {
  const kept = finding({ evidence: 7 })
  const broken = finding({ evidence: 8, outcome: 'broken' })
  expect(standing(kept)).toMatchObject({ status: 'kept', evidence: 7 })
  expect(standing(broken, kept)).toMatchObject({ status: 'broken', evidence: 8 })
  expect(standing(finding({ evidence: 9, outcome: 'unproven' }), broken).status).toBe('unproven')
})
