import { readHtml } from './read-html.ts'
import { readLines } from './read-lines.ts'
import type { Block, ShownText } from './shown.ts'
import { type Piece, splitBlock } from './split.ts'

export type Format = 'text' | 'markdown' | 'html'

/** A sentence, list item or heading as it stands in the file, with what governs it. */
export interface Sentence {
  /** Running number from 1. */
  readonly number: number
  /** Offsets in the file (UTF-16 units, from 0; end exclusive). */
  readonly start: number
  readonly end: number
  readonly quote: string
  /** The quote as a reader sees it: links reduced to their text (HTML: no tags, entities decoded). */
  readonly text: string
  readonly shown: ShownText
  readonly section: string
  readonly heading: boolean
  readonly note: boolean
  readonly item: boolean
  /** Number of the sentence that governs this item. */
  readonly leadIn: number | undefined
  readonly opensList: boolean
  /** Shown characters of the bold label it opens with. */
  readonly runIn: number
  /** True when it begins a paragraph: what refers back seldom reaches over that. */
  readonly opensBlock: boolean
}

/** Splits a document into sentences, items and headings in order; the gaps between quotes hold no words. */
export function readSentences(source: string, format: Format): Sentence[] {
  const blocks = format === 'html' ? readHtml(source) : readLines(source)
  const sentences: Sentence[] = []
  let section = ''
  let list: number | undefined
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'heading') {
      section = headingText(block.shown.text)
      list = undefined
    }
    const member = list !== undefined && isMember(block)
    if (list !== undefined && !member && !blocks.slice(index + 1, index + 2).some(isMember)) list = undefined
    const label = block.runIn > 0 ? headingText(block.shown.text.slice(0, block.runIn)) : ''
    const place =
      block.kind === 'note'
        ? '(archive note)'
        : label === ''
          ? section
          : section === ''
            ? label
            : `${section} > ${label}`
    let lead = member ? list : undefined
    let opensBlock = true
    for (const piece of splitBlock(block, member)) {
      const number = sentences.length + 1
      if (!piece.item || piece.leadIn) lead = member && piece.item && opensBlock ? list : undefined
      const first = opensBlock
      sentences.push(asSentence(source, piece, block, number, place, lead, first))
      if (piece.leadIn && !endsBlock(piece, block)) lead = number
      opensBlock = false
      if (member && lead === list) lead = undefined
    }
    const last = sentences.at(-1)
    if (last?.opensList === true && last.shown.text.endsWith(block.shown.text.slice(-3))) list = last.number
  }
  return sentences
}

function asSentence(
  source: string,
  piece: Piece,
  block: Block,
  number: number,
  section: string,
  leadIn: number | undefined,
  opensBlock: boolean,
): Sentence {
  const start = piece.shown.from[0] ?? 0
  const end = piece.shown.to.at(-1) ?? start
  return {
    number,
    start,
    end,
    quote: source.slice(start, end),
    text: piece.shown.text,
    shown: piece.shown,
    section,
    heading: block.kind === 'heading',
    note: block.kind === 'note',
    item: piece.item,
    leadIn,
    opensList: piece.leadIn,
    runIn: piece.runIn,
    opensBlock,
  }
}

/** The lead-in's own block goes on after it: the items follow inside the same paragraph. */
function endsBlock(piece: Piece, block: Block): boolean {
  return (piece.shown.to.at(-1) ?? 0) >= (block.shown.to.at(-1) ?? 0)
}

function isMember(block: Block): boolean {
  if (block.kind === 'item') return true
  if (block.kind !== 'paragraph') return false
  const text = block.shown.text.replace(/^[\s*_"“‘'(]+/u, '')
  return /^\p{Ll}/u.test(text) || /;\s*(?:and|or)?\W*$/u.test(text) || (block.runIn > 0 && /^right\b/iu.test(text))
}

/** A heading without its marks: `#`, list backslashes, emphasis, doubled spaces, closing punctuation of a label. */
export function headingText(text: string): string {
  return text
    .replace(/^\s*#{1,6}\s*|\s*#+\s*$/gu, '')
    .replace(/[*_]{1,3}/gu, '')
    .replace(/\\(?=[.)])/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/\s*[.:–-]$/u, '')
}

/** Guesses the format from the file's name, else from its first tags; plain text is read as Markdown, which includes it. */
export function guessFormat(source: string, name: string): Format {
  if (/\.x?html?$/iu.test(name)) return 'html'
  if (/\.(?:md|markdown)$/iu.test(name)) return 'markdown'
  const head = source.slice(0, 4000)
  return /<!doctype html|<html[\s>]|<(?:p|div|h[1-6]|ul|body)[\s>]/iu.test(head) ? 'html' : 'text'
}
