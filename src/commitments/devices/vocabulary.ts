import { z } from 'zod'
import { duration, listOf, name, oneOrMany, text } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'
import { factShown, type LegalFact } from '../legal-fact.ts'
import { applying, warned } from '../misstated.ts'

const read = ['never', 'chosen-by', 'settings', 'notice', 'keep', 'record', 'where'] as const
const done = ['chosen-by', 'settings', 'notice', 'record', 'for', 'order', 'unreached', 'where'] as const

/** What is read from a device, and what is done to it. */
export const devicesForms = {
  telemetry: { term: 'dpv:Monitor', needs: ['data', 'for'], takes: read },
  location: { term: 'dpv:Monitor', needs: ['data', 'for'], takes: read },
  capture: { term: 'dpv:Monitor', needs: ['data', 'for', 'by'], takes: [...read, 'order'] },
  'remote-control': { needs: ['by'], takes: [...done, 'extent'] },
  wipe: { term: 'dpv:Erase', needs: ['by', 'extent'], takes: done },
  enrolment: {
    term: 'dpv:DeviceNotice',
    needs: ['notice'],
    takes: ['settings', 'chosen-by', 'where', 'told', 'shown'],
  },
} as const

export const devicesEntry = z.strictObject({
  is: z.enum(formNames(devicesForms)),
  data: oneOrMany(name).optional().meta({ description: 'Data categories read from the device' }),
  never: oneOrMany(name).optional().meta({ description: 'Data categories dropped on arrival, whatever is set' }),
  for: oneOrMany(name).optional().meta({ description: 'Purposes' }),
  'chosen-by': oneOrMany(z.enum(['administrator', 'user', 'maker']))
    .optional()
    .meta({ description: 'Whose configuration decides: what is switched off is dropped' }),
  settings: oneOrMany(text).optional().meta({ description: 'Names of the switches' }),
  notice: z
    .enum(['before', 'each-time', 'none'])
    .optional()
    .meta({ description: 'Told before it starts, or each time' }),
  told: oneOrMany(z.enum(['user', 'administrator', 'works-council']))
    .optional()
    .meta({ description: 'Who is told' }),
  shown: z.literal(true).optional().meta({ description: 'The device shows while it goes on' }),
  keep: duration.optional().meta({ description: 'Term of the history; erased at its end' }),
  by: oneOrMany(z.enum(['administrator', 'user', 'support']))
    .optional()
    .meta({ description: 'Who may order it' }),
  order: z.literal('signed').optional().meta({ description: 'Each order is signed by one authorised person' }),
  record: z.literal(true).optional().meta({ description: 'Each act is recorded with who, when and result' }),
  extent: oneOrMany(z.enum(['partial', 'complete', 'factory']))
    .optional()
    .meta({ description: 'How much is erased: company data, everything, back to the factory state' }),
  unreached: z.literal('stays-open').optional().meta({ description: 'A device that is not reached stays open' }),
  where: oneOrMany(text).optional().meta({ description: 'Products and kinds of devices' }),
  ...everyEntry,
})

const covert: LegalFact = {
  says: 'people are told before they are monitored; monitoring of workers may need an assessment and further rules',
  source: 'GDPR art. 13, 35, 88',
  status: 'unverified',
}

export const devicesMisstatements = ([entryName, entry]: readonly [string, unknown], known: Known): Misstatement[] => {
  const is = valueAt(entry, 'is')
  const found: Misstatement[] = []
  if ((is === 'location' || is === 'capture') && valueAt(entry, 'keep') === undefined)
    found.push(
      warned('devices.no-term', [entryName], `the history of "${entryName}" has no end`, 'add keep: P30D, or less'),
    )
  if (['capture', 'remote-control', 'wipe'].includes(String(is)) && valueAt(entry, 'record') !== true)
    found.push(
      warned('devices.not-recorded', [entryName], `nobody can tell later who did "${entryName}"`, 'add record: true'),
    )
  if (listOf(valueAt(entry, 'notice')).includes('none') && applying(known.applies, ['eu-gdpr', 'uk-gdpr']).length > 0)
    found.push(warned('devices.no-notice', [entryName, 'notice'], factShown(covert), 'write notice: before'))
  return found
}
