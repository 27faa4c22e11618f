import { acceptedKind } from '../accepted-kind.ts'

export const consent = acceptedKind(
  'consent',
  'Consent',
  'what needs a separate act, per purpose and version; withdrawal',
)
