import { type Drafted, listed, nameOf, namesOf, type Statement } from './statement.ts'

/** Recipients that another kind names are declared here, where no other sentence declares them: nothing goes to whom nobody declared. */
export const declaredRecipients = (statement: Statement): Drafted[] =>
  namesOf(statement.recipients).map((recipient) => ({
    under: 'disclosure',
    name: nameOf(recipient),
    entry: {
      is: 'partner',
      to: [recipient],
      ...listed('data', statement.data),
      ...listed('for', statement.purposes),
      source: [statement.source],
    },
    unlessNamed: [recipient],
  }))
