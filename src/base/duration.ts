import { instantOf, type WallClock, wallClock } from './zone.ts'

/** A length of time as ISO 8601-1:2019, 5.5.2 writes it; whole numbers only. */
export interface Duration {
  readonly years: number
  readonly months: number
  readonly weeks: number
  readonly days: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
}

/** The shape of a duration; at most five digits a part, so that no result leaves the calendar. */
export const durationPattern =
  /^P(?=\d|T\d)(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?$/

/** Reads `P1M`, `P6Y`, `P2W`, `PT72H`, `P1Y6M`; undefined for anything else (fractions and signs too). */
export const parseDuration = (text: string): Duration | undefined => {
  const match = durationPattern.exec(text)
  if (!match) return undefined
  const part = (index: number): number => Number(match[index] ?? 0)
  return {
    years: part(1),
    months: part(2),
    weeks: part(3),
    days: part(4),
    hours: part(5),
    minutes: part(6),
    seconds: part(7),
  }
}

const durationOf = (duration: Duration | string): Duration => {
  if (typeof duration !== 'string') return duration
  const parsed = parseDuration(duration)
  if (!parsed) throw new RangeError('not an ISO 8601 duration')
  return parsed
}

const daysInMonth = (year: number, month: number): number => {
  const date = new Date(0)
  date.setUTCFullYear(year, month, 0)
  return date.getUTCDate()
}

/** Months first, cut to the last day of the month reached; then weeks and days. */
const addCalendar = (clock: WallClock, duration: Duration): WallClock => {
  const months = clock.year * 12 + clock.month - 1 + duration.years * 12 + duration.months
  const year = Math.floor(months / 12)
  const month = (months % 12) + 1
  const day = Math.min(clock.day, daysInMonth(year, month))
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day + duration.weeks * 7 + duration.days)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    timeMs: clock.timeMs,
  }
}

const timeMsOf = (duration: Duration): number =>
  ((duration.hours * 60 + duration.minutes) * 60 + duration.seconds) * 1000

const pad = (value: number, length: number): string => String(value).padStart(length, '0')

/**
 * The end of a duration that begins at an instant, or on a day written `YYYY-MM-DD`. Years, months, weeks and days follow
 * the calendar of the zone (IANA name, default UTC): `P1M` from the 31st ends on the last day of the next month.
 * A day gives a day: hours past midnight end on the day they reach. Throws a RangeError for what is no duration or day.
 */
export function addDuration(start: Date, duration: Duration | string, zone?: string): Date
export function addDuration(start: string, duration: Duration | string, zone?: string): string
export function addDuration(start: Date | string, duration: Duration | string, zone = 'UTC'): Date | string {
  const length = durationOf(duration)
  if (typeof start !== 'string') {
    const calendar = addCalendar(wallClock(start, zone), length)
    const unchanged = length.years + length.months + length.weeks + length.days === 0
    const base = unchanged ? start : instantOf(calendar, zone)
    return new Date(base.getTime() + timeMsOf(length))
  }
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(start)
  if (!match) throw new RangeError('not a day written YYYY-MM-DD')
  const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]), timeMs: 0 }
  const end = addCalendar(day, { ...length, days: length.days + Math.floor(timeMsOf(length) / 86_400_000) })
  return `${pad(end.year, 4)}-${pad(end.month, 2)}-${pad(end.day, 2)}`
}

/** Shortest and longest days a duration can last, as months and years differ (28–31, 365–366). */
export const durationDays = (duration: Duration | string): { readonly least: number; readonly most: number } => {
  const length = durationOf(duration)
  const months = length.years * 12 + length.months
  const years = Math.floor(months / 12)
  const rest = months % 12
  const fixed = length.weeks * 7 + length.days + timeMsOf(length) / 86_400_000
  // The shortest run of n months begins in February of a common year, the longest ends or begins with 31 days.
  const shortest = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334]
  const longest = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337]
  return {
    least: years * 365 + (shortest[rest] ?? 0) + fixed,
    most: years * 365 + Math.ceil(years / 4) + (longest[rest] ?? 0) + fixed,
  }
}

/** True when the first surely ends later than the second, whatever month they begin in. */
export const surelyLonger = (first: Duration | string, second: Duration | string): boolean =>
  durationDays(first).least > durationDays(second).most
