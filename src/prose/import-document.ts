import { given } from '../base/given.ts'
import { sha256Hex } from '../base/hash.ts'
import { Fault } from '../language/fault.ts'
import { applyAnswers } from './answers.ts'
import { draftPolicy } from './draft.ts'
import type { Imported, ImportedSentence } from './imported.ts'
import { allQuestions } from './open-questions.ts'
import { findQuestions } from './questions.ts'
import { type Understood, understand } from './read-meanings.ts'
import { type Acceptance, type Answer, type Decision, needsReview } from './review.ts'
import { findDecisions, readingOf } from './review-queue.ts'
import { type Format, guessFormat, readSentences } from './sentences.ts'
import { fillSlots } from './slots/fill-slots.ts'
import { emptySlots } from './slots/find-slots.ts'
import { generalName } from './slots/general-data.ts'
import { vendorNames, vendorSpellings } from './vendor.ts'
import { acceptancesOf, laxerReadings, settleSentences, settleWarnings } from './warnings/accepted.ts'
import { findWarnings } from './warnings/find-warnings.ts'
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
  /** Warnings of the whole document that a named person decided otherwise about. */
  readonly accepts?: readonly Acceptance[]
  /** What takes the place of questions of the draft. */
  readonly answers?: readonly Answer[]
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
  const found = findDecisions(
    read.map((sentence) => sentence.text),
    options.decisions ?? [],
  )
  const { decided } = found
  const understood = understand(read, vendor).map((of, index) => withDecision(of, readingOf(decided.get(index))))
  const slots = fillSlots(understood, generalName(source), vendor)
  const warnings = findWarnings(understood)
  const links = linkWarnings(read)
  const settled = settleSentences(
    understood.map(({ sentence: { number } }) => [...(warnings.get(number) ?? []), ...(links.get(number) ?? [])]),
    understood.map((_, index) => acceptancesOf(decided.get(index))),
  )
  const asked = findQuestions(understood, slots)
  const spellings = vendorSpellings(source, options.name)
  const draft = draftPolicy(understood, slots, {
    name,
    controller: spellings[0],
    laxer: new Map(
      understood.map(({ sentence }, index) => [sentence.number, laxerReadings(settled[index]?.accepted ?? [])]),
    ),
    questions: asked,
  })
  const gaps = (warnings.get(0) ?? []).filter(({ code }) => !isFilled(draft.policy, code))
  const whole = settleWarnings(gaps, options.accepts ?? [])
  const answered = applyAnswers(draft.policy, options.answers ?? [])
  const questions = allQuestions(answered.draft, draft.questions)
  const sentences = understood.map((of, index): ImportedSentence => {
    const { sentence } = of
    const unbound = draft.unbound.get(sentence.number)
    const decision = readingOf(decided.get(index))
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
      warnings: settled[index]?.stand ?? [],
      accepted: settled[index]?.accepted ?? [],
      questions: questions.filter((question) => question.sentence === sentence.number).map((question) => question.id),
      reviewed: decision !== undefined,
      ...waitsFor(of, decision, found.formerly.get(index)),
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
    warnings: whole.stand,
    accepted: whole.accepted,
    stale: { decisions: found.gone, answers: answered.stale },
    draft: answered.draft,
    coverage: {
      quotedWords: read.reduce(
        (sum, sentence) => sum + countWords(format === 'html' ? sentence.text : sentence.quote),
        0,
      ),
      bound: sentences.filter((sentence) => sentence.commitments.length > 0).length,
      unbound: draft.unbound.size,
      questions: questions.length,
      review: sentences.filter((sentence) => sentence.review !== undefined).length,
    },
  }
}

/** Commitments that fill a gap, whichever sentence they were read from. */
const fills: Readonly<Record<string, readonly [kind: string, name: string]>> = {
  'gap.access': ['rights', 'access'],
  'gap.correction': ['rights', 'correction'],
  'gap.erasure': ['rights', 'erasure'],
  'gap.breach': ['security', 'breach-notice'],
  'gap.contact': ['recourse', 'contact'],
  'gap.withdrawal': ['consent', 'withdrawal'],
}

function isFilled(policy: { readonly [kind: string]: unknown }, code: string): boolean {
  const [kind = '', name = ''] = fills[code] ?? []
  const block = policy[kind]
  return typeof block === 'object' && block !== null && Object.hasOwn(block, name)
}

function withDecision(of: Understood, decision: Decision | undefined): Understood {
  if (decision === undefined) return of
  return { ...of, label: decision.label ?? of.label, disposition: decision.disposition ?? of.disposition, sure: 1 }
}

/** Why a sentence waits for a reviewer. */
function waitsFor(of: Understood, decision: Decision | undefined, former: Decision | undefined) {
  if (decision !== undefined) return {}
  if (former !== undefined) {
    const { label, disposition, by, on, says } = former
    return { review: 'changed' as const, formerly: given({ label, disposition, by, on, says }) }
  }
  return needsReview(of.sure) ? { review: 'unsure' as const } : {}
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
