import type { Fault, Place } from './fault.ts'

/** A fault as machines read it (`--json`). */
export interface FaultJson {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly what: string
  readonly mend: string
  readonly where: Place
}

export const faultJson = (fault: Fault): FaultJson => ({
  code: fault.code,
  severity: fault.severity,
  what: fault.what,
  mend: fault.mend,
  where: fault.where,
})

/** By file, line, column, path and code: the order in which a reader mends them. */
export const sortFaults = (faults: readonly Fault[]): readonly Fault[] =>
  faults.toSorted(
    (left, right) =>
      (left.where.file ?? '').localeCompare(right.where.file ?? '', 'en') ||
      (left.where.line ?? 0) - (right.where.line ?? 0) ||
      (left.where.column ?? 0) - (right.where.column ?? 0) ||
      (left.where.path ?? '').localeCompare(right.where.path ?? '', 'en') ||
      left.code.localeCompare(right.code, 'en'),
  )

/** `file:line:column`, as editors and terminals link it; the path alone where there is no file. */
export const placeText = (place: Place): string =>
  [place.file ?? place.path ?? '', place.line, place.column]
    .filter((part) => part !== undefined && part !== '')
    .join(':')

// A connection string may stand where only its name belongs, so a line that could hold one is never printed.
const mayHoldSecret = (line: string): boolean =>
  /:\/\/|passw|secret|token|connect\b.*[@=]/i.test(line) ||
  [...line.matchAll(/\b(?:read|execute)["']?\s*:\s*["']?([^\s,}"']*)/g)].some(
    (match) => match[1] !== '' && !/^(?:env|file):/.test(match[1] ?? ''),
  )

// Wider lines are cut around the caret, so that it stands under its character on a terminal.
const widestLine = 160

const caretLines = (fault: Fault, source: string): readonly string[] => {
  const { line: number, column = 1 } = fault.where
  const line = number === undefined ? undefined : source.split(/\r\n|\r|\n/, number)[number - 1]
  if (line === undefined || line.trim() === '' || mayHoldSecret(line)) return []
  const start = column > widestLine - 20 ? column - 40 : 0
  const shown = line.slice(start, start + widestLine).replaceAll('\t', ' ')
  // Control characters would move the cursor of the terminal that prints them.
  const printable = Array.from(shown, (letter) => (letter < ' ' || letter === '\u007f' ? '·' : letter)).join('')
  const gutter = `${number} | `
  return [`  ${gutter}${printable}`, `  ${' '.repeat(gutter.length + column - 1 - start)}^`]
}

/**
 * A fault as people read it: place and code, what is wrong, the line with a caret where `source` (the text of
 * the file) is given, and how to mend it. Lines that may hold a connection string are not shown.
 */
export const formatFault = (fault: Fault, source?: string): string => {
  const place = placeText(fault.where)
  const head = `${place === '' ? '' : `${place}: `}${fault.severity}: ${fault.what} [${fault.code}]`
  const path = fault.where.path !== undefined && fault.where.file !== undefined ? [`  at ${fault.where.path}`] : []
  const caret = source === undefined ? [] : caretLines(fault, source)
  return [head, ...path, ...caret, `  mend: ${fault.mend}`].join('\n')
}
