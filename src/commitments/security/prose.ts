import { common, type DraftOf, listed } from '../statement.ts'

/** A sentence on measures: those a probe can see, and those a person must show. */
export const draftSecurity: DraftOf = (statement) => {
  const name =
    statement.label === 'breach'
      ? 'breach-notice'
      : statement.human
        ? 'organisation'
        : statement.data.some((each) => /password|user-id|credential/u.test(each))
          ? 'passwords'
          : 'encryption'
  return {
    name,
    entry: {
      ...listed('data', statement.data),
      ...(statement.term[0]?.term === undefined ? {} : { within: statement.term[0].term }),
      ...common(statement),
    },
  }
}
