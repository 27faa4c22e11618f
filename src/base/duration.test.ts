import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDuration, parseDuration, surelyLonger } from './duration.ts'

describe('durations', () => {
  test.each(['P', 'PT', 'P1', 'P1.5Y', '-P1D', 'P1YT', '1M', 'p1m', 'P1D1M', 'P123456Y', ''])('%s is none', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  test.each([
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2028-01-31', 'P1M', '2028-02-29'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2024-02-29', 'P6Y', '2030-02-28'],
    ['2026-12-31', 'P2M', '2027-02-28'],
    ['2026-11-22', 'P24M', '2028-11-22'],
    ['2026-11-22', 'P2W', '2026-12-06'],
    ['2026-11-22', 'PT72H', '2026-11-25'],
    ['2026-01-31', 'P1M1D', '2026-03-01'],
  ])('%s and %s end on %s', (start, duration, end) => {
    expect(addDuration(start, duration)).toBe(end)
  })

  test('an instant keeps its wall clock in its zone over a change of summer time', () => {
    const start = new Date('2026-03-28T23:30:00Z') // 00:30 on the 29th in Berlin, the day the clock springs forward
    expect(addDuration(start, 'P1D', 'Europe/Berlin').toISOString()).toBe('2026-03-29T22:30:00.000Z')
    expect(addDuration(start, 'PT24H', 'Europe/Berlin').toISOString()).toBe('2026-03-29T23:30:00.000Z')
    const skipped = new Date('2026-03-28T01:30:00Z') // 02:30 does not exist the next day
    expect(addDuration(skipped, 'P1D', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z')
  })

  test('the last day of a month is the last day of the zone, not of UTC', () => {
    const start = new Date('2026-01-30T15:30:00Z') // the 31st in Tokyo
    expect(addDuration(start, 'P1M', 'Asia/Tokyo').toISOString()).toBe('2026-02-27T15:30:00.000Z')
  })

  test('a longer duration never ends earlier', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 200 }),
        (start, months) => {
          const shorter = addDuration(start, `P${months}M`, 'America/New_York')
          const longer = addDuration(start, `P${months + 1}M`, 'America/New_York')
          return shorter.getTime() < longer.getTime()
        },
      ),
    )
  })

  test.each([
    ['P32D', 'P1M', true],
    ['P31D', 'P1M', false],
    ['P30D', 'P1M', false],
    ['P2M', 'P1M', true],
    ['P45D', 'P1M', true],
    ['P12M', 'P1Y', false],
    ['P1Y', 'P12M', false],
    ['P3M', 'P90D', false],
  ])('%s is surely longer than %s: %s', (first, second, longer) => {
    expect(surelyLonger(first, second)).toBe(longer)
  })

  test('least and most days hold for every start', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 60 }), (day, months) => {
        const start = new Date(Date.UTC(1990, 0, 1) + day * 86_400_000)
        const days = (addDuration(start, `P${months}M`).getTime() - start.getTime()) / 86_400_000
        return !surelyLonger(`P${months}M`, `P${days}D`) && !surelyLonger(`P${days}D`, `P${months}M`)
      }),
    )
  })
})
