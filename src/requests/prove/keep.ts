import { addDuration } from '../../base/duration.ts'
import { instantOf } from '../../base/zone.ts'
import type { RowClocks } from '../../connector.ts'
import type { Exception, FieldMap } from '../../language/store-map.ts'

// Keep beats erase, row by row: told here anew from the row's own clock, by other code than the execution's.

/** What tells whether an exception holds for a row. */
export interface Keeping {
  readonly exceptions: readonly Exception[]
  /** IANA zone of clocks that have none. */
  readonly zone: string
  /** When the erasure was approved: a term that ended before kept nothing. */
  readonly at: Date
}

/** True while the field's exception keeps this row. Without a term or a clock that tells a time, nothing ends it. */
export function isUnderKeep(field: FieldMap, clocks: RowClocks['clocks'], { exceptions, zone, at }: Keeping): boolean {
  if (field.keep === undefined) return false
  const exception = exceptions.find(({ name }) => name === field.keep)
  if (exception?.keep === undefined || exception.from === undefined) return true
  const start = instantTold(clocks[exception.from] ?? null, zone)
  return start === undefined || addDuration(start, exception.keep, zone).getTime() > at.getTime()
}

/** The instant a clock tells. Nothing, zero, the year 0 and the epoch itself are what software writes where it knows none. */
function instantTold(text: string | null, zone: string): Date | undefined {
  if (text === null) return undefined
  if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return ofNumber(Number(text))
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?(Z)?$/.exec(text)
  if (!parts) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (year > 8999 || (year === 1 && month === 1 && day === 1)) return undefined
  const timeMs = ((hour * 60 + minute) * 60 + second) * 1000 + Number((parts[7] ?? '').padEnd(3, '0'))
  const instant = instantOf({ year, month, day, timeMs }, parts[8] === undefined ? zone : 'UTC')
  return /^1970-01-01T00:00:00(\.0*)?Z?$/.test(text) ? undefined : instant
}

/** Seconds, milliseconds or microseconds since 1970: more than 1e11 seconds are the year 5138. */
function ofNumber(value: number): Date | undefined {
  if (value <= 0 || value >= 1e17) return undefined
  return new Date(value < 1e11 ? value * 1000 : value < 1e14 ? value : value / 1000)
}
