import { common, type DraftOf, listed } from '../statement.ts'

/** A sentence that claims or offers consent: a claim by mere use is drafted as none. */
export const draftConsent: DraftOf = (statement) => ({
  name: statement.label === 'opt-out' ? 'withdrawal' : 'by-use',
  entry: {
    ...listed('for', statement.purposes),
    ...(statement.label === 'opt-out' ? { withdrawal: true } : { counts: false }),
    ...common(statement),
  },
})
