import { folded } from '../show-text.ts'
import { type RawBlock, rowText } from './raw-block.ts'

/** A text without its comments; what looks like one behind a backslash is text, and so is one that never ends. */
const withoutComments = (text: string): string => {
  let kept = ''
  let from = 0
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', at)) {
    const close = text.indexOf('-->', at + 4)
    if (close < 0) break
    if (text.charAt(at - 1) === '\\') at += 4
    else {
      kept += text.slice(from, at).replace(/ $/u, '')
      from = close + 3
      at = from
    }
  }
  return kept + text.slice(from)
}

// An escaped sign; a link; an address in brackets; signs of emphasis.
const marks =
  /\\([!-/:-@[-`{-~])|\[([^[\]\n\\]*)\]\([^()\s]*\)|<((?:https?:\/\/|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s]+)>|\*\*|__|(?<![\p{L}\p{N}])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\p{N}])/gu

/** A line without what Markdown does not show: comments, emphasis, the backslashes of escapes, the targets of links. */
const plain = (line: string): string =>
  folded(
    withoutComments(line).replace(
      marks,
      (_, sign?: string, text?: string, address?: string) => sign ?? text ?? address ?? '',
    ),
  )

const cellsOf = (line: string): readonly (readonly string[])[] =>
  withoutComments(line)
    .replace(/^\s*\||(?<!\\)\|\s*$/gu, '')
    .split(/(?<!\\)\|/u)
    .map((cell) =>
      cell
        .split(/<br\s*\/?>/u)
        .map(plain)
        .filter((part) => part !== ''),
    )

/** Reads Markdown into lines, headings and rows of tables. Wrapped lines of a paragraph or item are one line. */
export const markdownBlocks = (source: string): readonly RawBlock[] => {
  const blocks: RawBlock[] = []
  let open: { text: string; start: number; end: number } | undefined
  const flush = (): void => {
    const text = open === undefined ? '' : plain(open.text)
    if (open !== undefined && text !== '')
      blocks.push({ type: 'line', level: 0, text, cells: [], start: open.start, end: open.end })
    open = undefined
  }
  let at = 0
  for (const whole of source.split('\n')) {
    const [start, end] = [at, at + whole.length]
    const line = whole.replace(/\r$/u, '')
    at = end + 1
    const heading = /^(#{1,6}) +(.*)$/u.exec(line)
    const item = /^ {0,3}[-*+] +/u.exec(line)
    if (heading !== null) {
      flush()
      blocks.push({
        type: 'heading',
        level: heading[1]?.length ?? 1,
        text: plain(heading[2] ?? ''),
        cells: [],
        start,
        end,
      })
    } else if (/^ {0,3}\|/u.test(line)) {
      flush()
      const cells = cellsOf(line)
      if (cells.some((cell) => cell.some((part) => !/^:?-+:?$/u.test(part))))
        blocks.push({ type: 'row', level: 0, text: rowText(cells), cells, start, end })
    } else if (item !== null || line.trim() === '') {
      flush()
      if (item !== null) open = { text: line.slice(item[0].length), start, end }
    } else
      open =
        open === undefined
          ? { text: line, start, end }
          : { text: `${open.text} ${line.trim()}`, start: open.start, end }
  }
  flush()
  return blocks
}
