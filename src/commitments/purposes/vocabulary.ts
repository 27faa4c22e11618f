import { z } from 'zod'
import { fideslangTerms } from '../../language/fideslang.ts'
import { basisTerm, date, listOf, name, oneOrMany, purposeTerm, text } from '../../language/terms.ts'
import { entriesOf, readEntries, undeclared, unknownData, unknownPurpose, valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'

/** A decision in writing: who made it, when, and where its text is. */
const finding = z.strictObject({
  by: text.meta({ description: 'Role that decided' }),
  date: date.meta({ description: 'Day of the decision' }),
  at: text.optional().meta({ description: 'Where its text is kept' }),
})

export const purposeEntry = z.strictObject({
  is: purposeTerm,
  basis: oneOrMany(basisTerm).optional(),
  uses: oneOrMany(name).meta({ description: 'Data categories that this purpose may use' }),
  joins: oneOrMany(name)
    .optional()
    .meta({ description: 'Of these, the categories that may be joined with each other; others stay apart' }),
  weighing: finding.optional().meta({ description: 'The weighing of interests (GDPR art. 6(1)(f))' }),
  compatible: finding
    .extend({ with: oneOrMany(name).meta({ description: 'Purposes the data was collected for' }) })
    .optional()
    .meta({ description: 'The finding that it is compatible (GDPR art. 6(4))' }),
  ...everyEntry,
})

export const purposesVocabulary = z.record(name, purposeEntry).meta({
  description: 'What each purpose may use, on which legal basis',
})

/** A purpose: what may use which data, on which legal basis (GDPR art. 5(1)(b), 6). */
export interface Purpose {
  readonly name: string
  /** DPV CURIE. */
  readonly is: string
  readonly basis: readonly string[]
  readonly uses: readonly string[]
  readonly words?: string
}

export const readPurposes = (block: unknown): readonly Purpose[] =>
  readEntries(block, purposeEntry).map(([purpose, entry]) => ({
    name: purpose,
    is: fideslangTerms.purpose[entry.is] ?? entry.is,
    basis: listOf(entry.basis),
    uses: listOf(entry.uses),
    ...(entry.words === undefined ? {} : { words: entry.words }),
  }))

/** Laws under which a use without a named basis is unlawful (GDPR art. 6(1) and its like). */
const needBasis = ['eu-gdpr', 'uk-gdpr', 'br-lgpd']

export const purposesMisstatements = (block: unknown, known: Known): readonly Misstatement[] =>
  entriesOf(block).flatMap(([purpose, entry]) => {
    const law = needBasis.find((applying) => known.applies.has(applying))
    const lacking = law !== undefined && listOf(valueAt(entry, 'basis')).length === 0
    return [
      ...undeclared(valueAt(entry, 'uses'), [purpose, 'uses'], known.data, unknownData),
      ...undeclared(valueAt(entry, 'joins'), [purpose, 'joins'], known.data, unknownData),
      ...undeclared(
        valueAt(valueAt(entry, 'compatible'), 'with'),
        [purpose, 'compatible', 'with'],
        known.purposes,
        unknownPurpose,
      ),
      ...(lacking
        ? [
            {
              code: 'purposes.no-basis',
              severity: 'warning' as const,
              path: [purpose],
              at: 'key' as const,
              what: `purpose "${purpose}" names no legal basis, and ${law} applies`,
              mend: 'add basis, e.g. eu-gdpr:A6-1-b',
            },
          ]
        : []),
    ]
  })
