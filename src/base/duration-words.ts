import { parseDuration } from './duration.ts'

const unit = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** A duration in English words: `P30D` is "30 days"; what is no duration stays as it is. */
export const durationWords = (text: string): string => {
  const parsed = parseDuration(text)
  if (parsed === undefined) return text
  const parts = (['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const)
    .filter((name) => parsed[name] > 0)
    .map((name) => unit(parsed[name], name.slice(0, -1)))
  return parts.length === 0 ? 'no time' : parts.join(' and ')
}
