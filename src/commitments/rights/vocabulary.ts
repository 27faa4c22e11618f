import { z } from 'zod'
import type { RequestRight } from '../../language/laws.ts'
import { duration, name, oneOrMany, source, text } from '../../language/terms.ts'
import { everyEntry } from '../every-entry.ts'

const rightShape = {
  within: duration.optional().meta({ description: 'Answered within; default: the shortest term of the laws named' }),
  extend: duration.optional().meta({ description: 'Extension in complex cases, told within the first term' }),
  fee: z.enum(['none', 'excessive-only']).optional().meta({ description: 'Default none' }),
  at: oneOrMany(text).optional().meta({ description: 'Where it is asked for: page, e-mail, account' }),
  ...everyEntry,
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

export const accessEntry = z.strictObject({
  ...rightShape,
  others: z.enum(['redact', 'keep']).optional().meta({
    description: 'Names and addresses of other people in rows shared with them (GDPR art. 15(4)); default redact',
  }),
})

export const erasureEntry = z.strictObject({
  ...rightShape,
  approval: z.enum(['one-person', 'two-people']).optional().meta({
    description: 'Whether who approves an erasure may be who entered it; default one-person',
  }),
  except: z
    .record(name, exceptionEntry)
    .optional()
    .meta({ description: 'What an erasure keeps, and why: store maps name it' }),
})

/** How it is made sure that a request comes from the person (GDPR art. 12(6)). */
export const identityEntry = z.strictObject({
  by: oneOrMany(z.enum(['account', 'reply', 'code', 'document', 'knowledge', 'agent']))
    .optional()
    .meta({ description: 'What shows it; the least that is enough' }),
  before: oneOrMany(z.enum(['access', 'change', 'erasure', 'every-request']))
    .optional()
    .meta({ description: 'What waits for it' }),
  keep: duration.optional().meta({ description: 'How long the evidence of it is kept' }),
  ...everyEntry,
})

/** How requests are answered (GDPR art. 12(3) and (4)). */
export const answersEntry = z.strictObject({
  within: duration.optional().meta({ description: 'Answered within' }),
  at: oneOrMany(text).optional().meta({ description: 'Where requests are sent' }),
  late: z
    .literal('date')
    .optional()
    .meta({ description: 'Whoever waits longer is told the date, inside the first term' }),
  denial: z.literal('explained').optional().meta({ description: 'No denial without its reason and where to complain' }),
  grounds: oneOrMany(text).optional().meta({ description: 'Lawful grounds of a denial: a closed list' }),
  tells: z.array(z.string().max(200)).optional().meta({ description: 'Systems and recipients that are told as well' }),
  ...everyEntry,
})

export const feesEntry = z.strictObject({
  first: z.literal('free').optional().meta({ description: 'The first copy is free (GDPR art. 12(5), 15(3))' }),
  amount: text.optional().meta({ description: 'Amount and currency of what is not free' }),
  told: z.literal('before').optional().meta({ description: 'Named before anything is done' }),
  for: oneOrMany(text).optional().meta({ description: 'For whom or what it is taken' }),
  ...everyEntry,
})

/** How data is kept right without being asked (GDPR art. 5(1)(d)). */
export const accuracyEntry = z.strictObject({
  confirmed: duration.optional().meta({ description: 'Asked of the person again after this long' }),
  flags: oneOrMany(z.enum(['bounce', 'dispute', 'returned-post', 'mismatch']))
    .optional()
    .meta({ description: 'Events that mark data as doubtful' }),
  spreads: z.literal('every-store').optional().meta({ description: 'A correction reaches every store' }),
  ...everyEntry,
})

/** Rights of residents of California. */
export const californiaEntry = z.strictObject({
  list: z
    .literal('yearly')
    .optional()
    .meta({ description: 'Whom data went to for their marketing, once a year (Cal. Civ. Code § 1798.83)' }),
  'opt-out': oneOrMany(z.enum(['disclosure-for-marketing', 'sale', 'sharing', 'sensitive']))
    .optional()
    .meta({ description: 'What residents may stop' }),
  signals: oneOrMany(z.enum(['gpc']))
    .optional()
    .meta({ description: 'Signals that count as the opt-out (11 CCR § 7025)' }),
  minors: z
    .strictObject({
      under: z.int().min(1).max(21),
      removal: z.literal('own-posts'),
      leaves: oneOrMany(text).optional().meta({ description: 'What may stay, and is told' }),
    })
    .optional()
    .meta({ description: 'Removal of what minors posted (Cal. Bus. & Prof. Code § 22581)' }),
  within: duration.optional(),
  at: oneOrMany(text).optional().meta({ description: 'Where it is asked for' }),
  ...everyEntry,
})

export const rightsVocabulary = z
  .strictObject({
    access: accessEntry
      .nullable()
      .optional()
      .meta({ description: 'A copy of the data and what is told with it (GDPR art. 15)' }),
    erasure: erasureEntry.nullable().optional().meta({ description: 'Erasure (GDPR art. 17)' }),
    correction: right.nullable().optional().meta({ description: 'Correction (GDPR art. 16)' }),
    portability: right.nullable().optional().meta({ description: 'Portability (GDPR art. 20); shown as unproven' }),
    restriction: right.nullable().optional().meta({ description: 'Restriction (GDPR art. 18); shown as unproven' }),
    objection: right.nullable().optional().meta({ description: 'Objection (GDPR art. 21)' }),
    identity: identityEntry.optional().meta({ description: 'How a person is identified; shown as unproven' }),
    answers: answersEntry.optional().meta({ description: 'How requests are answered; shown as unproven' }),
    accuracy: accuracyEntry.optional().meta({ description: 'How data is kept right; shown as unproven' }),
    fees: feesEntry.optional().meta({ description: 'Fees; shown as unproven' }),
    california: californiaEntry
      .optional()
      .meta({ description: 'Shine the Light, minors, opt-outs; shown as unproven' }),
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
