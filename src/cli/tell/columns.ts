/** Lines of words in columns of equal width; control characters of names from elsewhere are made visible. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const clean = rows.map((row) => row.map(printable))
  const widths: number[] = []
  for (const row of clean) {
    row.forEach((word, index) => {
      widths[index] = Math.max(widths[index] ?? 0, word.length)
    })
  }
  return clean.map((row) =>
    row
      .map((word, index) => word.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Without characters that would move a terminal's cursor or change its colours. */
export function printable(text: string): string {
  return Array.from(text, (letter) => (letter < ' ' || (letter >= '\u007f' && letter < '\u00a0') ? '·' : letter)).join(
    '',
  )
}

/** `1 row`, `2 rows`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
