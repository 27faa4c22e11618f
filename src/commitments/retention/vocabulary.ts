import { z } from 'zod'
import { duration, listOf, name, oneOrMany } from '../../language/terms.ts'
import { entriesOf, readEntries, undeclared, unknownData, unknownPurpose, valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'

/** The word of the language for what happens at the end; a name, as a literal `then` would look like a promise. */
export const end = 'then'
const ends = ['erase', 'anonymise', 'review'] as const

export const retentionEntry = z.strictObject({
  data: oneOrMany(name).meta({ description: 'Data categories that this term governs' }),
  for: oneOrMany(name).optional().meta({ description: 'Purposes for which they are kept so long; default: all' }),
  keep: duration.meta({ description: 'How long, e.g. P24M' }),
  from: name.meta({ description: 'Clock that the term counts from; store maps say which column it is' }),
  [end]: z.enum(ends).default('erase').meta({ description: 'What happens at the end' }),
  ...everyEntry,
})

export const retentionVocabulary = z.record(name, retentionEntry).meta({
  description: 'How long data is kept, from when, and what happens then',
})

/** How long data is kept (GDPR art. 5(1)(e)). */
export interface RetentionRule {
  readonly name: string
  readonly data: readonly string[]
  /** Empty: whatever the purpose. */
  readonly for: readonly string[]
  /** ISO 8601 duration. */
  readonly keep: string
  readonly from: string
  readonly end: (typeof ends)[number]
}

export const readRetention = (block: unknown): readonly RetentionRule[] =>
  readEntries(block, retentionEntry).map(([rule, entry]) => ({
    name: rule,
    data: listOf(entry.data),
    for: listOf(entry.for),
    keep: entry.keep,
    from: entry.from,
    end: entry[end],
  }))

export const retentionMisstatements = (block: unknown, known: Known): readonly Misstatement[] =>
  entriesOf(block).flatMap(([rule, entry]) => [
    ...undeclared(valueAt(entry, 'data'), [rule, 'data'], known.data, unknownData),
    ...undeclared(valueAt(entry, 'for'), [rule, 'for'], known.purposes, unknownPurpose),
  ])
