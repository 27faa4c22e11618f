import { common, type DraftOf, listed, namesOf } from '../statement.ts'

/** A sentence on what other people see: posts, profiles, shared files, other sites. */
export const draftSharing: DraftOf = (statement) => {
  const name =
    { 'public-area': 'public-areas', 'sharing-controls': 'chosen-users', 'third-party-links': 'outbound-links' }[
      statement.label
    ] ?? 'others'
  return {
    name,
    entry: { ...listed('data', statement.data), ...listed('to', namesOf(statement.recipients)), ...common(statement) },
  }
}
