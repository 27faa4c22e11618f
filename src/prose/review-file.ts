import { parse, stringify } from 'yaml'
import { z } from 'zod'
import type { JsonValue } from '../base/canonical-json.ts'
import { given } from '../base/given.ts'
import { Fault, Faults } from '../language/fault.ts'
import { locate } from '../policy/located.ts'
import { schemaFaults } from '../policy/schema-faults.ts'
import type { Imported } from './imported.ts'
import { labels } from './labels.ts'
import { type Decision, occurrences, type Review } from './review.ts'
import { queueOf } from './review-queue.ts'

const MOST_CHARACTERS = 4_000_000
const words = z.string().min(1).max(2000)
const key = z.string().regex(/^[0-9a-f]{16}$/u)
const label = z.enum(labels)
const disposition = z.enum(['machine', 'human-task', 'not-a-promise'])
const record = { by: words, on: words, why: words.optional() }
const value: z.ZodType<JsonValue> = z.json()
const phrases = z.array(z.string().max(300)).max(40).default([])

const parts = {
  decisions: z.object({
    text: key,
    occurrence: z.int().min(1).default(1),
    says: z.string().max(2000).optional(),
    label: label.optional(),
    disposition: disposition.optional(),
    accepts: z.array(words).max(100).optional(),
    proposed: words.optional(),
    ...record,
  }),
  accepts: z.object({ code: words, ...record }),
  answers: z.object({ at: words, value, ...record }),
  proposals: z.object({
    text: key,
    label,
    disposition,
    slots: z.object({ data: phrases, purposes: phrases, recipients: phrases }),
    why: z.string().max(400).optional(),
    origin: words,
    on: words,
  }),
}

const list = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).nullish()
const reviewShape = z.object({
  decisions: list(parts.decisions),
  accepts: list(parts.accepts),
  answers: list(parts.answers),
  proposals: list(parts.proposals),
})
const entry = 'prose.review-entry'
const shapeCodes = { unknownKey: entry, missingKey: entry, wrongType: entry, unknownWord: entry, badName: entry }

/** Reads the decisions beside a draft. Faults: `prose.review-unreadable`, `prose.review-entry`. */
export function readReview(source: string, file: string): Review {
  if (source.length > MOST_CHARACTERS)
    throw refuse('prose.review-unreadable', file, 'the review file is larger than 4 MB')
  let read: unknown
  try {
    read = parse(source, { maxAliasCount: 0 })
  } catch (cause) {
    throw refuse('prose.review-unreadable', file, 'the review file is no YAML', cause)
  }
  const found = reviewShape.safeParse(read ?? {})
  if (!found.success) throw new Faults(entryFaults(source, file))
  const { decisions, accepts, answers, proposals } = found.data
  return {
    decisions: (decisions ?? []).map(given),
    accepts: (accepts ?? []).map(given),
    answers: (answers ?? []).map(given),
    proposals: (proposals ?? []).map(given),
  }
}

/** Each entry that is not as it should be, where it stands, with the words that are taken. */
function entryFaults(source: string, file: string): readonly Fault[] {
  const { located, faults } = locate(file, Buffer.from(source))
  return located === undefined ? faults : schemaFaults(located, reviewShape, shapeCodes)
}

/** Writes the review file: what was decided as it is, then the queue of what waits, which each import writes anew. */
export function writeReview(imported: Imported, review: Review): string {
  const { decisions, accepts, answers, proposals } = review
  const queue = queueOf(imported, review)
  const keys = occurrences(imported.sentences.map((sentence) => sentence.text))
  const said = new Map(
    keys.map(({ text, occurrence }, index) => [`${text} ${occurrence}`, imported.sentences[index]?.text]),
  )
  const waiting = new Set(queue.map((item) => item.text))
  return stringify(
    {
      document: imported.document.name,
      sha256: imported.document.sha256,
      decisions: decisions.map((decision) => withWords(decision, said)),
      ...(accepts.length === 0 ? {} : { accepts }),
      ...(answers.length === 0 ? {} : { answers }),
      ...(proposals.length === 0 ? {} : { proposals: proposals.filter((proposal) => waiting.has(proposal.text)) }),
      queue: queue.map(({ proposals: _proposals, ...item }) => ({ ...item, says: item.says.slice(0, 300) })),
    },
    { lineWidth: 110, aliasDuplicateObjects: false },
  )
}

/** A decision with the words it was made on: without them a changed sentence would be a new one. */
function withWords(decision: Decision, said: ReadonlyMap<string, string | undefined>): Decision {
  const says = decision.says ?? said.get(`${decision.text} ${decision.occurrence}`)?.slice(0, 1000)
  return says === undefined ? decision : { ...decision, says }
}

function refuse(code: string, file: string, what: string, cause?: unknown): Fault {
  return new Fault({
    code,
    where: { file },
    what,
    mend: 'mend the file, or remove it and import again',
    ...(cause === undefined ? {} : { cause }),
  })
}
