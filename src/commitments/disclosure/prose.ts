import { common, type DraftOf, listed, nameOf, namesOf } from '../statement.ts'

/** A sentence on who receives data, why, under which contract; sale, law, mergers, payment. */
export const draftDisclosure: DraftOf = (statement) => {
  const names = namesOf(statement.recipients)
  if (statement.label === 'sale')
    return {
      name: 'sale',
      entry: {
        ...(statement.modality === 'does not' ? { never: true } : {}),
        ...listed('data', statement.data),
        ...common(statement),
      },
    }
  if (statement.label === 'payment')
    return {
      name: 'payment',
      entry: { ...listed('to', names), ...listed('data', statement.data), ...common(statement) },
    }
  if (statement.label === 'legal-disclosure')
    return {
      name: 'law',
      entry: {
        ...listed('to', names),
        ...listed('data', statement.data),
        ...listed('for', statement.purposes),
        approver: true,
        ...common(statement),
      },
    }
  const merger = statement.touchpoint.some((each) => each.term === 'merger')
  const first = merger
    ? 'merger'
    : statement.label === 'processors' || statement.label === 'contract'
      ? 'processors'
      : nameOf(names[0] ?? 'third-parties')
  return {
    name: first,
    entry: {
      ...(statement.modality === 'does not' ? { never: true } : {}),
      ...listed('to', names),
      ...listed('data', statement.data),
      ...listed('for', statement.purposes),
      ...(statement.label === 'contract' ? { contract: true } : {}),
      ...common(statement),
    },
  }
}
