import { common, type DraftOf, listed, namesOf } from '../statement.ts'

/** A sentence on cookies, beacons, analytics, social buttons and signals: one entry for each technique. */
export const draftTracking: DraftOf = (statement) => {
  const technique = statement.touchpoint
    .map((each) => each.term ?? '')
    .find((term) => /cookies|beacons|analytics|advertising|social|newsletter/u.test(term))
  const name =
    statement.label === 'do-not-track'
      ? 'browser-signals'
      : statement.label === 'social-features'
        ? 'social'
        : (technique ?? 'cookies')
  return {
    name: name === 'newsletter' ? 'mail-tracking' : name,
    entry: {
      ...listed('data', statement.data),
      ...listed('for', statement.purposes),
      ...listed('to', namesOf(statement.recipients)),
      ...(statement.modality === 'does not' ? { never: true } : {}),
      wait: 'choice',
      ...common(statement),
    },
  }
}
