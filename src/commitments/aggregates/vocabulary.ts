import { z } from 'zod'
import { listOf, name, oneOrMany, text } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'
import { factShown, type LegalFact } from '../legal-fact.ts'
import { warned } from '../misstated.ts'

const counted = ['drops', 'least', 'test', 'log', 'outlives', 'where'] as const

/** Data meant not to identify: used inside, or let out. */
export const aggregatesForms = {
  use: { term: 'dpv:Anonymise', needs: ['of', 'for'], takes: counted },
  release: { term: 'dpv:Anonymise', needs: ['of', 'to'], takes: [...counted, 'for', 'paid'] },
} as const

export const aggregatesEntry = z.strictObject({
  is: z.enum(formNames(aggregatesForms)),
  of: oneOrMany(name).optional().meta({ description: 'Data categories it is made from' }),
  drops: oneOrMany(name).optional().meta({ description: 'Of these, what is cut at once, before anything is counted' }),
  to: oneOrMany(text).optional().meta({ description: 'Recipients, as declared under disclosure' }),
  for: oneOrMany(name).optional().meta({ description: 'Purposes' }),
  least: z.int().min(2).max(100_000).optional().meta({ description: 'Smallest group of persons; default 10' }),
  test: z
    .union([z.literal(true), z.array(z.enum(['no-identifiers', 'group-size', 'no-differencing'])).min(1)])
    .optional()
    .meta({ description: 'Tests before use or release: true for all' }),
  log: z.literal(true).optional().meta({ description: 'Each release is recorded' }),
  paid: z.boolean().optional().meta({ description: 'Released for money or other value' }),
  outlives: z.literal(true).optional().meta({ description: 'Stays after the personal rows have gone' }),
  where: oneOrMany(text).optional(),
  ...everyEntry,
})

const anonymous: LegalFact = {
  says: 'data is anonymous only when nobody can be singled out by means likely to be used; a group of one is a person',
  source: 'GDPR recital 26; WP29 Opinion 05/2014',
  status: 'unverified',
}

export const aggregatesMisstatements = (
  [entryName, entry]: readonly [string, unknown],
  _known: Known,
): Misstatement[] => {
  const tests = listOf(valueAt(entry, 'test'))
  const found: Misstatement[] = []
  if (valueAt(entry, 'is') === 'release' && tests.length === 0)
    found.push(
      warned(
        'aggregates.untested',
        [entryName],
        `"${entryName}" is let out untested: ${factShown(anonymous)}`,
        'add test: true and least: 10',
      ),
    )
  if (tests.some((test) => test === true || test === 'group-size') && valueAt(entry, 'least') === undefined)
    found.push(
      warned(
        'aggregates.no-group-size',
        [entryName, 'test'],
        `"${entryName}" is tested for the size of groups and names none`,
        'add least: 10',
      ),
    )
  return found
}
