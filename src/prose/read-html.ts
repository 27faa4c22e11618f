import { entities } from './entities.ts'
import type { Block, ShownText } from './shown.ts'
import { cut, ShownBuilder } from './shown.ts'

const SILENT = new Set([
  'script',
  'style',
  'head',
  'template',
  'noscript',
  'svg',
  'math',
  'iframe',
  'object',
  'select',
  'textarea',
  'title',
])
const INLINE = new Set([
  ...[
    'a',
    'abbr',
    'acronym',
    'b',
    'bdi',
    'bdo',
    'big',
    'cite',
    'code',
    'del',
    'dfn',
    'em',
    'font',
    'i',
    'img',
    'ins',
    'kbd',
    'label',
    'mark',
    'o:p',
  ],
  ...[
    'q',
    's',
    'samp',
    'small',
    'span',
    'strike',
    'strong',
    'sub',
    'sup',
    'time',
    'tt',
    'u',
    'var',
    'wbr',
    'input',
    'button',
    'data',
    'nobr',
  ],
])
const BOLD = new Set(['b', 'strong', 'dfn'])

/** Where reading stands: the block being collected and what it knows of itself. */
interface Pen {
  builder: ShownBuilder
  kind: Block['kind']
  level: number
  bold: number
  /** Shown characters up to the end of the first bold stretch, when that stretch opens the block. */
  boldEnd: number
  boldFirst: boolean
}

/**
 * Reads HTML into blocks: tags go, entities are decoded, white space is folded as a browser does; scripts, styles and the
 * head are not shown. Unclosed and stray tags are tolerated (HTML Living Standard 13.2, in outline).
 */
export function readHtml(source: string): Block[] {
  const blocks: Block[] = []
  let pen = fresh('paragraph', 0)
  let items = 0
  const flush = (): void => {
    finish(pen, blocks)
    pen = fresh(items > 0 ? 'item' : 'paragraph', 0)
  }
  let at = 0
  while (at < source.length) {
    const character = source.charAt(at)
    if (character === '<' && /[a-zA-Z/!?]/u.test(source.charAt(at + 1))) {
      const tag = readTag(source, at)
      at = tag.end
      if (tag.name === '') continue
      if (SILENT.has(tag.name) && !tag.closing && !tag.empty) {
        at = skipElement(source, at, tag.name)
      } else if (BOLD.has(tag.name)) {
        turnBold(pen, tag.closing)
      } else if (!INLINE.has(tag.name)) {
        flush()
        if (tag.name === 'li' || tag.name === 'td' || tag.name === 'th' || tag.name === 'dd') {
          items = Math.max(0, items + (tag.closing ? -1 : 1))
          if (!tag.closing) items = 1
          pen = fresh(items > 0 ? 'item' : 'paragraph', 0)
        }
        if (/^h[1-6]$/u.test(tag.name))
          pen = tag.closing ? fresh('paragraph', 0) : fresh('heading', Number(tag.name.charAt(1)))
        if (tag.name === 'ul' || tag.name === 'ol' || tag.name === 'table') items = 0
      }
    } else if (character === '&') {
      at = showEntity(source, at, pen.builder)
    } else {
      if (/\s/u.test(character)) showSpace(pen.builder, at, at + 1)
      else pen.builder.add(character, at, at + 1)
      at += 1
    }
  }
  flush()
  return blocks
}

function fresh(kind: Block['kind'], level: number): Pen {
  return { builder: new ShownBuilder(), kind, level, bold: 0, boldEnd: 0, boldFirst: false }
}

function turnBold(pen: Pen, closing: boolean): void {
  if (!closing) {
    if (pen.builder.build().text.trim() === '') pen.boldFirst = true
    pen.bold += 1
  } else {
    pen.bold = Math.max(0, pen.bold - 1)
    if (pen.bold === 0 && pen.boldFirst && pen.boldEnd === 0) pen.boldEnd = pen.builder.length
  }
}

function finish(pen: Pen, blocks: Block[]): void {
  const built = pen.builder.build()
  const shown = cut(built, 0, built.text.length)
  if (shown === undefined) return
  const lead = built.text.length - built.text.trimStart().length
  const end = pen.boldEnd - lead
  const words = shown.text.split(' ').length
  if (pen.kind === 'paragraph' && end >= shown.text.length && words <= 12 && !/[.!]$/u.test(shown.text)) {
    blocks.push({ kind: 'heading', level: 6, shown, runIn: 0 })
    return
  }
  const label =
    end > 0 && end < shown.text.length && end <= 90
      ? end + (/^\s{0,2}[.:–-]/u.exec(shown.text.slice(end))?.[0].length ?? 0)
      : 0
  const opens = label > 0 && /[.:–-]$/u.test(shown.text.slice(0, label).trim()) ? label : 0
  blocks.push({
    kind: pen.kind,
    level: pen.level,
    shown: shown as ShownText,
    runIn: pen.kind === 'heading' ? 0 : opens,
  })
}

function showSpace(builder: ShownBuilder, from: number, to: number): void {
  builder.add(' ', from, to)
}

interface Tag {
  readonly name: string
  readonly closing: boolean
  readonly empty: boolean
  readonly end: number
}

function readTag(source: string, at: number): Tag {
  if (source.startsWith('<!--', at)) {
    const close = source.indexOf('-->', at + 4)
    return { name: '', closing: false, empty: true, end: close < 0 ? source.length : close + 3 }
  }
  let end = at + 1
  let quote = ''
  while (end < source.length) {
    const character = source.charAt(end)
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '>') break
    else if ((character === '"' || character === "'") && source.charAt(end - 1) === '=') quote = character
    end += 1
  }
  const inside = source.slice(at + 1, Math.min(end, at + 60))
  const name = /^\/?([a-zA-Z][a-zA-Z0-9:-]*)/u.exec(inside)?.[1]?.toLowerCase() ?? ''
  return {
    name,
    closing: inside.startsWith('/'),
    empty: source.charAt(end - 1) === '/',
    end: Math.min(end + 1, source.length),
  }
}

function skipElement(source: string, at: number, name: string): number {
  const close = new RegExp(`</${name}\\s*>`, 'giu')
  close.lastIndex = at
  const found = close.exec(source)
  return found === null ? source.length : found.index + found[0].length
}

/** Shows a character reference as the character a reader sees; an unknown one stays as written. */
function showEntity(source: string, at: number, builder: ShownBuilder): number {
  const found = /^&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});?/iu.exec(source.slice(at, at + 40))
  const name = found?.[1] ?? ''
  const code =
    name.startsWith('#x') || name.startsWith('#X')
      ? Number.parseInt(name.slice(2), 16)
      : Number.parseInt(name.slice(1), 10)
  const character = name.startsWith('#')
    ? code > 0 && code <= 0x10ffff
      ? String.fromCodePoint(code)
      : '\ufffd'
    : entities[name]
  if (found === null || character === undefined) {
    builder.add('&', at, at + 1)
    return at + 1
  }
  const end = at + found[0].length
  if (/^\s$/u.test(character)) showSpace(builder, at, end)
  else builder.add(character, at, end)
  return end
}
