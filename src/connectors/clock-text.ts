import { instantOf, wallClock } from '../base/zone.ts'

/**
 * An instant from what a clock column says: with an offset as it is, without one in the store's zone, numbers since 1970.
 * Zero, the epoch itself and the years 0 and 1 are what software writes where it knows none: they tell nothing.
 */
export function clockOf(text: string | undefined, zone: string): Date | undefined {
  const instant = text === undefined ? undefined : instantIn(text.trim(), zone)
  return instant === undefined || instant.getTime() === 0 || instant.getUTCFullYear() <= 1 ? undefined : instant
}

function instantIn(text: string, zone: string): Date | undefined {
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) {
    const number = Number(text)
    if (!/^\d{9,16}$/.test(text)) return undefined
    return new Date(number < 1e11 ? number * 1e3 : number < 1e14 ? number : number / 1e3)
  }
  const local = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?$/.exec(text)
  if (local !== null) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = local
      .slice(1)
      .map((part) => Number(part ?? 0))
    const isEpoch = /^1970-01-01([T ]00:00(:00)?)?(\.0+)?$/.test(text)
    if (year === 0 || month === 0 || day === 0 || isEpoch) return undefined
    return instantOf({ year, month, day, timeMs: ((hour * 60 + minute) * 60 + second) * 1000 }, zone)
  }
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : new Date(time)
}

/** The day of an instant in a zone, as ISO 8601. */
export function dayIn(instant: Date, zone: string): string {
  const { year, month, day } = wallClock(instant, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}
