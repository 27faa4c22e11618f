import { z } from 'zod'
import { addDuration, durationDays, parseDuration } from '../../base/duration.ts'
import { date, duration, oneOrMany, text } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'
import { factShown, type LegalFact } from '../legal-fact.ts'
import { warned } from '../misstated.ts'

/** Versions of the notice, notice before they take effect, and what the policy is about. */
export const changesForms = {
  version: { needs: ['date'], takes: ['effective', 'review', 'archive', 'at', 'next'] },
  notice: { term: 'dpv:PrivacyNotice', needs: ['lead', 'channels'], takes: ['what', 'at', 'asks', 'most'] },
  posting: { needs: ['at'], takes: ['what', 'lead', 'most'] },
  scope: { takes: ['covers', 'excludes', 'probe', 'undecided'] },
  precedence: { needs: ['goes-before'], takes: ['covers', 'record', 'floor'] },
  definition: { needs: ['of', 'means'], takes: [] },
} as const

export const changesEntry = z.strictObject({
  is: z.enum(formNames(changesForms)),
  date: date.optional().meta({ description: 'Date shown in the notice' }),
  effective: date.optional().meta({ description: 'Day from which it counts; default: date' }),
  review: duration.optional().meta({ description: 'Looked at again after this long' }),
  archive: z.literal('all').optional().meta({ description: 'Every earlier version stays readable' }),
  next: z.literal('own-date').optional().meta({ description: 'Each version shows its own day of effect' }),
  lead: duration.optional().meta({ description: 'How long before a change takes effect people are told' }),
  channels: oneOrMany(z.enum(['site', 'home-page', 'email', 'in-app', 'post']))
    .optional()
    .meta({ description: 'How people are told; one of them is enough' }),
  what: oneOrMany(z.enum(['any', 'material', 'purpose', 'recipient', 'merger', 'retention']))
    .optional()
    .meta({ description: 'Which changes' }),
  asks: oneOrMany(z.enum(['new-purpose', 'wider-use', 'new-recipient']))
    .optional()
    .meta({ description: 'Changes for which consent is asked again; old data stays under its version until then' }),
  at: oneOrMany(text).optional().meta({ description: 'Page of the current version' }),
  most: z
    .strictObject({ changes: z.int().min(1).max(1000), per: duration })
    .optional()
    .meta({ description: 'Highest number in a time' }),
  covers: oneOrMany(text).optional().meta({ description: 'Sites, products, companies, kinds of data' }),
  excludes: oneOrMany(text).optional(),
  probe: z.literal('links-notice').optional().meta({ description: 'A crawl finds the sites that link this notice' }),
  undecided: z.literal('reported').optional().meta({ description: 'What is neither covered nor excluded is reported' }),
  'goes-before': oneOrMany(text).optional().meta({ description: 'Terms that go before this policy' }),
  record: z.literal('each-customer').optional().meta({ description: 'Recorded which promises they change for whom' }),
  floor: z.literal('law').optional().meta({ description: 'Never below what the law grants' }),
  of: text.optional().meta({ description: 'The word defined' }),
  means: text.optional().meta({ description: 'What it stands for, in our own words' }),
  ...everyEntry,
})

const beforeEffect: LegalFact = {
  says: 'people are told of a further purpose before it begins',
  source: 'GDPR art. 13(3)',
  status: 'unverified',
}

const isDuration = (value: unknown): value is string => typeof value === 'string' && parseDuration(value) !== undefined
const isDay = (value: unknown): value is string => date.safeParse(value).success

export const changesMisstatements = ([entryName, entry]: readonly [string, unknown], known: Known): Misstatement[] => {
  const is = valueAt(entry, 'is')
  const found: Misstatement[] = []
  const shown = valueAt(entry, 'date')
  const review = valueAt(entry, 'review') ?? 'P2Y'
  if (is === 'version' && isDay(shown) && isDuration(review)) {
    const due = addDuration(shown, review)
    if (due < known.today)
      found.push(
        warned(
          'changes.version-old',
          [entryName, 'date'],
          `the version of ${shown} was due for review on ${due}`,
          'review the notice and give it its new date',
        ),
      )
  }
  const lead = valueAt(entry, 'lead')
  if ((is === 'posting' && lead === undefined) || (isDuration(lead) && durationDays(lead).most < 1))
    found.push(
      warned(
        'changes.no-lead',
        [entryName],
        `"${entryName}" lets a change count as soon as it is posted: ${factShown(beforeEffect)}`,
        'add lead: P30D and tell people by is: notice',
      ),
    )
  if (is === 'precedence' && valueAt(entry, 'floor') !== 'law')
    found.push(
      warned(
        'changes.promises-fall',
        [entryName],
        'other terms go before every promise of this policy',
        'add floor: law and record: each-customer',
      ),
    )
  return found
}
