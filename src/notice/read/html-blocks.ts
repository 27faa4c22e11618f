import { folded } from '../show-text.ts'
import { type RawBlock, rowText } from './raw-block.ts'

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  lsquo: '‘',
  rsquo: '’',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
}

const decoded = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/gu,
    (whole, decimal, hex, name: string | undefined) => {
      if (name !== undefined) return named[name] ?? whole
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD'
    },
  )

// Elements inside a line; every other one ends it.
const inline = new Set(
  'a abbr b bdi bdo cite code em font i ins kbd label mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
)
const silent = new Set(['script', 'style', 'template', 'noscript', 'head', 'svg'])

interface Tag {
  readonly name: string
  readonly closing: boolean
  /** Behind the tag. */
  readonly end: number
}

/** The tag at a place; undefined where the sign begins none. */
const tagAt = (source: string, at: number): Tag | undefined => {
  if (source.startsWith('<!--', at)) {
    const close = source.indexOf('-->', at + 4)
    return { name: '!', closing: false, end: close < 0 ? source.length : close + 3 }
  }
  const name = /^<(\/?)([a-zA-Z!][a-zA-Z0-9:-]*)/u.exec(source.slice(at, at + 64))
  if (name === null) return undefined
  let quote = ''
  for (let end = at + name[0].length; end < source.length; end++) {
    const sign = source.charAt(end)
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (sign === '>') return { name: (name[2] ?? '').toLowerCase(), closing: name[1] === '/', end: end + 1 }
    else if (sign === '"' || sign === "'") quote = sign
  }
  return { name: '!', closing: false, end: source.length }
}

/** Reads HTML into lines, headings and rows of tables; items of a list inside a cell are the parts of the cell. */
export const htmlBlocks = (source: string): readonly RawBlock[] => {
  const blocks: RawBlock[] = []
  const small = source.toLowerCase()
  let text = ''
  let start = -1
  let cell: string[] | undefined
  let row: { cells: string[][]; start: number } | undefined
  let level = 0
  const flush = (end: number): void => {
    const line = folded(decoded(text))
    if (line !== '') {
      if (cell !== undefined) cell.push(line)
      else
        blocks.push({
          type: level > 0 ? 'heading' : 'line',
          level,
          text: line,
          cells: [],
          start: Math.max(0, start),
          end,
        })
    }
    text = ''
    start = -1
  }
  const turn = ({ name, closing }: Tag, at: number, end: number): void => {
    flush(at)
    level = !closing && /^h[1-6]$/u.test(name) ? Number(name.charAt(1)) : 0
    if (name === 'tr') {
      if (closing && row?.cells.some((parts) => parts.length > 0))
        blocks.push({ type: 'row', level: 0, text: rowText(row.cells), cells: row.cells, start: row.start, end })
      row = closing ? undefined : { cells: [], start: at }
    } else if (name === 'td' || name === 'th') {
      if (closing && cell !== undefined) row?.cells.push(cell)
      cell = closing ? undefined : []
    }
  }
  for (let at = 0; at < source.length; ) {
    const next = source.indexOf('<', at)
    const tag = next < 0 ? undefined : tagAt(source, next)
    const end = next < 0 ? source.length : tag === undefined ? next + 1 : next
    const before = source.slice(at, end)
    if (start < 0 && before.trim() !== '') start = at + before.length - before.trimStart().length
    text += before
    at = tag === undefined ? end : tag.end
    if (tag === undefined || tag.name === '!' || inline.has(tag.name)) continue
    turn(tag, next, tag.end)
    if (silent.has(tag.name) && !tag.closing) {
      const close = small.indexOf(`</${tag.name}`, tag.end)
      at = close < 0 ? source.length : close
    }
  }
  flush(source.length)
  return blocks
}
