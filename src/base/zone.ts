/** Year, month (1–12), day, hour, minute, second, millisecond as a wall clock shows them. */
export interface WallClock {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly timeMs: number
}

const dayMs = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

/** True when the runtime knows this IANA zone. */
export const isZone = (zone: string): boolean => {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

const utcOf = (clock: WallClock): number => {
  const date = new Date(0)
  date.setUTCFullYear(clock.year, clock.month - 1, clock.day)
  return date.getTime() + clock.timeMs
}

/** What a wall clock in the zone shows at an instant. */
export const wallClock = (instant: Date, zone: string): WallClock => {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  )
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type))
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year')
  const ms = ((instant.getTime() % 1000) + 1000) % 1000
  return {
    year,
    month: number('month'),
    day: number('day'),
    timeMs: ((number('hour') * 60 + number('minute')) * 60 + number('second')) * 1000 + ms,
  }
}

const offsetMs = (utc: number, zone: string): number => utcOf(wallClock(new Date(utc), zone)) - utc

/** The instant of a wall clock: the earlier one of a repeated hour, shifted forward out of a skipped one (RFC 5545, 3.3.5). */
export const instantOf = (clock: WallClock, zone: string): Date => {
  const wall = utcOf(clock)
  const before = wall - offsetMs(wall - dayMs, zone)
  const after = wall - offsetMs(wall + dayMs, zone)
  const fits = [before, after].filter((utc) => utc + offsetMs(utc, zone) === wall)
  return new Date(fits.length > 0 ? Math.min(...fits) : before)
}
