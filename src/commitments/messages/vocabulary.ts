import { z } from 'zod'
import { duration, listOf, name, oneOrMany, text } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'
import { factShown, type LegalFact } from '../legal-fact.ts'
import { applying, european, refused, warned } from '../misstated.ts'

const promotional = {
  needs: ['for', 'channels', 'opt-in', 'opt-out'],
  takes: ['data', 'existing-customers', 'at', 'stops', 'offers', 'most', 'opens', 'clicks', 'mandatory'],
} as const
const functional = {
  needs: ['for', 'mandatory'],
  takes: ['data', 'channels', 'opt-out', 'at', 'stops', 'most', 'opens', 'clicks', 'templates', 'ends'],
} as const

/** Types of messages: each one sent is of exactly one. */
export const messagesForms = {
  marketing: { term: 'dpv:DirectMarketing', ...promotional },
  newsletter: promotional,
  survey: promotional,
  service: { term: 'dpv:CommunicationForCustomerCare', ...functional },
  order: functional,
  administrative: functional,
  security: functional,
  'between-users': { needs: ['for'], takes: ['data', 'channels', 'opt-out', 'opt-in', 'at', 'relay'] },
} as const

const tracked = z.enum(['never', 'consent', 'always'])

export const messagesEntry = z.strictObject({
  is: z.enum(formNames(messagesForms)),
  for: oneOrMany(name).optional().meta({ description: 'Purposes' }),
  data: oneOrMany(name).optional().meta({ description: 'Data categories used to send or tailor it' }),
  channels: oneOrMany(z.enum(['email', 'post', 'phone', 'sms', 'push', 'in-app', 'fax']))
    .optional()
    .meta({ description: 'How it is sent' }),
  mandatory: z.boolean().optional().meta({ description: 'Goes on after an opt-out, and carries no promotion' }),
  'opt-in': z.boolean().optional().meta({ description: 'Sent only to those who asked for it' }),
  'existing-customers': z
    .boolean()
    .optional()
    .meta({ description: 'Also to customers about similar products of ours, who could object each time' }),
  'opt-out': oneOrMany(z.enum(['link', 'mail', 'account', 'form', 'phone', 'post']))
    .optional()
    .meta({ description: 'How it is stopped' }),
  at: oneOrMany(text).optional().meta({ description: 'Addresses and pages for stopping it' }),
  stops: duration.optional().meta({ description: 'How soon an opt-out works in every system' }),
  offers: oneOrMany(z.enum(['own', 'group', 'third-parties']))
    .optional()
    .meta({ description: 'Whose products it is about' }),
  most: z
    .strictObject({ messages: z.int().min(1).max(1000), per: duration })
    .optional()
    .meta({ description: 'Highest number in a time' }),
  opens: tracked.optional().meta({ description: 'Whether opening is tracked, and for whom' }),
  clicks: tracked.optional().meta({ description: 'Whether clicks are tracked, and for whom' }),
  templates: z.literal('approved').optional().meta({ description: 'Only texts approved as free of promotion' }),
  ends: text.optional().meta({ description: 'What ends it, e.g. the use of the product' }),
  relay: z.literal(true).optional().meta({ description: 'Passed on without showing the addresses' }),
  ...everyEntry,
})

const optIn: LegalFact = {
  says: 'marketing by electronic mail needs prior consent; only own customers may be written to about similar products',
  source: 'Directive 2002/58/EC art. 13(1) and (2)',
  status: 'unverified',
}
const tracking: LegalFact = {
  says: 'a pixel or a link that tells who read a mail is access to the reader’s device and needs consent',
  source: 'Directive 2002/58/EC art. 5(3); EDPB Guidelines 2/2023',
  status: 'unverified',
}
const stopping: LegalFact = {
  says: 'people may object to direct marketing at any time',
  source: 'GDPR art. 21(2) and (3)',
  status: 'unverified',
}

const promoting = ['marketing', 'newsletter', 'survey']

export const messagesMisstatements = ([entryName, entry]: readonly [string, unknown], known: Known): Misstatement[] => {
  const promotes = promoting.includes(String(valueAt(entry, 'is')))
  const laws = applying(known.applies, european)
  const found: Misstatement[] = []
  if (promotes && valueAt(entry, 'mandatory') === true)
    found.push(
      refused(
        'messages.mandatory-promotion',
        [entryName, 'mandatory'],
        `"${entryName}" promotes and cannot be stopped: ${factShown(stopping)}`,
        'take mandatory out, or make it is: service without promotion',
      ),
    )
  if (promotes && valueAt(entry, 'opt-in') === false && laws.length > 0)
    found.push(
      warned(
        'messages.no-opt-in',
        [entryName, 'opt-in'],
        `"${entryName}" is sent unasked: ${factShown(optIn)}`,
        'write opt-in: true; existing-customers: true lets customers in',
      ),
    )
  const always = ['opens', 'clicks'].filter((key) => valueAt(entry, key) === 'always')
  if (always.length > 0 && laws.length > 0)
    found.push(
      warned(
        'messages.tracked-unasked',
        [entryName, always[0] ?? 'opens'],
        `${always.join(' and ')} of "${entryName}" are tracked for everybody: ${factShown(tracking)}`,
        `write ${always[0]}: consent`,
      ),
    )
  if (!promotes && listOf(valueAt(entry, 'opens')).some((value) => value !== 'never'))
    found.push(
      warned(
        'messages.service-tracked',
        [entryName, 'opens'],
        `"${entryName}" is no promotion, and its opening is tracked`,
        'write opens: never',
      ),
    )
  return found
}
