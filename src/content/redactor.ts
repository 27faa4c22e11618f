/** Takes a person's identifiers out of text: every match becomes the replacement, nothing else changes. */
import { type Identifier, identifierPatterns } from './identifier.ts'

/** A stretch of text by UTF-16 positions, `end` exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Redactor {
  /** The text with every identifier replaced, and how many were. */
  text(value: string): { text: string; replaced: number }
  /** Whether any identifier stands in the text. */
  matches(value: string): boolean
  /** Where the identifiers stand, in order, none overlapping. */
  spans(value: string): readonly Span[]
  /** What stands in their place. */
  readonly replacement: string
}

/** What stands where an identifier stood, unless a policy chooses other words. */
export const ERASED = '[erased]'

function joined(spans: Span[]): readonly Span[] {
  spans.sort((one, other) => one.start - other.start || other.end - one.end)
  const apart: Span[] = []
  for (const span of spans) {
    const last = apart.at(-1)
    if (last === undefined || span.start >= last.end) apart.push(span)
    else if (span.end > last.end) apart[apart.length - 1] = { start: last.start, end: span.end }
  }
  return apart
}

/** Compiles the identifiers once for many texts. Default replacement `[erased]`. */
export function compileRedactor(identifiers: readonly Identifier[], replacement: string = ERASED): Redactor {
  const patterns = identifierPatterns(identifiers).map((source) => new RegExp(source, 'giu'))

  const spans = (value: string): readonly Span[] => {
    const found: Span[] = []
    for (const pattern of patterns) {
      // matchAll would compile the pattern anew for each text.
      pattern.lastIndex = 0
      for (let match = pattern.exec(value); match !== null; match = pattern.exec(value)) {
        found.push({ start: match.index, end: pattern.lastIndex })
      }
    }
    return found.length > 1 ? joined(found) : found
  }

  const text = (value: string): { text: string; replaced: number } => {
    const found = spans(value)
    if (found.length === 0) return { text: value, replaced: 0 }
    let out = ''
    let from = 0
    for (const { start, end } of found) {
      out += value.slice(from, start) + replacement
      from = end
    }
    return { text: out + value.slice(from), replaced: found.length }
  }

  const matches = (value: string): boolean =>
    patterns.some((pattern) => {
      pattern.lastIndex = 0
      return pattern.test(value)
    })

  return { text, matches, spans, replacement }
}
