import type { Block, ShownText } from './shown.ts'
import { cut, ShownBuilder } from './shown.ts'

interface Line {
  readonly start: number
  readonly end: number
  readonly text: string
}

const BULLET = /^\s{0,12}(?:[-*+•‣◦▪·–]|\d{1,3}[.)]|\(?[a-z]\)|\([ivx]{1,5}\))\s+(?=\S)/u
const RULE = /^\s*(?:=\s*){3,}$|^\s*(?:-\s*){3,}$|^\s*(?:\*\s*){3,}$|^\s*(?:_\s*){3,}$|^\s*[|\s:-]*-{3,}[|\s:-]*$/u
const UNDERLINE = /^\s*(?:={3,}|-{3,})\s*$/u
const BOLD_LINE = /^\s*(\*\*|__)(?=\S)([^*_]{1,120})\1:?\s*$/u
const RUN_IN =
  /^\s*(?:\*\*|__)[^*_]{1,90}(?:\*\*|__)\s{0,2}[.:–-]?(?=\s)|^\s*(?:\*\*|__)[^*_]{1,90}[.:](?:\*\*|__)(?=\s)/u
const DATE_LINE =
  /^\W*(?:(?:last|this|date|most)\s[^.]{0,40})?\b(?:updated|modified|revised|changed|effective|version|date|revision)\b|\b(?:effective|updated|revised|modified)\s+(?:as|on|date|from|since|:)|\b(?:19|20)\d\d\W*$/iu
const REFERENCE = /^\s{0,3}\[[^\]]{1,80}\]:\s+\S+/u

/** Reads plain text and Markdown into blocks: nothing but white space, rules and link targets is left out. */
export function readLines(source: string): Block[] {
  const blocks: Block[] = []
  let group: Line[] = []
  const flush = (): void => {
    if (group.length > 0) readGroup(source, group, blocks)
    group = []
  }
  const lines = splitLines(source)
  for (const [index, line] of lines.entries()) {
    if (line.text.trim() === '') {
      flush()
    } else if (/^\s{0,3}#{1,6}\s/u.test(line.text)) {
      flush()
      const level = /^\s*(#+)/u.exec(line.text)?.[1]?.length ?? 1
      push(blocks, 'heading', level, showLines(source, [line]))
    } else if (
      group.length === 1 &&
      UNDERLINE.test(line.text) &&
      isShort(group[0]?.text ?? '') &&
      !/[.!?:;,]\s*$/u.test(group[0]?.text ?? '')
    ) {
      push(blocks, 'heading', line.text.includes('=') ? 1 : 2, showLines(source, group))
      group = []
    } else if (RULE.test(line.text) || REFERENCE.test(line.text)) {
      flush()
    } else if (/^\s*\|.*\|\s*$/u.test(line.text)) {
      flush()
      push(blocks, 'item', 0, showLines(source, [line]))
    } else if (BULLET.test(line.text) && startsItem(line.text, group, lines[index - 1])) {
      flush()
      group = [line]
    } else if (BOLD_LINE.test(line.text) && isShort(line.text) && !DATE_LINE.test(line.text)) {
      flush()
      push(blocks, 'heading', 5, showLines(source, [line]))
    } else {
      group.push(line)
      if (/(?: {2,}|\\)\r?$/u.test(line.text) && line.text.trim() !== '') flush()
    }
  }
  flush()
  return settleHeadings(blocks)
}

function splitLines(source: string): Line[] {
  const lines: Line[] = []
  let start = 0
  while (start <= source.length) {
    const found = source.indexOf('\n', start)
    const end = found < 0 ? source.length : found
    lines.push({ start, end, text: source.slice(start, end) })
    start = end + 1
  }
  return lines
}

function startsItem(text: string, group: readonly Line[], before: Line | undefined): boolean {
  if (group.length === 0) return true
  if (/^\s*[-*+•‣◦▪·–]/u.test(text)) return true
  return BULLET.test(before?.text ?? '') || /[:;]\s*$/u.test(before?.text ?? '')
}

function isShort(text: string): boolean {
  const words = text.trim().split(/\s+/u)
  return words.length <= 14 && text.trim().length <= 110
}

function readGroup(source: string, group: Line[], blocks: Block[]): void {
  const first = group[0]
  if (first === undefined) return
  if (BULLET.test(first.text)) {
    push(blocks, 'item', 0, showLines(source, group))
    return
  }
  // A short first line far from the wrapped width, then a capital: a heading glued to its text.
  const next = group[1]
  const width = Math.max(...group.map((line) => line.text.length))
  if (
    next !== undefined &&
    first.text.length < width * 0.6 &&
    looksLikeHeading(first.text) &&
    /^\s*\p{Lu}/u.test(next.text)
  ) {
    push(blocks, 'heading', 6, showLines(source, [first]))
    readGroup(source, group.slice(1), blocks)
    return
  }
  // Lines that each end like a sentence or a heading are paragraphs of their own, not one wrapped paragraph.
  const ended = group
    .slice(0, -1)
    .every(
      (line) => /[.!?:;]["'”’)\]*_]*\s*$/u.test(line.text) || looksLikeHeading(line.text) || DATE_LINE.test(line.text),
    )
  if (ended && group.length > 1) {
    for (const line of group) push(blocks, 'paragraph', 0, showLines(source, [line]))
    return
  }
  // Short lines that each begin anew are a list without marks; lines of one width are one wrapped paragraph.
  const listed =
    group.length > 1 &&
    group.slice(0, -1).every((line) => /[;,:]\s*$/u.test(line.text) || line.text.length < width * 0.45)
  if (listed && width < 400) {
    for (const line of group) push(blocks, 'paragraph', 0, showLines(source, [line]))
    return
  }
  const note = /^\s*>/u.test(first.text) && blocks.length === 0
  push(blocks, note ? 'note' : 'paragraph', 0, showLines(source, group))
}

function push(blocks: Block[], kind: Block['kind'], level: number, shown: ShownText | undefined): void {
  if (shown === undefined) return
  const runIn =
    kind === 'paragraph' || kind === 'item'
      ? (RUN_IN.exec(shown.text.replace(BULLET, (mark) => ' '.repeat(mark.length)))?.[0].length ?? 0)
      : 0
  blocks.push({ kind, level, shown, runIn: runIn < shown.text.length ? runIn : 0 })
}

/** A line that could be a heading: short, capital or number first, no full stop, not a date. */
export function looksLikeHeading(text: string): boolean {
  const line = text.trim().replace(/^[*_]+|[*_]+$/gu, '')
  if (line.length < 2 || line.length > 90 || line.split(/\s+/u).length > 12) return false
  if (
    (/[.!;:,]$/u.test(line) && !/\b(?:Inc|Ltd|Corp|Co)\.$/u.test(line)) ||
    DATE_LINE.test(line) ||
    /@|https?:|^>/u.test(line)
  )
    return false
  if (!/^(?:\d+(?:\.\d+)*\\?[.)]?\s+)?["“'‘(]?\p{Lu}/u.test(line)) return false
  return (
    !/\b(?:may|will|is|are|was|collects?|uses?|shares?|have|has|can|must|shall)\b/u.test(line) ||
    /\?$|^(?:what|how|who|when|where|why|information|data)\b/iu.test(line)
  )
}

/** Lone heading-like paragraphs become headings, unless they stand in a run of short lines under a lead-in. */
function settleHeadings(blocks: readonly Block[]): Block[] {
  let listOpen = false
  return blocks.map((block, index) => {
    const next = blocks[index + 1]
    const previous = blocks[index - 1]
    if (block.kind === 'heading') listOpen = false
    if (block.kind !== 'paragraph' && block.kind !== 'item') return block
    const text = block.shown.text
    if (/:\W*$/u.test(text)) listOpen = true
    else if (/[.!?]\W*$/u.test(text) && block.kind === 'paragraph' && !(listOpen && /^\s*\p{Ll}/u.test(text)))
      listOpen = false
    const numberedItem =
      block.kind === 'item' && /^\s*\d{1,2}[.)]\s/u.test(text) && previous?.kind !== 'item' && next?.kind !== 'item'
    if (block.kind === 'item' && !numberedItem) return block
    if (!looksLikeHeading(text) || next === undefined || (next.kind === 'heading' && block.kind === 'item'))
      return block
    const amongShort =
      listOpen && (isBare(next.shown.text) || (previous !== undefined && /:\W*$/u.test(previous.shown.text)))
    if (amongShort) return { ...block, kind: 'item' }
    return { ...block, kind: 'heading', level: 6, runIn: 0 }
  })
}

function isBare(text: string): boolean {
  return text.trim().split(/\s+/u).length <= 12 && !/[.!?:]\W*$/u.test(text)
}

function showLines(source: string, lines: readonly Line[]): ShownText | undefined {
  const first = lines[0]
  const last = lines.at(-1)
  if (first === undefined || last === undefined) return undefined
  const shown = new ShownBuilder()
  let at = first.start
  while (at < last.end) {
    const character = source.charAt(at)
    if (character === '\n') {
      let after = at + 1
      while (after < last.end && /[ \t>]/u.test(source.charAt(after))) after += 1
      shown.add(' ', at, after)
      at = after
    } else if (character === '[' || (character === '!' && source.charAt(at + 1) === '[')) {
      at = showLink(source, at, last.end, shown)
    } else {
      shown.add(character, at, at + 1)
      at += 1
    }
  }
  const built = shown.build()
  return cut(built, 0, built.text.length)
}

/** A Markdown link or image shows its text only; what is no link stands as it is. Returns where to go on. */
function showLink(source: string, at: number, limit: number, shown: ShownBuilder): number {
  const open = source.charAt(at) === '!' ? at + 1 : at
  const close = matching(source, open, Math.min(limit, open + 300), '[', ']')
  const target = close + 1
  const opener = close < 0 ? '' : source.charAt(target)
  const end =
    opener === '('
      ? matching(source, target, Math.min(limit, target + 2000), '(', ')')
      : opener === '['
        ? source.indexOf(']', target)
        : -1
  if (close < 0 || end < 0 || end >= limit) {
    shown.add(source.charAt(at), at, at + 1)
    return at + 1
  }
  const first = shown.length
  shown.copy(source, open + 1, close)
  shown.cover(first, at, end + 1)
  return end + 1
}

function matching(source: string, at: number, limit: number, open: string, close: string): number {
  let depth = 0
  for (let index = at; index < limit; index += 1) {
    const character = source.charAt(index)
    if (character === '\\') index += 1
    else if (character === open) depth += 1
    else if (character === close) {
      depth -= 1
      if (depth === 0) return index
    }
  }
  return -1
}
