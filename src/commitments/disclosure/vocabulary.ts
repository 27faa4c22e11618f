import { z } from 'zod'
import { basisTerm, country, date, duration, name, oneOrMany, text } from '../../language/terms.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'

const handed = ['countries', 'onward', 'view', 'where', 'marketing', 'never']

/** Ways in which data leaves the controller. What no entry declares does not leave. */
export const disclosureForms = {
  processor: { term: 'dpv:DataProcessor', needs: ['for'], takes: [...handed, 'to', 'data', 'basis', 'contract'] },
  payment: {
    term: 'dpv:DataProcessor',
    needs: ['to', 'for', 'cards'],
    takes: [...handed, 'data', 'basis', 'contract'],
  },
  partner: { term: 'dpv:ThirdParty', needs: ['for', 'data'], takes: [...handed, 'to', 'basis', 'contract'] },
  group: { term: 'dpv:ThirdParty', needs: ['contract'], takes: [...handed, 'to', 'data', 'for', 'basis'] },
  direction: { term: 'dpv:ThirdParty', needs: ['basis'], takes: [...handed, 'to', 'data', 'for', 'contract'] },
  law: {
    term: 'dpv:Authority',
    needs: ['grounds', 'approver'],
    takes: ['to', 'data', 'for', 'document', 'extent', 'review', 'countries'],
  },
  merger: {
    term: 'dpv:ThirdParty',
    needs: ['notice'],
    takes: ['to', 'data', 'for', 'lead', 'contract', 'successor', 'diligence', 'approver'],
  },
  sale: { needs: ['data'], takes: ['to', 'never', 'means', 'for', 'contract', 'tested'] },
  bar: { needs: ['refuse'], takes: ['data', 'for', 'to'] },
} as const

/** Clauses of a contract with who works on the data or receives it (GDPR art. 28(3) among others). */
const clauses = [
  'confidentiality',
  'purpose-only',
  'need-only',
  'no-onward',
  'instructions-only',
  'security',
  'sub-processors',
  'assistance',
  'return-or-erase',
  'audit',
  'breach-notice',
  'this-policy',
  'no-marketing',
  'transfer-clauses',
] as const

const contract = z.union([
  z.literal(true),
  z.strictObject({
    clauses: z.array(z.enum(clauses)).min(1),
    since: date.optional(),
    until: date.optional().meta({ description: 'Access ends with it' }),
    at: text.optional().meta({ description: 'Where the signed contract is kept' }),
  }),
])

export const disclosureEntry = z.strictObject({
  is: z.enum(formNames(disclosureForms)),
  to: oneOrMany(text).optional().meta({ description: 'Legal names: a closed list, or the kind of recipient' }),
  countries: oneOrMany(country).optional().meta({ description: 'Where they hold or see it (ISO 3166-1)' }),
  data: oneOrMany(name).optional().meta({ description: 'Data categories handed over' }),
  for: oneOrMany(name).optional().meta({ description: 'Purposes' }),
  basis: oneOrMany(basisTerm).optional().meta({ description: 'Legal basis of the hand-over' }),
  contract: contract.optional().meta({ description: 'Contract in force: true, or clauses, since and until' }),
  onward: z.enum(['never', 'bound']).optional().meta({ description: 'Whether they may pass it on' }),
  view: text.optional().meta({ description: 'The view of the fields their task needs' }),
  where: oneOrMany(text).optional().meta({ description: 'Services and pages it happens in' }),
  marketing: z.literal(true).optional().meta({ description: 'They may use it for their own direct marketing' }),
  never: z.literal(true).optional().meta({ description: 'It does not happen' }),
  cards: z
    .enum(['never-kept', 'token', 'kept'])
    .optional()
    .meta({ description: 'What of a card number stays in own systems' }),
  grounds: oneOrMany(
    z.enum(['legal-duty', 'legal-process', 'legal-claims', 'enforcement', 'fraud', 'abuse', 'safety', 'property']),
  )
    .optional()
    .meta({ description: 'Each hand-over names one of these' }),
  document: z.boolean().optional().meta({ description: 'The order or the facts are filed first' }),
  approver: z
    .union([z.literal(true), text])
    .optional()
    .meta({ description: 'Role that approves each one' }),
  extent: z.literal('named').optional().meta({ description: 'No person and field beyond those named in the document' }),
  review: duration.optional().meta({ description: 'Looked at again after this long' }),
  notice: oneOrMany(z.enum(['email', 'site', 'post']))
    .optional()
    .meta({ description: 'How people are told before' }),
  lead: duration.optional().meta({ description: 'How long before' }),
  successor: z.literal('bound').optional().meta({ description: 'Takes over this policy and its limits' }),
  diligence: z
    .strictObject({ keep: duration, copies: z.literal(false).optional() })
    .optional()
    .meta({ description: 'Access of a reviewer: how long, and without copies' }),
  means: oneOrMany(z.enum(['sale', 'rent', 'lease', 'share']))
    .optional()
    .meta({ description: 'Which considerations are meant' }),
  tested: z.literal(true).optional().meta({ description: 'Only what passed the test of aggregates' }),
  refuse: z.enum(['undeclared', 'without-consent']).optional().meta({ description: 'What the gate refuses' }),
  ...everyEntry,
})
