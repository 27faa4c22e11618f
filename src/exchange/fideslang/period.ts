import { parseDuration } from '../../base/duration.ts'

const units: Readonly<Record<string, string>> = { day: 'D', week: 'W', month: 'M', year: 'Y' }

/** `P24M`, `90 days`, `2 years`: as an ISO 8601 duration; undefined for anything that is no one length of time. */
export const periodOf = (said: string): string | undefined => {
  const text = said.trim()
  if (text.length <= 50 && parseDuration(text) !== undefined) return text
  const [, number, unit] = /^(\d{1,4})\s*(day|week|month|year)s?$/i.exec(text) ?? []
  return number === undefined || unit === undefined ? undefined : `P${Number(number)}${units[unit.toLowerCase()] ?? ''}`
}
