import { z } from 'zod'
import { duration, listOf, name, oneOrMany, text } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'
import { factShown, type LegalFact } from '../legal-fact.ts'
import { refused, warned } from '../misstated.ts'

/** An act that is consent, the way back, and what a text calls consent and is none. */
export const consentForms = {
  act: {
    term: 'dpv:ObtainConsent',
    needs: ['for', 'by', 'withdraw'],
    takes: ['data', 'explicit', 'at', 'asks', 'renew', 'under', 'stops'],
  },
  withdrawal: { term: 'dpv:WithdrawConsent', needs: ['by'], takes: ['for', 'data', 'at', 'stops'] },
  claim: { needs: ['counts', 'by'], takes: ['for', 'data'] },
} as const

/** What a person does to agree, or to take it back. */
const acts = ['tick', 'click', 'setting', 'signature', 'reply', 'link', 'mail', 'account', 'form', 'spoken'] as const

/** What texts take for agreement: no clear affirmative act, or one bundled with something else. */
const noActs = ['use', 'browsing', 'purchase', 'residence', 'submission', 'silence', 'ticked-before'] as const

export const consentEntry = z.strictObject({
  is: z.enum(formNames(consentForms)),
  for: oneOrMany(name).optional().meta({ description: 'Purposes; one consent each' }),
  data: oneOrMany(name).optional().meta({ description: 'Data categories' }),
  by: oneOrMany(z.enum([...acts, ...noActs]))
    .optional()
    .meta({ description: 'The act' }),
  withdraw: oneOrMany(z.enum(acts)).optional().meta({ description: 'How it is taken back, as easily as given' }),
  at: oneOrMany(text).optional().meta({ description: 'Forms, pages or addresses' }),
  explicit: z.literal(true).optional().meta({ description: 'A statement of its own, e.g. for risky transfers' }),
  asks: oneOrMany(z.enum(['new-purpose', 'new-version', 'new-recipient']))
    .optional()
    .meta({ description: 'What makes it be asked again' }),
  renew: duration.optional().meta({ description: 'Asked again after this long' }),
  stops: duration.optional().meta({ description: 'How soon a use stops after withdrawal; PT0S: the next use' }),
  under: z.int().min(1).max(25).optional().meta({ description: 'Under this age a parent gives it' }),
  counts: z.literal(false).optional().meta({ description: 'No consent is stored for it' }),
  ...everyEntry,
})

const clearAct: LegalFact = {
  says: 'consent is a clear affirmative act, separate from other matters; using a site is none',
  source: 'GDPR art. 4(11), 7(4), recital 32; EDPB Guidelines 05/2020',
  status: 'verified',
}

export const consentMisstatements = ([entryName, entry]: readonly [string, unknown], _known: Known): Misstatement[] => {
  const by = listOf(valueAt(entry, 'by'))
  const none = noActs.filter((act) => by.includes(act))
  if (none.length === 0) return []
  const what = `"${entryName}" takes ${none.join(', ')} for consent: ${factShown(clearAct)}`
  return valueAt(entry, 'is') === 'claim'
    ? [
        warned(
          'consent.claimed',
          [entryName],
          what,
          'nothing rests on it; ask by an act of its own where consent is the basis',
        ),
      ]
    : [
        refused(
          'consent.no-act',
          [entryName, 'by'],
          what,
          `write one of ${acts.join(', ')}, or is: claim with counts: false`,
        ),
      ]
}
