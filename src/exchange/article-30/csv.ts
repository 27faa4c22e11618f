import type { ProcessingRecord } from './record.ts'
import { headings, type RecordWords } from './words.ts'

// A cell that begins so is a formula to a spreadsheet, and runs when the file is opened.
const formula = /^[=+\-@\t\r＝＋－＠]/u

/** A cell of RFC 4180 that no spreadsheet takes for a formula. */
export const csvCell = (text: string): string => {
  const plain = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** All records in one table, an activity a line (RFC 4180, UTF-8); several values of a cell stand between `; `. */
export const recordCsv = (records: readonly ProcessingRecord[], words: RecordWords): string => {
  const lines = records.flatMap((record) =>
    record.activities.map((activity) => {
      const cells = new Map([...record.particulars, ...activity.particulars].map((one) => [one.heading, one]))
      return headings.map((heading) => {
        if (heading === 'activity') return activity.name
        const found = cells.get(heading)
        const missing = (found?.missing ?? []).map((what) => `[${what}]`)
        return [...(found?.said ?? []), ...missing].join('; ')
      })
    }),
  )
  const header = headings.map((heading) => words.headings[heading])
  return [header, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}
