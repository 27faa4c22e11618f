import { type DraftOf, nameOf, open } from '../statement.ts'

/** A sentence on how long: a number is taken, words that stand for one are asked. */
export const draftRetention: DraftOf = (statement) => {
  const keep = statement.term.find((each) => each.term !== undefined)?.term
  const words = statement.term[0]?.name
  return {
    name: nameOf(`${statement.data[0] ?? 'data'}${statement.exception.length > 0 ? '-hold' : ''}`),
    entry: {
      data: statement.data.length > 0 ? [...statement.data] : open('which data?'),
      ...(statement.purposes.length > 0 ? { for: [...statement.purposes] } : {}),
      keep: keep ?? open(`how long? The text says "${words ?? 'nothing'}" (GDPR art. 5(1)(e), 13(2)(a))`),
      from: open('counted from when?'),
      source: [statement.source],
    },
  }
}
