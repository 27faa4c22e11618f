import { common, type DraftOf, listed, namesOf } from '../statement.ts'

/** A sentence on mail and other messages: marketing, what goes on regardless, and how to stop. */
export const draftMessages: DraftOf = (statement) => {
  const name =
    { marketing: 'marketing', 'mandatory-communication': 'service', 'opt-out': 'marketing' }[statement.label] ?? 'other'
  return {
    name,
    entry: {
      ...listed('data', statement.data),
      ...(statement.label === 'opt-out'
        ? { 'opt-out': true, ...listed('at', namesOf(statement.contact)) }
        : { type: name, ...listed('for', statement.purposes) }),
      ...common(statement),
    },
  }
}
