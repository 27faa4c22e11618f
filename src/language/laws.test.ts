import { expect, test } from 'vitest'
import { parseDuration } from '../base/duration.ts'
import { laws } from './laws.ts'

test('every law has a title, a source and terms that are durations with their own source', () => {
  for (const [name, law] of Object.entries(laws)) {
    expect(name).toMatch(/^[a-z]{2}-[a-z-]+$/)
    expect([law.title, law.source].every((text) => text.length > 4)).toBe(true)
    for (const deadline of Object.values(law.deadlines)) {
      expect(parseDuration(deadline.within)).toBeDefined()
      if (deadline.extend !== undefined) expect(parseDuration(deadline.extend)).toBeDefined()
      expect(deadline.source).not.toBe('')
    }
  }
})

test('the GDPR gives a month and two more, California 45 days and 45 more', () => {
  expect(laws['eu-gdpr']?.deadlines.erasure).toMatchObject({ within: 'P1M', extend: 'P2M' })
  expect(laws['us-ca']?.deadlines.access).toMatchObject({ within: 'P45D', extend: 'P45D' })
})
