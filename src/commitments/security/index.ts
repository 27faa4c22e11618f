import { declaredKind } from '../declared-kind.ts'
import { securityEntry, securityForms, securityMisstatements } from './vocabulary.ts'

export const security = declaredKind({
  key: 'security',
  heading: 'Security',
  says: 'measures, each with owner, probe, evidence',
  entry: securityEntry,
  forms: securityForms,
  names: { data: ['data'] },
  misstatements: securityMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'measures are carried out outside Kept; their gates are not built yet',
    verify: 'the probes of measures are not built yet',
  },
})
