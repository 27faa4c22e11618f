import { describe, expect, test } from 'vitest'
import type { RequestRecord, StoreStep } from '../../records.ts'
import type { Commitment } from '../commitment-kind.ts'
import { verifyRights } from './verify.ts'

const now = new Date('2026-11-22T12:00:00Z')
const erasure: Commitment = {
  id: 'rights.erasure',
  kind: 'rights',
  name: 'erasure',
  place: {},
  enforced: true,
  source: [],
}

const step = (state: StoreStep['state']): StoreStep => ({ store: 'desk', state, attempts: 1 })

const request = (parts: Partial<RequestRecord>): RequestRecord => ({
  id: 'a',
  kind: 'erasure',
  state: 'done',
  controller: 'Fernweh Ltd',
  policy: '',
  createdAt: '2026-11-01T00:00:00Z',
  changedAt: '2026-11-02T00:00:00Z',
  dueAt: '2026-12-01T00:00:00Z',
  revision: 1,
  steps: [step('proven')],
  ...parts,
})

const standing = (...requests: RequestRecord[]) => verifyRights(erasure, { now, requests, findings: [] })

describe('a right', () => {
  test('without any request is unproven', () => {
    expect(standing().status).toBe('unproven')
    expect(standing(request({ kind: 'access' })).status).toBe('unproven')
    expect(standing(request({ state: 'cancelled' })).status).toBe('unproven')
  })

  test('is kept by a request that was carried out in time and proven in every store', () => {
    expect(standing(request({}))).toMatchObject({ status: 'kept', request: 'a' })
  })

  test('is not kept by a part that nobody proved', () => {
    expect(standing(request({ steps: [step('proven'), step('executed')] })).status).toBe('unproven')
  })

  test('is broken while a request is past its term, and by a late answer, whatever else was done', () => {
    const open = request({ id: 'b', state: 'open', dueAt: '2026-11-20T00:00:00Z' })
    const late = request({ id: 'c', changedAt: '2026-12-02T00:00:00Z' })
    expect(standing(request({}), open)).toMatchObject({ status: 'broken', request: 'b' })
    expect(standing(request({}), late)).toMatchObject({ status: 'broken', request: 'c' })
  })

  test('is a task while a request waits for a person', () => {
    const waiting = request({ id: 'd', state: 'awaiting-approval' })
    const held = request({ id: 'e', state: 'open' })
    expect(standing(request({}), waiting)).toMatchObject({ status: 'task', request: 'd' })
    expect(standing(request({}), held)).toMatchObject({ status: 'task', request: 'e' })
  })
})
