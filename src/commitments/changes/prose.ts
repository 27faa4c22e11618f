import { common, type DraftOf } from '../statement.ts'

/** A sentence on versions, notice before effect, and what the policy covers. */
export const draftChanges: DraftOf = (statement) => {
  const name = statement.label === 'change-notice' ? 'versions' : 'scope'
  const lead = statement.term.find((each) => each.term !== undefined)?.term
  return {
    name,
    entry: {
      ...(lead === undefined ? {} : { lead }),
      ...(statement.modality === 'does not' ? { excludes: true } : {}),
      ...common(statement),
    },
  }
}
