import { declaredKind } from '../declared-kind.ts'
import { consentEntry, consentForms, consentMisstatements } from './vocabulary.ts'

export const consent = declaredKind({
  key: 'consent',
  heading: 'Consent',
  says: 'what needs a separate act, per purpose and version; withdrawal',
  entry: consentEntry,
  forms: consentForms,
  names: { data: ['data'], purposes: ['for'] },
  misstatements: consentMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the consent ledger is not built yet',
    verify: 'without a consent ledger there is nothing to verify with',
  },
})
