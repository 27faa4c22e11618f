// What a person may ask for: GDPR art. 15 to 18, 20, 21 and 7(3); the evidence, the records and the command line share these names.

/** Kinds of request, in the order in which they are told. */
export const requestKinds = [
  'access',
  'erasure',
  'correction',
  'portability',
  'objection',
  'withdrawal',
  'restriction',
] as const

export type RequestKind = (typeof requestKinds)[number]
