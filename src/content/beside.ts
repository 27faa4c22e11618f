/** In other people's text a hint is this person's only where it stands beside a key identity of theirs. */
import type { Identifier } from './identifier.ts'
import { compileRedactor, ERASED, type Redactor, type Span } from './redactor.ts'

/** A longer line is a list or a whole document on one line: people in it stand beside everybody. */
export const LONGEST_LINE = 1_000

const CARD = /BEGIN:VCARD[\s\S]{0,20000}?END:VCARD/gi

/** The line that a span stands in. */
function lineOf(value: string, { start, end }: Span): Span {
  const stop = value.indexOf('\n', end)
  return { start: value.lastIndexOf('\n', start) + 1, end: stop < 0 ? value.length : stop }
}

/** The stretches that tell of the person: the contact card or else the line in which a key identity stands. */
function stretches(value: string, keys: readonly Span[]): readonly Span[] {
  const cards = /BEGIN:VCARD/i.test(value)
    ? [...value.matchAll(CARD)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
    : []
  return keys.flatMap((key) => {
    const card = cards.find(({ start, end }) => key.start >= start && key.end <= end)
    if (card !== undefined) return [card]
    const line = lineOf(value, key)
    return line.end - line.start > LONGEST_LINE ? [] : [line]
  })
}

/**
 * A redactor for rows that only mention a person: `keys` go wherever they stand, `all` on the lines and contact cards in
 * which a key stands (a list of twenty people loses one line's worth, a namesake on the next line stays).
 */
export function compileMentionRedactor(
  keys: readonly Identifier[],
  all: readonly Identifier[],
  replacement: string = ERASED,
): Redactor {
  const strong = compileRedactor(keys, replacement)
  const every = compileRedactor(all, replacement)
  const spans = (value: string): readonly Span[] => {
    const found = strong.spans(value)
    const near = stretches(value, found)
    if (near.length === 0) return found
    const inside = ({ start, end }: Span) => near.some((one) => start >= one.start && end <= one.end)
    const apart = found.filter((span) => !inside(span))
    return [...apart, ...every.spans(value).filter(inside)].sort((one, other) => one.start - other.start)
  }
  const text = (value: string): { text: string; replaced: number } => {
    const found = spans(value)
    let out = ''
    let from = 0
    for (const { start, end } of found) {
      out += value.slice(from, start) + replacement
      from = end
    }
    return { text: out + value.slice(from), replaced: found.length }
  }
  return { text, spans, matches: (value) => strong.matches(value), replacement }
}

/** What stands around a key identity on a line too long to be about one person. */
const WINDOW = 200

/**
 * What a text says of a person who is only mentioned in it: the lines and contact cards in which a key identity stands,
 * and of a longer line what is nearest. Empty where none does.
 */
export function excerpt(value: string, keys: Redactor): string {
  const parts: Span[] = []
  for (const key of keys.spans(value)) {
    const [whole] = stretches(value, [key])
    const start = whole?.start ?? Math.max(0, key.start - WINDOW)
    const end = whole?.end ?? Math.min(value.length, key.end + WINDOW)
    const last = parts.at(-1)
    if (last !== undefined && start <= last.end)
      parts[parts.length - 1] = { start: last.start, end: Math.max(end, last.end) }
    else parts.push({ start, end })
  }
  return parts.map(({ start, end }) => value.slice(start, end)).join('\n…\n')
}
