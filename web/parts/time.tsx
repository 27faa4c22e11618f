const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const instants = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const spans = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
const DAY = 86_400_000

/** An instant in the reader's own zone; the exact one in UTC shows on hover and to machines. */
export function Time({ at, only }: { readonly at: string; readonly only?: 'date' }) {
  const instant = new Date(at)
  return (
    <time dateTime={at} title={instant.toISOString()}>
      {(only === 'date' ? dates : instants).format(instant)}
    </time>
  )
}

/** How long until a date: late and soon stand out, and are told in words as well. */
export function Due({ at }: { readonly at: string }) {
  const days = Math.floor((Date.parse(at) - Date.now()) / DAY)
  const kind = days < 0 ? 'late' : days <= 7 ? 'soon' : 'far'
  return (
    <span className={`due due-${kind}`}>
      {days < 0 ? 'Late: ' : ''}
      <time dateTime={at} title={dates.format(new Date(at))}>
        {spans.format(days, 'day')}
      </time>
    </span>
  )
}
