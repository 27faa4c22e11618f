/** Where the present comes from; tests give their own. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** An instant as RFC 3339 in UTC with milliseconds. */
export function instant(date: Date): string {
  return date.toISOString()
}
