import { common, type DraftOf, listed, namesOf } from '../statement.ts'

/** A sentence on where to write and to whom to complain. */
export const draftRecourse: DraftOf = (statement) => ({
  name: statement.label === 'recourse' ? 'complaints' : 'contact',
  entry: {
    ...listed('to', namesOf(statement.recipients)),
    ...listed(
      'at',
      statement.contact.map((each) => each.term ?? each.name),
    ),
    ...common(statement),
  },
})
