import { common, type DraftOf, listed, namesOf, open } from '../statement.ts'

/** A sentence on what people may ask for, how it is answered, what is kept nevertheless. */
export const draftRights: DraftOf = (statement) => {
  const name = {
    access: 'access',
    deletion: 'erasure',
    correction: 'correction',
    portability: 'portability',
    restriction: 'restriction',
    objection: 'objection',
    'identity-verification': 'identity',
    'fees-deadlines-explanations': 'answers',
    california: 'california',
  }[statement.label]
  if (name === undefined) return { unbound: 'no right of this name' }
  const within = statement.term.find((each) => each.term !== undefined)?.term
  const plain = name === 'identity' || name === 'answers' || name === 'california'
  if (plain)
    return {
      name,
      entry: {
        ...(within === undefined ? {} : { within }),
        ...(/answers/u.test(name) && within === undefined && statement.term.length > 0
          ? { within: open('within how many days is a request answered? At most P1M (GDPR art. 12(3))') }
          : {}),
        ...listed('at', namesOf(statement.contact)),
        ...common(statement),
      },
    }
  return { name, entry: { ...(within === undefined ? {} : { within }), source: [statement.source] } }
}
