import { z } from 'zod'
import { country, duration, listOf, name, oneOrMany, text } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'
import type { LegalFact } from '../legal-fact.ts'
import { factShown, sourceShown } from '../legal-fact.ts'
import { applying, european, warned } from '../misstated.ts'

const stored = ['names', 'hosts', 'needed', 'where', 'joined', 'never', 'countries']

/** What a site stores on a device, loads from others, or does about a browser's wish. */
export const trackingForms = {
  cookie: { term: 'tech:Cookie', needs: ['party', 'keep', 'for'], takes: [...stored, 'data', 'to', 'wait'] },
  storage: { term: 'tech:LocalStorage', needs: ['party', 'keep', 'for'], takes: [...stored, 'data', 'to', 'wait'] },
  beacon: { needs: ['party', 'data', 'for'], takes: [...stored, 'to', 'wait', 'sets'] },
  tag: {
    term: 'dpv:TrackingByThirdParty',
    needs: ['to', 'for', 'wait'],
    takes: [...stored, 'data', 'sets', 'party', 'keep'],
  },
  signal: { needs: ['signals', 'answer'], takes: ['for', 'to', 'where'] },
  refusal: { needs: ['parts'], takes: ['signals', 'instead'] },
  'opt-out': { needs: ['at'], takes: ['to', 'for', 'stops', 'where'] },
  register: { needs: ['at'], takes: ['checked'] },
} as const

export const trackingEntry = z.strictObject({
  is: z.enum(formNames(trackingForms)),
  party: z.enum(['first', 'third']).optional().meta({ description: 'Whose it is: the site’s or another’s' }),
  names: oneOrMany(text).optional().meta({ description: 'Names of the cookies or keys, e.g. _ga*' }),
  keep: z
    .union([z.literal('session'), duration])
    .optional()
    .meta({ description: 'Lifetime: session, or a duration' }),
  data: oneOrMany(name).optional().meta({ description: 'Data categories that it holds or sends' }),
  for: oneOrMany(name).optional().meta({ description: 'Purposes' }),
  to: oneOrMany(text).optional().meta({ description: 'Recipients, as declared under disclosure' }),
  hosts: oneOrMany(text).optional().meta({ description: 'Hosts it is loaded from or sent to' }),
  countries: oneOrMany(country).optional(),
  wait: z
    .enum(['choice', 'click', 'none'])
    .optional()
    .meta({ description: 'What must happen before: a choice (default), a click on the thing itself, nothing' }),
  needed: text.optional().meta({ description: 'Why the service asked for cannot do without it' }),
  where: oneOrMany(text).optional().meta({ description: 'Sites and pages' }),
  sets: oneOrMany(name).optional().meta({ description: 'Entries of this kind that it sets in turn' }),
  joined: z
    .enum(['never', 'registration', 'always'])
    .optional()
    .meta({ description: 'When it is linked to a named person; default never' }),
  never: z.literal(true).optional().meta({ description: 'Not used at all' }),
  signals: oneOrMany(z.enum(['dnt', 'gpc', 'cookies-off', 'own-opt-out']))
    .optional()
    .meta({ description: 'What the browser or person says' }),
  answer: z
    .enum(['obey', 'ignore'])
    .optional()
    .meta({ description: 'What is done about it; a law that binds goes before' }),
  parts: z.array(text).max(1000).optional().meta({ description: 'Parts that do not work without cookies' }),
  instead: z.literal('nothing').optional().meta({ description: 'Nothing else is stored in their place' }),
  at: oneOrMany(text).optional().meta({ description: 'Where one opts out or sees the list' }),
  stops: duration.optional().meta({ description: 'How soon it stops, e.g. PT0S at once' }),
  checked: duration.optional().meta({ description: 'A browser compares list and site this often' }),
  ...everyEntry,
})

const choiceFirst: LegalFact = {
  says: 'what is not strictly needed waits for a choice',
  source: 'Directive 2002/58/EC art. 5(3); CJEU C-673/17 Planet49',
  status: 'unverified',
}
const gpcBinds: LegalFact = {
  says: 'an opt-out preference signal must be treated as a request to opt out of sale and sharing',
  source: '11 CCR § 7025',
  status: 'verified',
}

const stores = ['cookie', 'storage', 'beacon', 'tag']

export const trackingMisstatements = ([entryName, entry]: readonly [string, unknown], known: Known): Misstatement[] => {
  const is = valueAt(entry, 'is')
  const found: Misstatement[] = []
  if (stores.includes(String(is)) && valueAt(entry, 'wait') === 'none' && valueAt(entry, 'needed') === undefined)
    if (applying(known.applies, european).length > 0)
      found.push(
        warned(
          'tracking.no-choice',
          [entryName, 'wait'],
          `"${entryName}" waits for no choice and says not why it is needed: ${factShown(choiceFirst)}`,
          'write wait: choice, or say under needed why the service asked for cannot do without it',
        ),
      )
  const signals = listOf(valueAt(entry, 'signals'))
  if (is === 'signal' && valueAt(entry, 'answer') === 'ignore' && signals.includes('gpc') && known.applies.has('us-ca'))
    found.push(
      warned(
        'tracking.signal-binds',
        [entryName, 'answer'],
        `"${entryName}" ignores Global Privacy Control, and in California ${gpcBinds.says} (${sourceShown(gpcBinds)})`,
        'declare gpc in an entry of its own with answer: obey',
      ),
    )
  if (is === 'signal' && valueAt(entry, 'answer') === 'ignore' && signals.includes('dnt'))
    found.push(
      warned(
        'tracking.signal-ignored',
        [entryName, 'answer'],
        `"${entryName}" does nothing about a wish that the browser tells: the sentence protects nobody`,
        'write answer: obey, if that is possible',
      ),
    )
  if (is === 'beacon' && valueAt(entry, 'sets') !== undefined && valueAt(entry, 'joined') === 'never')
    found.push(
      warned(
        'tracking.beacon-identifies',
        [entryName, 'sets'],
        `"${entryName}" is called anonymous and sets an identifier`,
        'take sets out, or say when it is joined to a person',
      ),
    )
  return found
}
