import { z } from 'zod'
import { country, duration, name, oneOrMany, text } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'
import { factShown, type LegalFact } from '../legal-fact.ts'
import { warned } from '../misstated.ts'

/** What is done so that children's data is not taken, and goes when it was. */
export const childrenForms = {
  gate: { term: 'dpv:AgeVerification', needs: ['under'], takes: ['local', 'ages', 'where', 'data', 'keeps', 'allows'] },
  audience: { needs: ['under'], takes: ['review', 'where', 'data', 'local', 'ages'] },
  discovery: { needs: ['under', 'knows'], takes: ['local', 'ages', 'within', 'data', 'where'] },
  parents: { needs: ['at'], takes: ['under', 'within', 'local', 'ages', 'data'] },
} as const

export const childrenEntry = z.strictObject({
  is: z.enum(formNames(childrenForms)),
  under: z.int().min(1).max(21).optional().meta({ description: 'The policy’s own age' }),
  local: z
    .literal(true)
    .optional()
    .meta({ description: 'The higher age counts where the law of the person’s country sets one' }),
  ages: z
    .record(country, z.int().min(1).max(21))
    .optional()
    .meta({ description: 'Ages by country that differ from the table, e.g. { DE: 16 }' }),
  where: oneOrMany(text).optional().meta({ description: 'Forms where the age is asked' }),
  data: oneOrMany(name).optional().meta({ description: 'Data categories that are not taken, or that go' }),
  keeps: oneOrMany(name).optional().meta({ description: 'Of the answer, only this is kept; default: nothing' }),
  allows: z
    .strictObject({ from: z.int().min(1).max(21), to: z.int().min(1).max(21) })
    .optional()
    .meta({ description: 'Ages that may register and have the rights of minors' }),
  knows: oneOrMany(z.enum(['parent-report', 'typed-age', 'birth-date', 'ticket', 'post', 'school']))
    .optional()
    .meta({ description: 'Events that count as knowing' }),
  within: duration.optional().meta({ description: 'Erased everywhere within' }),
  at: oneOrMany(text).optional().meta({ description: 'Where parents write to' }),
  review: duration.optional().meta({ description: 'A person looks at the offer again after this long' }),
  ...everyEntry,
})

const localAges: LegalFact = {
  says: 'the age is 13 to 16, by country',
  source: 'GDPR art. 8(1)',
  status: 'unverified',
}
const coppa: LegalFact = { says: 'a child is under 13', source: '16 CFR § 312.2', status: 'unverified' }

export const childrenMisstatements = ([entryName, entry]: readonly [string, unknown], known: Known): Misstatement[] => {
  const under = valueAt(entry, 'under')
  if (typeof under !== 'number') return []
  const found: Misstatement[] = []
  if (known.applies.has('eu-gdpr') && under < 16 && valueAt(entry, 'local') !== true)
    found.push(
      warned(
        'children.local-age',
        [entryName, 'under'],
        `under ${under} is lower than some countries set: ${factShown(localAges)}`,
        'add local: true, so that the higher age counts',
      ),
    )
  if (known.applies.has('us-coppa') && under < 13)
    found.push(
      warned(
        'children.lower-than-law',
        [entryName, 'under'],
        `under ${under} is lower than the law's: ${factShown(coppa)}`,
        'write under: 13 or more',
      ),
    )
  return found
}
