import { expect, test } from 'vitest'
import { clockOf } from './clock-text.ts'

test.each([
  ['2025-03-01T10:00:00Z', '2025-03-01T10:00:00.000Z'],
  ['2025-03-01 10:00:00', '2025-03-01T09:00:00.000Z'],
  ['2025-03-01', '2025-02-28T23:00:00.000Z'],
  ['1740823200', '2025-03-01T10:00:00.000Z'],
  ['1740823200000', '2025-03-01T10:00:00.000Z'],
  ['0', undefined],
  ['-1', undefined],
  ['20250301', undefined],
  ['1970-01-01T00:00:00Z', undefined],
  ['1970-01-01 00:00:00', undefined],
  ['0001-01-01T00:00:00Z', undefined],
  ['0000-00-00', undefined],
  ['never', undefined],
  [undefined, undefined],
])('a clock that says %s tells %s', (text, instant) => {
  expect(clockOf(text, 'Europe/Berlin')?.toISOString()).toBe(instant)
})
