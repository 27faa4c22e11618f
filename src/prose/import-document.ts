import { sha256Hex } from '../base/hash.ts'
import { Fault } from '../language/fault.ts'
import { draftPolicy } from './draft.ts'
import type { Imported, ImportedSentence } from './imported.ts'
import { allQuestions } from './open-questions.ts'
import { findQuestions } from './questions.ts'
import { type Understood, understand } from './read-meanings.ts'
import { type Decision, needsReview, textKey } from './review.ts'
import { type Format, guessFormat, readSentences } from './sentences.ts'
import { fillSlots } from './slots/fill-slots.ts'
import { emptySlots } from './slots/find-slots.ts'
import { generalName } from './slots/general-data.ts'
import { vendorNames, vendorSpellings } from './vendor.ts'
import { findWarnings, type Warning } from './warnings/find-warnings.ts'
import { linkWarnings } from './warnings/links.ts'

/** A policy text is seldom 100 kB; what is larger is a mistake or an attack. */
const MOST_CHARACTERS = 2_000_000

export interface ImportOptions {
  /** Short name of the document, e.g. `kayako`: part of the sentences' ids. A file ending is dropped. */
  readonly name: string
  /** Default: told from the name's ending, else from the first tags. */
  readonly format?: Format
  /** What reviewers decided before. */
  readonly decisions?: readonly Decision[]
}

/**
 * Reads an existing privacy notice: every sentence with its words, meaning, slots, warnings and commitments, and a draft of
 * kept.yaml in which what the text leaves open asks. Works offline; the same text gives the same answer.
 * Faults: `prose.too-large`, `prose.empty`.
 */
export function importDocument(source: string, options: ImportOptions): Imported {
  if (source.length > MOST_CHARACTERS)
    throw refuse(
      'prose.too-large',
      options.name,
      `the document has ${source.length} characters, more than ${MOST_CHARACTERS}`,
    )
  const name = options.name.replace(/^.*[\\/]/u, '').replace(/\.[a-z0-9]{1,8}$/iu, '')
  const format = options.format ?? guessFormat(source, options.name)
  const read = readSentences(source, format)
  if (read.length === 0) throw refuse('prose.empty', options.name, 'the document holds no sentence')
  const vendor = vendorNames(source, options.name)
  const decided = decisionsBySentence(
    read.map((sentence) => sentence.text),
    options.decisions ?? [],
  )
  const understood = understand(read, vendor).map((of, index) => withDecision(of, decided.get(index)))
  const slots = fillSlots(understood, generalName(source), vendor)
  const warnings = findWarnings(understood)
  const links = linkWarnings(read)
  const asked = findQuestions(understood, slots)
  const spellings = vendorSpellings(source, options.name)
  const draft = draftPolicy(understood, slots, {
    name,
    controller: spellings[0],
    accepted: acceptedCodes(understood, decided, warnings),
    questions: asked,
  })
  const questions = allQuestions(draft.policy, draft.questions)
  const sentences = understood.map((of, index): ImportedSentence => {
    const { sentence } = of
    const unbound = draft.unbound.get(sentence.number)
    const decision = decided.get(index)
    const all = [...(warnings.get(sentence.number) ?? []), ...(links.get(sentence.number) ?? [])]
    return {
      id: `${name}#${sentence.number}`,
      start: sentence.start,
      end: sentence.end,
      quote: sentence.quote,
      text: sentence.text,
      section: sentence.section,
      heading: sentence.heading,
      disposition: of.disposition,
      label: of.label,
      modality: of.modality,
      slots: slots[index] ?? emptySlots,
      sure: of.sure,
      because: of.because,
      commitments: draft.bound.get(sentence.number) ?? [],
      ...(unbound === undefined ? {} : { unbound }),
      warnings: all.filter((warning) => warning.forbidden || decision?.accepts?.includes(warning.code) !== true),
      questions: questions.filter((question) => question.sentence === sentence.number).map((question) => question.id),
      reviewed: decision !== undefined,
    }
  })
  return {
    document: {
      name,
      words: countWords(read[0] === undefined ? '' : wordsOf(source, format, read)),
      sha256: sha256Hex(source),
      vendor: spellings,
    },
    sentences,
    questions,
    warnings: documentWarnings(warnings),
    draft: draft.policy,
    coverage: {
      quotedWords: read.reduce(
        (sum, sentence) => sum + countWords(format === 'html' ? sentence.text : sentence.quote),
        0,
      ),
      bound: sentences.filter((sentence) => sentence.commitments.length > 0).length,
      unbound: draft.unbound.size,
      questions: questions.length,
      review: sentences.filter((sentence) => needsReview(sentence.sure) && !sentence.reviewed).length,
    },
  }
}

function documentWarnings(warnings: ReadonlyMap<number, readonly Warning[]>): readonly Warning[] {
  return warnings.get(0) ?? []
}

function decisionsBySentence(texts: readonly string[], decisions: readonly Decision[]): Map<number, Decision> {
  const found = new Map<number, Decision>()
  if (decisions.length === 0) return found
  const seen = new Map<string, number>()
  for (const [index, text] of texts.entries()) {
    const key = textKey(text)
    const occurrence = (seen.get(key) ?? 0) + 1
    seen.set(key, occurrence)
    const decision = decisions.findLast((each) => each.text === key && each.occurrence === occurrence)
    if (decision !== undefined) found.set(index, decision)
  }
  return found
}

function withDecision(of: Understood, decision: Decision | undefined): Understood {
  if (decision === undefined) return of
  return { ...of, label: decision.label ?? of.label, disposition: decision.disposition ?? of.disposition, sure: 1 }
}

/** Codes of warnings that a named person decided otherwise about, by sentence; never where the law forbids it. */
function acceptedCodes(
  understood: readonly Understood[],
  decided: ReadonlyMap<number, Decision>,
  warnings: ReadonlyMap<number, readonly Warning[]>,
): Map<number, ReadonlySet<string>> {
  return new Map(
    [...decided].flatMap(([index, decision]) => {
      const number = understood[index]?.sentence.number ?? 0
      const barred = new Set((warnings.get(number) ?? []).filter((each) => each.forbidden).map((each) => each.code))
      return [[number, new Set(decision.accepts?.filter((code) => !barred.has(code)))] as const]
    }),
  )
}

/** Words are stretches without white space that hold a letter or a digit. */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** The file's own words; of HTML those a reader sees, counted apart from the sentences. */
function wordsOf(source: string, format: Format, read: readonly { readonly text: string }[]): string {
  return format === 'html' ? read.map((sentence) => sentence.text).join(' ') : source
}

function refuse(code: string, file: string, what: string): Fault {
  return new Fault({ code, where: { file }, what, mend: 'give the text of one privacy notice' })
}
