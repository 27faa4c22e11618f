import { z } from 'zod'
import type { RequestRight } from '../../language/laws.ts'
import { duration, name, oneOrMany, source, text } from '../../language/terms.ts'

const rightShape = {
  within: duration.optional().meta({ description: 'Answered within; default: the shortest term of the laws named' }),
  extend: duration.optional().meta({ description: 'Extension in complex cases, told within the first term' }),
  fee: z.enum(['none', 'excessive-only']).optional().meta({ description: 'Default none' }),
  words: text.optional(),
  source: source.optional(),
}

export const exceptionEntry = z.strictObject({
  data: oneOrMany(name).meta({ description: 'Data categories that are kept beyond an erasure' }),
  law: z.string().min(1).max(200).meta({
    description:
      'The law that requires or allows it, e.g. gb-tax, or a ground, e.g. eu-gdpr:JustificationA17LegalClaims',
  }),
  keep: duration.optional().meta({ description: 'How long; without it there is no end by itself' }),
  from: name.optional().meta({ description: 'Clock that the term counts from' }),
  words: text.optional().meta({ description: 'The reason in plain words' }),
  source: source.optional(),
})

const right = z.strictObject(rightShape)

export const erasureEntry = z.strictObject({
  ...rightShape,
  except: z
    .record(name, exceptionEntry)
    .optional()
    .meta({ description: 'What an erasure keeps, and why: store maps name it' }),
})

const accepted = z.unknown().optional()

export const rightsVocabulary = z
  .strictObject({
    access: right
      .nullable()
      .optional()
      .meta({ description: 'A copy of the data and what is told with it (GDPR art. 15)' }),
    erasure: erasureEntry.nullable().optional().meta({ description: 'Erasure (GDPR art. 17)' }),
    correction: right.nullable().optional().meta({ description: 'Correction (GDPR art. 16); shown as unproven' }),
    portability: right.nullable().optional().meta({ description: 'Portability (GDPR art. 20); shown as unproven' }),
    restriction: right.nullable().optional().meta({ description: 'Restriction (GDPR art. 18); shown as unproven' }),
    objection: right.nullable().optional().meta({ description: 'Objection (GDPR art. 21); shown as unproven' }),
    identity: accepted.meta({ description: 'How a person is identified; accepted, shown as unproven' }),
    answers: accepted.meta({ description: 'How requests are answered; accepted, shown as unproven' }),
    fees: accepted.meta({ description: 'Fees; accepted, shown as unproven' }),
    california: accepted.meta({ description: 'Shine the Light, minors, opt-outs; accepted, shown as unproven' }),
  })
  .meta({ description: 'What people may ask for, how soon it is done, and what is kept nevertheless' })

/** Rights that a person asks for by a request. */
export const requestRights: readonly RequestRight[] = [
  'access',
  'erasure',
  'correction',
  'portability',
  'restriction',
  'objection',
]
