import { common, type DraftOf, listed, namesOf } from '../statement.ts'

/** A sentence on data meant not to identify: used or released only after a test. */
export const draftAggregates: DraftOf = (statement) => {
  const released = statement.recipients.length > 0
  return {
    name: released ? 'release' : 'use',
    entry: {
      ...listed('to', namesOf(statement.recipients)),
      ...listed('for', statement.purposes),
      test: true,
      ...common(statement),
    },
  }
}
