const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** The usual spellings of a day given as ISO 8601 (`1985-01-31`); any other text is its own only spelling. */
export function dateSpellings(value: string): string[] {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(value)
  if (parts === null) return [value]
  const [, year, month, day] = parts as unknown as [string, string, string, string]
  const m = String(Number(month))
  const d = String(Number(day))
  const long = MONTHS[Number(month) - 1] ?? month
  const spellings = new Set([`${year}${month}${day}`])
  for (const mark of ['-', '.', '/']) spellings.add([year, month, day].join(mark)).add([year, m, d].join(mark))
  for (const mark of ['.', '/', '-', '. ']) {
    spellings.add([day, month, year].join(mark)).add([d, m, year].join(mark))
  }
  for (const mark of ['/', '-']) spellings.add([month, day, year].join(mark)).add([m, d, year].join(mark))
  for (const word of [long, long.slice(0, 3)]) {
    for (const number of [d, day]) {
      spellings.add(`${number} ${word} ${year}`).add(`${number}-${word}-${year}`).add(`${number}. ${word} ${year}`)
      spellings.add(`${word} ${number}, ${year}`).add(`${word} ${number} ${year}`)
    }
  }
  return [...spellings]
}
