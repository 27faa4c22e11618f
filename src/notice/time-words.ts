import { durationPattern } from '../base/duration.ts'
import type { Words } from './words.ts'

const units = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const
const letters = { years: 'Y', months: 'M', weeks: 'W', days: 'D', hours: 'H', minutes: 'M', seconds: 'S' } as const
const ofTime: readonly string[] = ['hours', 'minutes', 'seconds']

/** `P1Y6M` as “1 year and 6 months”; each part as it is written, so that `P24M` stays “24 months”. */
export const durationShown = (duration: string, words: Words): string => {
  const parts = durationPattern.exec(duration)?.slice(1) ?? []
  return units
    .flatMap((unit, index) => {
      const digits = parts[index]
      return digits === undefined ? [] : [`${digits} ${words.durations[unit][Number(digits) === 1 ? 0 : 1]}`]
    })
    .join(words.list.and)
}

/** The duration that was shown so. */
export const durationHeard = (text: string, words: Words): string | undefined => {
  let [day, time] = ['', '']
  for (const part of text.split(words.list.and)) {
    const [, digits, word] = /^(\d{1,5}) (.+)$/u.exec(part) ?? []
    const unit = units.find((each) => word !== undefined && words.durations[each].includes(word))
    if (unit === undefined) return undefined
    if (ofTime.includes(unit)) time += `${digits}${letters[unit]}`
    else day += `${digits}${letters[unit]}`
  }
  const duration = `P${day}${time === '' ? '' : `T${time}`}`
  return durationPattern.test(duration) && durationShown(duration, words) === text ? duration : undefined
}

/** `2026-11-22` as “22 November 2026”. */
export const dateShown = (date: string, { date: { pattern, twoDigits, months } }: Words): string => {
  const [year = '', month = '', day = ''] = date.split('-')
  return pattern
    .replace('{day}', twoDigits ? day : String(Number(day)))
    .replace('{month}', months[Number(month) - 1] ?? month)
    .replace('{year}', year)
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')

/** The date that was shown so. */
export const dateHeard = (text: string, words: Words): string | undefined => {
  const { pattern, months } = words.date
  const shape = escaped(pattern)
    .replace('\\{day\\}', '(?<day>\\d{1,2})')
    .replace('\\{month\\}', `(?<month>${months.map(escaped).join('|')})`)
    .replace('\\{year\\}', '(?<year>\\d{4})')
  const { day = '', month = '', year = '' } = new RegExp(`^${shape}$`, 'u').exec(text)?.groups ?? {}
  const date = `${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`
  return /^\d{4}-\d{2}-\d{2}$/u.test(date) && dateShown(date, words) === text ? date : undefined
}
