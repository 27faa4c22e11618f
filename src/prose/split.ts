import { clauseOpeners, finiteVerbs, neverEnds, seldomEnds } from './abbreviations.ts'
import type { Block, ShownText } from './shown.ts'
import { cut } from './shown.ts'
import { splitItems } from './split-items.ts'

/** One sentence, list item or heading as cut from its block. */
export interface Piece {
  readonly shown: ShownText
  /** Shown characters of the bold label it opens with. */
  readonly runIn: number
  /** True when it stands in a list under a lead-in. */
  readonly item: boolean
  /** True when it ends by opening a list (a colon, or an enumeration that follows). */
  readonly leadIn: boolean
}

/** Cuts a block into sentences and inline items; headings and notes of one sentence stay whole. Nothing but white space is left out. */
export function splitBlock(block: Block, inList: boolean): Piece[] {
  if (block.kind === 'heading') return [{ shown: block.shown, runIn: 0, item: false, leadIn: false }]
  const pieces: Piece[] = []
  let start = 0
  const ends = sentenceEnds(block.shown.text, block.runIn)
  for (const end of ends) {
    const shown = cut(block.shown, start, end)
    const runIn = start === 0 ? block.runIn : 0
    if (shown !== undefined) pieces.push(...splitItems(shown, runIn, inList || block.kind === 'item'))
    start = end
  }
  return pieces
}

const CLOSERS = /["'”’»)\]*_]/u

/** Offsets where sentences end, the end of the text last. */
function sentenceEnds(text: string, from: number): number[] {
  const ends: number[] = []
  let depth = 0
  let opened = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (character === '(') {
      if (depth === 0) opened = index
      depth += 1
    } else if (character === ')') depth = Math.max(0, depth - 1)
    if (depth > 0 && index - opened > 600) depth = 0
    if (index < from) continue
    if (character === '>' && autolinkEnds(text, index)) ends.push(index + 1)
    if (character !== '.' && character !== '!' && character !== '?' && character !== '…') continue
    let after = index + 1
    while (after < text.length && CLOSERS.test(text.charAt(after))) {
      if (text.charAt(after) === ')') depth = Math.max(0, depth - 1)
      after += 1
    }
    if (depth > 0 && !opensSentence(text, opened, ends.at(-1) ?? 0)) {
      index = after - 1
      continue
    }
    if (endsHere(text, index, after)) ends.push(after)
    index = after - 1
  }
  if (ends.at(-1) !== text.length) ends.push(text.length)
  return ends
}

/** The bracket opened at `opened` encloses the whole sentence that begins after `last`. */
function opensSentence(text: string, opened: number, last: number): boolean {
  return text.slice(last, opened).trim() === ''
}

function endsHere(text: string, stop: number, after: number): boolean {
  if (after >= text.length) return true
  if (!/\s/u.test(text.charAt(after))) return false
  const rest = text.slice(after, after + 120).trimStart()
  if (rest === '') return true
  const opener = /^["'“‘«([*_]*/u.exec(rest)?.[0] ?? ''
  const first = rest.charAt(opener.length)
  const mark = text.charAt(stop)
  if (!/[\p{Lu}\p{N}<]/u.test(first) && !/^(?:e-mail|eBay|iOS|iPhone)\b/u.test(rest.slice(opener.length))) {
    // A small letter after a full stop goes on, unless a plain clause begins ("we ...") after two marks or a question.
    return (
      mark !== '…' &&
      /^(?:we|you|this|if)\s/u.test(rest.slice(opener.length)) &&
      /\p{Ll}{2}$/u.test(text.slice(Math.max(0, stop - 3), stop))
    )
  }
  if (mark !== '.') return true
  const word =
    /(?<![\p{L}\p{N}.])([\p{L}\p{N}][\p{L}\p{N}.]*)$/u
      .exec(text.slice(Math.max(0, stop - 20), stop))?.[1]
      ?.toLowerCase() ?? ''
  if (/\p{L}str$/u.test(word) && /^\d/u.test(rest)) return false
  if (neverEnds.has(word)) return word === 'no' && !/^\d/u.test(rest)
  if (/^\p{L}$/u.test(word) && word !== 'i') return /^(?:we|you|our)\b/iu.test(rest)
  if (/^\d{1,2}$/u.test(word) && text.slice(0, stop).trim().length <= 3) return false
  // Acme Inc. (“Acme”): a bracket after a company's name defines it.
  if (seldomEnds.has(word) && opener.includes('(')) return false
  if (seldomEnds.has(word))
    return opensClause(rest.slice(opener.length), /^(?:inc|ltd|llc|corp|co|plc|gmbh|etc)$/u.test(word))
  return true
}

function opensClause(rest: string, names: boolean): boolean {
  const words = rest
    .split(/\s+/u)
    .slice(0, 5)
    .map((word) => word.replace(/[^\p{L}’'-]/gu, '').toLowerCase())
  const first = words[0] ?? ''
  if (clauseOpeners.has(first))
    return (
      names ||
      !/^(?:data|information|personal|users|visitors|customers|cookies|no|all|any|most|certain|other)$/u.test(first)
    )
  // A name, then a verb: "… by Google, Inc. Google Analytics uses cookies".
  return names && words.slice(1, 4).some((word) => finiteVerbs.has(word))
}

/** A bare address in angle brackets ends a sentence that lost its full stop when a new clause follows it. */
function autolinkEnds(text: string, index: number): boolean {
  if (!/<(?:https?|mailto)[^\s<>]{1,300}$/u.test(text.slice(Math.max(0, index - 320), index))) return false
  const rest = /^\s+(\p{Lu}.{0,80})/u.exec(text.slice(index + 1, index + 90))?.[1]
  return rest !== undefined && opensClause(rest, true)
}
