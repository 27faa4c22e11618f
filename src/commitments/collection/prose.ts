import { type DraftOf, listed, nameOf, open } from '../statement.ts'

/** A sentence on what is given, logged or sent: one collection point for each touchpoint. Limits ("only what is needed") stand on all of it. */
export const draftCollection: DraftOf = (statement) => {
  if (statement.data.length === 0) return { unbound: 'it names no data: nothing to declare' }
  const automatic = statement.label !== 'collection'
  const touchpoint = statement.touchpoint[0]?.term ?? (automatic ? 'website' : 'general')
  const name =
    {
      'automatic-collection': `${touchpoint}-log`,
      'error-report': 'error-reports',
      'install-notice': 'install-notices',
    }[statement.label] ?? touchpoint
  return {
    name: nameOf(name),
    entry: {
      from: automatic ? 'device' : 'subject',
      data: [...statement.data],
      ...(statement.modality === 'does not' ? { words: 'not collected' } : {}),
      for: statement.purposes.length > 0 ? [...statement.purposes] : open('for what is this collected?'),
      ...listed(
        'where',
        statement.touchpoint.map((each) => each.name),
      ),
      source: [statement.source],
    },
  }
}
