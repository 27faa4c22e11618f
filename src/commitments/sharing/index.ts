import { acceptedKind } from '../accepted-kind.ts'

export const sharing = acceptedKind(
  'sharing',
  'Sharing',
  'what other people see: profiles, files, forums, public areas, applications',
)
