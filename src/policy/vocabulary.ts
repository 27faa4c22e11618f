import { z } from 'zod'
import { commitmentKinds, probes } from '../commitments/index.ts'
import { country, dataTerm, duration, name, oneOrMany, source, text } from '../language/terms.ts'

/** The version of the policy language that this program reads. */
export const languageVersion = 1

export const controllerEntry = z
  .strictObject({
    name: text.meta({ description: 'Legal name of the controller' }),
    country: country.optional(),
    contact: text.optional().meta({ description: 'Where people write to about their data' }),
    address: text.optional(),
    website: text.optional(),
    representative: text.optional().meta({ description: 'Representative in the EU or UK (GDPR art. 27)' }),
    officer: text.optional().meta({ description: 'Data protection officer (GDPR art. 37)' }),
  })
  .meta({ description: 'Who decides why and how the data is used (GDPR art. 4(7))' })

const categoryShape = z.strictObject({
  is: dataTerm,
  words: text.optional().meta({ description: 'How the notice names it' }),
  source: source.optional(),
})

export const categoryEntry = z.union([categoryShape, dataTerm])

export const ownLawEntry = z.strictObject({
  title: text,
  source: text.meta({ description: 'Where the law can be read: act and section' }),
})

/** Settings of a probe by its name: switched off, or how old a finding of it may be. */
export const probeEntry = z.union([
  z.literal('off'),
  z.strictObject({ every: duration.meta({ description: 'A finding older than this shows nothing any more' }) }),
])

const documentHash = z.string().regex(/^[0-9a-f]{64}$/, 'policy.bad-hash')

/** A policy file, as written. The sixteen kinds follow the blocks of the language. */
export const policyVocabulary = z
  .strictObject({
    kept: z.number().meta({ description: 'Version of the policy language: 1' }),
    controller: controllerEntry,
    law: oneOrMany(text).optional().meta({ description: 'Laws that apply, e.g. eu-gdpr, uk-gdpr, us-ca' }),
    laws: z.record(name, ownLawEntry).optional().meta({ description: 'Further laws that the policy cites, by name' }),
    documents: z.record(z.string().min(1).max(200), documentHash).optional().meta({
      description: 'Imported documents that sources name: name → SHA-256 of the file, as kept import writes it',
    }),
    probes: z
      .strictObject(Object.fromEntries(probes.map((probe) => [probe.name, probeEntry.optional()])))
      .optional()
      .meta({ description: 'Probes by name: off, or every with a period; what they no longer show is unproven' }),
    data: z
      .record(name, categoryEntry)
      .meta({ description: 'Categories of personal data; what is not here is not held' }),
    ...Object.fromEntries(commitmentKinds.map((kind) => [kind.key, kind.vocabulary.nullable().optional()])),
  })
  .meta({ title: 'A privacy policy of Kept' })
