import type { Nature } from '../../commitments/comparison.ts'
import { plainText } from './normal.ts'

/** A noun phrase of a sentence, with its canonical term where it has one. */
export interface ReadPhrase {
  readonly name: string
  readonly term?: string
}

/** A sentence of a prose document, as an importer understood it. */
export interface ReadSentence {
  /** Document and running number, e.g. `kayako#88`. */
  readonly id: string
  /** As a reader sees it. */
  readonly text: string
  /** False for headings, framing, advice: what commits nobody to anything. */
  readonly promises: boolean
  readonly label: string
  readonly modality: string
  /** Kinds of commitment that it is bound to, e.g. `retention`. */
  readonly kinds: readonly string[]
  readonly slots: Readonly<Record<string, readonly ReadPhrase[]>>
}

export interface ReadDocument {
  readonly name: string
  readonly words: number
  readonly sentences: readonly ReadSentence[]
}

const protecting = new Set(['consent', 'security', 'rights', 'retention', 'children', 'recourse', 'changes'])

/** What a sentence is to the person: a use of data, a protection, or neither; what is not done is a protection. */
export const natureOf = ({ kinds, modality }: ReadSentence): Nature => {
  if (kinds.length === 0) return 'neither'
  if (kinds.every((kind) => protecting.has(kind))) return modality === 'does not' ? 'neither' : 'protection'
  return modality === 'does not' ? 'protection' : 'use'
}

/** A line about the copy, not of the notice: who archived it, and when. */
export const isArchiveNote = (text: string): boolean =>
  !/\b(?:we|our|us|you|your)\b/iu.test(text) &&
  /^\W*(?:archived?|captured?|snapshot|retrieved|saved|printed|last crawled)\b|wayback machine|\barchive\.(?:org|today|ph)\b/iu.test(
    text,
  )

/**
 * A sentence in one spelling: without marks nobody sees, markup, bullets, numbering, kinds of quotes and dashes, capital
 * letters, and what only joins it to the next one of its list.
 */
export const spelled = (text: string): string => unmarked(text).replace(/(?:[\s.,;:!]|(?<=[,;]\s?)(?:and|or))+$/u, '')

const unmarked = (text: string): string =>
  plainText(text)
    .toLowerCase()
    .replace(/[“”„«»"]/gu, '"')
    .replace(/[‘’`´]/gu, "'")
    .replace(/[‐‑–—]/gu, '-')
    .replace(/^(?:[-*•>#|]+\s+|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+)+/u, '')
    .replace(/[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}/gu, '')

/** Its words, without punctuation and the marks of a list; e-mail addresses, pages and numbers stay whole. */
export const wordsOfText = (text: string): readonly string[] =>
  unmarked(text)
    .replace(/(?<!\S)\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)(?!\S)/gu, ' ')
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu, ''))
    .filter((word) => word !== '')
