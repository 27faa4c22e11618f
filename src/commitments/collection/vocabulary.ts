import { z } from 'zod'
import { listOf, name, oneOrMany, text } from '../../language/terms.ts'
import { entriesOf, readEntries, undeclared, unknownData, unknownPurpose, valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'

/** Where data comes from (GDPR art. 13 and 14; DPV DataSource). */
const origins = ['subject', 'device', 'other-person', 'third-party', 'public-source', 'controller'] as const

export const collectionEntry = z.strictObject({
  from: oneOrMany(z.enum(origins)).meta({ description: 'Who the data comes from' }),
  data: oneOrMany(name).meta({ description: 'Data categories that are collected here' }),
  needed: oneOrMany(name)
    .optional()
    .meta({ description: 'Those without which the act cannot be done; others are optional' }),
  for: oneOrMany(name).meta({ description: 'Purposes of the collection' }),
  where: oneOrMany(text).optional().meta({ description: 'Pages, forms, programs or places of the collection' }),
  never: oneOrMany(name).optional().meta({ description: 'Data categories that are not taken here, whatever is sent' }),
  choice: z.literal(true).optional().meta({ description: 'Sent only when the person chooses to' }),
  shown: z.literal(true).optional().meta({ description: 'The person sees what is sent before it goes' }),
  told: z.literal('before').optional().meta({ description: 'The purposes are told before or at the collection' }),
  ...everyEntry,
})

export const collectionVocabulary = z.record(name, collectionEntry).meta({
  description: 'What is collected where, from whom, needed or optional',
})

/** A place where data is collected. What is not `needed` is optional. */
export interface CollectionPoint {
  readonly name: string
  readonly from: readonly (typeof origins)[number][]
  readonly data: readonly string[]
  readonly needed: readonly string[]
  readonly for: readonly string[]
  readonly where: readonly string[]
  /** Categories that are refused here. */
  readonly never: readonly string[]
  /** Sent only when the person chooses to. */
  readonly choice: boolean
  readonly words?: string
}

export const readCollection = (block: unknown): readonly CollectionPoint[] =>
  readEntries(block, collectionEntry).map(([pointName, entry]) => ({
    name: pointName,
    from: listOf(entry.from),
    data: listOf(entry.data),
    needed: listOf(entry.needed),
    for: listOf(entry.for),
    where: listOf(entry.where),
    never: listOf(entry.never),
    choice: entry.choice ?? false,
    ...(entry.words === undefined ? {} : { words: entry.words }),
  }))

export const collectionMisstatements = (block: unknown, known: Known): readonly Misstatement[] =>
  entriesOf(block).flatMap(([point, entry]) => {
    const data = listOf(valueAt(entry, 'data'))
    const extra = listOf(valueAt(entry, 'needed')).filter((category) => !data.includes(category))
    return [
      ...undeclared(valueAt(entry, 'data'), [point, 'data'], known.data, unknownData),
      ...undeclared(valueAt(entry, 'never'), [point, 'never'], known.data, unknownData),
      ...undeclared(valueAt(entry, 'for'), [point, 'for'], known.purposes, unknownPurpose),
      ...extra.map((category) => ({
        code: 'collection.needed-not-collected',
        path: [point, 'needed'],
        what: `"${String(category)}" is needed here but not among the data collected here`,
        mend: 'add it to data, or take it out of needed',
      })),
    ]
  })
