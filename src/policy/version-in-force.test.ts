import { expect, it } from 'vitest'
import type { VersionRecord } from '../records.ts'
import { consentStands, versionAt, versionInForce } from './version-in-force.ts'

const version = (number: number, activatedAt?: string, asks: readonly string[] = []): VersionRecord => ({
  number,
  date: `2026-0${number}-01`,
  effective: `2026-0${number}-01`,
  publishedAt: `2026-0${number}-01T00:00:00.000Z`,
  policy: 'a'.repeat(64),
  meaning: 'b'.repeat(64),
  notice: 'c'.repeat(64),
  differences: [],
  asks,
  evidence: number,
  shown: [],
  ...(activatedAt === undefined ? {} : { activated: { at: activatedAt, evidence: number + 10 } }),
})

const versions = [
  version(1, '2026-01-05T00:00:00.000Z'),
  version(2, '2026-03-01T00:00:00.000Z', ['news']),
  version(3, undefined, ['support']),
]

it('is the last version that took effect, not the last that was published', () => {
  expect(versionInForce(versions)?.number).toBe(2)
  expect(versionInForce([version(1)])).toBeUndefined()
  expect(versionAt(versions, '2026-01-04T23:59:59.999Z')).toBeUndefined()
  expect(versionAt(versions, '2026-02-28T00:00:00.000Z')?.number).toBe(1)
  expect(versionAt(versions, '2026-03-01T00:00:00.000Z')?.number).toBe(2)
})

it('lets a consent stand until a version that asks anew takes effect', () => {
  expect(consentStands(versions, 'news', '2026-02-01T00:00:00.000Z')).toBe(false)
  expect(consentStands(versions, 'news', '2026-03-02T00:00:00.000Z')).toBe(true)
  expect(consentStands(versions, 'other', '2026-02-01T00:00:00.000Z')).toBe(true)
  // What waits changes nothing yet.
  expect(consentStands(versions, 'support', '2026-02-01T00:00:00.000Z')).toBe(true)
})
