import { acceptedKind } from '../accepted-kind.ts'

export const aggregates = acceptedKind(
  'aggregates',
  'Aggregates',
  'what counts as anonymous before it is used or released',
)
