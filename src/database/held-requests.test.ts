import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RequestRecord } from '../records.ts'
import { HeldRequests } from './held-requests.ts'

const record = (id: string): RequestRecord => ({
  id,
  kind: 'erasure',
  state: 'awaiting-approval',
  controller: 'Larkspur',
  policy: 'a'.repeat(64),
  createdAt: '2026-01-01T00:00:00Z',
  changedAt: '2026-01-01T00:00:00Z',
  dueAt: '2026-02-01T00:00:00Z',
  revision: 3,
  steps: [],
})
const sealed = { version: 1 }
const at = '2026-01-02T00:00:00Z'

describe('HeldRequests', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('hands all that are asked for over once, or nothing', () => {
    const held = new HeldRequests()
    held.hold(record('one'), sealed, 10)
    held.hold(record('two'), sealed, 10)
    expect(held.take(['one', 'three'])).toBeUndefined()
    expect([...(held.take(['one', 'two']) ?? [])].map(([id]) => id)).toEqual(['one', 'two'])
    expect(held.take(['one'])).toBeUndefined()
  })

  it('follows a change that was made on what it holds, and drops the request after any other', () => {
    const held = new HeldRequests()
    const change = { id: 'one', revision: 3, state: 'approved', approval: { by: 'jo', at, hash: 'h' } } as const
    held.hold(record('one'), sealed, 10)
    held.follow(change, { ...change, at }, { first: 7, last: 9 })
    expect(held.take(['one'])?.get('one')).toEqual({
      record: {
        ...record('one'),
        state: 'approved',
        approval: change.approval,
        revision: 4,
        changedAt: at,
        evidence: { first: 7, last: 9 },
      },
      sealed,
    })
    held.hold(record('one'), sealed, 10)
    held.follow({ ...change, revision: 4 }, { ...change, revision: 4, at }, undefined)
    expect(held.take(['one'])).toBeUndefined()
  })

  it('lets go of what is destroyed', () => {
    const held = new HeldRequests()
    held.hold(record('one'), sealed, 10)
    held.follow({ id: 'one', revision: 3, state: 'done' }, { id: 'one', revision: 3, at, destroy: true }, undefined)
    expect(held.take(['one'])).toBeUndefined()
  })

  it('holds nothing longer than a minute, each by itself', () => {
    const held = new HeldRequests()
    held.hold(record('one'), sealed, 10)
    vi.advanceTimersByTime(40_000)
    held.hold(record('two'), sealed, 10)
    expect(held.size).toBe(2)
    vi.advanceTimersByTime(20_000)
    expect(held.size).toBe(1)
    vi.advanceTimersByTime(40_000)
    expect(held.size).toBe(0)
    held.hold(record('three'), sealed, 10)
    vi.advanceTimersByTime(60_000)
    expect(held.size).toBe(0)
  })

  it('holds no more than its bytes', () => {
    const held = new HeldRequests()
    for (let number = 0; number < 40; number += 1) held.hold(record(`r${number}`), sealed, 1024 * 1024)
    expect(held.size).toBe(32)
    held.clear()
    expect(held.size).toBe(0)
  })
})
