import { common, type Drafted, listed, nameOf, namesOf, type Statement } from './statement.ts'

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

/** A hand-over that a sentence denies, whatever kind it is of: the gate refuses what no entry declares. */
export const barredHandOver = (statement: Statement): Drafted => ({
  under: 'disclosure',
  name: nameOf(`no ${statement.data[0] ?? 'hand-over'}`),
  entry: { is: 'bar', refuse: 'undeclared', ...listed('data', statement.data), ...common(statement) },
})
