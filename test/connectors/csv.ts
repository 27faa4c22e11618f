/** The records of a CSV text (RFC 4180); null for an empty field without quotes. Throws where a quote stands wrong. */
export function parseCsv(text: string): (string | null)[][] {
  const records: (string | null)[][] = []
  let record: (string | null)[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === '"') {
      let value = ''
      for (;;) {
        const end = text.indexOf('"', at + 1)
        if (end === -1) throw new Error('a quote is not closed')
        value += text.slice(at + 1, end)
        at = end + 1
        if (text[at] !== '"') break
        value += '"'
      }
      record.push(value)
    } else {
      const rest = /[^,\r\n]*/y
      rest.lastIndex = at
      const value = rest.exec(text)?.[0] ?? ''
      if (value.includes('"')) throw new Error('a quote stands in a bare field')
      record.push(value === '' ? null : value)
      at += value.length
    }
    if (text[at] === ',') {
      at++
      if (at < text.length) continue
      record.push(null)
    } else if (text[at] !== '\n') throw new Error('a field does not end')
    else at++
    records.push(record)
    record = []
  }
  return records
}
