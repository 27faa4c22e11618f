import { common, type DraftOf, listed, nameOf, namesOf, open } from '../statement.ts'

/** A sentence on countries, grounds, frameworks and seals. */
export const draftTransfers: DraftOf = (statement) => {
  const framework = statement.framework[0]
  if (framework !== undefined)
    return {
      name: nameOf(framework.term ?? framework.name),
      entry: {
        ground: framework.term ?? framework.name,
        ...listed('to', namesOf(statement.place)),
        since: open('since when, until when, and for which recipient?'),
        ...common(statement),
      },
    }
  const places = statement.place.map((each) => each.term ?? each.name)
  if (statement.label === 'framework')
    return {
      name: 'frameworks',
      entry: { proof: statement.contact[0]?.name ?? open('where is the proof?'), ...common(statement) },
    }
  return {
    name: 'countries',
    entry: {
      ...listed('countries', places),
      ...listed('data', statement.data),
      ground: open('on which ground is each country reached?'),
      ...common(statement),
    },
  }
}
